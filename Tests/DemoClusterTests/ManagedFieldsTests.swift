import Testing

@testable import DemoCluster

/// Objects say who manages their fields, as those of a real server do.
struct ManagedFieldsTests {
  /// The entries of an object without their times.
  private func entries(of object: JSON) -> [JSON] {
    (object["metadata", "managedFields"]?.elements ?? []).map { entry in
      var entry = entry
      entry["time"] = nil
      return entry.sorted
    }
  }

  @Test(arguments: [(0, ResourceKind.pods), (1, .replicaSets), (2, .deployments)])
  func `the entries of a recorded object follow from it`(index: Int, kind: ResourceKind) throws {
    let recorded = try recording("managed-fields.json").elements[index]
    var plain = recorded
    plain["metadata", "managedFields"] = nil
    let stored = StoredObject(kind: kind, object: plain, resourceVersion: 1)
    let again = try JSON(parsing: Array(([kind.head] + stored.pieces).joined()))
    #expect(entries(of: again) == entries(of: recorded))
  }

  @Test func `every form of an answer has them, and what a client sends of them is not kept`() throws {
    var api = API(world: testWorld(pods: 60))
    let keys: Set = ["manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource"]
    for path in ["/api/v1/namespaces/load-001/pods", "/apis/apps/v1/namespaces/todo/deployments"] {
      let list = try api.get(path)["items"]?.elements ?? []
      let rows = try api.get(path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io")["rows"]?.elements ?? []
      let name = try #require(list.first?["metadata", "name"]?.string)
      let single = try api.get(path + "/" + name)
      for object in list + rows.compactMap({ $0["object"] }) + [single] {
        let entries = object["metadata", "managedFields"]?.elements ?? []
        #expect(entries.count == 2)
        #expect(entries.reduce(into: Set<String>()) { $0.formUnion($1.members.map(\.name)) } == keys)
      }
      #expect(list.count == rows.count)
    }
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-backend"
    let changed = api.send("PUT", path, try api.get(path))
    #expect(changed.status == 200)
    let object = try JSON(parsing: changed.bytes)
    #expect(object["metadata"]?.members.filter { $0.name == "managedFields" }.count == 1)
  }
}
