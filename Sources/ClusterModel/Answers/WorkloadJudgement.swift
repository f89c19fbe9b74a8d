extension Snapshot {
  /// A workload's row with what depends on the clock: its health and what is wrong.
  func judged(_ summary: WorkloadSummary, at now: Timestamp) -> WorkloadSummary {
    var summary = summary
    guard restless[""]?.contains(summary.key) == true else {
      summary.health = summary.desired == 0 || summary.key.kind == .jobs ? .idle : .good
      return summary
    }
    let findings = findings(ofWorkload: summary.key, at: now)
    summary.finding = findings.first { $0.severity > .note }
    summary.health = health(of: summary, isFailing: findings.contains { $0.severity == .failure })
    return summary
  }

  private func health(of summary: WorkloadSummary, isFailing: Bool) -> WorkloadHealth {
    if summary.key.kind == .jobs {
      if isFailing { return .degraded }
      return summary.rollout.isDone ? .idle : .progressing
    }
    if summary.desired == 0 { return summary.rollout.isDone ? .idle : .progressing }
    if summary.available == 0 {
      // A first rollout has nothing available yet, and that is no fault of its own.
      let isFirst = summary.completeGeneration == nil && !isFailing && isFirstRollout(summary)
      return isFirst ? .progressing : .down
    }
    if isFailing || summary.hasLostPods { return .degraded }
    if !summary.rollout.isDone { return .progressing }
    return summary.available < summary.desired ? .degraded : .good
  }

  /// Whether nothing of the workload has ever been available, as far as its conditions tell.
  private func isFirstRollout(_ summary: WorkloadSummary) -> Bool {
    switch summary.key.kind {
    case .deployments:
      guard let deployment = deployments[summary.key] else { return false }
      guard let available = deployment.conditions[type: "Available"] else { return true }
      let made = deployment.metadata.creationTimestamp.plus(.seconds(5))
      return !available.isTrue && (available.lastTransitionTime ?? .distantPast) <= made
    case .statefulSets:
      guard let set = statefulSets[summary.key] else { return false }
      return set.currentRevision == set.updateRevision && set.metadata.generation <= 1
    case .daemonSets: return (daemonSets[summary.key]?.metadata.generation ?? 0) <= 1
    default: return false
    }
  }

  /// Everything that is not fine about a workload and its pods, most severe first.
  ///
  /// - Complexity: O(pods that are not well), of which at most ``sickPodsLookedAt`` for each controller.
  public func findings(ofWorkload key: ObjectKey, at now: Timestamp) -> [Finding] {
    guard let summary = workloadSummaries[key] else { return [] }
    var findings = podFindings(ofWorkload: key, at: now)
    findings += creationFindings(ofWorkload: key, at: now)
    if summary.rollout.isFailed { findings.append(failedRollout(summary)) }
    if summary.isPaused, key.kind == .deployments, !summary.rollout.isDone {
      findings.append(
        Finding(
          .warning, "the rollout is paused",
          remedyHint: "kubectl rollout resume -n \(key.namespace) deployment/\(key.name)"))
    }
    if findings.isEmpty, key.kind != .jobs, summary.available < summary.desired {
      findings.append(missing(summary))
    }
    return findings.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      .map(\.element)
  }

  /// What is wrong with the pods, each finding named after the first pod that has it.
  private func podFindings(ofWorkload key: ObjectKey, at now: Timestamp) -> [Finding] {
    let sick = controllers(of: key).flatMap { controller in
      (groups[.controller(controller)]?.sick.keys.prefix(Self.sickPodsLookedAt) ?? []).compactMap { podSummaries[$0] }
    }
    var findings: [Finding] = []
    var places: [String: Int] = [:]
    var counts: [Int] = []
    for pod in sick.sorted(by: Self.isWorse) {
      guard let finding = finding(of: pod, at: now) else { continue }
      if let place = places[finding.headline] {
        counts[place] += 1
        continue
      }
      places[finding.headline] = findings.count
      counts.append(1)
      var named = finding
      named.headline = Finding(.note, "pod \(Self.shortName(pod.key.name, of: key.name)): \(finding.headline)").headline
      findings.append(named)
    }
    for (index, count) in counts.enumerated() where count > 1 {
      findings[index].detail = "\(count) pods; " + findings[index].detail
    }
    return findings
  }

  private func finding(of pod: PodSummary, at now: Timestamp) -> Finding? {
    if let finding = pod.finding(at: now) { return finding }
    guard let calmAt = pod.calmAt, now < calmAt else { return nil }
    return Finding(
      .failure, "kept crashing (restarted \(pod.columns.restarts) times), running again for less than a minute",
      since: pod.columns.lastRestart)
  }

  /// The end of a pod's name that tells it apart from its siblings: `x7k2p` of `todo-backend-86d9f-x7k2p`.
  static func shortName(_ pod: String, of workload: String) -> String {
    guard pod.hasPrefix(workload + "-") else { return pod }
    let parts = pod.dropFirst(workload.count + 1).split(separator: "-")
    // The pods of a StatefulSet are known by their number together with the name.
    guard let last = parts.last, parts.count > 1 || !last.allSatisfy(\.isNumber) else { return pod }
    return String(last)
  }

  /// Pods that cannot even be made: quota, admission, a missing service account.
  private func creationFindings(ofWorkload key: ObjectKey, at now: Timestamp) -> [Finding] {
    var sources = controllers(of: key).map { ($0, replicaSets[uid: $0]?.conditions ?? []) }
    if key.kind == .deployments { sources = sources.filter { replicaSets[uid: $0.0].map { $0.replicas > 0 } ?? false } }
    return sources.compactMap { uid, conditions in
      let condition = conditions[type: "ReplicaFailure"].flatMap { $0.isTrue ? $0 : nil }
      let event = events.about(uid).first { $0.reason == "FailedCreate" }
      let isRecent = event?.lastTimestamp.map { now.since($0) < Tolerance.memory } ?? false
      guard condition != nil || (isRecent && (groups[.controller(uid)]?.totals.count ?? 0) == 0) else { return nil }
      let message = condition?.message ?? event?.message ?? ""
      let since = condition?.lastTransitionTime ?? event?.firstTimestamp
      return Finding(
        .failure, "cannot make pods: \(Self.creationEssence(message))", detail: message, since: since,
        suspectUntil: since.plus(Tolerance.certain),
        remedyHint: "kubectl describe -n \(key.namespace) \(key.kind.resource) \(key.name)"
      ).judged(at: now)
    }
  }

  /// `pods "x" is forbidden: exceeded quota …` without the pod's name, which does not exist.
  private static func creationEssence(_ message: String) -> String {
    guard let range = message.firstRange(of: "is forbidden: ") else { return message }
    return String(message[range.upperBound...])
  }

  private func failedRollout(_ summary: WorkloadSummary) -> Finding {
    if let job = jobs[summary.key] {
      let condition = job.conditions[type: "Failed"]
      let reason =
        switch condition?.reason {
        case "BackoffLimitExceeded": "gave up after \(job.failed) failed pods"
        case "DeadlineExceeded": "ran longer than its deadline allows"
        default: condition?.message ?? "failed"
        }
      return Finding(
        .failure, "job \(reason)", detail: condition?.message ?? "", since: condition?.lastTransitionTime,
        remedyHint: "kubectl logs -n \(summary.key.namespace) job/\(summary.key.name)")
    }
    let condition = deployments[summary.key]?.conditions[type: "Progressing"]
    return Finding(
      .failure, "the rollout exceeded its progress deadline", detail: condition?.message ?? "",
      since: condition?.lastTransitionTime,
      remedyHint: "kubectl rollout undo -n \(summary.key.namespace) deployment/\(summary.key.name)")
  }

  private func missing(_ summary: WorkloadSummary) -> Finding {
    let available = deployments[summary.key]?.conditions[type: "Available"]
    let severity: Finding.Severity = summary.rollout.isDone || summary.hasLostPods ? .warning : .note
    return Finding(
      severity, "\(summary.available) of \(summary.desired) pods available", detail: available?.message ?? "",
      since: available.flatMap { $0.isTrue ? nil : $0.lastTransitionTime })
  }
}
