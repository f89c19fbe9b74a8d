extension World {
  /// The most pods one look of a controller creates or deletes.
  static let burstLimit = 500

  /// Gives a ReplicaSet as many pods as it wants, and counts them.
  mutating func reconcileReplicaSet(_ key: ObjectKey) {
    guard let stored = store.object(.replicaSets, key) else { return }
    let replicaSet = stored.object
    guard !replicaSet.isTerminating else { return }
    let wanted = replicaSet["spec", "replicas"]?.integer ?? 1
    let active = activePods(ofController: stored.uid)
    if active.count < wanted {
      createPods(min(wanted - active.count, Self.burstLimit), of: stored, replicaSet)
    } else if active.count > wanted {
      for pod in active.sorted(by: Self.isDeletedEarlier).prefix(min(active.count - wanted, Self.burstLimit)) {
        deletePod(pod.key)
        record("SuccessfulDelete", "Deleted pod: \(pod.key.name)", on: .replicaSets, stored, by: .replicaSetController)
      }
    }
    if activePods(ofController: stored.uid).count >= wanted { createFailures[key] = nil }
    // As its controller does: what was created or deleted just now is counted at the next look.
    writeStatus(ofReplicaSet: key, active)
  }

  /// The pods of a controller that are neither ending nor ended, in the order of their names.
  func activePods(ofController uid: String) -> [StoredObject] {
    (podsOfController[uid] ?? []).sorted().compactMap { store.object(.pods, $0) }.filter { pod in
      let phase = pod.field("status.phase")
      return phase != "Succeeded" && phase != "Failed" && !pod.isTerminating
    }
  }

  private mutating func writeStatus(ofReplicaSet key: ObjectKey, _ pods: [StoredObject]) {
    let ready = pods.filter(\.isReady)
    let available = countAvailable(ready, ofReplicaSet: key)
    let isFailing = createFailures[key] != nil
    update(.replicaSets, key) { replicaSet in
      var status: JSON = ["replicas": .integer(pods.count)]
      if !pods.isEmpty { status["fullyLabeledReplicas"] = .integer(pods.count) }
      if !ready.isEmpty { status["readyReplicas"] = .integer(ready.count) }
      if available > 0 { status["availableReplicas"] = .integer(available) }
      status["observedGeneration"] = replicaSet["metadata", "generation"]
      if isFailing { status["conditions"] = replicaSet["status", "conditions"] }
      replicaSet["status"] = status
    }
  }

  /// How many ready pods have been ready long enough; looks again when the next one will be.
  private mutating func countAvailable(_ ready: [StoredObject], ofReplicaSet key: ObjectKey) -> Int {
    let minimum = store.object(.replicaSets, key)?.object["spec", "minReadySeconds"]?.integer ?? 0
    guard minimum > 0 else { return ready.count }
    let waits = ready.map { pod in
      let condition = pod.object["status", "conditions"]?.elements.first { $0["type"]?.string == "Ready" }
      let since = condition?["lastTransitionTime"]?.string.flatMap { Moment($0) } ?? now
      return (since + Double(minimum)).seconds(since: now)
    }
    if let next = waits.filter({ $0 > 0 }).min() { plan(after: next, .look(.replicaSets, key)) }
    return waits.count { $0 <= 0 }
  }

  /// Which of two pods goes first when there are too many: unbound, then unready, then the younger.
  private static func isDeletedEarlier(_ left: StoredObject, _ right: StoredObject) -> Bool {
    func rank(_ pod: StoredObject) -> Int {
      if (pod.field("spec.nodeName") ?? "").isEmpty { return 0 }
      return pod.isReady ? 2 : 1
    }
    if rank(left) != rank(right) { return rank(left) < rank(right) }
    let times = (left.createdAt, right.createdAt)
    return times.0 == times.1 ? left.key < right.key : times.0 > times.1
  }
}
