extension World {
  /// Scales the new ReplicaSet up and the old ones down, within surge and unavailability.
  mutating func roll(_ stored: StoredObject, _ deployment: JSON, newKey: ObjectKey) {
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let all = replicaSets(of: stored).map { ReplicaCount(key: $0.key, object: $0.object) }
    guard let new = all.first(where: { $0.key == newKey }) else { return }
    let old = all.filter { $0.key != newKey && $0.wanted > 0 }
    if deployment.value(at: "spec.strategy.type")?.string == "Recreate", !old.isEmpty {
      for replicaSet in old { scale(replicaSet, to: 0, of: stored) }
      return
    }
    let gate = RolloutGate(deployment: deployment, replicas: wanted)
    let total = all.reduce(0) { $0 + $1.wanted }
    if new.wanted > wanted {
      scale(new, to: wanted, of: stored)
    } else if new.wanted < wanted {
      let room = old.isEmpty ? wanted - new.wanted : min(wanted - new.wanted, wanted + gate.surge - total)
      if room > 0 { scale(new, to: new.wanted + room, of: stored) }
    }
    scaleDown(old, new: new, spare: total - (wanted - gate.unavailable), of: stored)
  }

  /// Takes replicas from old ReplicaSets: first those that serve nobody, then as many as the gate allows.
  private mutating func scaleDown(_ old: [ReplicaCount], new: ReplicaCount, spare: Int, of deployment: StoredObject) {
    var spare = spare - (new.wanted - new.available)
    for replicaSet in old {
      guard spare > 0 else { return }
      let remaining = max(0, replicaSet.wanted - spare)
      spare -= replicaSet.wanted - remaining
      scale(replicaSet, to: remaining, of: deployment)
    }
  }

  private mutating func scale(_ replicaSet: ReplicaCount, to replicas: Int, of deployment: StoredObject) {
    guard replicaSet.wanted != replicas else { return }
    let desired = deployment.object["spec", "replicas"]?.integer ?? 1
    let maximum = desired + RolloutGate(deployment: deployment.object, replicas: desired).surge
    update(.replicaSets, replicaSet.key) { object in
      object["spec", "replicas"] = .integer(replicas)
      object["metadata", "annotations"]?["deployment.kubernetes.io/desired-replicas"] = .string(String(desired))
      object["metadata", "annotations"]?["deployment.kubernetes.io/max-replicas"] = .string(String(maximum))
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
  let wanted: Int
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
    let rolling = deployment.value(at: "spec.strategy.rollingUpdate")
    surge = Self.count(rolling?["maxSurge"], of: replicas, roundsUp: true)
    let down = Self.count(rolling?["maxUnavailable"], of: replicas, roundsUp: false)
    unavailable = surge == 0 ? max(1, down) : down
  }

  private static func count(_ value: JSON?, of replicas: Int, roundsUp: Bool) -> Int {
    if let number = value?.integer { return number }
    guard let text = value?.string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 1 }
    return roundsUp ? (replicas * percent + 99) / 100 : replicas * percent / 100
  }
}
