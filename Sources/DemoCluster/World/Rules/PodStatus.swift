/// Reading and writing the parts of a pod's status.
extension JSON {
  /// Sets a condition; its transition time changes only with its status.
  mutating func setCondition(
    _ type: String, _ isTrue: Bool, at moment: Moment, reason: String? = nil, message: String? = nil
  ) {
    var conditions = self["status", "conditions"]?.elements ?? []
    let status = JSON.string(isTrue ? "True" : "False")
    let index = conditions.firstIndex { $0["type"]?.string == type }
    var condition: JSON = ["type": .string(type), "status": status, "lastProbeTime": nil]
    if let index, conditions[index]["status"] == status {
      condition["lastTransitionTime"] = conditions[index]["lastTransitionTime"]
    } else {
      condition["lastTransitionTime"] = .string(moment.text)
    }
    if let reason { condition["reason"] = .string(reason) }
    if let message { condition["message"] = .string(message) }
    if let index { conditions[index] = condition } else { conditions.append(condition) }
    self["status", "conditions"] = .array(conditions)
  }

  /// Whether a condition is true.
  func hasCondition(_ type: String) -> Bool {
    value(at: "status.conditions")?.elements.contains {
      $0["type"]?.string == type && $0["status"]?.string == "True"
    } ?? false
  }

  /// Changes the status of each container, in order.
  mutating func changeContainers(_ change: (inout JSON) -> Void) {
    var statuses = self["status", "containerStatuses"]?.elements ?? []
    for index in statuses.indices { change(&statuses[index]) }
    self["status", "containerStatuses"] = .array(statuses)
  }

  /// The statuses of all containers, init containers first.
  var containerStatuses: [JSON] {
    (self["status", "initContainerStatuses"]?.elements ?? []) + (self["status", "containerStatuses"]?.elements ?? [])
  }

  /// The status of a container.
  func containerStatus(_ name: String) -> JSON? { containerStatuses.first { $0["name"]?.string == name } }

  /// The spec of a container.
  func container(_ name: String) -> JSON? {
    let all = (self["spec", "containers"]?.elements ?? []) + (self["spec", "initContainers"]?.elements ?? [])
    return all.first { $0["name"]?.string == name }
  }

  /// Whether a container runs before the others, or beside them from the beginning.
  func isInitContainer(_ name: String) -> Bool {
    (self["spec", "initContainers"]?.elements ?? []).contains { $0["name"]?.string == name }
  }

  /// Whether an init container goes on beside the others.
  var isSidecar: Bool { self["restartPolicy"]?.string == "Always" }

  /// Whether a container status is that of a container that ended well.
  var hasSucceeded: Bool { self["state"]?["terminated"]?["exitCode"]?.integer == 0 }

  /// Changes the status of one container.
  mutating func changeContainer(_ name: String, _ change: (inout JSON) -> Void) {
    for list in ["initContainerStatuses", "containerStatuses"] {
      var statuses = self["status", list]?.elements ?? []
      guard let index = statuses.firstIndex(where: { $0["name"]?.string == name }) else { continue }
      change(&statuses[index])
      self["status", list] = .array(statuses)
    }
  }

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

  /// Whether the pod is being deleted.
  var isTerminating: Bool { self["metadata", "deletionTimestamp"] != nil }
}

extension World {
  /// The CPU a pod requests, in millicores.
  static func requestedMillicores(of pod: JSON) -> Int {
    pod["spec", "containers"]?.elements.reduce(0) { sum, container in
      sum + millicores(container.value(at: "resources.requests.cpu")?.string ?? "0")
    } ?? 0
  }

  /// A CPU quantity such as `250m` or `2`, in millicores.
  static func millicores(_ quantity: String) -> Int {
    quantity.hasSuffix("m") ? Int(quantity.dropLast()) ?? 0 : Int((Double(quantity) ?? 0) * 1000)
  }

  /// The quality of service that requests and limits give a pod.
  static func qualityOfService(of pod: JSON) -> String {
    let resources = (pod["spec", "containers"]?.elements ?? []).compactMap { $0["resources"] }
    if resources.allSatisfy({ $0["requests"] == nil && $0["limits"] == nil }) { return "BestEffort" }
    let isGuaranteed = resources.allSatisfy { resource in
      guard let limits = resource["limits"], limits["cpu"] != nil, limits["memory"] != nil else { return false }
      return (resource["requests"]?.stringMembers ?? limits.stringMembers) == limits.stringMembers
    }
    return isGuaranteed ? "Guaranteed" : "Burstable"
  }
}
