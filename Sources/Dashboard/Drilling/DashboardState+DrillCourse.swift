import ClusterModel
import Playbook

/// What is seen of the drill that runs, until its verdict.
extension DashboardState {
  /// Takes how far the drill is.
  mutating func follow(_ course: DrillCourse) -> [Effect] {
    guard let plan = drilling.plan, drilling.isWatched else { return [] }
    let before = drilling.course
    drilling.course = course
    if before?.state != course.state || before == nil { noteState(of: course, plan) }
    guard drilling.isOpen else { return watchDrill() }
    guard course.isActive else {
      drilling.stage = .settling(since: drillMoment)
      let effects = watchDrill()
      guard drilling.leavingSince != nil else { return effects }
      // Nobody is left to see whether it recovers.
      drilling.isStopped = drilling.isStopped || drilling.watch?.measures.isRecoveryHeld != true
      return effects + endDrill() + [.quit]
    }
    drilling.stage = .open
    return watchDrill()
  }

  /// Looks at the cluster with the eyes of the drill that runs; nothing where none does.
  mutating func watchDrill() -> [Effect] {
    guard drilling.isWatched, var watch = drilling.watch, let course = drilling.course, let plan = drilling.plan else {
      return []
    }
    let before = watch.measures
    drilling.unreachableSince = snapshot.connection.isReachable ? nil : drilling.unreachableSince ?? drillMoment
    let silence = drilling.unreachableSince.map { drillMoment.since($0) } ?? .zero
    let inputs = watch.take(snapshot, course, unreachableFor: silence, at: drillMoment)
    drilling.watch = watch
    note(watch, since: before, plan)
    if inputs.contains(where: { if case .observed = $0 { true } else { false } }) { drilling.isStopped = true }
    let effects: [Effect] = inputs.isEmpty || !drilling.isOpen ? [] : [.tellDrill(inputs)]
    return effects + (isDrillSettled(watch, course) ? endDrill() : [])
  }

  /// Whether nothing more is waited for.
  private func isDrillSettled(_ watch: DrillWatch, _ course: DrillCourse) -> Bool {
    guard case .settling(let since) = drilling.stage else { return false }
    if watch.measures.isRecoveryHeld { return true }
    if [.aborted, .neverInjected, .conflict].contains(course.state) { return true }
    return drillMoment.since(since) > watch.prediction.recoveryLimit + DrillMeasures.hold
  }

  /// Judges the drill, keeps its report, and ends the measuring.
  private mutating func endDrill() -> [Effect] {
    guard drilling.isWatched, let watch = drilling.watch, let course = drilling.course, let plan = drilling.plan else {
      return []
    }
    drilling.stage = .over
    drilling.summarize()
    let verdict = watch.verdict(course, isStopped: drilling.isStopped || !course.state.isFinal)
    let report = DrillReport(
      course.record, plan.kind, watch.measures, verdict, watch.prediction, notes: course.notes,
      revision: drilling.revision, isSimulated: isDemo)
    drilling.report = report
    // Why it was not done at all is in the course.
    let why = course.injectedAt == nil ? course.notes.last.map(redacted) : verdict.reasons.first
    let words = ([verdict.word.rawValue] + [why].compactMap { $0 }).joined(separator: ": ")
    noteDrill(verdict.word == .passed ? .good : verdict.word == .failed ? .bad : .drill, words, plan)
    notice = "\(plan.kind.id) \(words)"
    // What never reached the cluster has nothing to report.
    guard course.injectedAt != nil else { return probeUsers(false) }
    return [.saveDrillReport(report, evidence: drilling.evidence)] + record(report, plan) + probeUsers(false)
  }

  /// Keeps what came of it for the checks of phase 7; one that was stopped has proven nothing.
  private mutating func record(_ report: DrillReport, _ plan: DrillPlan) -> [Effect] {
    guard report.verdict.word != .aborted else { return [] }
    let name = plan.target.workload?.name ?? plan.target.object.name
    let recovery = report.measures.recovery(isUndone: report.prediction.isUndone)
    deployRecord.runs[DeployRecord.drill(plan.kind.id, on: name)] = DeployRecord.Run(
      endedAt: now, seconds: recovery?.inSeconds ?? 0, isSuccess: report.verdict.word == .passed,
      isSimulated: report.isSimulated,
      note: redacted(
        ([report.verdict.word.rawValue] + report.verdict.reasons)
          .joined(separator: ": ")))
    judgePhases()
    return [.saveRecord(deployRecord)]
  }

  /// Takes where the report is.
  mutating func takeSaved(_ id: String, _ folder: String, _ problem: String) -> [Effect] {
    guard drilling.report?.record.id == id else { return [] }
    drilling.folder = folder
    notice = problem.isEmpty ? "the report is in \(folder)" : "the report could not be kept: \(problem)"
    return [.readDrillHistory]
  }

  // MARK: - The river

  /// An entry about a drill.
  mutating func noteDrill(_ sort: River.Entry.Sort, _ words: String, _ plan: DrillPlan) {
    river.note(sort, plan.target.object.name, "drill \(plan.kind.id): \(words)", object: plan.target.object, at: now)
  }

  private mutating func noteState(of course: DrillCourse, _ plan: DrillPlan) {
    switch course.state {
    case .planned, .recorded, .locked, .guarded, .injecting: break
    case .active:
      noteDrill(.drill, "begun: \(plan.kind.title)", plan)
      notice = "\(plan.kind.id) is under way"
    case .undoing: noteDrill(.drill, redacted(course.notes.last ?? "being undone"), plan)
    case .restored: noteDrill(.drill, course.record.change.hasInverse ? "undone" : "ended", plan)
    case .restoredByOther: noteDrill(.drill, redacted(course.record.note), plan)
    case .neverInjected, .targetGone: noteDrill(.drill, course.state.words, plan)
    case .conflict, .aborted: noteDrill(.bad, redacted(course.notes.last ?? course.state.words), plan)
    }
  }

  private mutating func note(_ watch: DrillWatch, since before: DrillMeasures, _ plan: DrillPlan) {
    let measures = watch.measures
    if before.signalAt == nil, let time = measures.timeToSignal {
      noteDrill(.warning, "seen after \(seconds(time)): \(redacted(watch.evidence))", plan)
      drilling.evidence = evidenceText("drill \(plan.kind.id): \(watch.evidence)")
    }
    if before.screenAt == nil, let time = measures.timeToScreen {
      noteDrill(.drill, "on the screen after \(seconds(time))", plan)
    }
    if !before.isRecoveryHeld, let time = measures.timeToRecover {
      noteDrill(.good, "all is as before since \(seconds(time)) after the begin", plan)
    }
  }
}
