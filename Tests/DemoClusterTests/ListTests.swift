import Testing

@testable import DemoCluster

struct ListTests {
  private var api = API(world: testWorld())

  @Test mutating func `pages together are the whole list, and each says what remains`() throws {
    let whole = try api.get("/api/v1/pods")
    var names: [String] = []
    var query = ["limit": "3"]
    while true {
      let page = try api.get("/api/v1/pods", query)
      names += page.itemNames
      #expect(page["metadata", "resourceVersion"] == whole["metadata", "resourceVersion"])
      guard let next = page["metadata", "continue"]?.string else { break }
      #expect(page["metadata", "remainingItemCount"] == .integer(whole.itemNames.count - names.count))
      #expect(page.itemNames.count == 3)
      query["continue"] = next
    }
    #expect(names == whole.itemNames)
    #expect(names.count == 13)
  }

  @Test mutating func `a later page keeps the version of the first, so that a watch from it misses nothing`() throws {
    let page = try api.get("/api/v1/pods", ["limit": "2"])
    let victim = try #require(api.world.store.objects(.pods, in: "todo").last?.key)
    api.world.deletePod(victim, graceSeconds: 0)
    let next = try #require(page["metadata", "continue"]?.string)
    let rest = try api.get("/api/v1/pods", ["continue": next])
    #expect(!rest.itemNames.contains(victim.name))
    #expect(rest["metadata", "resourceVersion"] == page["metadata", "resourceVersion"])
    let version = try #require(rest["metadata", "resourceVersion"]?.string)
    let watch = api.answer(Request("GET", "/api/v1/pods", query: ["watch": "1", "resourceVersion": version]))
    let deleted = try lines(of: watch, in: api.world).filter { $0["type"] == "DELETED" }
    #expect(deleted.compactMap { $0["object"]?["metadata", "name"]?.string } == [victim.name])
  }

  @Test mutating func `a token of a version that is no longer kept is answered in the server's words`() throws {
    let page = try api.get("/api/v1/pods", ["limit": "2"])
    let token = try #require(page["metadata", "continue"]?.string)
    api.world.advance(to: testStart + 200)
    api.world.store.compact()
    let answer = api.answer(Request("GET", "/api/v1/pods", query: ["continue": token]))
    #expect(answer.status == 410)
    let status = try JSON(parsing: answer.bytes)
    let recorded = try recording("error-gone-list.json")
    #expect(status["message"] == recorded["message"])
    #expect(status.shape() == recorded.shape())
    let inconsistent = try #require(status["metadata", "continue"]?.string)
    #expect(try api.get("/api/v1/pods", ["continue": inconsistent]).itemNames.count == 11)
  }

  @Test(arguments: [
    ("app=todo-backend", 2), ("app==todo-frontend", 3), ("app!=todo-backend", 3), ("app in (todo-backend, x)", 2),
    ("app notin (todo-backend)", 3), ("app", 5), ("!app", 0), ("app=todo-backend,pod-template-hash", 2),
  ])
  func `label selectors choose as Kubernetes does`(selector: String, count: Int) throws {
    var api = api
    #expect(try api.get("/api/v1/namespaces/todo/pods", ["labelSelector": selector]).itemNames.count == count)
  }

  @Test(arguments: [
    ("metadata.namespace=todo", 5), ("metadata.namespace!=todo", 8), ("spec.nodeName=todotop-demo", 13),
    ("spec.nodeName=,status.phase=Running", 0), ("status.phase==Running", 13),
  ])
  func `field selectors choose as Kubernetes does`(selector: String, count: Int) throws {
    var api = api
    #expect(try api.get("/api/v1/pods", ["fieldSelector": selector]).itemNames.count == count)
  }

  @Test mutating func `events are found by the object they are about`() throws {
    let pod = try #require(api.world.store.objects(.pods, in: "todo").first)
    let query = ["fieldSelector": "involvedObject.name=\(pod.key.name),involvedObject.uid=\(pod.uid)"]
    let events = try api.get("/api/v1/namespaces/todo/events", query)
    #expect(events.itemNames.count >= 4)
    #expect(events["items"]?.elements.allSatisfy { $0["involvedObject", "uid"]?.string == pod.uid } == true)
  }

  @Test mutating func `selectors that mean nothing are refused`() {
    #expect(api.status(of: "GET", "/api/v1/pods", ["labelSelector": "a in b"]) == 400)
    #expect(api.status(of: "GET", "/api/v1/pods", ["fieldSelector": "status.colour=red"]) == 400)
    #expect(api.status(of: "GET", "/api/v1/pods", ["continue": "!!"]) == 400)
  }

  @Test mutating func `metadata lists hold nothing of a Secret but its metadata`() throws {
    let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
    let list = try api.get("/api/v1/namespaces/todo/secrets", accept: accept)
    #expect(list["kind"] == "PartialObjectMetadataList")
    #expect(list.itemNames == ["todo-secrets"])
    #expect(list["items"]?.elements.allSatisfy { $0["data"] == nil && $0["kind"] == "PartialObjectMetadata" } == true)
  }

  @Test mutating func `tables have a cell for each column`() throws {
    let accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
    for kind in ResourceKind.all where !api.world.store.objects(kind).isEmpty {
      let root = kind.group.isEmpty ? "/api/" : "/apis/\(kind.group)/"
      let table = try api.get(root + kind.version + "/" + kind.plural, accept: accept)
      let columns = table["columnDefinitions"]?.elements.count ?? 0
      #expect(table["rows"]?.elements.allSatisfy { $0["cells"]?.elements.count == columns } == true, "\(kind.plural)")
      #expect(table["rows"]?.elements.isEmpty == false)
    }
  }
}
