extension Snapshot {
  /// The row of a workload at a moment, with its health and what is wrong.
  public func workload(_ key: ObjectKey, at now: Timestamp) -> WorkloadSummary? {
    if exactAt == now, let row = judgedRows[key] { return row }
    return workloadSummaries[key].map { judged($0, at: now) }
  }

  /// The rows of the workloads of a namespace, or all, without what depends on the clock: health and what is wrong.
  public func steadyWorkloads(in namespace: String? = nil) -> [WorkloadSummary] {
    workloadKeys(in: namespace).compactMap { workloadSummaries[$0] }
  }

  /// The rows of the Deployments, StatefulSets, DaemonSets and Jobs of a namespace, or all, by kind and name.
  ///
  /// - Complexity: O(n log n) in the workloads.
  public func workloads(in namespace: String? = nil, at now: Timestamp) -> [WorkloadSummary] {
    workloadKeys(in: namespace).compactMap { workload($0, at: now) }
  }

  /// The Deployments, StatefulSets, DaemonSets and Jobs of a namespace, or all, by kind and name.
  public func workloadKeys(in namespace: String? = nil) -> [ObjectKey] {
    WorkloadSummary.kinds.flatMap { keys(of: $0, in: namespace).sorted() }
  }

  /// The workloads of a namespace, or all, that are not plainly fine; in no order.
  public func restlessWorkloads(in namespace: String? = nil) -> [ObjectKey] { restless[namespace ?? ""]?.keys ?? [] }

  /// Judges every workload that is not plainly fine, as time alone may have changed the answer.
  ///
  /// Call it about once a second; answers about all workloads then cost little in between.
  public mutating func judgeAgain(at now: Timestamp) {
    exactAt = nil
    for key in restlessWorkloads() { judgedRows[key] = workload(key, at: now) }
    (judgedAt, exactAt) = (now, now)
  }

  /// How long a judgement of all workloads is taken as it was.
  static let judgementLasts = Duration.milliseconds(1_500)

  /// Of the rows of the workloads of a namespace, or all, that are not plainly fine, those that are wanted; in no order.
  func restlessRows(
    in namespace: String?, at now: Timestamp, where isWanted: (WorkloadSummary) -> Bool
  ) -> [WorkloadSummary] {
    let isCurrent = judgedAt.map { now.since($0) >= .zero && now.since($0) <= Self.judgementLasts } ?? false
    guard isCurrent else {
      return restlessWorkloads(in: namespace).compactMap { workload($0, at: now) }.filter(isWanted)
    }
    return judgedRows.values.filter { (namespace == nil || $0.key.namespace == namespace) && isWanted($0) }
  }

  mutating func refreshOutdatedWorkloads(_ change: inout SnapshotChange, at now: Timestamp) {
    guard !outdatedWorkloads.isEmpty else { return }
    let outdated = outdatedWorkloads.keys
    outdatedWorkloads = KeyList()
    for key in outdated {
      work.workloadSummaries += 1
      let old = workloadSummaries[key]
      var new = summarise(key)
      let step = takeStep(from: old, to: &new, at: now)
      workloadSummaries[key] = new
      setRestless(key, new.map { isRestless($0) } ?? false)
      noteIngressController(key)
      judgedRows[key] = restless[""]?.contains(key) == true ? workload(key, at: now) : nil
      if new != old { change.workloads.append(key) }
      guard let old, let new, let step else { continue }
      let isBad = if case .lost = step { true } else { step == .failed }
      change.transitions.append(
        StateTransition(key: key, before: old.rollout.text, after: new.rollout.text, isBad: isBad, step: step))
    }
  }

  /// What happened to a workload between two looks; `nil` where it came or went.
  private func takeStep(
    from old: WorkloadSummary?, to new: inout WorkloadSummary?, at now: Timestamp
  ) -> RolloutStep? {
    guard let old, var summary = new else { return nil }
    defer { new = summary }
    return RolloutStep(from: old, to: &summary, at: now)
  }

  private mutating func setRestless(_ key: ObjectKey, _ isRestless: Bool) {
    for name in ["", key.namespace] {
      if isRestless {
        restless[name, default: KeyList()].insert(key)
      } else {
        restless[name]?.remove(key)
        if restless[name]?.isEmpty == true { restless[name] = nil }
      }
    }
  }

  private func isRestless(_ summary: WorkloadSummary) -> Bool {
    if !summary.rollout.isDone || summary.rollout.needsAttention { return true }
    if summary.key.kind != .jobs, summary.available < summary.desired { return true }
    return controllers(of: summary.key).contains { groups[.controller($0)]?.sick.isEmpty == false }
  }
}
