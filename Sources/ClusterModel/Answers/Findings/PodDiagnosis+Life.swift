extension PodDiagnosis {
  /// A pod that is being deleted: fine, unless it takes longer than its grace period.
  mutating func diagnoseDeletion() {
    let deadline = pod.metadata.deletionTimestamp
    let finalizers = pod.metadata.finalizers
    let hasEnded = pod.phase == "Failed" || pod.phase == "Succeeded"
    let headline: String
    let hint: String
    if pod.reason == "NodeLost" {
      headline = "being deleted, but node \(pod.nodeName) does not answer"
      hint = "kubectl get node \(pod.nodeName)"
    } else if !finalizers.isEmpty {
      let names = (finalizers.count == 1 ? "finalizer " : "finalizers ") + finalizers.joined(separator: ", ")
      headline = hasEnded ? "deleted, but kept by \(names)" : "terminating longer than its grace period, with \(names)"
      hint = "the controller that set the finalizer must remove it"
    } else {
      headline = "terminating longer than its grace period"
      hint = "look at node \(pod.nodeName); kubectl delete pod --force only if the container is known to be gone"
    }
    add(
      Finding(
        .failure, headline, detail: pod.message, since: deadline, suspectUntil: deadline.plus(Tolerance.terminating),
        appliesFrom: deadline.plus(Tolerance.terminating), remedyHint: hint))
  }

  /// A pod that ended without success.
  mutating func diagnoseFailure() {
    // A controller makes a new pod in place of this one: what is left is a trace, not a fault of its own.
    let severity: Finding.Severity = pod.metadata.controller == nil ? .failure : .warning
    let ended = pod.containerStatuses.compactMap(\.state.finishedAt).max()
    let since = ended ?? pod.conditions[type: "Ready"]?.lastTransitionTime
    let message = MessageEssence.trimmed(pod.message)
    switch pod.reason {
    case "Evicted":
      add(
        Finding(
          severity, "evicted from node \(pod.nodeName): \(message)", detail: pod.message,
          since: event("Evicted")?.lastTimestamp ?? since,
          remedyHint: "raise the limit it exceeded, or free the node; kubectl delete pod clears the trace"))
    case "DeadlineExceeded":
      add(Finding(severity, "ran longer than its deadline allows", detail: pod.message, since: since))
    case "": diagnoseExit(severity, since: since)
    default:
      let words = message.isEmpty ? pod.reason : "\(pod.reason): \(message)"
      add(Finding(severity, "failed: \(words)", detail: pod.message, since: since))
    }
  }

  private mutating func diagnoseExit(_ severity: Finding.Severity, since: Timestamp?) {
    let groups = [(pod.initContainerStatuses, true), (pod.containerStatuses, false)]
    for (statuses, isInit) in groups {
      for status in statuses {
        guard case .terminated(let end) = status.state, end.exitCode != 0 else { continue }
        add(
          Finding(
            severity, "\(name(status, isInit: isInit)) failed: \(end.words)", detail: end.explanation,
            since: end.finishedAt ?? since, remedyHint: logsHint(status, isPrevious: false)))
      }
    }
    if findings.isEmpty { add(Finding(severity, "failed", detail: pod.message, since: since)) }
  }

  mutating func diagnoseLostNode() {
    add(
      Finding(
        .failure, "node \(pod.nodeName) does not answer; the state of the pod is unknown", detail: pod.message,
        since: pod.conditions[type: "Ready"]?.lastTransitionTime, remedyHint: "kubectl get node \(pod.nodeName)"))
  }

  /// - Returns: Whether the pod has no node yet, so that nothing more can be said.
  mutating func diagnoseScheduling() -> Bool {
    guard let condition = pod.conditions[type: "PodScheduled"], !condition.isTrue else { return false }
    let since = condition.lastTransitionTime ?? pod.metadata.creationTimestamp
    if condition.reason == "SchedulingGated" {
      let gates = pod.schedulingGates.joined(separator: ", ")
      add(Finding(.note, "held back by scheduling gates: \(gates)", detail: condition.message, since: since))
      return true
    }
    guard condition.reason == "Unschedulable" else { return pod.nodeName.isEmpty }
    add(
      Finding(
        .failure, schedulingHeadline(condition.message), detail: condition.message, since: since,
        suspectUntil: since.plus(Tolerance.unschedulable), remedyHint: schedulingHint(condition.message)))
    return true
  }

  private func schedulingHeadline(_ message: String) -> String {
    let claims = pod.volumeReferences.filter { $0.kind == "PersistentVolumeClaim" }.map(\.name)
    if message.contains("unbound"), message.contains("PersistentVolumeClaim"), !claims.isEmpty {
      return "waits for PersistentVolumeClaim \(claims.joined(separator: ", ")), which is not bound"
    }
    if let range = message.firstRange(of: "persistentvolumeclaim \""), message.hasSuffix("not found") {
      return
        "waits for PersistentVolumeClaim \(message[range.upperBound...].prefix { $0 != "\"" }), which does not exist"
    }
    let (reasons, nodes) = MessageEssence.scheduling(message)
    let parts = nodes.split(separator: "/")
    let count = parts.count == 2 ? " (\(parts[0]) of \(parts[1]) nodes)" : ""
    return "no node can take it\(count): \(reasons)"
  }

  private func schedulingHint(_ message: String) -> String {
    if message.contains("Insufficient") { return "lower the pod's requests, or add a node" }
    if message.contains("taint") { return "add a toleration, or remove the taint from a node" }
    if message.contains("affinity/selector") { return "label a node, or change the pod's nodeSelector" }
    if message.contains("PersistentVolumeClaim") { return "kubectl describe pvc -n \(pod.metadata.namespace)" }
    return "kubectl describe pod -n \(pod.metadata.namespace) \(pod.metadata.name)"
  }
}
