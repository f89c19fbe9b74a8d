import Testing

@testable import DemoCluster

struct WriteTests {
  private var api = API(world: testWorld())
  private let path = "/apis/apps/v1/namespaces/todo/deployments/todo-frontend"

  @Test mutating func `a restart annotation makes a new revision, and taking it back returns to the old ReplicaSet`()
    throws
  {
    let patch: JSON = [
      "spec": ["template": ["metadata": ["annotations": ["kubectl.kubernetes.io/restartedAt": "2026-11-21T04:00:00Z"]]]]
    ]
    let old = Set(api.world.store.objects(.replicaSets, in: "todo").map(\.key))
    #expect(api.send("PATCH", path, patch, contentType: "application/strategic-merge-patch+json").status == 200)
    api.world.advance(to: testStart + 60)
    let fresh = api.world.store.objects(.replicaSets, in: "todo").filter { !old.contains($0.key) }
    #expect(fresh.count == 1)
    #expect(fresh.first?.object["status", "readyReplicas"] == 3)
    let undo: JSON = [["op": "remove", "path": "/spec/template/metadata/annotations"]]
    #expect(api.send("PATCH", path, undo, contentType: "application/json-patch+json").status == 200)
    api.world.advance(to: testStart + 120)
    #expect(api.world.store.objects(.replicaSets, in: "todo").count == old.count + 1)
    #expect(try api.get(path)["metadata", "annotations"]?["deployment.kubernetes.io/revision"] == "3")
  }

  @Test mutating func `scaling changes the number of pods`() throws {
    let answer = api.send(
      "PATCH", path + "/scale", ["spec": ["replicas": 5]], contentType: "application/merge-patch+json")
    #expect(answer.status == 200)
    api.world.advance(to: testStart + 30)
    #expect(try api.get(path + "/scale")["status", "replicas"] == 5)
    #expect(try api.get(path)["status", "readyReplicas"] == 5)
  }

  @Test func `a strategic patch merges containers by name, a merge patch replaces the list`() throws {
    let object = try JSON(parsing: #"{"c":[{"name":"a","image":"1","x":1},{"name":"b","image":"1"}],"k":1}"#)
    let patch = try JSON(parsing: #"{"c":[{"name":"b","image":"2"}],"k":null}"#)
    let strategic = try JSON(parsing: #"{"c":[{"name":"a","image":"1","x":1},{"name":"b","image":"2"}]}"#)
    let plain = try JSON(parsing: #"{"c":[{"name":"b","image":"2"}]}"#)
    #expect(object.merging(patch, isStrategic: true) == strategic)
    #expect(object.merging(patch, isStrategic: false) == plain)
  }

  @Test func `operations of a JSON patch apply in order, and a failed test refuses all`() throws {
    let object = try JSON(parsing: #"{"a":{"b":[1,2]},"c~d":1}"#)
    let good = try JSON(
      parsing:
        #"[{"op":"test","path":"/a/b/0","value":1},{"op":"add","path":"/a/b/1","value":9},{"op":"remove","path":"/c~0d"},{"op":"replace","path":"/a/b/0","value":7}]"#
    )
    #expect(try object.applying(operations: good) == JSON(parsing: #"{"a":{"b":[7,9,2]}}"#))
    let bad = try JSON(parsing: #"[{"op":"test","path":"/a/b/0","value":2}]"#)
    #expect(throws: Refusal.self) { try object.applying(operations: bad) }
  }

  @Test mutating func `created objects are there, and creating them again is refused`() throws {
    let body: JSON = ["kind": "ConfigMap", "apiVersion": "v1", "metadata": ["name": "x"], "data": ["a": "b"]]
    #expect(api.send("POST", "/api/v1/namespaces/todo/configmaps", body).status == 201)
    #expect(try api.get("/api/v1/namespaces/todo/configmaps/x")["data"] == ["a": "b"])
    #expect(api.send("POST", "/api/v1/namespaces/todo/configmaps", body).status == 409)
    #expect(api.send("POST", "/api/v1/namespaces/nowhere/configmaps", body).status == 404)
  }

  @Test mutating func `a deleted Deployment takes its ReplicaSets and pods along`() {
    #expect(api.status(of: "DELETE", path) == 200)
    api.world.advance(to: testStart + 40)
    #expect(api.world.store.objects(.pods, in: "todo").allSatisfy { $0.labels["app"] == "todo-backend" })
    #expect(api.world.store.objects(.replicaSets, in: "todo").count == 1)
  }
}

struct ProtobufTests {
  @Test func `a namespace that kubectl creates in protobuf is created with its labels`() throws {
    var api = API(world: testWorld())
    let labels = Array("\u{5A}\u{0A}\u{0A}\u{04}team\u{12}\u{02}qa".utf8)
    let metadata = Array("\u{0A}\u{03}lab".utf8) + labels
    let object = [0x0A, UInt8(metadata.count)] + metadata
    var request = Request("POST", "/api/v1/namespaces")
    request.contentType = "application/vnd.kubernetes.protobuf"
    request.body = Array("k8s\0".utf8) + [0x12, UInt8(object.count)] + object
    #expect(api.answer(request).status == 201)
    let namespace = try api.get("/api/v1/namespaces/lab")
    #expect(namespace["metadata", "labels"]?["team"] == "qa")
    #expect(namespace["status", "phase"] == "Active")
  }

  @Test func `protobuf that is cut off anywhere is refused`() throws {
    let type = try #require(ProtobufType.kinds[.namespaces])
    let whole = Array("k8s\0".utf8) + [0x12, 0x07, 0x0A, 0x05, 0x0A, 0x03] + Array("lab".utf8)
    #expect(Protobuf.object(whole, as: type)?["metadata", "name"] == "lab")
    for length in 0..<whole.count where length != 4 {
      #expect(Protobuf.object(Array(whole[..<length]), as: type) == nil)
    }
  }
}
