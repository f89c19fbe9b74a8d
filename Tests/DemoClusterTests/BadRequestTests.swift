import Foundation
import Testing

@testable import DemoCluster

/// What clients get that do not keep to the rules, over real connections: the right status, and a server that goes on.
struct BadRequestTests {
  private static let maps = "/api/v1/namespaces/todo/configmaps"

  struct Case: CustomTestStringConvertible {
    let method: String
    let path: String
    var body = ""
    var type = "application/json"
    let code: Int
    var words = ""
    var testDescription: String { "\(method) \(path) \(type) \(body.prefix(30))" }
  }

  static let cases = [
    Case(method: "POST", path: maps, body: "}{", code: 400, words: "BadRequest"),
    Case(method: "POST", path: maps, body: "\u{0}\u{1}\u{FFFD}", code: 400),
    Case(method: "POST", path: maps, body: "[1,2]", code: 400),
    Case(method: "POST", path: maps, body: String(repeating: "[", count: 100_000), code: 400),
    Case(method: "POST", path: maps, body: #"{"kind":"Secret"}"#, code: 400, words: "cannot be handled as a ConfigMap"),
    Case(method: "POST", path: maps, body: "k8s\u{0}xyz", type: "application/vnd.kubernetes.protobuf", code: 400),
    Case(method: "POST", path: maps, body: "a: b", type: "text/plain", code: 415, words: "unknown format"),
    Case(method: "PATCH", path: maps + "/todo-config", body: "{}", code: 415, words: "application/merge-patch+json"),
    Case(
      method: "PATCH", path: maps + "/todo-config", body: "{", type: "application/merge-patch+json", code: 400),
    Case(
      method: "PATCH", path: maps + "/todo-config", body: #"[{"op":"explode","path":"/data/a"}]"#,
      type: "application/json-patch+json", code: 400, words: "Unexpected kind of operation"),
    Case(method: "GET", path: "/apis/nope.io/v1/widgets", code: 404, words: "could not find the requested resource"),
    Case(method: "GET", path: "/api/v1/widgets", code: 404),
    Case(method: "GET", path: "/api/v2/pods", code: 404),
    Case(method: "GET", path: "/etc/passwd", code: 404),
    Case(method: "GET", path: "/api/v1/namespaces/todo/pods/a/b/c/d", code: 404),
    Case(method: "BREW", path: maps, code: 405, words: "MethodNotAllowed"),
    Case(method: "POST", path: maps + "/todo-config", code: 405),
    Case(method: "DELETE", path: "/version", code: 405),
    Case(method: "GET", path: "/api/v1/pods?limit=ten", code: 400, words: #"parsing \"ten\": invalid syntax"#),
    Case(method: "GET", path: "/api/v1/pods?limit=99999999999999999999", code: 400, words: "value out of range"),
    Case(method: "GET", path: "/api/v1/pods?limit=-1", code: 200, words: "PodList"),
    Case(method: "GET", path: "/api/v1/pods?continue=nonsense", code: 400, words: "continue key is not valid"),
    Case(method: "GET", path: "/api/v1/pods?resourceVersion=x", code: 400, words: "invalid syntax"),
    Case(method: "GET", path: "/api/v1/pods?resourceVersion=-4&watch=1", code: 400),
    Case(method: "GET", path: "/api/v1/pods?watch=1&timeoutSeconds=soon", code: 400),
    Case(
      method: "GET", path: "/api/v1/pods?fieldSelector=spec.colour%3Dred", code: 400, words: "field label not supported"
    ),
    Case(
      method: "GET", path: "/apis/apps/v1/deployments?fieldSelector=a%3Db", code: 400,
      words: #"\"a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""#),
    Case(method: "GET", path: "/api/v1/pods?fieldSelector=red", code: 400, words: "can't understand 'red'"),
    Case(method: "GET", path: "/api/v1/pods?labelSelector=a%20in%20b", code: 400, words: "unable to parse requirement"),
    Case(method: "GET", path: "/api/v1/pods?labelSelector=%3D%3D%3D", code: 400),
    Case(method: "POST", path: "/api/v1/namespaces/todo/pods/nope/exec", code: 404, words: #"pods \"nope\" not found"#),
    Case(method: "GET", path: "/api/v1/namespaces/todo/pods/nope/log", code: 404),
    Case(method: "POST", path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", body: "1", code: 400),
    Case(method: "POST", path: "/apis/autoscaling/v1/namespaces/todo/horizontalpodautoscalers", body: "7", code: 400),
  ]

  @Test(arguments: cases)
  func `a bad request is answered in the API server's words`(_ given: Case) throws {
    let rig = try HTTPRig()
    let answer = try rig.answer(HTTPRig.request(given.method, given.path, body: given.body, type: given.type))
    #expect(answer.hasPrefix("HTTP/1.1 \(given.code) "), "\(answer.prefix(400))")
    #expect(given.words.isEmpty || answer.contains(given.words), "\(answer.suffix(400))")
    if given.code != 200 {
      #expect(answer.contains("\"kind\":\"Status\"") && answer.contains("\"code\":\(given.code)"))
    }
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
  }

  @Test func `older HTTP and HEAD are spoken`() throws {
    let rig = try HTTPRig()
    let old = try rig.answer(HTTPRig.request("GET", "/version", version: "1.0"))
    #expect(old.contains(" 200 OK") && old.contains("v1.32.0"))
    let head = try rig.answer(HTTPRig.request("HEAD", "/readyz"))
    #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"))
    #expect(try rig.answer(HTTPRig.request("HEAD", Self.maps)).hasPrefix("HTTP/1.1 405"))
  }

  @Test func `a giant body is refused without being kept`() throws {
    let rig = try HTTPRig()
    let before = rig.server.api.world.store.resourceVersion
    let body = "{\"data\":\"" + String(repeating: "x", count: 4 * Request.bodyLimit) + "\"}"
    let answer = try rig.answer(HTTPRig.request("POST", Self.maps, body: body))
    #expect(answer.hasPrefix("HTTP/1.1 413") && answer.contains("limit is 3145728"))
    #expect(rig.server.api.world.store.resourceVersion == before)
  }

  @Test func `requests that stop in the middle change nothing, and others are served`() throws {
    let rig = try HTTPRig()
    let before = rig.server.api.world.store.resourceVersion
    let whole = HTTPRig.request("POST", Self.maps, body: #"{"metadata":{"name":"half"}}"#)
    var waiting: [HTTPRig.Client] = []
    for length in [1, 10, whole.utf8.count / 2, whole.utf8.count - 1] {
      let client = try rig.client()
      client.send(Array(whole.utf8.prefix(length)))
      rig.pump()
      waiting.append(client)
    }
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
    waiting = []
    rig.pump()
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
    #expect(rig.server.api.world.store.resourceVersion == before)
  }

  @Test func `200 connections that say nothing do not keep others from being served`() throws {
    let rig = try HTTPRig()
    var idle: [HTTPRig.Client] = []
    for _ in 0..<200 {
      idle.append(try rig.client())
      rig.pump(rounds: 1)
    }
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
    #expect(idle.allSatisfy { !$0.hasEnded })
  }

  @Test func `connections beyond the limit are refused until others end`() throws {
    let rig = try HTTPRig()
    var idle: [HTTPRig.Client] = []
    for _ in 0..<Int(HTTPServer.connectionLimit) {
      idle.append(try rig.client())
      rig.pump(rounds: 1)
    }
    let refused = try rig.client()
    refused.send(HTTPRig.request("GET", "/readyz"))
    rig.pump(rounds: 20)
    refused.drain()
    #expect(refused.received.isEmpty)
    idle = []
    rig.pump(rounds: 50)
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
  }

  @Test func `a watcher that does not read is dropped when it has fallen behind the history`() throws {
    let rig = try HTTPRig()
    let watcher = try rig.client()
    watcher.send("GET \(Self.maps)?watch=1&resourceVersion=0 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    rig.pump(rounds: 10)
    let key = ObjectKey(namespace: "todo", name: "todo-config")
    let padding = String(repeating: "x", count: 4096)
    for number in 0..<(ObjectTable.historyLimit * 5 / 4) {
      rig.server.api.world.update(.configMaps, key) { $0["data"] = ["a": .string(padding + String(number))] }
      if number.isMultiple(of: 64) { rig.pump(rounds: 1) }
    }
    rig.pump(rounds: 20)
    for _ in 0..<2000 where !watcher.hasEnded {
      watcher.drain()
      rig.pump(rounds: 1)
    }
    #expect(watcher.hasEnded)
    #expect(watcher.received.count < ObjectTable.historyLimit * 4096)
    #expect(!watcher.text.hasSuffix("0\r\n\r\n"))
    #expect(try rig.answer(HTTPRig.request("GET", "/readyz")).hasSuffix("ok"))
  }
}
