extension PodSummary {
  /// The answers about a pod, given the events about it, newest first.
  init(of pod: Pod, key: ObjectKey, events: [KubernetesEvent]) {
    self.init(key: key)
    uid = pod.metadata.uid
    columns = PodColumns(of: pod)
    creationTimestamp = pod.metadata.creationTimestamp
    nodeName = pod.nodeName
    controller = pod.metadata.controller
    (requests, limits) = (pod.effectiveRequests, pod.effectiveLimits)
    let diagnosis = PodDiagnosis(of: pod, events: events)
    finding = diagnosis.findings.first
    calmAt = diagnosis.calmAt
    steadyHealth = Self.health(of: pod, finding)
    turnsBadAt = steadyHealth == .progressing && finding?.severity == .failure ? finding?.suspectUntil : nil
  }

  /// The health without the clock: what deserves patience is progressing.
  private static func health(of pod: Pod, _ finding: Finding?) -> PodHealth {
    if pod.metadata.isTerminating { return .progressing }
    if pod.phase == "Succeeded" { return .done }
    if pod.phase == "Failed" { return .bad }
    if let finding, finding.severity == .failure { return finding.suspectUntil == nil ? .bad : .progressing }
    return pod.conditions[type: "Ready"]?.isTrue == true ? .good : .progressing
  }
}

extension Pod {
  /// What the scheduler sets aside for the pod.
  ///
  /// The sum of containers and sidecars, or what an init container needs at its time where that is more; and overhead.
  public var effectiveRequests: ResourceAmounts { effective { $0.requests }.plus(overhead) }

  /// What the containers together may use; unset where a container has no limit.
  public var effectiveLimits: ResourceAmounts {
    var limits = effective { $0.limits }
    if containers.contains(where: { $0.limits.cpuMillicores == nil }) { limits.cpuMillicores = nil }
    if containers.contains(where: { $0.limits.memoryBytes == nil }) { limits.memoryBytes = nil }
    return limits
  }

  private func effective(_ amounts: (ContainerSpec) -> ResourceAmounts) -> ResourceAmounts {
    var running = containers.reduce(ResourceAmounts()) { $0.plus(amounts($1)) }
    guard !initContainers.isEmpty else { return running }
    var sidecars = ResourceAmounts()
    var peak = ResourceAmounts()
    for container in initContainers {
      // Init containers run one after another, each beside the sidecars started before it.
      if container.isSidecar {
        sidecars = sidecars.plus(amounts(container))
        peak = peak.larger(sidecars)
      } else {
        peak = peak.larger(sidecars.plus(amounts(container)))
      }
    }
    running = running.plus(sidecars)
    return running.larger(peak)
  }
}
