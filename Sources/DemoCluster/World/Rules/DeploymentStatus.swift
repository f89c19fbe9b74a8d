extension World {
  /// Counts the replicas of a Deployment and says how its rollout goes.
  mutating func writeStatus(ofDeployment stored: StoredObject, newKey: ObjectKey) {
    let all = replicaSets(of: stored)
    func sum(_ replicaSets: [StoredObject], _ name: String) -> Int {
      replicaSets.reduce(0) { $0 + ($1.object["status", name]?.integer ?? 0) }
    }
    let total = sum(all, "replicas")
    let updated = sum(all.filter { $0.key == newKey }, "replicas")
    let ready = sum(all, "readyReplicas")
    let available = sum(all, "availableReplicas")
    let wantedBySets = all.reduce(0) { $0 + ($1.object["spec", "replicas"]?.integer ?? 0) }
    update(.deployments, stored.key) { deployment in
      var status: JSON = ["observedGeneration": deployment["metadata", "generation"] ?? 1]
      for (name, count) in [
        ("replicas", total), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", available),
        ("unavailableReplicas", max(0, wantedBySets - available)),
      ] where count > 0 { status[name] = .integer(count) }
      status["conditions"] = deployment["status", "conditions"] ?? []
      deployment["status"] = status
    }
    judge(stored.key, newKey: newKey, total: total, updated: updated, available: available)
  }

  private mutating func judge(_ key: ObjectKey, newKey: ObjectKey, total: Int, updated: Int, available: Int) {
    guard let deployment = store.object(.deployments, key)?.object else { return }
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let gate = RolloutGate(deployment: deployment, replicas: wanted)
    let isAvailable = available >= wanted - gate.unavailable
    setDeploymentCondition(
      key, "Available", isAvailable, isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.")
    if updated == wanted, total == wanted, available == wanted {
      progress(
        key, "NewReplicaSetAvailable", "ReplicaSet \"\(newKey.name)\" has successfully progressed.")
    } else if let since = progressing(deployment), since.reason != "NewReplicaSetAvailable" {
      let deadline = Double(deployment["spec", "progressDeadlineSeconds"]?.integer ?? 600)
      if now.seconds(since: since.moment) > deadline {
        setDeploymentCondition(
          key, "Progressing", false, "ProgressDeadlineExceeded",
          "ReplicaSet \"\(newKey.name)\" has timed out progressing.")
      } else if since.reason == "NewReplicaSetCreated", updated > 0 {
        progress(key, "ReplicaSetUpdated", "ReplicaSet \"\(newKey.name)\" is progressing.")
      }
    }
  }

  private func progressing(_ deployment: JSON) -> (reason: String, moment: Moment)? {
    let conditions = deployment["status", "conditions"]?.elements ?? []
    guard let condition = conditions.first(where: { $0["type"]?.string == "Progressing" }),
      let reason = condition["reason"]?.string,
      let moment = condition["lastUpdateTime"]?.string.flatMap({ Moment($0) })
    else { return nil }
    return (reason, moment)
  }

  /// Says that a rollout progresses.
  mutating func progress(_ key: ObjectKey, _ reason: String, _ message: String) {
    setDeploymentCondition(key, "Progressing", true, reason, message)
  }

  private mutating func setDeploymentCondition(
    _ key: ObjectKey, _ type: String, _ isTrue: Bool, _ reason: String, _ message: String
  ) {
    let time = JSON.string(now.text)
    update(.deployments, key) { deployment in
      var conditions = deployment["status", "conditions"]?.elements ?? []
      let index = conditions.firstIndex { $0["type"]?.string == type }
      let status = JSON.string(isTrue ? "True" : "False")
      let present = index.map { conditions[$0] }
      if present?["status"] == status, present?["reason"]?.string == reason, present?["message"]?.string == message {
        return
      }
      var condition: JSON = ["type": .string(type), "status": status, "lastUpdateTime": time]
      condition["lastTransitionTime"] = present?["status"] == status ? present?["lastTransitionTime"] : time
      condition["reason"] = .string(reason)
      condition["message"] = .string(message)
      if let index { conditions[index] = condition } else { conditions.append(condition) }
      deployment["status", "conditions"] = .array(conditions)
    }
  }
}
