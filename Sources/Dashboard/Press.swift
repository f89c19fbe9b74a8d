import CellScreen

/// What a key means: an answer to a question, text of a line, or a command of where the keys go now.
func press(_ key: Key, _ state: inout DashboardState) -> [Effect] {
  state.notice = ""
  state.cast(key)
  if key == .ctrl("c") { return state.leave(because: "the program ends") }
  if key == Command.panicKey { return state.undoAllDrills() }
  switch key {
  // What is asked is answered with keys: a click may be meant for what stood there before.
  case .mouse where state.acting.question != nil: return []
  case .mouse(let event): return take(event, &state)
  case .paste(let text): return paste(text, &state)
  default: break
  }
  if key == .escape, state.drilling.leavingSince != nil { return state.stay() }
  if state.asksToQuit { return answerQuit(key, &state) }
  if state.acting.question != nil { return state.answer(key) }
  if case .char(let character) = key, state.prompt != nil {
    state.typeText(String(character))
    return []
  }
  for scope in state.scopes {
    guard let command = Command.find(key, in: scope) else { continue }
    return state.perform(command)
  }
  state.notice =
    state.prompt == nil ? "\(key) does nothing here; ? shows the keys" : "\(key) does nothing in a line; esc leaves it"
  return []
}

extension DashboardState {
  /// Does what a command does, or says why not.
  mutating func perform(_ command: Command) -> [Effect] {
    if let reason = command.disabledReason(self) {
      notice = reason
      return []
    }
    return command.perform(&self)
  }
}

/// Text that comes at once is text, whatever keys it could be taken for.
private func paste(_ text: String, _ state: inout DashboardState) -> [Effect] {
  if state.asksToQuit {
    state.notice = "pasted text does not answer; press y to leave"
  } else if state.acting.question != nil {
    state.notice = "pasted text does not answer"
  } else if state.prompt != nil {
    state.typeText(text)
  } else {
    state.notice = "pasted text is not taken as keys; : or / first takes it as text"
  }
  return []
}

private func answerQuit(_ key: Key, _ state: inout DashboardState) -> [Effect] {
  state.asksToQuit = false
  return key == .char("y") || key == .char("q") || key == .enter
    ? state.leave(because: "the program ends") : []
}
