import ClusterModel

/// Watches over one drill: takes what is seen of the cluster and what users get, keeps the figures, and tells the course
/// when to stop.
package struct DrillWatch: Hashable, Sendable {
  package let kind: DrillKind
  package let target: DrillTarget
  package let baseline: DrillBaseline
  package let prediction: DrillPrediction
  package let scope: ApplicationScope
  package private(set) var measures = DrillMeasures()
  /// What was seen of the symptom first; empty until then.
  package private(set) var evidence = ""
  /// What must hold to count as recovered, as last looked at.
  package private(set) var conditions: [DrillCondition] = []
  /// What users got last over new connections, by path.
  private var users: [String: DrillRow] = [:]
  /// The paths that answered well before the drill, and must again.
  private var answered: Set<String> = []

  /// The watch over a drill that was planned.
  package init(_ plan: DrillPlan, _ scope: ApplicationScope) {
    kind = plan.kind
    target = plan.target
    baseline = plan.baseline
    prediction = plan.prediction
    self.scope = scope
  }

  /// Takes an answer to a user's request, also from before the drill.
  package mutating func take(_ probe: DrillProbe) {
    measures.take(probe)
    guard !probe.isKeptAlive else { return }
    guard let startedAt = measures.startedAt, !probe.at.isBefore(startedAt) else {
      if probe.isGood { answered.insert(probe.path) }
      return
    }
    users[probe.path, default: DrillRow()].take(probe)
  }

  /// Takes what is known of the cluster now; says what the course must know.
  package mutating func take(
    _ snapshot: Snapshot, _ course: DrillCourse, unreachableFor: Duration = .zero, at now: DrillMoment
  ) -> [DrillCourse.Input] {
    measures.closedAt = course.closedAt
    guard let startedAt = course.injectedAt else { return [] }
    measures.startedAt = startedAt
    measures.undoneAt = course.undoneAt
    if measures.signalAt == nil, course.notes.contains(DrillCourse.budgetKept) {
      (evidence, measures.signalAt) = (DrillCourse.budgetKept, now)
    }
    // What the undo itself does is no sign: it deletes pods, and others are made.
    if measures.signalAt == nil, course.state == .active || !course.record.change.hasInverse {
      // The answers in the snapshot are stamped by the clock on the wall, which may have been set since the begin.
      let scene = DrillScene(snapshot, target, baseline, users: users, since: startedAt.wall(asOf: now))
      if let seen = kind.symptom.evidence(in: scene) {
        evidence = seen
        measures.signalAt = now
      }
    }
    // The screen tells ages by the clock on the wall, whatever was done to that; so it is asked as it is.
    let verdict = snapshot.verdict(of: scope, without: baseline.unreachable, at: now.wall)
    if measures.screenAt == nil, [.degraded, .down].contains(verdict.word) {
      measures.screenAt = now
    }
    return takeRecovery(snapshot, course, at: now) + observe(snapshot, course, unreachableFor, at: now)
  }

  /// The verdict as it is now.
  package func verdict(_ course: DrillCourse, isStopped: Bool) -> DrillVerdict {
    DrillVerdict(measures, prediction, state: course.state, isStopped: isStopped)
  }

  private mutating func takeRecovery(
    _ snapshot: Snapshot, _ course: DrillCourse, at now: DrillMoment
  ) -> [DrillCourse.Input] {
    conditions = baseline.conditions(
      after: course.record.change, in: snapshot, users: users, answered: answered, at: now.wall)
    let isOver =
      course.record.change.hasInverse
      ? course.undoneAt != nil
        // Before its effect is seen nothing can have recovered from it.
      : measures.signalAt != nil || now.since(measures.startedAt ?? now) > kind.symptom.window
    measures.take(isRecovered: isOver && conditions.allSatisfy(\.holds), at: now)
    return measures.isRecoveryHeld && !course.record.change.hasInverse ? [.recovered] : []
  }

  private func observe(
    _ snapshot: Snapshot, _ course: DrillCourse, _ unreachableFor: Duration, at now: DrillMoment
  ) -> [DrillCourse.Input] {
    guard course.state == .active else { return [] }
    let observation = DrillObservation(
      isHarmless: prediction.promisesNoImpact, failuresInRow: users.values.map(\.bad).max() ?? 0,
      unreachableFor: unreachableFor, harmElsewhere: baseline.harmElsewhere(in: snapshot, at: now.wall))
    return observation.reasonToStop == nil ? [] : [.observed(observation)]
  }
}
