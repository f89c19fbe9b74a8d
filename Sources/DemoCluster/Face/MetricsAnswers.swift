extension API {
  /// Answers the metrics API: lists and single entries of pods and nodes.
  func metricsAnswer(_ request: Request, _ rest: [String]) throws -> Answer {
    guard request.method == "GET" else { throw Refusal.methodNotAllowed }
    switch (rest.first, rest.count) {
    case ("nodes", 1):
      return .json(try list("NodeMetricsList", request, .nodes, namespace: nil, nodeMetrics()))
    case ("nodes", 2):
      let key = ObjectKey(namespace: "", name: rest[1])
      guard let node = world.store.object(.nodes, key), let metrics = nodeMetrics()(node) else {
        throw Refusal.notFound("nodes", group: "metrics.k8s.io", rest[1])
      }
      return .json(Self.single("NodeMetrics", metrics))
    case ("pods", 1): return .json(try list("PodMetricsList", request, .pods, namespace: nil, podMetrics))
    case ("namespaces", 3) where rest[2] == "pods":
      return .json(try list("PodMetricsList", request, .pods, namespace: rest[1], podMetrics))
    case ("namespaces", 4) where rest[2] == "pods":
      let key = ObjectKey(namespace: rest[1], name: rest[3])
      guard let pod = world.store.object(.pods, key), let metrics = podMetrics(pod) else {
        throw Refusal.notFound("pods", group: "metrics.k8s.io", rest[1] + "/" + rest[3])
      }
      return .json(Self.single("PodMetrics", metrics))
    default: throw Refusal.unknownPath
    }
  }

  private func list(
    _ kind: String, _ request: Request, _ resource: ResourceKind, namespace: String?,
    _ metrics: (StoredObject) -> JSON?
  ) throws -> JSON {
    let selection = try Selection(namespace: namespace, request: request, kind: resource)
    let items = world.store.objects(resource, in: namespace).filter(selection.matches).compactMap(metrics)
    return [
      "kind": .string(kind), "apiVersion": "metrics.k8s.io/v1beta1", "metadata": [:], "items": .array(items),
    ]
  }

  private static func single(_ kind: String, _ metrics: JSON) -> JSON {
    let head = [
      JSON.Member(name: "kind", value: .string(kind)), JSON.Member(name: "apiVersion", value: "metrics.k8s.io/v1beta1"),
    ]
    return .object(head + metrics.members)
  }

  private func podMetrics(_ pod: StoredObject) -> JSON? {
    let usage = world.usage(of: pod, at: world.now)
    guard !usage.isEmpty else { return nil }
    let containers = usage.map { use -> JSON in
      ["name": .string(use.container), "usage": Self.usage(use.millicores, use.mebibytes)]
    }
    var metadata = JSON.strings([
      "name": pod.key.name, "namespace": pod.key.namespace, "creationTimestamp": world.now.text,
    ])
    metadata["labels"] = Self.labels(pod)
    return ["metadata": metadata, "timestamp": timestamp, "window": "15.008s", "containers": .array(containers)]
  }

  /// Sums the pods of all nodes once, and returns what each node used.
  private func nodeMetrics() -> (StoredObject) -> JSON? {
    var sums: [String: (millicores: Double, mebibytes: Double)] = [:]
    for pod in world.store.objects(.pods) {
      for use in world.usage(of: pod, at: world.now) {
        sums[pod.field("spec.nodeName") ?? "", default: (70, 420)].millicores += use.millicores
        sums[pod.field("spec.nodeName") ?? "", default: (70, 420)].mebibytes += use.mebibytes
      }
    }
    return { node in
      let sum = sums[node.key.name] ?? (70, 420)
      var metadata = JSON.strings(["name": node.key.name, "creationTimestamp": world.now.text])
      metadata["labels"] = Self.labels(node)
      return [
        "metadata": metadata, "timestamp": timestamp, "window": "15.025s", "usage": Self.usage(sum.0, sum.1),
      ]
    }
  }

  private var timestamp: JSON { .string(World.sampleTime(at: world.now).text) }

  private static func labels(_ object: StoredObject) -> JSON {
    .object(object.labels.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .string($0.value)) })
  }

  private static func usage(_ millicores: Double, _ mebibytes: Double) -> JSON {
    .strings(["cpu": "\(Int(millicores * 1_000_000))n", "memory": "\(Int(mebibytes * 1024))Ki"])
  }
}
