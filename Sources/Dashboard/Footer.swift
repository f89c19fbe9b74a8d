import CellScreen
import ClusterModel

/// The keys that work here, or the line being typed, or what the last key could not do.
func drawFooter(_ state: DashboardState, _ canvas: Canvas) {
  if let prompt = state.prompt {
    drawPrompt(prompt, state, canvas)
  } else if !state.notice.isEmpty {
    canvas.write([Span(" \(state.notice)", .warning)], at: .zero)
  } else if state.acting.question != nil {
    canvas.write([Span(" esc", .key), Span(" leaves everything as it is", .muted)], at: .zero)
  } else {
    footerHints(state).draw(on: canvas.inner(canvas.bounds.inset(columns: 1)))
  }
}

/// Draws what needs more than the one row of the footer, over the rows above it.
func drawAboveFooter(_ state: DashboardState, _ canvas: Canvas) {
  if let prompt = state.prompt { return drawOffers(prompt, state, canvas.line(canvas.rows - 2)) }
  guard TextWidth.columns(of: state.notice) > canvas.columns - 2 else { return }
  let lines = wrapped(canvas.respelled(state.notice), columns: canvas.columns - 2).suffix(canvas.rows)
  for (index, line) in lines.enumerated() {
    let row = canvas.verbatim.line(canvas.rows - lines.count + index)
    row.fill()
    row.write(line, at: Position(column: 1, row: 0), style: .warning)
  }
}

/// The hints of the footer; finding help, the command line, the filter and the way out stays longest.
func footerHints(_ state: DashboardState) -> KeyHints {
  KeyHints(
    hintedCommands(state).enumerated().map { index, command in
      let isEssential = ["help", "quit", "command", "filter", "back", "choose"].contains(command.hint)
      return KeyHint("\(command.keys[0])", command.hint, priority: isEssential ? 0 : index + 1)
    })
}

/// What can be done now: keys that would only say why not are left out.
func hintedCommands(_ state: DashboardState) -> [Command] {
  let scopes = state.scopes
  let hinted = Command.all.filter {
    scopes.contains($0.scope) && !$0.hint.isEmpty && !$0.keys.isEmpty && $0.disabledReason(state) == nil
  }
  if scopes.contains(.tour) {
    // Its keys come before those of the panels, in the row as on the keyboard.
    let own = hinted.filter { $0.scope == .tour }
    return own + hinted.filter { $0.scope != .tour && Command.find($0.keys[0], in: .tour) == nil }
  }
  // What belongs to the panel or view comes first, what counts anywhere last.
  return hinted.filter { $0.scope != .anywhere } + hinted.filter { $0.scope == .anywhere }
}

/// One tab a panel; the focused one is shown.
func drawTabs(_ state: DashboardState, _ canvas: Canvas) {
  panelTabs(state, columns: canvas.columns).draw(on: canvas.inner(canvas.bounds.inset(columns: 1)))
}

/// The tabs for a screen of some columns.
func panelTabs(_ state: DashboardState, columns: Int) -> Tabs {
  let titles = Panel.all.map { "\($0.number) \(columns < 70 ? String($0.title.prefix(5)) : $0.title)" }
  return Tabs(titles, selected: Panel.all.firstIndex { $0.id == state.focus } ?? 0)
}

// MARK: - The line being typed

private func drawPrompt(_ prompt: Prompt, _ state: DashboardState, _ canvas: Canvas) {
  let sign = [Span(" \(prompt.purpose.sign) ", .key)]
  // The part before the cursor is cut at its beginning, so that the cursor is always seen.
  let room = max(1, canvas.columns - sign.columns - 2)
  let used = canvas.write(sign, at: .zero)
  var line = [Span(fitted(state.shownTyping(prompt.head), columns: room, fit: .start)), Span("▏", .accent)]
  line.append(Span(state.shownTyping(prompt.tail)))
  if let offer = state.offer {
    line.append(Span(state.shownTyping(String(offer.dropFirst(prompt.text.count))), .muted))
  }
  let note = promptNote(prompt, state)
  line.append(Span("   \(note)", state.notice.isEmpty ? .muted : .warning))
  canvas.write(line, at: Position(column: used, row: 0))
}

/// What the line does, or what the last key could not do in it.
private func promptNote(_ prompt: Prompt, _ state: DashboardState) -> String {
  if !state.notice.isEmpty { return state.notice }
  switch prompt.purpose {
  case .filter:
    let count = grouped(state.tables[state.filteredTable]?.count ?? 0)
    let enter = prompt.problem == nil ? "enter keeps" : "as before the mistake"
    return "\(count) \(state.filteredTable.rawValue) · \(enter) · esc clears"
  case .search:
    let count = state.foundLines
    let found = count == 1 ? "1 line" : "\(grouped(count)) lines"
    return prompt.text.isEmpty ? "enter keeps · esc leaves" : "\(found) · enter keeps · esc goes back"
  case .choice: return "\(state.chooser?.shown.count ?? 0) lines · enter chooses · esc clears"
  case .logSearch: return "\(grouped(state.logs?.search?.count ?? 0)) hits · enter keeps · esc clears"
  case .logFilter: return "\(grouped(state.logs?.filter?.count ?? 0)) lines · enter keeps · esc clears"
  case .replicas, .image:
    let name = state.acting.aim?.object.typedName ?? ""
    return "\(state.masking.masked(name)) · enter asks · esc leaves"
  case .command: return prompt.isAtEnd && state.offer != nil ? "→ takes · enter runs" : "enter runs · esc leaves"
  }
}

/// What could be meant, or what is wrong and where.
private func drawOffers(_ prompt: Prompt, _ state: DashboardState, _ canvas: Canvas) {
  let textColumn = TextWidth.columns(of: prompt.purpose.sign) + 2
  if let problem = prompt.problem {
    canvas.fill()
    let before = TextWidth.columns(of: String(prompt.text.prefix(problem.offset)))
    let column = min(textColumn + before, max(0, canvas.columns / 2))
    // The sentence repeats what was typed.
    let sentence =
      prompt.purpose == .command && state.masking.mask.contains(.names) ? "no such command" : problem.sentence
    canvas.write([Span("▼ \(sentence)", .danger)], at: Position(column: column, row: 0))
    return
  }
  guard prompt.purpose == .command else { return }
  let candidates = prompt.completion?.candidates ?? CommandLine.candidates(for: prompt.text, state).candidates
  guard !candidates.isEmpty else { return }
  canvas.fill()
  var spans = [Span(String(repeating: " ", count: textColumn))]
  // The chosen one stays visible: as many as needed leave at the left.
  var first = 0
  let chosen = prompt.completion?.index
  if let chosen {
    while first < chosen,
      candidates[first...chosen].reduce(0, { $0 + TextWidth.columns(of: $1) + 2 }) > canvas.columns - 8
    {
      first += 1
    }
  }
  if first > 0 { spans.append(Span("… ", .muted)) }
  for (index, candidate) in candidates.enumerated().dropFirst(first) {
    spans.append(Span(candidate, index == chosen ? .tabSelected : .label))
    spans.append(Span("  "))
  }
  canvas.write(spans, at: .zero)
}
