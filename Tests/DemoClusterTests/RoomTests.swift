import Testing

@testable import DemoCluster

/// What clients write is bounded: one object, all objects, what a patch makes of them, and what is kept for watchers.
struct RoomTests {
  private static let maps = "/api/v1/namespaces/todo/configmaps"
  private static let merge = "application/merge-patch+json"
  private static let operations = "application/json-patch+json"

  private func map(_ name: String, bytes: Int) -> JSON {
    ["metadata": ["name": .string(name)], "data": ["text": .string(String(repeating: "x", count: bytes))]]
  }

  private func nested(_ depth: Int) -> JSON { (0..<depth).reduce("end") { value, _ in ["a": value] } }

  @Test func `an object that grows patch by patch is refused when it is too large`() throws {
    var api = API(world: testWorld())
    #expect(api.send("POST", Self.maps, map("large", bytes: ObjectStore.objectLimit + 1)).status == 500)
    #expect(api.send("POST", Self.maps, map("large", bytes: 1_000_000)).status == 201)
    let more: JSON = ["data": ["more": .string(String(repeating: "y", count: 1_000_000))]]
    let answer = api.send("PATCH", Self.maps + "/large", more, contentType: Self.merge)
    let status = try JSON(parsing: answer.bytes)
    #expect(answer.status == 500 && status["message"] == "etcdserver: request is too large")
    #expect(try api.get(Self.maps + "/large")["data", "more"] == nil)
  }

  @Test func `objects are refused when all together take too much room, until some have gone`() throws {
    var api = API(world: testWorld())
    for number in 0..<(ObjectStore.sizeLimit - api.world.store.size) / 1_500_000 {
      var object = map("map-\(number)", bytes: 1_499_000)
      object["metadata", "namespace"] = "todo"
      api.world.store.put(.configMaps, object)
    }
    let answer = api.send("POST", Self.maps, map("one-more", bytes: 1_500_000))
    #expect(try JSON(parsing: answer.bytes)["message"] == "etcdserver: mvcc: database space exceeded")
    for number in 0..<2 { #expect(api.status(of: "DELETE", Self.maps + "/map-\(number)") == 200) }
    #expect(api.send("POST", Self.maps, map("one-more", bytes: 1_500_000)).status == 201)
  }

  @Test func `what is kept for watchers is bounded in bytes, and who is further behind starts anew`() throws {
    var world = testWorld()
    let before = world.store.resourceVersion
    let key = ObjectKey(namespace: "todo", name: "todo-config")
    let text = String(repeating: "x", count: 1_400_000)
    for number in 0..<200 {
      world.update(.configMaps, key) { $0["data"] = ["text": .string(text), "number": .integer(number)] }
      #expect(world.store.table(.configMaps).historySize <= ObjectTable.historySizeLimit)
    }
    #expect(world.store.table(.configMaps).historySize > ObjectTable.historySizeLimit / 2)
    var api = API(world: world)
    let query = ["watch": "1", "resourceVersion": String(before)]
    #expect(
      try lines(of: api.answer(Request("GET", Self.maps, query: query)), in: world).first?["object", "code"] == 410)
  }

  @Test func `objects that are nested too deep are refused, however they came about`() throws {
    var api = API(world: testWorld())
    #expect(
      api.send("POST", Self.maps, ["metadata": ["name": "deep"], "data": nested(ObjectStore.depthLimit)]).status == 400)
    #expect(api.send("POST", Self.maps, ["metadata": ["name": "deep"], "data": nested(60)]).status == 201)
    let path = "/data" + String(repeating: "/a", count: 60)
    let deeper: JSON = [["op": "add", "path": .string(path), "value": nested(100)]]
    #expect(api.send("PATCH", Self.maps + "/deep", deeper, contentType: Self.operations).status == 400)
    // Versions that are no longer young are read back from their text.
    for number in 0..<ObjectStore.youngLimit {
      let patch: JSON = ["data": ["number": .string(String(number))]]
      #expect(api.send("PATCH", Self.maps + "/todo-config", patch, contentType: Self.merge).status == 200)
    }
    #expect(try api.get(Self.maps + "/deep")["data"] == nested(60))
  }

  @Test func `a patch that doubles what is there again and again is refused`() throws {
    var api = API(world: testWorld())
    let copies = (0..<60).map { number -> JSON in
      ["op": "copy", "from": "/data", "path": .string("/data/copy\(number)")]
    }
    let refused = api.send("PATCH", Self.maps + "/todo-config", .array(copies), contentType: Self.operations)
    #expect(refused.status == 422)
    let tests = Array(
      repeating: JSON.strings(["op": "remove", "path": "/data/nothing"]), count: Patch.operationLimit + 1)
    #expect(api.send("PATCH", Self.maps + "/todo-config", .array(tests), contentType: Self.operations).status == 413)
  }

  @Test func `a client cannot delete an object by writing that it is deleted`() throws {
    var api = API(world: testWorld())
    let pod = try #require(api.world.store.objects(.pods, in: "todo").first)
    let path = "/api/v1/namespaces/todo/pods/" + pod.key.name
    let patch: JSON = ["metadata": ["deletionTimestamp": "2026-01-01T00:00:00Z", "deletionGracePeriodSeconds": 0]]
    #expect(api.send("PATCH", path, patch, contentType: Self.merge).status == 200)
    #expect(try api.get(path)["metadata", "deletionTimestamp"] == nil)
  }
}
