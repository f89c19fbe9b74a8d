extension Snapshot {
  /// Everything that is not fine about a pod, most severe first; empty for a pod that is fine.
  ///
  /// What deserves patience is a warning until its time is over.
  public func findings(ofPod key: ObjectKey, at now: Timestamp) -> [Finding] {
    guard let pod = pods[key] else { return [] }
    let diagnosis = PodDiagnosis(of: pod, events: events.about(pod.metadata.uid))
    var findings = diagnosis.findings.compactMap { $0.judged(at: now) }
    if let calmAt = diagnosis.calmAt, now < calmAt {
      findings.append(
        Finding(.failure, "kept crashing, and has been running again for less than a minute", since: nil))
    }
    findings += memoryFindings(pod, at: now)
    for index in findings.indices { explainClaims(of: pod, &findings[index]) }
    return findings.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      .map(\.element)
  }

  /// Containers that run again after they ran out of memory a while ago.
  private func memoryFindings(_ pod: Pod, at now: Timestamp) -> [Finding] {
    pod.containerStatuses.compactMap { status in
      guard case .running = status.state, case .terminated(let end) = status.lastState, end.reason == "OOMKilled",
        let finished = end.finishedAt, now.since(finished) < Tolerance.memory
      else { return nil }
      let limit = pod.containers.first { $0.name == status.name }?.limits.memoryBytes
      let words = limit.map { " (limit \(ByteText.text($0)))" } ?? ""
      return Finding(
        .warning, "container \(status.name) ran out of memory\(words) and was restarted", detail: end.explanation,
        since: finished, remedyHint: "raise its memory limit, or find what it needs the memory for")
    }
  }

  /// Adds why a claim is not bound, where an event says so.
  private func explainClaims(of pod: Pod, _ finding: inout Finding) {
    guard finding.headline.contains("PersistentVolumeClaim") else { return }
    let names = pod.volumeReferences.filter { $0.kind == "PersistentVolumeClaim" }.map(\.name)
    let event = events.warnings(since: .distantPast, in: pod.metadata.namespace).first {
      $0.involvedKind == "PersistentVolumeClaim" && names.contains($0.involvedName)
    }
    if let event { finding.detail += "; claim \(event.involvedName): \(event.message)" }
  }
}
