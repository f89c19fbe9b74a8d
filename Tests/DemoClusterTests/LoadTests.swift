import Testing

@testable import DemoCluster

struct LoadTests {
  @Test func `the number of pods asked for is the number of pods there are, spread over namespaces and nodes`() {
    let world = testWorld(pods: 1203)
    let pods = world.store.objects(.pods)
    #expect(pods.count == 1203)
    #expect(Set(pods.map(\.key.namespace)).isSuperset(of: ["load-001", "load-002", "load-003", "todo"]))
    let perNode = Dictionary(grouping: pods, by: { $0.field("spec.nodeName") ?? "" }).mapValues(\.count)
    #expect(perNode.values.allSatisfy { $0 <= World.podsPerNode })
    #expect(Set(perNode.keys).isSubset(of: Set(world.store.objects(.nodes).map(\.key.name))))
  }

  @Test func `a pod made from the template is what the rules would have made`() throws {
    let world = testWorld(pods: 100)
    let made = try #require(world.store.objects(.pods, in: "load-001").first)
    let again = StoredObject(kind: .pods, object: made.object, resourceVersion: made.resourceVersion)
    #expect(again.tail == made.tail)
    #expect(again.pieces.joined().elementsEqual(made.pieces.joined()))
    #expect(again.key == made.key && again.uid == made.uid && again.labels == made.labels)
    #expect(again.fields == made.fields)
    #expect(again.running == made.running)
    #expect(again.controller == made.controller)
    #expect(again.isReady && made.isReady)
    #expect(made.createdAt == again.createdAt)
    let ruled = try #require(world.store.objects(.pods, in: "todo").first)
    #expect(made.object["status"]?.shape() == ruled.object["status"]?.shape())
    #expect((2000...5000).contains(made.tail.count))
  }

  @Test func `a deleted pod of the load is replaced like any other`() throws {
    var world = testWorld(pods: 60)
    let key = try #require(world.store.objects(.pods, in: "load-001").first?.key)
    world.deletePod(key)
    world.advance(to: testStart + 30)
    #expect(world.store.object(.pods, key) == nil)
    #expect(world.store.objects(.pods).count == 60)
    #expect(world.store.objects(.pods, in: "load-001").allSatisfy { $0.isReady })
  }

  @Test func `churn changes the load where there is one, and endpoints follow`() {
    var world = testWorld(pods: 200, churn: 50)
    let slices = world.store.table(.endpointSlices).endOfHistory
    let first = world.store.table(.pods).endOfHistory
    world.advance(to: testStart + 4)
    let table = world.store.table(.pods)
    let changed = (first..<table.endOfHistory).map { table.change($0).object.key.namespace }
    #expect(changed.count == 200)
    #expect(Set(changed) == ["load-001"])
    #expect(world.store.table(.endpointSlices).endOfHistory > slices)
  }
}
