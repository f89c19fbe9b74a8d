import Testing

@testable import DemoCluster

struct NetworkPolicyTests {
  private var api = API(world: testWorld())
  private static let backend: JSON = ["matchLabels": ["app": "todo-backend"]]

  init() { api.world.enforcesNetworkPolicies = true }

  private mutating func apply(_ spec: JSON) {
    api.world.create(.networkPolicies, ["metadata": ["name": "todo", "namespace": "todo"], "spec": spec])
  }

  private mutating func advance(_ seconds: Double) { api.world.advance(to: api.world.now + seconds) }

  private mutating func visit(_ path: String) -> Int {
    var request = Request("GET", path)
    request.host = "todo.local"
    return api.answer(request).status
  }

  private func backends() -> [StoredObject] {
    api.world.store.objects(.pods, in: "todo").filter { $0.labels["app"] == "todo-backend" && !$0.isTerminating }
  }

  private mutating func log(ofPodWith label: String, since seconds: Int) throws -> String {
    let pod = try #require(api.world.store.objects(.pods, in: "todo").first { $0.labels["app"] == label })
    let path = "/api/v1/namespaces/todo/pods/\(pod.key.name)/log"
    return String(
      decoding: api.answer(Request("GET", path, query: ["sinceSeconds": String(seconds)])).bytes, as: UTF8.self)
  }

  @Test mutating func `nothing comes in where no rule lets it in, and the frontend says so`() throws {
    #expect(visit("/api/health") == 200)
    apply(["podSelector": Self.backend, "policyTypes": ["Ingress"]])
    advance(60)
    #expect(visit("/api/health") == 504)
    #expect(visit("/") == 200)
    #expect(backends().allSatisfy { $0.isReady })
    let lines1 = try log(ofPodWith: "todo-frontend", since: 59)
    #expect(lines1.contains("upstream timed out (110: Connection timed out)"))
    api.world.remove(.networkPolicies, ObjectKey(namespace: "todo", name: "todo"))
    advance(60)
    #expect(visit("/api/health") == 200)
    let lines2 = try log(ofPodWith: "todo-frontend", since: 58)
    #expect(!lines2.contains("upstream timed out"))
  }

  @Test mutating func `a rule lets in whom it names`() {
    let frontend: JSON = ["podSelector": ["matchLabels": ["app": "todo-frontend"]]]
    let controller: JSON = ["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "ingress-nginx"]]]
    apply(["podSelector": Self.backend, "ingress": [["from": [frontend]]]])
    advance(5)
    #expect(visit("/api/health") == 504)
    let key = ObjectKey(namespace: "todo", name: "todo")
    api.world.update(.networkPolicies, key) { $0["spec", "ingress"] = [["from": [frontend, controller]]] }
    #expect(visit("/api/health") == 200)
    api.world.update(.networkPolicies, key) { policy in
      policy["spec", "ingress"] = [["from": [controller], "ports": [["port": 9999]]]]
    }
    #expect(visit("/api/health") == 504)
    api.world.update(.networkPolicies, key) { policy in
      policy["spec", "ingress"] = [["from": [controller], "ports": [["protocol": "TCP", "port": "http"]]]]
    }
    #expect(visit("/api/health") == 200)
  }

  @Test mutating func `a backend that cannot reach its database is not ready until it can`() throws {
    apply([
      "podSelector": Self.backend, "policyTypes": ["Egress"],
      "egress": [["ports": [["protocol": "UDP", "port": 53]]], ["ports": [["port": 443]]]],
    ])
    advance(40)
    #expect(!backends().isEmpty && backends().allSatisfy { !$0.isReady })
    #expect(visit("/api/health") == 503)
    let lines3 = try log(ofPodWith: "todo-backend", since: 20)
    #expect(lines3.contains("db.example.invalid:5432 failed: timeout expired"))
    #expect(
      api.world.store.objects(.events, in: "todo").contains {
        $0.object["message"] == "Readiness probe failed: HTTP probe failed with statuscode: 503"
      })
    api.world.update(.networkPolicies, ObjectKey(namespace: "todo", name: "todo")) { policy in
      policy["spec", "egress"] = [["ports": [["port": 5432]]]]
    }
    advance(30)
    #expect(backends().allSatisfy { $0.isReady })
    let lines4 = try log(ofPodWith: "todo-backend", since: 25)
    #expect(!lines4.contains("timeout expired"))
  }

  @Test mutating func `a pod that starts behind a policy does not get ready`() {
    apply(["podSelector": Self.backend, "policyTypes": ["Egress"]])
    api.world.setImage(of: ObjectKey(namespace: "todo", name: "todo-backend"), to: "todo-backend:v1.0.1")
    advance(60)
    let new = backends().filter { $0.object.container("backend")?["image"] == "todo-backend:v1.0.1" }
    #expect(new.count == 1 && !new[0].isReady)
    #expect(api.world.silences[new[0].uid]?.map(\.peer) == [.database])
  }

  @Test mutating func `where the network does not obey policies, nothing happens`() throws {
    api.world.enforcesNetworkPolicies = false
    apply(["podSelector": [:], "policyTypes": ["Ingress", "Egress"]])
    advance(60)
    #expect(visit("/api/health") == 200)
    #expect(backends().allSatisfy { $0.isReady })
    #expect(api.world.silences.isEmpty)
    let lines5 = try log(ofPodWith: "todo-frontend", since: 55)
    #expect(!lines5.contains("upstream timed out"))
  }

  @Test func `a selector selects by labels and expressions`() {
    let labels = ["app": "web", "tier": "front"]
    let selecting: [JSON] = [
      [:], ["matchLabels": ["app": "web"]],
      ["matchExpressions": [["key": "app", "operator": "In", "values": ["db", "web"]]]],
      ["matchExpressions": [["key": "tier", "operator": "Exists"], ["key": "old", "operator": "DoesNotExist"]]],
      ["matchExpressions": [["key": "zone", "operator": "NotIn", "values": ["a"]]]],
    ]
    let refusing: [JSON] = [
      ["matchLabels": ["app": "db"]], ["matchExpressions": [["key": "app", "operator": "NotIn", "values": ["web"]]]],
      ["matchExpressions": [["key": "zone", "operator": "In", "values": ["a"]]]],
      ["matchExpressions": [["key": "app", "operator": "DoesNotExist"]]],
      ["matchExpressions": [["key": "app", "operator": "Near"]]],
    ]
    for selector in selecting { #expect(selector.selects(labels), "\(selector)") }
    for selector in refusing { #expect(!selector.selects(labels), "\(selector)") }
  }
}
