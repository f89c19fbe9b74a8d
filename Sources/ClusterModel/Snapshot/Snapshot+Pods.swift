extension Snapshot {
  /// The answers about one pod.
  public func podSummary(_ key: ObjectKey) -> PodSummary? { podSummaries[key] }

  /// The answers about the pods of a namespace, or all, by namespace and name.
  ///
  /// - Complexity: O(n log n); for large clusters keep the order and follow ``SnapshotChange``.
  public func podSummaries(in namespace: String? = nil) -> [PodSummary] {
    pods.keys(in: namespace).sorted().compactMap { podSummaries[$0] }
  }

  /// The totals of a group of pods, kept up to date.
  public func totals(_ group: PodGroup) -> PodTotals { groups[group]?.totals ?? PodTotals() }

  /// The totals of a group at a moment: pods whose patience ran out count as bad.
  ///
  /// - Complexity: O(pods of the group that are not well).
  public func totals(_ group: PodGroup, at now: Timestamp) -> PodTotals {
    guard let state = groups[group] else { return PodTotals() }
    var totals = state.totals
    for key in state.sick.keys {
      guard let summary = podSummaries[key], summary.turnedBad(at: now) else { continue }
      if summary.steadyHealth == .good { totals.good -= 1 } else { totals.progressing -= 1 }
      totals.bad += 1
    }
    return totals
  }

  /// How many pods of a group are bad at a moment, counted no further than a limit.
  ///
  /// - Complexity: O(1) where so many are bad whatever the moment.
  public func badPodCount(_ group: PodGroup, at now: Timestamp, upTo limit: Int) -> Int {
    guard let state = groups[group] else { return 0 }
    var count = min(state.totals.bad, limit)
    for key in state.sick.keys {
      if count == limit { break }
      if let summary = podSummaries[key], summary.turnedBad(at: now) { count += 1 }
    }
    return count
  }

  /// The pods of a group that are bad at a moment, worst and oldest first.
  ///
  /// - Parameter limit: How many are looked at at most, so that thousands of sick pods cost no more than some.
  public func badPods(_ group: PodGroup, at now: Timestamp, limit: Int = sickPodsLookedAt) -> [PodSummary] {
    let sick = groups[group]?.sick.keys.prefix(limit) ?? []
    return sick.compactMap { podSummaries[$0] }.filter { $0.health(at: now) == .bad }.sorted(by: Self.isWorse)
  }

  /// How many sick pods of a group are looked at to find the worst.
  public static let sickPodsLookedAt = 64

  static func isWorse(_ left: PodSummary, _ right: PodSummary) -> Bool {
    let (leftSeverity, rightSeverity) = (left.finding?.severity ?? .note, right.finding?.severity ?? .note)
    if leftSeverity != rightSeverity { return leftSeverity > rightSeverity }
    let (leftSince, rightSince) = (left.finding?.since ?? .distantPast, right.finding?.since ?? .distantPast)
    if leftSince != rightSince { return leftSince < rightSince }
    return left.key < right.key
  }

  mutating func putPod(_ pod: Pod, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = pods.insert(pod, for: key)
    report(key, old, pod, &change)
    if let old, isSame(old.metadata, pod.metadata) { return }
    if let old, old.metadata.uid != pod.metadata.uid { podHistories[key] = nil }
    // Once its containers end a pod is no longer ready, and nothing tells when it was.
    if pod.metadata.isTerminating, old?.metadata.isTerminating == false { rememberStartup(ofPod: key) }
    refreshSummary(of: pod, key, &change)
  }

  mutating func takePod(_ key: ObjectKey, _ change: inout SnapshotChange) -> Bool {
    if pods[key]?.metadata.isTerminating == false { rememberStartup(ofPod: key) }
    guard pods.remove(key) != nil else { return false }
    podHistories[key] = nil
    guard let summary = podSummaries.removeValue(forKey: key) else { return true }
    leaveGroups(summary)
    outdateWorkload(of: summary)
    change.transitions.append(StateTransition(key: key, before: summary.columns.status, after: "", isBad: false))
    return true
  }

  /// Computes a pod's summary anew and moves its part of all totals.
  mutating func refreshSummary(of pod: Pod, _ key: ObjectKey, _ change: inout SnapshotChange) {
    work.podSummaries += 1
    var summary = PodSummary(of: pod, key: key, events: events.about(pod.metadata.uid))
    if podHistories[key] == nil { adoptSample(of: key) }
    if let usage = podHistories[key]?.last {
      summary.used = ResourceAmounts(cpuMillicores: usage.cpuMillicores, memoryBytes: usage.memoryBytes)
      summary.sampledAt = usage.at
    }
    let old = podSummaries.updateValue(summary, forKey: key)
    if let old { leaveGroups(old) }
    joinGroups(summary)
    outdateWorkload(of: summary)
    if let old, old.controller != summary.controller { outdateWorkload(of: old) }
    noteTransition(key, from: old?.columns.status ?? "", to: summary, &change)
  }

  private func noteTransition(
    _ key: ObjectKey, from before: String, to summary: PodSummary, _ change: inout SnapshotChange
  ) {
    guard before != summary.columns.status else { return }
    change.transitions.append(
      StateTransition(
        key: key, before: before, after: summary.columns.status,
        isBad: summary.steadyHealth == .bad
          || (summary.finding?.severity == .failure && !summary.isOnItsWay)))
  }

  private mutating func joinGroups(_ summary: PodSummary) {
    for group in summary.groups {
      groups[group, default: PodGroupState()].add(summary, keepsKeys: group.keepsKeys)
    }
  }

  private mutating func leaveGroups(_ summary: PodSummary) {
    for group in summary.groups {
      groups[group]?.subtract(summary)
      if groups[group]?.totals.count == 0 { groups[group] = nil }
    }
  }

  /// Replaces the part of a pod in all totals, where only its usage changed.
  mutating func replaceUsage(of key: ObjectKey, by used: ResourceAmounts, at moment: Timestamp?) {
    guard let old = podSummaries[key] else { return }
    var summary = old
    summary.used = used
    summary.sampledAt = moment
    podSummaries[key] = summary
    for group in summary.groups {
      groups[group]?.noteSample(at: moment, before: old.sampledAt)
      guard summary.steadyHealth != .done else { continue }
      groups[group]?.totals.usage.subtract(old.used)
      groups[group]?.totals.usage.add(used)
    }
  }

  func outdatedWorkload(of summary: PodSummary) -> ObjectKey? {
    summary.controller.flatMap { workload(ofController: $0, in: summary.key.namespace) }
  }

  private mutating func outdateWorkload(of summary: PodSummary) {
    if let workload = outdatedWorkload(of: summary) { outdatedWorkloads.insert(workload) }
  }
}

extension PodSummary {
  /// Whether it is bad at a moment because of the clock alone.
  fileprivate func turnedBad(at now: Timestamp) -> Bool { steadyHealth != .bad && health(at: now) == .bad }

  /// Whether STATUS is one that every pod passes through as it starts and ends.
  fileprivate var isOnItsWay: Bool {
    let words: Set<String> = ["Pending", "ContainerCreating", "PodInitializing", "Running", "Terminating", "Completed"]
    let status = columns.status
    return words.contains(status) || (status.hasPrefix("Init:") && status.contains("/"))
  }
}

extension PodGroup {
  /// Whether the group's pods are listed with it; those of a namespace and all are in the table of pods.
  var keepsKeys: Bool {
    switch self {
    case .all, .namespace, .unmanaged: false
    case .node, .controller: true
    }
  }
}

extension PodGroupState {
  mutating func add(_ summary: PodSummary, keepsKeys: Bool) {
    totals.count(summary, by: 1)
    if keepsKeys { keys.insert(summary.key) }
    if summary.isSick { sick.insert(summary.key) }
    noteSample(at: summary.sampledAt, before: nil)
    guard summary.steadyHealth != .done else { return }
    totals.requests.add(summary.requests)
    totals.limits.add(summary.limits)
    totals.usage.add(summary.used)
  }

  mutating func subtract(_ summary: PodSummary) {
    totals.count(summary, by: -1)
    keys.remove(summary.key)
    sick.remove(summary.key)
    noteSample(at: nil, before: summary.sampledAt)
    guard summary.steadyHealth != .done else { return }
    totals.requests.subtract(summary.requests)
    totals.limits.subtract(summary.limits)
    totals.usage.subtract(summary.used)
  }
}

extension PodTotals {
  mutating func count(_ summary: PodSummary, by step: Int) {
    restarts = restarts &+ summary.columns.restarts &* step
    switch summary.steadyHealth {
    case .good: good += step
    case .progressing: progressing += step
    case .bad: bad += step
    case .done: done += step
    }
  }
}
