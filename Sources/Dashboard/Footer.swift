import CellScreen

/// The keys that work here, or the filter being typed, or what the last key could not do.
func drawFooter(_ state: DashboardState, _ canvas: Canvas) {
  if let text = state.typedFilter {
    canvas.write(
      [
        Span(" / ", .key), Span(text), Span("▏", .accent),
        Span("  \(state.pods.keys.count) pods · enter keeps · esc clears", .muted),
      ],
      at: .zero)
    return
  }
  if !state.notice.isEmpty {
    canvas.write([Span(" \(state.notice)", .warning)], at: .zero)
    return
  }
  // Help and leaving stay longest, then what stands first.
  let hints = hintedCommands(state).enumerated().map { index, command in
    KeyHint(
      "\(command.keys[0])", command.hint, priority: ["help", "quit"].contains(command.hint) ? 0 : index + 1)
  }
  KeyHints(hints).draw(on: canvas.inner(canvas.bounds.inset(columns: 1)))
}

/// What can be done now: keys that would only say why not are left out.
func hintedCommands(_ state: DashboardState) -> [Command] {
  let scopes = state.scopes
  return Command.all.filter {
    scopes.contains($0.scope) && !$0.hint.isEmpty && $0.disabledReason(state) == nil
  }
}

/// One tab a panel; the focused one is shown.
func drawTabs(_ state: DashboardState, _ canvas: Canvas) {
  var column = 1
  for panel in Panel.all {
    let isShown = panel.id == state.focus
    let title = " \(panel.number) \(canvas.columns < 70 ? String(panel.title.prefix(5)) : panel.title) "
    column += canvas.write(title, at: Position(column: column, row: 0), style: isShown ? .tabSelected : .tab)
  }
}
