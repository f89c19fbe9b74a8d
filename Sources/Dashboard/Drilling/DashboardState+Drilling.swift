import ClusterModel
import Playbook

extension DashboardState {
  /// Takes what happened to drills.
  mutating func take(drill action: Action) -> [Effect] {
    switch action {
    case .drillChosen(let request): return plan(request)
    case .drillPlanned(let plan): take(plan)
    case .drillAgreed(let plan):
      // Who agrees on the command line arms by that.
      acting.arming.arm(for: standing, at: now)
      return begin(plan)
    case .drillRefused(let sentence): return refuseDrill(sentence)
    case .drillWent(let course): return follow(course)
    case .drillProbed(let probes):
      drilling.take(probes, at: drillMoment)
      return watchDrill()
    case .drillCancelled(let reason): return undoDrill(because: reason)
    case .openDrillsFound(let found): take(found)
    case .openDrillUndone(let id, let words, let isClosed): takeUndone(id, words, isClosed: isClosed)
    case .drillHistoryRead(let runs): drilling.history = runs
    case .drillReportSaved(let id, let folder, let problem): return takeSaved(id, folder, problem)
    default: break
    }
    return []
  }

  // MARK: - What decides whether it may be done

  /// Why no drill can be done here at all; `nil` where one can be planned.
  package var drillObstacle: String? {
    if let reason = permanentObstacle { return reason }
    if namespace == nil { return "a drill needs one namespace: :ns NAME, or --namespace" }
    if deploying.walk?.isActive == true { return "a deploy is under way here; F5 shows it" }
    return snapshot.stream(.pods).hasList ? nil : "the pods of the namespace are not read yet"
  }

  /// The UID of the cluster that is shown; empty until it is known.
  package var clusterUID: String {
    if case .ended(0, let answer, _)? = facts[tool: .clusterUID] { answer } else { "" }
  }

  /// How drills went before on the cluster that is shown: times of one cluster say nothing of another.
  package var drillRuns: [DrillHistory.Run] {
    let uid = clusterUID
    return uid.isEmpty ? [] : drilling.history.filter { $0.cluster == uid }
  }

  /// All but the target that decides whether a drill may be done; `nil` where none can be.
  package var drillSetting: DrillSetting? {
    guard let namespace, drillObstacle == nil else { return nil }
    let connection = snapshot.connection
    let found = drilling.open.drills.first { $0.record.namespace == namespace }
    var setting = DrillSetting(
      arming: acting.arming, standing: standing,
      cluster: DrillRecord.Cluster(uid: clusterUID, server: connection.server, context: connection.context),
      namespace: namespace, profile: profile, rights: acting.rights,
      openDrill: drilling.isOpen ? drilling.course?.record.id : found?.record.id)
    setting.isOptedIn = drilling.isOptedIn
    return setting
  }

  /// Why no other drill is chosen now; `nil` where one can be.
  var drillInTheWay: String? {
    guard drilling.isWatched, let plan = drilling.plan else { return nil }
    return drilling.isOpen
      ? "\(plan.kind.id) is open: F7 shows it, u undoes it" : "\(plan.kind.id) is still measured: F7 shows it"
  }

  // MARK: - The plan

  /// Has a drill planned, and begins to measure what users get before it.
  mutating func plan(_ request: DrillRequest) -> [Effect] {
    if let reason = drillObstacle ?? drillInTheWay {
      notice = reason
      return []
    }
    (drilling.request, drilling.plan, drilling.report) = (request, nil, nil)
    drilling.stage = .none
    return [.planDrill(request)] + probeUsers(true)
  }

  /// Plans the same once more, as when changes are allowed now.
  mutating func planAgain() -> [Effect] {
    guard !drilling.isWatched, views.contains(.drillPlan), let plan = drilling.plan else { return [] }
    return self.plan(
      DrillRequest(plan.kind, plan.target, limitSeconds: plan.limitSeconds, token: plan.token))
  }

  private mutating func take(_ plan: DrillPlan) {
    // One that nobody waits for any more was asked for before another.
    guard !drilling.isWatched,
      drilling.request.map({ $0.kind == plan.kind && $0.target == plan.target && $0.token == plan.token }) ?? true
    else { return }
    (drilling.request, drilling.plan) = (nil, plan)
  }

  /// Sends requests as users would, or no longer.
  mutating func probeUsers(_ isWanted: Bool) -> [Effect] {
    guard drilling.isProbing != isWanted else { return [] }
    drilling.isProbing = isWanted
    if !isWanted { drilling.probesBefore = [] }
    return [.probeForDrill(isWanted)]
  }

  /// Ends the planning when its page is left.
  mutating func leavePlan() -> [Effect] {
    guard !drilling.isWatched, !views.contains(.drillPlan) else { return [] }
    (drilling.request, drilling.plan) = (nil, nil)
    return probeUsers(false)
  }

  // MARK: - The beginning

  /// Begins what was agreed to, unless something speaks against it by now.
  mutating func begin(_ plan: DrillPlan) -> [Effect] {
    let object = plan.target.object
    let isGone = snapshot[object]?.metadata.uid != plan.target.uid
    let obstacle =
      changeObstacle ?? drillObstacle ?? drillInTheWay ?? plan.refusal
      ?? (isGone ? "\(object.typedName) is gone, or another by now: nothing was done" : nil)
    guard obstacle == nil, let setting = drillSetting else {
      notice = obstacle ?? ""
      return []
    }
    let revision = plan.target.workload.flatMap { snapshot.workload($0, at: now)?.revision } ?? ""
    drilling.begin(plan, setting.scope, revision: revision)
    notice = "\(plan.kind.id) is being prepared: the record first, then the lock, then the watchdog"
    openScoreboard()
    return [.runDrill(plan)] + probeUsers(true)
  }

  private mutating func refuseDrill(_ sentence: String) -> [Effect] {
    notice = "nothing was done: \(redacted(sentence))"
    if let plan = drilling.plan { noteDrill(.bad, "refused: \(redacted(sentence))", plan) }
    (drilling.stage, drilling.request, drilling.watch) = (.none, nil, nil)
    views.removeAll { $0 == .scoreboard }
    return drilling.leavingSince == nil ? probeUsers(false) : [.quit]
  }

  // MARK: - The undo

  /// Undoes the open drill now.
  mutating func undoDrill(because reason: String) -> [Effect] {
    guard drilling.isOpen, let plan = drilling.plan else {
      notice = "no drill is open"
      return []
    }
    // Before anything was seen of it a drill has shown nothing.
    if drilling.watch?.measures.signalAt == nil { drilling.isStopped = true }
    notice = "undoing \(plan.kind.id) …"
    return [.tellDrill([.undo(reason)])]
  }

  /// Undoes every drill that is open, here or left by others: what the panic key does.
  mutating func undoAllDrills() -> [Effect] {
    acting.question = acting.question.flatMap { $0.isAboutDrills ? nil : $0 }
    let left = drilling.open.drills.filter { $0.obstacle.isEmpty && !drilling.undoing.contains($0.id) }
    var effects = drilling.isOpen ? undoDrill(because: "the panic key") : []
    if !left.isEmpty, permanentObstacle == nil { effects += undo(left) }
    if effects.isEmpty {
      let blocked = drilling.open.drills.first.map { "\($0.id): \(permanentObstacle ?? $0.obstacle)" }
      notice = blocked ?? "no drill is known to be open; looking once more"
      return drillObstacle == nil ? [.findOpenDrills] : []
    }
    notice = "undoing every open drill …"
    return effects
  }

  // MARK: - The end of the program

  /// Ends the program: an open drill is undone first, unless it is wished twice.
  mutating func leave(because reason: String) -> [Effect] {
    guard drilling.isOpen, drilling.leavingSince == nil else { return [.quit] }
    drilling.leavingSince = drillMoment
    let effects = undoDrill(because: reason)
    notice = "undoing the drill, then leaving; once more leaves at once, and the watchdog undoes it; esc stays"
    return effects
  }

  /// Stays after all; what is being undone is undone.
  mutating func stay() -> [Effect] {
    drilling.leavingSince = nil
    notice = "the program stays; the drill is undone all the same"
    return []
  }

  /// Leaves in the end also where the undo does not come to one.
  mutating func leaveLate() -> [Effect] {
    guard let since = drilling.leavingSince, drillMoment.since(since) > Drilling.leavingMax else { return [] }
    return [.quit]
  }
}
