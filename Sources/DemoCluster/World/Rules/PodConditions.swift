/// What a pod says of itself as a whole, which follows from its containers.
extension JSON {
  /// Makes phase and conditions agree with the containers.
  mutating func deriveConditions(at moment: Moment) {
    if !isTerminating { self["status", "phase"] = .string(derivedPhase) }
    let incomplete = (self["spec", "initContainers"]?.elements ?? []).filter { container in
      let status = containerStatus(container["name"]?.string ?? "") ?? .null
      return container.isSidecar ? status["started"]?.bool != true : !status.hasSucceeded
    }.compactMap { $0["name"]?.string }
    let isComplete = self["status", "phase"]?.string == "Succeeded"
    if hasCondition("Initialized") {
      // What has begun stays initialized.
      setCondition("Initialized", true, at: moment, reason: isComplete ? "PodCompleted" : nil)
    } else {
      let message = "containers with incomplete status: [\(incomplete.joined(separator: " "))]"
      setCondition(
        "Initialized", incomplete.isEmpty, at: moment, reason: incomplete.isEmpty ? nil : "ContainersNotInitialized",
        message: incomplete.isEmpty ? nil : message)
    }
    deriveReadiness(at: moment)
  }

  /// Makes Ready and ContainersReady agree with the containers.
  mutating func deriveReadiness(at moment: Moment) {
    let sidecars = (self["spec", "initContainers"]?.elements ?? []).filter(\.isSidecar).compactMap {
      $0["name"]?.string
    }
    let counted = sidecars.compactMap(containerStatus) + (self["status", "containerStatuses"]?.elements ?? [])
    let unready = counted.filter { $0["ready"]?.bool != true }.compactMap { $0["name"]?.string }
    var reason = unready.isEmpty ? nil : "ContainersNotReady"
    var message = unready.isEmpty ? nil : "containers with unready status: [\(unready.joined(separator: " "))]"
    switch self["status", "phase"]?.string {
    case "Succeeded": (reason, message) = ("PodCompleted", nil)
    case "Failed": (reason, message) = ("PodFailed", nil)
    default: break
    }
    for type in ["Ready", "ContainersReady"] {
      setCondition(type, reason == nil, at: moment, reason: reason, message: message)
    }
  }

  /// The phase that follows from the containers.
  private var derivedPhase: String {
    let policy = self["spec", "restartPolicy"]?.string ?? "Always"
    for container in self["spec", "initContainers"]?.elements ?? [] {
      let status = containerStatus(container["name"]?.string ?? "") ?? .null
      if container.isSidecar ? status["started"]?.bool == true : status.hasSucceeded { continue }
      let hasFailed = status["state"]?["terminated"] != nil && policy == "Never"
      if hasFailed { return "Failed" }
      if !container.isSidecar || status["lastState"]?["terminated"] == nil { return "Pending" }
    }
    let statuses = self["status", "containerStatuses"]?.elements ?? []
    let ended = statuses.compactMap { $0["state"]?["terminated"] ?? $0["lastState"]?["terminated"] }
    if statuses.contains(where: { $0["state"]?["waiting"] != nil && $0["lastState"]?["terminated"] == nil }) {
      return "Pending"
    }
    if statuses.contains(where: { $0["state"]?["running"] != nil }) || ended.isEmpty || policy == "Always" {
      return statuses.isEmpty ? "Pending" : "Running"
    }
    if ended.allSatisfy({ $0["exitCode"]?.integer == 0 }) { return "Succeeded" }
    return policy == "Never" ? "Failed" : "Running"
  }
}
