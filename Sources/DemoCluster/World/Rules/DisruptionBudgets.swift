extension World {
  /// Counts the healthy pods of a budget and how many may be evicted.
  mutating func reconcileDisruptionBudget(_ key: ObjectKey) {
    guard let stored = store.object(.podDisruptionBudgets, key) else { return }
    let pods = store.objects(.pods, in: key.namespace).filter { stored.selects($0.labels) }
    let healthy = pods.count { $0.isReady && !$0.isTerminating }
    let spec = stored.object["spec"] ?? .null
    let need = DisruptionNeed(spec, pods: pods.count, wantedByControllers: wantedByControllers(of: pods))
    let allowed = need.expected > 0 ? max(0, healthy - need.healthy) : 0
    let moment = now
    update(.podDisruptionBudgets, key) { budget in
      budget["status", "observedGeneration"] = budget["metadata", "generation"]
      budget["status", "disruptionsAllowed"] = .integer(allowed)
      budget["status", "currentHealthy"] = .integer(healthy)
      budget["status", "desiredHealthy"] = .integer(need.healthy)
      budget["status", "expectedPods"] = .integer(need.expected)
      let present = budget["status", "conditions"]?.elements.first
      let status = JSON.string(allowed > 0 ? "True" : "False")
      budget["status", "conditions"] = [
        [
          "type": "DisruptionAllowed", "status": status,
          "observedGeneration": budget["metadata", "generation"] ?? 1,
          "lastTransitionTime": present?["status"] == status
            ? present?["lastTransitionTime"] ?? nil : .string(moment.text),
          "reason": allowed > 0 ? "SufficientPods" : "InsufficientPods", "message": "",
        ]
      ]
    }
  }

  /// How many pods the controllers of some pods want together; pods without a controller do not count.
  private func wantedByControllers(of pods: [StoredObject]) -> Int {
    var wanted: [String: Int] = [:]
    var counted: Set<String> = []
    for pod in pods {
      guard let controller = pod.controller, counted.insert(controller.uid).inserted else { continue }
      guard let owner = store.object(controller.kind, ObjectKey(namespace: pod.key.namespace, name: controller.name))
      else { continue }
      // The pods of a Deployment are counted once, whatever number of ReplicaSets has them.
      let above = owner.controller.flatMap {
        store.object($0.kind, ObjectKey(namespace: pod.key.namespace, name: $0.name))
      }
      let scaled = above ?? owner
      let running = pods.count { $0.controller?.uid == controller.uid }
      wanted[scaled.uid] = scaled.object["spec", "replicas"]?.integer ?? running
    }
    return wanted.values.reduce(0, +)
  }
}

/// How many pods a budget counts on, and how many of them it wants to be healthy.
struct DisruptionNeed: Equatable, Sendable {
  let expected: Int
  let healthy: Int

  /// Reads a number or a percentage; percentages round up, as Kubernetes rounds both.
  ///
  /// Only a number of pods that must be available does without what the controllers want.
  init(_ spec: JSON, pods: Int, wantedByControllers: Int) {
    if let number = spec["minAvailable"]?.integer {
      expected = pods
      healthy = number
    } else if let least = spec["minAvailable"] {
      expected = wantedByControllers
      healthy = least.share(of: expected) ?? 0
    } else {
      expected = wantedByControllers
      healthy = max(0, expected - ((spec["maxUnavailable"] ?? 1).share(of: expected) ?? 0))
    }
  }
}

extension JSON {
  /// A number of pods, or a percentage such as `25%` of some; `nil` for anything else.
  func share(of pods: Int, roundsUp: Bool = true) -> Int? {
    if let number = integer { return number }
    guard let text = string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return nil }
    return (pods * min(max(0, percent), 10_000) + (roundsUp ? 99 : 0)) / 100
  }
}
