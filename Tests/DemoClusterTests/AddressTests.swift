import Testing

@testable import DemoCluster

struct AddressTests {
  @Test func `no two Services have one address, whatever has happened between`() throws {
    var small = try SmallWorld(replicas: 0)
    func create(_ name: String) -> String? {
      let spec: JSON = ["ports": [["port": 80]]]
      return small.world.create(.services, ["metadata": .strings(["name": name, "namespace": "shop"]), "spec": spec])
        .object["spec", "clusterIP"]?.string
    }
    let first = try #require(create("first"))
    _ = small.world.store.reserveVersions(62_499)
    let others = (0..<300).map { create("service-\($0)") ?? "" }
    #expect(Set(others + [first]).count == 301)
    #expect(others.allSatisfy { $0.hasPrefix("10.") })
    small.world.remove(.services, ObjectKey(namespace: "shop", name: "first"))
    #expect(create("first") == first)
  }

  @Test func `a Service that wants no address or its own gets none`() throws {
    let small = try SmallWorld(replicas: 0)
    #expect(small.world.withAddress(["spec": ["clusterIP": "None"]])["spec", "clusterIP"] == "None")
    #expect(small.world.withAddress(["spec": ["type": "ExternalName"]])["spec", "clusterIP"] == nil)
  }

  @Test func `addresses of pods are given again only when they are free`() throws {
    var small = try SmallWorld()
    small.advance(20)
    let used = Set(small.pods.compactMap { $0.field("status.podIP") })
    small.world.nextAddress = World.podAddresses
    small.change { $0["spec", "replicas"] = 6 }
    small.advance(20)
    let all = small.pods.compactMap { $0.field("status.podIP") }
    #expect(all.count == 6 && Set(all).count == 6)
    #expect(used.isSubset(of: all) && all.allSatisfy { $0.hasPrefix("10.244.") })
  }
}
