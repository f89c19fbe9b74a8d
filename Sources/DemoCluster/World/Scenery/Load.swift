extension World {
  /// The shape of the load: pods of a Deployment, and Deployments of a namespace.
  static let podsPerLoadDeployment = 10
  static let deploymentsPerLoadNamespace = 50
  /// How long before the start the load was deployed, in seconds.
  static let loadAge = 3600.0

  /// Adds running Deployments until there are so many pods in all.
  ///
  /// They are written as they would be after their rollout: running the rules for thousands of pods would only
  /// take time.
  ///
  /// - Returns: The pods that were added.
  mutating func addLoad(totalPods: Int) -> [ObjectKey] {
    let needed = totalPods - store.objects(.pods).count
    guard needed > 0 else { return [] }
    let count = (needed + Self.podsPerLoadDeployment - 1) / Self.podsPerLoadDeployment
    let perNode = Self.podsPerNode * 9 / 10
    let nodes = (needed + perNode - 1) / perNode
    let first = store.objects(.nodes).count
    let manifests = LoadManifests.builtIn
    createNodes(Array(repeating: manifests.node, count: nodes))
    var filled: [ResourceKind: [StoredObject]] = [:]
    for index in 0..<count {
      if index % Self.deploymentsPerLoadNamespace == 0 { createLoadNamespace(Self.loadNamespace(index)) }
      let pods = min(Self.podsPerLoadDeployment, needed - index * Self.podsPerLoadDeployment)
      let deployment = LoadDeployment(
        index: index, pods: pods, firstNode: first, nodes: nodes, created: now + -Self.loadAge, manifests: manifests)
      deployment.build(into: &filled, world: &self)
    }
    for (kind, objects) in filled.sorted(by: { $0.key.plural < $1.key.plural }) { store.fill(kind, objects) }
    for pod in filled[.pods] ?? [] {
      if let controller = pod.controller { podsOfController[controller.uid, default: []].insert(pod.key) }
      place(pod.uid, on: pod.field("spec.nodeName") ?? "", manifests.share)
    }
    return (filled[.pods] ?? []).map(\.key)
  }

  static func loadNamespace(_ deployment: Int) -> String {
    let number = String(deployment / deploymentsPerLoadNamespace + 1)
    return "load-" + String(repeating: "0", count: max(0, 3 - number.count)) + number
  }

  private mutating func createLoadNamespace(_ name: String) {
    create(
      .namespaces,
      [
        "metadata": ["name": .string(name), "labels": .strings(["kubernetes.io/metadata.name": name])],
        "spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"],
      ])
    createNamespaceContents(name)
  }
}
