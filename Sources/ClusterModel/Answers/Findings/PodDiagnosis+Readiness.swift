extension PodDiagnosis {
  /// A pod on a node whose containers are not made yet.
  mutating func diagnoseCreation() {
    let isCreating = pod.containerStatuses.allSatisfy {
      if case .waiting(let reason, _) = $0.state { reason == "ContainerCreating" } else { $0.state == .absent }
    }
    guard isCreating, findings.isEmpty, !pod.nodeName.isEmpty, pod.initContainerStatuses.allSatisfy(\.isUntouched)
    else {
      return
    }
    let failure = events.first { $0.isWarning && Self.creationFailures.contains($0.reason) }
    guard let failure else {
      add(
        Finding(
          .failure, "node \(pod.nodeName) has not made its containers yet", since: scheduledAt,
          suspectUntil: scheduledAt.plus(Tolerance.creating), appliesFrom: scheduledAt.plus(Tolerance.creating),
          remedyHint: "kubectl describe pod -n \(pod.metadata.namespace) \(pod.metadata.name)"))
      return
    }
    let headline: String
    if let (volume, reason) = MessageEssence.mount(failure.message) {
      headline = "cannot mount volume \(volume): \(reason)"
    } else {
      headline = "\(Self.words[failure.reason] ?? failure.reason): \(MessageEssence.trimmed(failure.message))"
    }
    add(
      Finding(
        .failure, headline, detail: failure.message, since: failure.firstTimestamp,
        suspectUntil: failure.firstTimestamp.plus(Tolerance.retried),
        remedyHint: failure.message.contains("not found") ? "create it, or correct the reference in the workload" : ""))
  }

  private static let creationFailures: Set<String> = [
    "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "NetworkNotReady", "FailedCreatePodContainer",
    "FailedMapVolume",
  ]
  private static let words = [
    "FailedMount": "cannot mount a volume", "FailedAttachVolume": "cannot attach a volume",
    "FailedCreatePodSandBox": "cannot set up the pod's network", "NetworkNotReady": "the node's network is not ready",
    "FailedMapVolume": "cannot map a volume",
  ]

  /// A pod whose containers run and that is not ready all the same.
  mutating func diagnoseReadiness() {
    guard pod.phase == "Running", pod.conditions[type: "Ready"]?.isTrue != true else { return }
    let ready = pod.conditions[type: "Ready"]
    let waiting = pod.containerStatuses.filter { !$0.isReady } + pod.initContainerStatuses.filter(isUnreadySidecar)
    guard let status = waiting.first else { return diagnoseGates(ready) }
    guard case .running(let startedAt) = status.state else { return }
    let isInit = !pod.containerStatuses.contains { $0.name == status.name }
    let spec = spec(status, isInit: isInit)
    let failure = events.first {
      $0.reason == "Unhealthy" && !$0.message.hasPrefix("Liveness") && $0.isAbout(container: status.name)
        && ($0.lastTimestamp ?? .distantPast) >= (startedAt ?? .distantPast)
    }
    let isStarting = spec?.startupProbe != nil && status.isStarted != true
    let probe = isStarting ? spec?.startupProbe : spec?.readinessProbe
    let kind = isStarting ? "startup" : "readiness"
    var headline = "\(name(status, isInit: isInit)) is not ready"
    if let failure {
      headline += ": its \(kind) probe \(probe?.summary ?? "") fails: \(MessageEssence.probe(failure.message))"
    } else if let probe {
      headline += " yet: waits for its \(kind) probe \(probe.summary)"
    }
    let lost = max(ready?.lastTransitionTime ?? .distantPast, startedAt ?? .distantPast)
    add(
      Finding(
        .failure, headline, detail: failure?.message ?? ready?.message ?? "", since: lost,
        suspectUntil: lost.advanced(by: patience(probe, hasLostReadiness: lost > startedAt.plus(Tolerance.notReady))),
        remedyHint: logsHint(status, isPrevious: false)))
  }

  /// How long a container may take to become ready.
  private func patience(_ probe: Probe?, hasLostReadiness: Bool) -> Duration {
    guard let probe else { return Tolerance.notReady }
    if hasLostReadiness { return Tolerance.lostReadiness }
    let tries = min(probe.periodSeconds &* probe.failureThreshold, 3_600)
    return Tolerance.notReady + .seconds(min(probe.initialDelaySeconds, 3_600) + tries)
  }

  private func isUnreadySidecar(_ status: ContainerStatus) -> Bool {
    !status.isReady && spec(status, isInit: true)?.isSidecar == true
  }

  private mutating func diagnoseGates(_ ready: Condition?) {
    if event("NodeNotReady") != nil, ready?.isTrue == false {
      add(
        Finding(
          .failure, "node \(pod.nodeName) is not ready", detail: ready?.message ?? "", since: ready?.lastTransitionTime,
          remedyHint: "kubectl describe node \(pod.nodeName)"))
      return
    }
    let gates = pod.readinessGates.filter { pod.conditions[type: $0]?.isTrue != true }
    guard !gates.isEmpty else { return }
    add(
      Finding(
        .failure, "not ready: readiness gate \(gates.joined(separator: ", ")) is not met", detail: ready?.message ?? "",
        since: ready?.lastTransitionTime, suspectUntil: (ready?.lastTransitionTime).plus(Tolerance.notReady)))
  }
}

extension ContainerStatus {
  /// Whether nothing happened to the container yet.
  var isUntouched: Bool {
    switch state {
    case .absent: true
    case .waiting(let reason, _): reason == "PodInitializing" || reason == "ContainerCreating" || reason.isEmpty
    case .running, .terminated: false
    }
  }
}
