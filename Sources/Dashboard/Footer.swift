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
  let titles = Panel.all.map { panel in
    "\(panel.number) \(canvas.columns < 70 ? String(panel.title.prefix(5)) : panel.title)"
  }
  let selected = Panel.all.firstIndex { $0.id == state.focus } ?? 0
  Tabs(titles, selected: selected).draw(on: canvas.inner(canvas.bounds.inset(columns: 1)))
}
