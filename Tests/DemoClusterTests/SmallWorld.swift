import Testing

@testable import DemoCluster

/// A world of one node and one Deployment `web` with a Service and a budget, for rules that need nothing else.
struct SmallWorld {
  var world: World
  static let key = ObjectKey(namespace: "shop", name: "web")
  static let good = "todo-frontend:v1.0.0"
  static let better = "todo-frontend:v1.0.1"

  init(seed: UInt64 = 1, replicas: Int = 3, spec changes: JSON = [:]) throws {
    world = World(
      seed: seed, now: testStart, images: try ImageCatalog.common())
    world.createNodes([NodeCapacity(cpu: "4", memory: "8142240Ki")])
    world.create(.namespaces, ["metadata": ["name": "shop"], "status": ["phase": "Active"]])
    world.createNamespaceContents("shop")
    let labels: JSON = ["app": "web"]
    world.create(
      .services,
      [
        "metadata": ["name": "web", "namespace": "shop"],
        "spec": ["selector": labels, "ports": [["name": "http", "port": 80, "targetPort": 8080]]],
      ])
    world.create(
      .podDisruptionBudgets,
      [
        "metadata": ["name": "web", "namespace": "shop"],
        "spec": ["minAvailable": 1, "selector": ["matchLabels": labels]],
      ])
    let container: JSON = [
      "name": "web", "image": .string(Self.good),
      "readinessProbe": ["httpGet": ["path": "/", "port": 8080], "periodSeconds": 2],
    ]
    var spec: JSON = [
      "replicas": .integer(replicas), "selector": ["matchLabels": labels],
      "template": ["metadata": ["labels": labels], "spec": ["containers": [container]]],
    ]
    for member in changes.members { spec[member.name] = member.value }
    world.create(.deployments, ["metadata": ["name": "web", "namespace": "shop"], "spec": spec])
  }

  var deployment: JSON { world.store.object(.deployments, Self.key)?.object ?? .null }
  var pods: [StoredObject] { Array(world.store.objects(.pods, in: "shop")) }
  var replicaSets: [JSON] { world.store.objects(.replicaSets, in: "shop").map(\.object) }

  mutating func change(_ change: (inout JSON) -> Void) { world.update(.deployments, Self.key, change) }
  mutating func advance(_ seconds: Double) { world.advance(to: world.now + seconds) }

  /// A condition of the Deployment as `status reason`.
  func condition(_ type: String) -> String? {
    let condition = deployment["status", "conditions"]?.elements.first { $0["type"]?.string == type }
    return condition.map { "\($0["status"]?.string ?? "") \($0["reason"]?.string ?? "")" }
  }

  func events(_ reason: String) -> [String] {
    world.store.objects(.events, in: "shop").filter { $0.field("reason") == reason }
      .sorted { $0.resourceVersion < $1.resourceVersion }.compactMap { $0.object["message"]?.string }
  }
}
