extension World {
  /// Counts the healthy pods of a budget and how many may be evicted.
  mutating func reconcileDisruptionBudget(_ key: ObjectKey) {
    guard let stored = store.object(.podDisruptionBudgets, key) else { return }
    let pods = store.objects(.pods, in: key.namespace).filter { stored.selects($0.labels) && !$0.isTerminating }
    let healthy = pods.count { $0.isReady }
    let moment = now
    update(.podDisruptionBudgets, key) { budget in
      let desired: Int
      if let number = budget["spec", "minAvailable"]?.integer {
        desired = number
      } else {
        desired = max(0, pods.count - (budget["spec", "maxUnavailable"]?.integer ?? 1))
      }
      let allowed = max(0, healthy - desired)
      let isAllowed = allowed > 0
      budget["status", "observedGeneration"] = budget["metadata", "generation"]
      budget["status", "disruptionsAllowed"] = .integer(allowed)
      budget["status", "currentHealthy"] = .integer(healthy)
      budget["status", "desiredHealthy"] = .integer(desired)
      budget["status", "expectedPods"] = .integer(pods.count)
      let present = budget["status", "conditions"]?.elements.first
      let status = JSON.string(isAllowed ? "True" : "False")
      budget["status", "conditions"] = [
        [
          "type": "DisruptionAllowed", "status": status,
          "observedGeneration": budget["metadata", "generation"] ?? 1,
          "lastTransitionTime": present?["status"] == status
            ? present?["lastTransitionTime"] ?? nil : .string(moment.text),
          "reason": isAllowed ? "SufficientPods" : "InsufficientPods", "message": "",
        ]
      ]
    }
  }
}
