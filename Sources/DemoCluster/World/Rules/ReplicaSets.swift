extension World {
  /// The most pods one look of a controller creates or deletes.
  static let burstLimit = 500

  /// Gives a ReplicaSet as many pods as it wants, and counts them.
  mutating func reconcileReplicaSet(_ key: ObjectKey) {
    guard let stored = store.object(.replicaSets, key) else { return }
    let replicaSet = stored.object
    guard !replicaSet.isTerminating else { return }
    let wanted = replicaSet["spec", "replicas"]?.integer ?? 1
    var active = activePods(ofController: stored.uid)
    if active.count < wanted {
      for _ in 0..<min(wanted - active.count, Self.burstLimit) {
        let pod = createPod(
          from: replicaSet["spec", "template"] ?? .object([]), in: key.namespace, namePrefix: key.name + "-",
          owner: Controller(kind: .replicaSets, name: key.name, uid: stored.uid))
        record("SuccessfulCreate", "Created pod: \(pod.key.name)", on: .replicaSets, stored, by: .replicaSetController)
      }
    } else if active.count > wanted {
      for pod in active.sorted(by: Self.isDeletedEarlier).prefix(min(active.count - wanted, Self.burstLimit)) {
        deletePod(pod.key)
        record("SuccessfulDelete", "Deleted pod: \(pod.key.name)", on: .replicaSets, stored, by: .replicaSetController)
      }
    }
    active = activePods(ofController: stored.uid)
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
    let ready = pods.count { $0.isReady }
    update(.replicaSets, key) { replicaSet in
      var status: JSON = ["replicas": .integer(pods.count)]
      if !pods.isEmpty { status["fullyLabeledReplicas"] = .integer(pods.count) }
      if ready > 0 {
        status["readyReplicas"] = .integer(ready)
        status["availableReplicas"] = .integer(ready)
      }
      status["observedGeneration"] = replicaSet["metadata", "generation"]
      replicaSet["status"] = status
    }
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
