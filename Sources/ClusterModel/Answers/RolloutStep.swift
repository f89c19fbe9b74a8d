/// What a change of a workload means for those who watch it.
public enum RolloutStep: Hashable, Sendable {
  /// Pods of a new template are being made; the revision is empty where the kind has none.
  case began(revision: String)
  /// Everything wanted is there; how long it took since it was seen to begin, where that was seen.
  case finished(Duration?)
  case failed
  case scaled(from: Int, to: Int)
  /// Pods went missing without anybody having asked for a change.
  case lost(available: Int, desired: Int)
  case restored(desired: Int)
}

extension RolloutStep {
  /// The step between two looks at a workload; `nil` where nothing happened that is worth a line.
  ///
  /// - Parameter new: Learns when its rollout was seen to begin.
  init?(from old: WorkloadSummary, to new: inout WorkloadSummary, at now: Timestamp) {
    guard old.uid == new.uid else { return nil }
    if new.rollout.isFailed {
      guard !old.rollout.isFailed else { return nil }
      self = .failed
    } else if new.key.kind == .jobs {
      guard new.rollout.isDone, !old.rollout.isDone else { return nil }
      self = .finished(nil)
    } else if new.runsAnother(than: old) {
      new.rolloutBegan = new.rollout.isDone ? nil : now
      self = new.rollout.isDone ? .finished(nil) : .began(revision: new.revision)
    } else if let step = Self.course(from: old, to: &new, at: now) {
      self = step
    } else {
      return nil
    }
  }

  private static func course(
    from old: WorkloadSummary, to new: inout WorkloadSummary, at now: Timestamp
  ) -> RolloutStep? {
    let isWhole = new.available >= new.desired
    if let began = new.rolloutBegan {
      guard new.rollout.isDone, isWhole else { return nil }
      new.rolloutBegan = nil
      return .finished(now.since(began))
    }
    if new.desired != old.desired { return .scaled(from: old.desired, to: new.desired) }
    let wasWhole = old.available >= old.desired
    if wasWhole, !isWhole { return .lost(available: new.available, desired: new.desired) }
    return !wasWhole && isWhole && new.desired > 0 ? .restored(desired: new.desired) : nil
  }
}

extension WorkloadSummary {
  /// Whether the template of the pods is another; a DaemonSet tells it only by its generation.
  fileprivate func runsAnother(than old: WorkloadSummary) -> Bool {
    if key.kind == .daemonSets { return generation != old.generation && !rollout.isDone }
    return !revision.isEmpty && revision != old.revision
  }
}
