extension World {
  /// Counts the replicas of a Deployment and says how its rollout goes.
  mutating func writeStatus(ofDeployment stored: StoredObject, newKey: ObjectKey?) {
    let all = replicaSets(of: stored)
    func sum(_ replicaSets: [StoredObject], _ name: String) -> Int {
      replicaSets.reduce(0) { $0 + ($1.object["status", name]?.integer ?? 0) }
    }
    let total = sum(all, "replicas")
    let updated = sum(all.filter { $0.key == newKey }, "replicas")
    let ready = sum(all, "readyReplicas")
    let available = sum(all, "availableReplicas")
    let wantedBySets = all.reduce(0) { $0 + ($1.object["spec", "replicas"]?.integer ?? 0) }
    let before = store.object(.deployments, stored.key)?.object["status"] ?? .null
    update(.deployments, stored.key) { deployment in
      var status: JSON = ["observedGeneration": deployment["metadata", "generation"] ?? 1]
      for (name, count) in [
        ("replicas", total), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", available),
        ("unavailableReplicas", max(0, wantedBySets - available)),
      ] where count > 0 { status[name] = .integer(count) }
      status["conditions"] = deployment["status", "conditions"] ?? []
      deployment["status"] = status
    }
    judgeAvailability(stored.key, available: available)
    showReplicaFailure(stored.key, of: all)
    // As in Kubernetes, nobody judges the progress of a paused Deployment.
    guard let newKey, stored.object["spec", "paused"]?.bool != true else { return }
    judge(stored.key, newKey: newKey, before: before)
  }

  private mutating func judgeAvailability(_ key: ObjectKey, available: Int) {
    guard let deployment = store.object(.deployments, key)?.object else { return }
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let gate = RolloutGate(deployment: deployment, replicas: wanted)
    let isAvailable = available >= wanted - gate.unavailable
    setDeploymentCondition(
      key, "Available", isAvailable ? "True" : "False",
      isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.")
  }

  /// Says whether a rollout is complete, goes on, or takes too long.
  private mutating func judge(_ key: ObjectKey, newKey: ObjectKey, before: JSON) {
    guard let deployment = store.object(.deployments, key)?.object else { return }
    func count(_ status: JSON, _ name: String) -> Int { status[name]?.integer ?? 0 }
    let status = deployment["status"] ?? .null
    let wanted = deployment["spec", "replicas"]?.integer ?? 1
    let (total, updated) = (count(status, "replicas"), count(status, "updatedReplicas"))
    let reason = progressReason(deployment)
    if reason == "NewReplicaSetAvailable", total == updated { return }
    if updated == wanted, total == wanted, count(status, "availableReplicas") == wanted {
      return progress(key, "NewReplicaSetAvailable", "ReplicaSet \"\(newKey.name)\" has successfully progressed.")
    }
    let hasProgressed =
      updated > count(before, "updatedReplicas")
      || total - updated < count(before, "replicas") - count(before, "updatedReplicas")
      || count(status, "readyReplicas") > count(before, "readyReplicas")
      || count(status, "availableReplicas") > count(before, "availableReplicas")
    if hasProgressed {
      progress(key, "ReplicaSetUpdated", "ReplicaSet \"\(newKey.name)\" is progressing.", renews: true)
      return planProgressCheck(of: key, deployment)
    }
    let deadline = Double(deployment["spec", "progressDeadlineSeconds"]?.integer ?? 600)
    guard reason != "NewReplicaSetAvailable",
      let since = progressMoment(deployment), now.seconds(since: since) > deadline
    else { return }
    setDeploymentCondition(
      key, "Progressing", "False", "ProgressDeadlineExceeded",
      "ReplicaSet \"\(newKey.name)\" has timed out progressing.")
  }

  /// Says that a Deployment is paused, or no longer.
  mutating func notePause(_ key: ObjectKey, _ deployment: JSON, isPaused: Bool) {
    let reason = progressReason(deployment)
    guard reason != "ProgressDeadlineExceeded", (reason == "DeploymentPaused") != isPaused else { return }
    setDeploymentCondition(
      key, "Progressing", "Unknown", isPaused ? "DeploymentPaused" : "DeploymentResumed",
      isPaused ? "Deployment is paused" : "Deployment is resumed")
    if !isPaused { planProgressCheck(of: key, deployment) }
  }

  /// Shows that a ReplicaSet cannot create its pods.
  private mutating func showReplicaFailure(_ key: ObjectKey, of replicaSets: [StoredObject]) {
    let failure = replicaSets.lazy.compactMap { replicaSet in
      replicaSet.object["status", "conditions"]?.elements.first { $0["type"]?.string == "ReplicaFailure" }
    }.first
    if let failure {
      setDeploymentCondition(
        key, "ReplicaFailure", "True", failure["reason"]?.string ?? "", failure["message"]?.string ?? "")
    } else {
      update(.deployments, key) { deployment in
        let conditions = deployment["status", "conditions"]?.elements ?? []
        deployment["status", "conditions"] = .array(conditions.filter { $0["type"]?.string != "ReplicaFailure" })
      }
    }
  }

  /// Why a rollout is where it is.
  func progressReason(_ deployment: JSON) -> String? { progressCondition(deployment)?["reason"]?.string }

  private func progressMoment(_ deployment: JSON) -> Moment? {
    progressCondition(deployment)?["lastUpdateTime"]?.string.flatMap { Moment($0) }
  }

  private func progressCondition(_ deployment: JSON) -> JSON? {
    deployment["status", "conditions"]?.elements.first { $0["type"]?.string == "Progressing" }
  }

  /// Says that a rollout progresses; `renews` counts its time anew.
  mutating func progress(_ key: ObjectKey, _ reason: String, _ message: String, renews: Bool = false) {
    setDeploymentCondition(key, "Progressing", "True", reason, message, renews: renews)
  }

  private mutating func setDeploymentCondition(
    _ key: ObjectKey, _ type: String, _ status: String, _ reason: String, _ message: String, renews: Bool = false
  ) {
    let time = JSON.string(now.text)
    let status = JSON.string(status)
    update(.deployments, key) { deployment in
      var conditions = deployment["status", "conditions"]?.elements ?? []
      let index = conditions.firstIndex { $0["type"]?.string == type }
      let present = index.map { conditions[$0] }
      // As in Kubernetes, a new message alone is no news.
      if !renews, present?["status"] == status, present?["reason"]?.string == reason { return }
      var condition: JSON = ["type": .string(type), "status": status, "lastUpdateTime": time]
      condition["lastTransitionTime"] = present?["status"] == status ? present?["lastTransitionTime"] : time
      condition["reason"] = .string(reason)
      condition["message"] = .string(message)
      // As in Kubernetes, the condition that changed last comes last.
      if let index { conditions.remove(at: index) }
      conditions.append(condition)
      deployment["status", "conditions"] = .array(conditions)
    }
  }
}
