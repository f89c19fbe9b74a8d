import Testing

@testable import DemoCluster

struct RefusalTests {
  private var api = API(world: testWorld())
  private let pods = "/api/v1/namespaces/todo/pods/"

  @Test(arguments: [
    ("GET", "/nope", 404, "the server could not find the requested resource"),
    ("GET", "/apis/nope.io/v1/widgets", 404, "the server could not find the requested resource"),
    ("GET", "/api/v1/widgets", 404, "the server could not find the requested resource"),
    ("GET", "/api/v1/namespaces/todo/pods/nope", 404, "pods \"nope\" not found"),
    ("GET", "/apis/apps/v1/namespaces/todo/deployments/nope", 404, "deployments.apps \"nope\" not found"),
    ("DELETE", "/api/v1/namespaces/todo/pods/nope", 404, "pods \"nope\" not found"),
    ("BREW", "/api/v1/pods", 405, "the server does not allow this method on the requested resource"),
    (
      "POST", "/api/v1/namespaces/todo/pods/x/log", 405,
      "the server does not allow this method on the requested resource"
    ),
  ])
  func `what is not there is refused with a Status`(method: String, path: String, code: Int, message: String) throws {
    var api = api
    let answer = api.answer(Request(method, path))
    let status = try JSON(parsing: answer.bytes)
    #expect(answer.status == code)
    #expect(status["kind"] == "Status" && status["code"] == .integer(code))
    #expect(status["message"]?.string == message)
  }

  @Test mutating func `a deletion with another uid is refused in the recorded words and deletes nothing`() throws {
    let recorded = try recording("error-messages.json")["delete with a wrong uid (409)"]?.string ?? ""
    let pod = try #require(api.world.store.objects(.pods, in: "todo").first)
    let body: JSON = ["preconditions": ["uid": "00000000-0000-0000-0000-000000000000"]]
    let answer = api.send("DELETE", pods + pod.key.name, body)
    #expect(answer.status == 409)
    let expected = recorded.replacing("Error from server (Conflict): ", with: "")
      .replacing("web-74c595bfb8-5tz6p", with: pod.key.name)
      .replacing("71a523a6-9747-4a72-8fc4-cb9384b28a61", with: pod.uid)
    #expect(try JSON(parsing: answer.bytes)["message"]?.string == expected)
    #expect(api.world.store.object(.pods, pod.key)?.isTerminating == false)
    let right = api.send("DELETE", pods + pod.key.name, ["preconditions": ["uid": .string(pod.uid)]])
    #expect(right.status == 200)
    #expect(api.world.store.object(.pods, pod.key)?.isTerminating == true)
  }

  @Test mutating func `an eviction against the budget is refused in the recorded words`() throws {
    let recorded = try recording("error-messages.json")["evict against the budget (429)"]?.string ?? ""
    let backends = api.world.store.objects(.pods, in: "todo").filter { $0.labels["app"] == "todo-backend" }
    let eviction: JSON = ["apiVersion": "policy/v1", "kind": "Eviction"]
    #expect(api.send("POST", pods + backends[backends.startIndex].key.name + "/eviction", eviction).status == 201)
    api.world.advance(to: testStart + 0.01)
    let other = try #require(backends.last)
    let answer = api.send("POST", pods + other.key.name + "/eviction", eviction)
    #expect(answer.status == 429)
    let message = try JSON(parsing: answer.bytes)["message"]?.string ?? ""
    #expect(recorded.hasSuffix(message) && !message.isEmpty)
  }

  @Test(arguments: ["", "{", "[1,2", "\u{0}", "nonsense", "{\"a\":", "[[[[[[", String(repeating: "[", count: 500)])
  func `bodies that are not JSON are refused, whatever they are for`(body: String) {
    for (method, path, type) in [
      ("POST", "/api/v1/namespaces/todo/configmaps", "application/json"),
      ("PATCH", "/apis/apps/v1/namespaces/todo/deployments/todo-backend", "application/merge-patch+json"),
      ("PUT", "/apis/apps/v1/namespaces/todo/deployments/todo-backend", "application/json"),
    ] {
      var api = api
      var request = Request(method, path)
      request.body = Array(body.utf8)
      request.contentType = type
      let answer = api.answer(request)
      #expect(answer.status == 400)
      #expect((try? JSON(parsing: answer.bytes))?["kind"] == "Status")
    }
  }

  @Test mutating func `an update of an old version is a conflict`() throws {
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-backend"
    let object = try api.get(path)
    var changed = object
    changed["spec", "replicas"] = 3
    #expect(api.send("PUT", path, changed).status == 200)
    let answer = api.send("PUT", path, changed)
    #expect(answer.status == 409)
    #expect(
      try JSON(parsing: answer.bytes)["message"]?.string
        == "Operation cannot be fulfilled on deployments.apps \"todo-backend\": the object has been modified; please apply "
        + "your changes to the latest version and try again")
  }

  @Test mutating func `a status written by a client changes nothing`() throws {
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-backend"
    let before = try api.get(path)
    let answer = api.send("PATCH", path, ["status": ["replicas": 99]], contentType: "application/merge-patch+json")
    #expect(answer.status == 200)
    #expect(try api.get(path) == before)
  }
}
