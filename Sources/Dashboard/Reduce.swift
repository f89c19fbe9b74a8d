import CellScreen
import ClusterModel

/// Changes the state by one action and says what is to be done outside.
///
/// - Parameter now: The moment of the action; the only clock of the dashboard.
package func reduce(_ state: inout DashboardState, _ action: Action, at now: Timestamp) -> [Effect] {
  state.now = now
  switch action {
  case .key(let key): return press(key, &state)
  case .arrived(let events): return take(events, &state)
  case .ticked:
    state.snapshot.judgeAgain(at: now)
    state.pods.passTime(in: state.snapshot, at: now)
    judge(&state)
    // Checks look at everything; once a second is often enough for a list of conditions.
    state.phases = PhaseResult.all(of: state.snapshot, at: now)
    return []
  case .resized(let size):
    state.size = size
    return []
  }
}

// MARK: - Keys

private func press(_ key: Key, _ state: inout DashboardState) -> [Effect] {
  state.notice = ""
  if case .paste(let text) = key {
    if state.typedFilter != nil {
      state.typedFilter?.append(contentsOf: text.prefix(200))
    } else {
      state.notice = "pasted text is not taken as keys"
    }
    return filterChanged(&state)
  }
  if key == .ctrl("c") { return [.quit] }
  if state.asksToQuit { return answerQuit(key, &state) }
  if state.typedFilter != nil { return type(key, &state) }
  for scope in state.scopes {
    guard let command = Command.find(key, in: scope) else { continue }
    if let reason = command.disabledReason(state) {
      state.notice = reason
      return []
    }
    return command.perform(&state)
  }
  state.notice = "\(key) does nothing here; ? shows the keys"
  return []
}

private func answerQuit(_ key: Key, _ state: inout DashboardState) -> [Effect] {
  state.asksToQuit = false
  return key == .char("y") || key == .char("q") || key == .enter ? [.quit] : []
}

private func type(_ key: Key, _ state: inout DashboardState) -> [Effect] {
  switch key {
  case .char(let character): state.typedFilter?.append(character)
  case .backspace:
    if state.typedFilter?.isEmpty == true { state.typedFilter = nil } else { state.typedFilter?.removeLast() }
  case .enter:
    let text = state.typedFilter ?? ""
    state.typedFilter = nil
    state.notice = text.isEmpty ? "" : "esc clears the filter"
    return []
  case .escape:
    state.typedFilter = nil
    state.pods.apply(RowFilter(""), to: state.snapshot, at: state.now)
    return []
  default: return []
  }
  return filterChanged(&state)
}

private func filterChanged(_ state: inout DashboardState) -> [Effect] {
  if let text = state.typedFilter { state.pods.apply(RowFilter(text), to: state.snapshot, at: state.now) }
  return []
}

// MARK: - Events

private func take(_ events: [ClusterEvent], _ state: inout DashboardState) -> [Effect] {
  var effects: [Effect] = []
  var hasPodChange = false
  for event in events {
    switch event {
    case .logged(let lines): state.appendLogs(lines)
    case .logSeam(let seam): state.appendSeam(seam)
    case .noted(let sentence): state.notice = sentence
    default:
      let before = state.snapshot.connection
      let change = state.snapshot.apply(event, at: state.now)
      state.followChange(change, connectionBefore: before)
      hasPodChange = hasPodChange || (change.added + change.changed + change.removed).contains { $0.kind == .pods }
    }
  }
  if hasPodChange, let follow = state.updateLogSources() { effects = follow }
  // A flood of changes is judged ten times a second at most; what is late, the next tick brings.
  if state.now.since(state.judgedAt) >= judgementPause || state.now < state.judgedAt { judge(&state) }
  state.bindSelections()
  return effects
}

/// How long a judgement of the whole is good enough while changes pour in.
private let judgementPause = Duration.milliseconds(100)

/// Derives again what is judged as a whole.
private func judge(_ state: inout DashboardState) {
  let namespace = state.namespace
  state.judgedAt = state.now
  state.ingresses = state.snapshot.ingressViews(in: namespace, at: state.now)
  state.verdict = state.snapshot.verdict(of: ApplicationScope(namespace: namespace), at: state.now)
  state.verdict.reason = redacted(state.verdict.reason)
}
