import Testing

@testable import DemoCluster

/// Parts of objects with paths of their own, and other versions of a kind.
struct SubresourceTests {
  @Test func `logs of init containers are read by name, and numbers out of range are refused`() throws {
    let labels: JSON = ["labels": ["app": "web"]]
    let spec: JSON = [
      "initContainers": [["name": "migrate", "image": "todo-migrate:v1.1.0"]],
      "containers": [["name": "web", "image": .string(SmallWorld.good)]],
    ]
    var small = try SmallWorld(replicas: 1, spec: ["template": ["metadata": labels, "spec": spec]])
    small.advance(60)
    var api = API(world: small.world)
    let path = "/api/v1/namespaces/shop/pods/\(try #require(small.pods.first).key.name)/log"
    let log = api.answer(Request("GET", path, query: ["container": "migrate"]))
    #expect(String(decoding: log.bytes, as: UTF8.self).contains("todo-migrate:v1.1.0 started\n"))
    #expect(api.answer(Request("GET", path, query: ["limitBytes": "5"])).bytes.count == 5)
    for (query, code) in [
      (["tailLines": "-1"], 422), (["sinceSeconds": "0"], 422), (["limitBytes": "0"], 422), (["tailLines": "x"], 400),
      (["sinceSeconds": "5", "sinceTime": "2026-11-21T04:00:00Z"], 422), (["container": "nope"], 400),
    ] {
      #expect(api.status(of: "GET", path, query) == code, "\(query)")
    }
  }

  @Test func `a status is written alone, and says who wrote it`() throws {
    var api = API(world: testWorld())
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-backend/status"
    let before = try api.get(path)
    let change: JSON = ["spec": ["replicas": 9], "status": ["collisionCount": 4]]
    let answer = api.send("PATCH", path, change, contentType: "application/merge-patch+json")
    let after = try JSON(parsing: answer.bytes)
    #expect(answer.status == 200)
    #expect(after["status", "collisionCount"] == 4)
    #expect(after["spec"] == before["spec"])
    #expect(after["metadata", "generation"] == before["metadata", "generation"])
    var replaced = before
    replaced["status", "collisionCount"] = 5
    replaced["metadata", "resourceVersion"] = "1"
    #expect(api.send("PUT", path, replaced).status == 409)
    replaced["metadata", "resourceVersion"] = after["metadata", "resourceVersion"]
    #expect(try JSON(parsing: api.send("PUT", path, replaced).bytes)["status", "collisionCount"] == 5)
  }

  @Test func `autoscalers are read and written in their first version too`() throws {
    var api = API(world: testWorld())
    let path = "/apis/autoscaling/v1/namespaces/todo/horizontalpodautoscalers"
    let first: JSON = [
      "kind": "HorizontalPodAutoscaler", "apiVersion": "autoscaling/v1", "metadata": ["name": "first"],
      "spec": [
        "scaleTargetRef": ["kind": "Deployment", "name": "todo-frontend", "apiVersion": "apps/v1"], "maxReplicas": 5,
        "targetCPUUtilizationPercentage": 70,
      ],
    ]
    #expect(api.send("POST", path, first).status == 201)
    let second = try api.get("/apis/autoscaling/v2/namespaces/todo/horizontalpodautoscalers/first")
    let target = second["spec", "metrics"]?.elements.first?["resource"]?["target"]
    #expect(target?["averageUtilization"] == 70)
    let again = try api.get(path + "/first")
    #expect(again["apiVersion"] == "autoscaling/v1")
    #expect(again["spec", "targetCPUUtilizationPercentage"] == 70 && again["spec", "metrics"] == nil)
    #expect(try api.get(path)["items"]?.elements.allSatisfy { $0["spec", "metrics"] == nil } == true)
    #expect(api.status(of: "GET", path, ["watch": "1"]) == 405)
  }

  @Test func `who asks is told what a fault leaves`() throws {
    var api = API(world: testWorld())
    api.refusedKinds = ["nodes", "pods/exec"]
    let path = "/apis/authorization.k8s.io/v1/"
    func allowed(_ attributes: JSON) throws -> JSON? {
      let body: JSON = ["spec": ["resourceAttributes": attributes]]
      return try JSON(parsing: api.send("POST", path + "selfsubjectaccessreviews", body).bytes)["status", "allowed"]
    }
    #expect(try allowed(["verb": "list", "resource": "nodes"]) == false)
    #expect(try allowed(["verb": "create", "resource": "pods", "subresource": "exec"]) == false)
    #expect(try allowed(["verb": "create", "resource": "pods"]) == true)
    let rules = try JSON(parsing: api.send("POST", path + "selfsubjectrulesreviews", [:]).bytes)[
      "status", "resourceRules"]
    let names = rules?.elements.flatMap { $0["resources"]?.elements.compactMap(\.string) ?? [] } ?? []
    #expect(names.contains("pods") && names.contains("pods/log"))
    #expect(!names.contains("nodes") && !names.contains("pods/exec"))
    let access = try #require(Access(Request("GET", "/apis/apps/v1/namespaces/todo/deployments/web")))
    #expect(
      access.refusal.message
        == "deployments.apps \"web\" is forbidden: User \"demo\" cannot get resource \"deployments\" "
        + "in API group \"apps\" in the namespace \"todo\"")
  }
}
