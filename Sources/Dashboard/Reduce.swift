import CellScreen
import ClusterModel
import Playbook

/// Changes the state by one action and says what is to be done outside.
///
/// - Parameters:
///   - now: The moment of the action by the clock on the wall, which may be set at any time.
///   - uptime: The same by the clock that only ever runs, for what is measured; without it that goes on as the other does.
package func reduce(
  _ state: inout DashboardState, _ action: Action, at now: Timestamp, uptime: Duration? = nil
) -> [Effect] {
  state.uptime = uptime ?? state.uptime + max(.zero, now.since(state.now))
  state.now = now
  switch action {
  case .key(let key):
    let effects = press(key, &state)
    return effects + state.askForCrashes() + (state.isSearchingLogs ? [.lookOnInLogs] : [])
  case .lookedOnInLogs: return state.lookOnInLogs()
  case .arrived(let events): return take(events, &state)
  case .ticked:
    state.snapshot.judgeAgain(at: now)
    for source in TableSource.all { state.tables[source.id]?.passTime(in: state.snapshot, at: now) }
    state.bindSelections()
    state.followRollouts()
    judge(&state)
    // Checks look at everything; once a second is often enough for a list of conditions.
    state.judgePhases()
    return state.watchDrill() + state.passFindings() + state.passTour(.look) + state.lookUp()
      + state.lookForOpenDrills()
      + state.leaveLate()
  case .factsRead(let facts): return state.take(facts) + state.lookForOpenDrills()
  case .recordRead(let record):
    state.deployRecord = record
    return []
  case .secretsGiven(let values):
    state.deploying.secretValues = values
    return []
  case .deployCancelled: return state.cancelDeploy()
  case .deployAgreed(let plan): return state.beginAgreed(plan)
  case .remedySaid(let number, let lines):
    state.take(lines, ofRemedy: number)
    return []
  case .remedyEnded(let number, let problem): return state.endRemedy(number, problem: problem)
  case .drillChosen, .drillPlanned, .drillAgreed, .drillRefused, .drillWent, .drillProbed, .drillCancelled,
    .openDrillsFound, .openDrillUndone, .drillHistoryRead, .drillReportSaved:
    return state.take(drill: action)
  case .leaveWished(let reason): return state.leave(because: reason)
  case .toolEnded(let operation, let end): return state.take(end, of: operation)
  case .resized(let size):
    state.size = size
    return []
  case .recordingBegan(let path):
    (state.recordingFile, state.notice) = (path, "recording to \(path); :record again ends it")
    return []
  case .recordingEnded(let sentence):
    (state.recordingFile, state.notice) = (nil, sentence)
    return []
  case .namespacesRead(let names, let problem): return state.offerNamespaces(names, problem)
  case .textRead(let wanted, let answer):
    state.takeText(wanted, answer)
    return []
  case .rightsRead(let rights, let namespace):
    if namespace == state.namespace { state.acting.rights = rights }
    return []
  case .changed(let number, let outcomes):
    state.take(outcomes, ofRequest: number)
    return []
  case .contextsRead(let names, let problem, let isStart): return state.offerContexts(names, problem, isStart: isStart)
  }
}

// MARK: - Events

private func take(_ events: [ClusterEvent], _ state: inout DashboardState) -> [Effect] {
  var effects: [Effect] = []
  var hasPodChange = false
  var tellsConnection = false
  for event in events {
    switch event {
    case .logged(let lines): state.appendLogs(lines)
    case .logSeam(let seam): state.appendSeam(seam)
    case .logTail(let tail): state.crashCards.fill(tail)
    case .noted(let sentence): state.notice = sentence
    case .moment(let moment): state.now = moment
    default:
      let before = state.snapshot.connection
      let change = state.snapshot.apply(event, at: state.now)
      state.followChange(change, connectionBefore: before)
      if case .connectionChanged = event { tellsConnection = true }
      hasPodChange = hasPodChange || change.touches(.pods)
    }
  }
  if hasPodChange, let follow = state.updateLogSources() { effects += follow }
  if hasPodChange { effects += state.askForCrashes() }
  // Another namespace is known to the state before its feed tells of it, so equal connections count too.
  if tellsConnection { effects += state.beginActing() }
  state.followRollouts()
  // A flood of changes is judged ten times a second at most; what is late, the next tick brings.
  if state.now.since(state.judgedAt) >= judgementPause || state.now < state.judgedAt { judge(&state) }
  state.bindSelections()
  return effects + state.watchDrill()
}

/// How long a judgement of the whole is good enough while changes pour in.
private let judgementPause = Duration.milliseconds(100)

/// Derives again what is judged as a whole.
private func judge(_ state: inout DashboardState) {
  let namespace = state.namespace
  state.judgedAt = state.now
  state.ingresses = state.snapshot.ingressViews(in: namespace, at: state.now)
  state.verdict = state.snapshot.verdict(
    of: ApplicationScope(namespace: namespace), views: state.ingresses, at: state.now)
  state.verdict.reason = redacted(state.verdict.reason)
}
