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
    if let index {
      conditions[index] = condition
    } else {
      // The kubelet writes its own conditions before that of the scheduler.
      let isScheduled = conditions.last?["type"] == "PodScheduled"
      conditions.insert(condition, at: isScheduled ? conditions.endIndex - 1 : conditions.endIndex)
    }
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

  /// Whether all containers of the pod have ended for good.
  var isOver: Bool { ["Succeeded", "Failed"].contains(self["status", "phase"]?.string ?? "") }

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
    let number = quantity.hasSuffix("m") ? Double(quantity.dropLast()) : Double(quantity).map { $0 * 1000 }
    return Int(number ?? 0, within: 0...NodeShare.most)
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
