/// A node whose kubelet is not heard of.
struct SilentNode: Sendable {
  let since: Moment
  /// What its kubelet would have done meanwhile.
  var held: [Step] = []
}

/// Nodes that fall silent: whoever is not heard of for long enough counts as not ready, and its pods are evicted.
extension World {
  /// How long a node may be silent before it counts as not ready, in seconds.
  static let nodeGrace = 40.0
  /// How long a returned kubelet needs before it looks after its pods again, in seconds.
  static let secondsToReturn = 0.5
  private static let unreachable = "node.kubernetes.io/unreachable"

  /// Lets a node fall silent: its kubelet neither reports nor acts until ``returnNode(_:)``.
  mutating func failNode(_ name: String) {
    guard store.object(.nodes, ObjectKey(namespace: "", name: name)) != nil, silentNodes[name] == nil else { return }
    silentNodes[name] = SilentNode(since: now)
    plan(after: Self.nodeGrace, .loseNode(name, silentSince: now))
  }

  /// Whether a step of a kubelet has to wait because its node is silent; it is then kept until the node returns.
  mutating func hold(_ step: Step, of pod: PodReference) -> Bool {
    guard !silentNodes.isEmpty, let node = store.object(.pods, pod.key)?.field("spec.nodeName"),
      silentNodes[node] != nil
    else { return false }
    silentNodes[node]?.held.append(step)
    return true
  }

  /// A node has been silent for too long.
  mutating func loseNode(_ name: String, silentSince: Moment) {
    let key = ObjectKey(namespace: "", name: name)
    guard silentNodes[name]?.since == silentSince else { return }
    let moment = now
    let lost = update(.nodes, key) { node in
      node.setNodeConditions(at: moment) { _ in
        NodeCondition("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.")
      }
      for effect in ["NoSchedule", "NoExecute"] { node.addTaint(Self.unreachable, effect, at: moment) }
    }
    guard let lost else { return }
    record(
      "NodeNotReady", "Node \(name) status is now: NodeNotReady", on: .nodes, lost, by: .nodeController)
    for pod in pods(onNode: name) { markNotReady(pod) }
  }

  private mutating func markNotReady(_ pod: StoredObject) {
    let moment = now
    update(.pods, pod.key) { $0.setCondition("Ready", false, at: moment) }
    let warning = EventSource(component: EventSource.nodeController.component, isWarning: true)
    record("NodeNotReady", "Node is not ready", on: .pods, pod, by: warning)
    guard let seconds = pod.object.secondsTolerated(Self.unreachable) else { return }
    plan(after: seconds, .evictPod(PodReference(key: pod.key, uid: pod.uid)))
  }

  /// A pod has stayed on a silent node for as long as it tolerates that.
  mutating func evictPod(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating, let stored = store.object(.pods, reference.key),
      silentNodes[stored.field("spec.nodeName") ?? ""] != nil
    else { return }
    let moment = now
    update(.pods, reference.key) { pod in
      pod.setCondition(
        "DisruptionTarget", true, at: moment, reason: "DeletionByTaintManager",
        message: "Taint manager: deleting due to NoExecute taint")
    }
    let text = "Marking for deletion Pod \(reference.key.namespace)/\(reference.key.name)"
    record("TaintManagerEviction", text, on: .pods, stored, by: .taintController)
    deletePod(reference.key)
  }

  /// A silent node is heard of again: its kubelet reports, and ends the pods that were deleted meanwhile.
  mutating func returnNode(_ name: String) {
    let key = ObjectKey(namespace: "", name: name)
    guard let silent = silentNodes.removeValue(forKey: name) else { return }
    let moment = now
    let wasLost = store.object(.nodes, key)?.isReady == false
    let node = update(.nodes, key) { node in
      node.setNodeConditions(at: moment, heartbeat: true) { NodeCondition.well[$0] }
      node.removeTaint(Self.unreachable)
    }
    if wasLost, let node {
      record("NodeReady", "Node \(name) status is now: NodeReady", on: .nodes, node, by: .kubelet(name))
    }
    for pod in pods(onNode: name) where !pod.isTerminating && !pod.running.isEmpty {
      update(.pods, pod.key) { $0.deriveReadiness(at: moment) }
    }
    for step in silent.held { plan(after: Self.secondsToReturn, step) }
  }

  /// A cordoned node has a taint, so that those who ask for taints see it too.
  mutating func reconcileNode(_ key: ObjectKey) {
    guard let node = store.object(.nodes, key) else { return }
    let isCordoned = node.field("spec.unschedulable") == "true"
    let moment = now
    let taint = "node.kubernetes.io/unschedulable"
    update(.nodes, key) { node in
      if isCordoned { node.addTaint(taint, "NoSchedule", at: moment) } else { node.removeTaint(taint) }
    }
  }

  private func pods(onNode name: String) -> [StoredObject] {
    store.objects(.pods).filter { pod in
      pod.field("spec.nodeName") == name && !["Succeeded", "Failed"].contains(pod.field("status.phase"))
    }
  }
}

/// What a condition of a node says.
struct NodeCondition: Sendable {
  let status: String
  let reason: String
  let message: String

  init(_ status: String, _ reason: String, _ message: String) {
    self.status = status
    self.reason = reason
    self.message = message
  }

  /// The conditions of a node that is well, by their types.
  static let well: [String: NodeCondition] = [
    "MemoryPressure": NodeCondition(
      "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    "DiskPressure": NodeCondition("False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    "PIDPressure": NodeCondition("False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    "Ready": NodeCondition("True", "KubeletReady", "kubelet is posting ready status"),
  ]
  /// The types in the order in which kubelets report them.
  static let types = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"]
}

extension JSON {
  /// Makes each condition of a node say something else; a transition is a new status.
  fileprivate mutating func setNodeConditions(
    at moment: Moment, heartbeat: Bool = false, _ change: (String) -> NodeCondition?
  ) {
    let conditions = (self["status", "conditions"]?.elements ?? []).map { condition -> JSON in
      guard let new = change(condition["type"]?.string ?? "") else { return condition }
      var condition = condition
      if condition["status"]?.string != new.status { condition["lastTransitionTime"] = .string(moment.text) }
      if heartbeat { condition["lastHeartbeatTime"] = .string(moment.text) }
      condition["status"] = .string(new.status)
      condition["reason"] = .string(new.reason)
      condition["message"] = .string(new.message)
      return condition
    }
    self["status", "conditions"] = .array(conditions)
  }

  fileprivate mutating func addTaint(_ key: String, _ effect: String, at moment: Moment) {
    let taints = self["spec", "taints"]?.elements ?? []
    guard !taints.contains(where: { $0["key"]?.string == key && $0["effect"]?.string == effect }) else { return }
    let taint = JSON.strings(["key": key, "effect": effect, "timeAdded": moment.text])
    self["spec", "taints"] = .array(taints + [taint])
  }

  fileprivate mutating func removeTaint(_ key: String) {
    let taints = self["spec", "taints"]?.elements ?? []
    let kept = taints.filter { $0["key"]?.string != key }
    guard kept.count < taints.count else { return }
    self["spec", "taints"] = kept.isEmpty ? nil : .array(kept)
  }

  /// How long a pod stays on a node with a taint that evicts, in seconds; `nil` for ever.
  fileprivate func secondsTolerated(_ taint: String) -> Double? {
    let tolerations = (self["spec", "tolerations"]?.elements ?? []).filter {
      $0.tolerates(taint: JSON.strings(["key": taint, "effect": "NoExecute"]))
    }
    guard !tolerations.isEmpty else { return 0 }
    return tolerations.compactMap { $0["tolerationSeconds"]?.integer }.min().map(Double.init)
  }

  /// Whether a toleration of a pod accepts a taint of a node.
  func tolerates(taint: JSON) -> Bool {
    if let effect = self["effect"]?.string, !effect.isEmpty, effect != taint["effect"]?.string { return false }
    let key = self["key"]?.string ?? ""
    if key.isEmpty { return self["operator"]?.string == "Exists" }
    guard key == taint["key"]?.string else { return false }
    return self["operator"]?.string == "Exists" || (self["value"]?.string ?? "") == (taint["value"]?.string ?? "")
  }
}
