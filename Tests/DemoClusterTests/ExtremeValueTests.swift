import Testing

@testable import DemoCluster

/// Values that no person would write, wherever a client may write one: each is refused or lived with.
struct ExtremeValueTests {
  private static let values: [JSON] = [
    .integer(.max), .integer(.min), .integer(Int(Int32.max)), -1, 0, .fraction(1e300), "nan", "1e300",
    "9223372036854775807m", "9223372036854775807%", "9999999999999999-01-01T00:00:00Z", [:], [],
  ]

  private static let container = "spec.template.spec.containers"
  private static let members = [
    "metadata", "metadata.labels", "metadata.annotations", "metadata.ownerReferences", "metadata.finalizers",
    "metadata.creationTimestamp", "metadata.generation", "metadata.deletionTimestamp",
    "metadata.deletionGracePeriodSeconds", "spec", "spec.replicas", "spec.minReadySeconds", "spec.selector",
    "spec.progressDeadlineSeconds", "spec.revisionHistoryLimit", "spec.strategy.rollingUpdate.maxSurge",
    "spec.strategy.rollingUpdate.maxUnavailable", "spec.template", "spec.template.spec",
    "spec.template.spec.terminationGracePeriodSeconds", "spec.template.spec.tolerations",
    "spec.template.spec.volumes", "spec.template.spec.initContainers", "spec.template.spec.nodeSelector",
    container, container + ".resources.limits.memory", container + ".resources.requests.cpu", container + ".command",
    container + ".env", container + ".ports", container + ".livenessProbe.periodSeconds",
    container + ".livenessProbe.initialDelaySeconds", container + ".livenessProbe.failureThreshold",
    container + ".livenessProbe.httpGet.port", container + ".readinessProbe.periodSeconds",
    container + ".lifecycle.preStop.sleep.seconds", "status",
  ]

  private static let deployment: JSON = [
    "metadata": ["name": "extreme"],
    "spec": [
      "replicas": 2, "selector": ["matchLabels": ["app": "extreme"]],
      "template": [
        "metadata": ["labels": ["app": "extreme"]],
        "spec": [
          "containers": [
            [
              "name": "frontend", "image": "todo-frontend:v1.0.0",
              "resources": ["limits": ["memory": "64Mi"], "requests": ["cpu": "100m"]],
              // Nothing listens there, so that it keeps failing.
              "livenessProbe": ["httpGet": ["path": "/", "port": 1]],
              "readinessProbe": ["httpGet": ["path": "/", "port": 8080]],
            ]
          ]
        ],
      ],
    ],
  ]

  private static let path = "/apis/apps/v1/namespaces/shop/deployments"

  @Test(arguments: members) func `a Deployment with any value in any place is no danger`(member: String) throws {
    let small = try SmallWorld()
    for value in Self.values {
      var api = API(world: small.world)
      let created = api.send("POST", Self.path, Self.deployment.replacing(member.split(separator: ".")[...], value))
      #expect([201, 400, 422].contains(created.status), "\(value): \(created.status)")
      // A thousand pods would only take long.
      if member == "spec.replicas" {
        api.world.advance(to: testStart)
        continue
      }
      if created.status == 201 { api.world.advance(to: testStart + 15) }
      let patch = JSON.object([]).replacing(member.split(separator: ".")[...], value)
      let path = Self.path + "/web"
      let patched = api.send("PATCH", path, patch, contentType: "application/strategic-merge-patch+json")
      #expect([200, 400, 409, 422].contains(patched.status), "\(value): \(patched.status)")
      guard created.status == 201 || patched.status == 200 else { continue }
      api.world.advance(to: testStart + 30)
      _ = api.status(of: "DELETE", "/api/v1/namespaces/shop/pods")
      api.world.advance(to: testStart + 40)
      #expect(api.status(of: "GET", Self.path) == 200)
    }
  }

  @Test func `other kinds and statuses with any number are no danger`() throws {
    var small = try SmallWorld()
    small.world.advance(to: testStart + 30)
    let pod = try #require(small.world.store.objects(.pods, in: "shop").first?.key.name)
    let core = "/api/v1/namespaces/shop/"
    for value in Self.values {
      var api = API(world: small.world)
      for field in ["minAvailable", "maxUnavailable"] {
        let spec: JSON = .object([.init(name: field, value: value)])
        let budget: JSON = [
          "metadata": ["name": .string(field.lowercased())],
          "spec": spec.merging(["selector": ["matchLabels": ["app": "web"]]], isStrategic: false),
        ]
        _ = api.send("POST", "/apis/policy/v1/namespaces/shop/poddisruptionbudgets", budget)
      }
      let hard: JSON = .object(["pods", "requests.cpu", "limits.memory"].map { .init(name: $0, value: value) })
      _ = api.send("POST", core + "resourcequotas", ["metadata": ["name": "most"], "spec": ["hard": hard]])
      let status: JSON = [
        "status": [
          "containerStatuses": [
            ["name": "frontend", "restartCount": value, "state": ["running": ["startedAt": value]]]
          ]
        ]
      ]
      _ = api.send("PATCH", core + "pods/\(pod)/status", status, contentType: "application/merge-patch+json")
      _ = api.send("POST", core + "pods/\(pod)/eviction", ["deleteOptions": ["gracePeriodSeconds": value]])
      api.world.advance(to: testStart + 40)
      _ = api.send("DELETE", core + "pods/\(pod)", ["gracePeriodSeconds": value])
      api.world.advance(to: testStart + 50)
      #expect(api.status(of: "GET", core + "pods") == 200)
    }
  }

  @Test func `parameters with any number are no danger`() throws {
    var small = try SmallWorld()
    small.world.advance(to: testStart + 30)
    let pod = try #require(small.world.store.objects(.pods, in: "shop").first?.key.name)
    let log = "/api/v1/namespaces/shop/pods/\(pod)/log"
    for value in Self.values {
      guard let text = value.string ?? value.integer.map(String.init) else { continue }
      var api = API(world: small.world)
      for name in ["sinceSeconds", "sinceTime", "tailLines", "limitBytes"] {
        for follow in ["0", "1"] { _ = api.status(of: "GET", log, [name: text, "follow": follow]) }
      }
      for name in ["timeoutSeconds", "resourceVersion", "limit"] {
        for watch in ["0", "1"] { _ = api.status(of: "GET", "/api/v1/pods", [name: text, "watch": watch]) }
      }
      _ = api.status(of: "DELETE", "/api/v1/namespaces/shop/pods/\(pod)", ["gracePeriodSeconds": text])
      var faults = try #require(Faults("gone=1"))
      _ = faults.answer(to: Request("GET", "/api/v1/pods", query: ["watch": "1", "resourceVersion": text]))
      api.world.advance(to: testStart + 40)
      #expect(api.status(of: "GET", "/api/v1/pods") == 200)
    }
  }

  @Test func `of a million replicas there are as many as the demo holds, and the rest is refused`() throws {
    var api = API(world: testWorld())
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-frontend"
    let merge = "application/merge-patch+json"
    #expect(api.send("PATCH", path + "/scale", ["spec": ["replicas": 1_000_000]], contentType: merge).status == 200)
    // The controllers run at once; what becomes of a thousand pods would take long.
    api.world.advance(to: testStart)
    #expect(api.world.store.objects(.pods, in: "todo").count == World.namespacePodLimit)
    let conditions = try api.get(path)["status", "conditions"]?.elements
    let failure = conditions?.first { $0["type"]?.string == "ReplicaFailure" }
    #expect(failure?["message"]?.string?.contains("exceeded quota: demo, requested: pods=1") == true)
  }
}

extension JSON {
  /// The value with another one at a path; the elements of arrays on the way are all changed.
  fileprivate func replacing(_ path: ArraySlice<Substring>, _ value: JSON) -> JSON {
    guard let name = path.first else { return value }
    if case .array(let elements) = self { return .array(elements.map { $0.replacing(path, value) }) }
    var result = self
    result[String(name)] = (self[String(name)] ?? .object([])).replacing(path.dropFirst(), value)
    return result
  }
}
