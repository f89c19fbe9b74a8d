/// What is wrong with one pod, from its status and the events about it.
///
/// It does not depend on the clock: each finding says until when it deserves patience.
struct PodDiagnosis {
  let pod: Pod
  /// The events about the pod, newest first.
  let events: [KubernetesEvent]
  private(set) var findings: [Finding] = []
  /// Until when a pod that runs is not yet believed, because it kept crashing.
  private(set) var calmAt: Timestamp?

  init(of pod: Pod, events: [KubernetesEvent]) {
    self.pod = pod
    self.events = events
    diagnose()
    // Stable: of equal severity the one that was found first stays first.
    let order = findings.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }
    findings = order.map(\.element)
  }

  private mutating func diagnose() {
    if pod.metadata.isTerminating { return diagnoseDeletion() }
    if pod.phase == "Succeeded" { return }
    if pod.phase == "Failed" { return diagnoseFailure() }
    if pod.phase == "Unknown" || pod.reason == "NodeLost" { return diagnoseLostNode() }
    if diagnoseScheduling() { return }
    for status in pod.initContainerStatuses { diagnose(status, isInit: true) }
    for status in pod.containerStatuses { diagnose(status, isInit: false) }
    diagnoseCreation()
    if findings.isEmpty { diagnoseReadiness() }
  }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  mutating func stayAlert(until moment: Timestamp?) {
    guard let moment else { return }
    calmAt = max(calmAt ?? moment, moment)
  }

  /// The newest event of one of these reasons.
  func event(_ reasons: String...) -> KubernetesEvent? { events.first { reasons.contains($0.reason) } }

  /// `container app`, `init container migrate`.
  func name(_ status: ContainerStatus, isInit: Bool) -> String {
    (isInit ? "init container " : "container ") + status.name
  }

  func spec(_ status: ContainerStatus, isInit: Bool) -> ContainerSpec? {
    (isInit ? pod.initContainers : pod.containers).first { $0.name == status.name }
  }

  /// The command that shows what a container printed.
  func logsHint(_ status: ContainerStatus, isPrevious: Bool) -> String {
    "kubectl logs -n \(pod.metadata.namespace) \(pod.metadata.name) -c \(status.name)"
      + (isPrevious ? " --previous" : "")
  }

  /// When the pod came to its node; else when it was made.
  var scheduledAt: Timestamp? {
    pod.conditions[type: "PodScheduled"].flatMap { $0.isTrue ? $0.lastTransitionTime : nil }
      ?? pod.metadata.creationTimestamp
  }
}

extension Optional<Timestamp> {
  /// The moment later by a tolerance; the epoch where there is no moment, so that patience never lasts for ever.
  func plus(_ duration: Duration) -> Timestamp { (self ?? Timestamp(nanoseconds: 0)).advanced(by: duration) }
}
