extension World {
  /// Counts the replicas of a Deployment and says how its rollout goes, in one write as its controller does.
  mutating func writeStatus(ofDeployment stored: StoredObject, newKey: ObjectKey?) {
    let all = replicaSets(of: stored)
    let counts = StatusCounts(all, newKey: newKey)
    let failure = all.lazy.compactMap { replicaSet in
      replicaSet.object["status", "conditions"]?.elements.first { $0["type"]?.string == "ReplicaFailure" }
    }.first
    // As in Kubernetes, nobody judges the progress of a paused Deployment.
    let newName = stored.object["spec", "paused"]?.bool == true ? nil : newKey?.name
    let moment = now
    var hasProgressed = false
    update(.deployments, stored.key) { deployment in
      let before = deployment["status"] ?? .null
      deployment["status"] = counts.status(of: deployment)
      deployment.judgeAvailability(available: counts.available, at: moment)
      if let newName { hasProgressed = deployment.judgeProgress(of: newName, before: before, at: moment) }
      deployment.showReplicaFailure(failure, at: moment)
    }
    if hasProgressed { planProgressCheck(of: stored.key, stored.object) }
  }

  /// Says that a Deployment is paused, or no longer.
  mutating func notePause(_ key: ObjectKey, _ deployment: JSON, isPaused: Bool) {
    let reason = deployment.progressReason
    guard reason != "ProgressDeadlineExceeded", (reason == "DeploymentPaused") != isPaused else { return }
    let moment = now
    update(.deployments, key) { deployment in
      deployment.setDeploymentCondition(
        "Progressing", "Unknown", isPaused ? "DeploymentPaused" : "DeploymentResumed",
        isPaused ? "Deployment is paused" : "Deployment is resumed", at: moment)
    }
    if !isPaused { planProgressCheck(of: key, deployment) }
  }
}

/// How many pods the ReplicaSets of a Deployment have.
private struct StatusCounts {
  let total: Int
  let updated: Int
  let ready: Int
  let available: Int
  /// How many the ReplicaSets want together.
  let wanted: Int

  init(_ replicaSets: [StoredObject], newKey: ObjectKey?) {
    let objects = replicaSets.map { (key: $0.key, object: $0.object) }
    func sum(_ name: String) -> Int { objects.reduce(0) { $0 + ($1.object["status", name]?.integer ?? 0) } }
    total = sum("replicas")
    ready = sum("readyReplicas")
    available = sum("availableReplicas")
    updated = objects.first { $0.key == newKey }?.object["status", "replicas"]?.integer ?? 0
    wanted = objects.reduce(0) { $0 + ($1.object["spec", "replicas"]?.integer ?? 0) }
  }

  /// The status of the Deployment, with the conditions it has; counts of 0 are left out.
  func status(of deployment: JSON) -> JSON {
    var status: JSON = ["observedGeneration": deployment["metadata", "generation"] ?? 1]
    for (name, count) in [
      ("replicas", total), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", available),
      ("unavailableReplicas", max(0, wanted - available)),
    ] where count > 0 { status[name] = .integer(count) }
    status["conditions"] = deployment["status", "conditions"] ?? []
    return status
  }
}

extension JSON {
  /// Why the rollout of a Deployment is where it is.
  var progressReason: String? { progressCondition?["reason"]?.string }

  private var progressCondition: JSON? {
    self["status", "conditions"]?.elements.first { $0["type"]?.string == "Progressing" }
  }

  fileprivate mutating func judgeAvailability(available: Int, at moment: Moment) {
    let wanted = self["spec", "replicas"]?.integer ?? 1
    let gate = RolloutGate(deployment: self, replicas: wanted)
    let isAvailable = available >= wanted - gate.unavailable
    setDeploymentCondition(
      "Available", isAvailable ? "True" : "False",
      isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
      at: moment)
  }

  /// Says whether a rollout is complete, goes on, or takes too long.
  ///
  /// - Returns: Whether it has come nearer to its end.
  fileprivate mutating func judgeProgress(of newName: String, before: JSON, at moment: Moment) -> Bool {
    func count(_ status: JSON, _ name: String) -> Int { status[name]?.integer ?? 0 }
    let status = self["status"] ?? .null
    let wanted = self["spec", "replicas"]?.integer ?? 1
    let (total, updated) = (count(status, "replicas"), count(status, "updatedReplicas"))
    let reason = progressReason
    if reason == "NewReplicaSetAvailable", total == updated { return false }
    if updated == wanted, total == wanted, count(status, "availableReplicas") == wanted {
      setDeploymentCondition(
        "Progressing", "True", "NewReplicaSetAvailable", "ReplicaSet \"\(newName)\" has successfully progressed.",
        at: moment)
      return false
    }
    let hasProgressed =
      updated > count(before, "updatedReplicas")
      || total - updated < count(before, "replicas") - count(before, "updatedReplicas")
      || count(status, "readyReplicas") > count(before, "readyReplicas")
      || count(status, "availableReplicas") > count(before, "availableReplicas")
    if hasProgressed {
      setDeploymentCondition(
        "Progressing", "True", "ReplicaSetUpdated", "ReplicaSet \"\(newName)\" is progressing.", at: moment,
        renews: true)
      return true
    }
    let deadline = Double(self["spec", "progressDeadlineSeconds"]?.integer ?? 600)
    let since = progressCondition?["lastUpdateTime"]?.string.flatMap { Moment($0) }
    guard reason != "NewReplicaSetAvailable", let since, moment.seconds(since: since) > deadline else { return false }
    setDeploymentCondition(
      "Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"\(newName)\" has timed out progressing.",
      at: moment)
    return false
  }

  /// Shows that a ReplicaSet cannot create its pods, or that all can.
  fileprivate mutating func showReplicaFailure(_ failure: JSON?, at moment: Moment) {
    if let failure {
      setDeploymentCondition(
        "ReplicaFailure", "True", failure["reason"]?.string ?? "", failure["message"]?.string ?? "", at: moment)
    } else {
      let conditions = self["status", "conditions"]?.elements ?? []
      self["status", "conditions"] = .array(conditions.filter { $0["type"]?.string != "ReplicaFailure" })
    }
  }

  /// Sets a condition of a Deployment; `renews` counts its time anew.
  mutating func setDeploymentCondition(
    _ type: String, _ status: String, _ reason: String, _ message: String, at moment: Moment, renews: Bool = false
  ) {
    let conditions = self["status", "conditions"]?.elements ?? []
    let present = conditions.first { $0["type"]?.string == type }
    // As in Kubernetes, a new message alone is no news.
    if !renews, present?["status"]?.string == status, present?["reason"]?.string == reason { return }
    let time = JSON.string(moment.text)
    var condition: JSON = ["type": .string(type), "status": .string(status), "lastUpdateTime": time]
    condition["lastTransitionTime"] = present?["status"]?.string == status ? present?["lastTransitionTime"] : time
    condition["reason"] = .string(reason)
    condition["message"] = .string(message)
    // The controller puts the condition it changes last.
    self["status", "conditions"] = .array(conditions.filter { $0["type"]?.string != type } + [condition])
  }
}
