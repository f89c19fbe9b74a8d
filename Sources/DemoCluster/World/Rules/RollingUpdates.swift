extension World {
  /// Scales the new ReplicaSet up or the old ones down, within surge and unavailability: one of them at a time.
  mutating func roll(_ stored: StoredObject, _ deployment: JSON, newKey: ObjectKey) {
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let all = replicaCounts(of: stored)
    guard let new = all.first(where: { $0.key == newKey }) else { return }
    let old = all.filter { $0.key != newKey && $0.wanted > 0 }
    let gate = RolloutGate(deployment: deployment, replicas: wanted)
    let total = all.reduce(0) { $0 + $1.wanted }
    if new.wanted > wanted { return scale(new, to: wanted, of: stored) }
    let room = min(wanted - new.wanted, wanted + gate.surge - total)
    if room > 0 { return scale(new, to: new.wanted + room, of: stored) }
    let least = wanted - gate.unavailable
    let spare = total - least - (new.wanted - new.available)
    guard spare > 0, !old.isEmpty else { return }
    scaleDown(old, spare: spare, available: all.reduce(0) { $0 + $1.available }, least: least, of: stored)
  }

  /// Takes replicas from old ReplicaSets: first those that serve nobody, then as many as the gate allows.
  private mutating func scaleDown(
    _ old: [ReplicaCount], spare: Int, available: Int, least: Int, of deployment: StoredObject
  ) {
    var spare = spare
    var serving = max(0, available - least)
    var remaining = old
    for index in remaining.indices {
      let unavailable = min(spare, remaining[index].wanted - remaining[index].available)
      guard unavailable > 0 else { continue }
      spare -= unavailable
      scale(remaining[index], to: remaining[index].wanted - unavailable, of: deployment)
      remaining[index].wanted -= unavailable
    }
    for replicaSet in remaining {
      let taken = min(serving, replicaSet.wanted)
      guard taken > 0 else { continue }
      serving -= taken
      scale(replicaSet, to: replicaSet.wanted - taken, of: deployment)
    }
  }

  /// Takes all old pods down before new ones start.
  ///
  /// - Returns: Whether some are still there.
  mutating func takeDown(_ old: [StoredObject], of deployment: StoredObject) -> Bool {
    for replicaSet in old {
      let count = ReplicaCount(key: replicaSet.key, object: replicaSet.object)
      if count.wanted > 0 { scale(count, to: 0, of: deployment) }
    }
    return old.contains { replicaSet in
      (podsOfController[replicaSet.uid] ?? []).contains { key in
        let phase = store.object(.pods, key)?.field("status.phase")
        return phase != nil && phase != "Succeeded" && phase != "Failed"
      }
    }
  }

  /// A paused Deployment still follows its number of replicas, where only one ReplicaSet has pods.
  mutating func scaleWhilePaused(_ stored: StoredObject, _ deployment: JSON, newKey: ObjectKey?) {
    let all = replicaCounts(of: stored)
    let active = all.filter { $0.wanted > 0 }
    guard active.count < 2, let only = active.first ?? all.first(where: { $0.key == newKey }) ?? all.last else {
      return
    }
    scale(only, to: deployment["spec", "replicas"]?.integer ?? 1, of: stored)
  }

  /// How many replicas a ReplicaSet is created with.
  func firstReplicas(of stored: StoredObject, _ deployment: JSON) -> Int {
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let total = replicaCounts(of: stored).reduce(0) { $0 + $1.wanted }
    return max(0, min(wanted, wanted + RolloutGate(deployment: deployment, replicas: wanted).surge - total))
  }

  /// What a ReplicaSet remembers of the size of its Deployment.
  func sizeAnnotations(of deployment: JSON) -> JSON {
    let desired = deployment["spec", "replicas"]?.integer ?? 1
    let maximum = desired + RolloutGate(deployment: deployment, replicas: desired).surge
    return .strings([
      "deployment.kubernetes.io/desired-replicas": String(desired),
      "deployment.kubernetes.io/max-replicas": String(maximum),
    ])
  }

  /// The ReplicaSets of a Deployment, oldest first.
  private func replicaCounts(of deployment: StoredObject) -> [ReplicaCount] {
    replicaSets(of: deployment).sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }.map {
      ReplicaCount(key: $0.key, object: $0.object)
    }
  }

  private mutating func scale(_ replicaSet: ReplicaCount, to replicas: Int, of deployment: StoredObject) {
    guard replicaSet.wanted != replicas else { return }
    let sizes = sizeAnnotations(of: deployment.object)
    update(.replicaSets, replicaSet.key) { object in
      object["spec", "replicas"] = .integer(replicas)
      for size in sizes.members { object["metadata", "annotations"]?[size.name] = size.value }
    }
    let direction = replicas > replicaSet.wanted ? "up" : "down"
    record(
      "ScalingReplicaSet",
      "Scaled \(direction) replica set \(replicaSet.key.name) from \(replicaSet.wanted) to \(replicas)",
      on: .deployments, deployment, by: .deploymentController)
  }
}

/// How many pods a ReplicaSet wants and has.
private struct ReplicaCount {
  let key: ObjectKey
  var wanted: Int
  let available: Int

  init(key: ObjectKey, object: JSON) {
    self.key = key
    wanted = object["spec", "replicas"]?.integer ?? 0
    available = min(wanted, object["status", "availableReplicas"]?.integer ?? 0)
  }
}

/// How far a rolling update may go above and below the wanted number.
struct RolloutGate {
  let surge: Int
  let unavailable: Int

  /// Reads `maxSurge` and `maxUnavailable`; a surge rounds up, unavailability down.
  init(deployment: JSON, replicas: Int) {
    guard deployment.value(at: "spec.strategy.type")?.string != "Recreate", replicas > 0 else {
      (surge, unavailable) = (0, 0)
      return
    }
    let rolling = deployment.value(at: "spec.strategy.rollingUpdate")
    surge = (rolling?["maxSurge"] ?? "25%").share(of: replicas) ?? 1
    let down = (rolling?["maxUnavailable"] ?? "25%").share(of: replicas, roundsUp: false) ?? 1
    unavailable = min(replicas, surge == 0 ? max(1, down) : down)
  }
}
