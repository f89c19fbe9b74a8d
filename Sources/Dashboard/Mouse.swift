import CellScreen

/// What stands under the pointer.
enum MouseTarget: Hashable {
  case tab(Panel.ID)
  /// A place in a panel: on a row, on the title of a column, or on neither.
  case panel(Panel.ID, row: Int?, title: String?)
  case view(ViewKind, row: Int)
  /// A hint of the footer, by the place of its command in ``hintedCommands(_:)``.
  case hint(Int)
}

/// How many rows a turn of the wheel moves.
private let wheelRows = 3

/// Does what a click or a turn of the wheel means where it happened.
func take(_ event: MouseEvent, _ state: inout DashboardState) -> [Effect] {
  if state.asksToQuit {
    // A click beside the question is not an answer that leaves.
    if event.action == .press || event.action == .doublePress { state.asksToQuit = false }
    return []
  }
  guard let target = mouseTarget(at: event.position, state) else { return [] }
  switch event.action {
  case .wheelUp, .wheelDown:
    // More turns than there are rows lead to the end as well.
    let rows = min(event.count, 1_000_000) * wheelRows
    return scroll(target, by: event.action == .wheelUp ? -rows : rows, &state)
  case .press, .doublePress:
    return click(target, isDouble: event.action == .doublePress, &state)
  }
}

private func scroll(_ target: MouseTarget, by rows: Int, _ state: inout DashboardState) -> [Effect] {
  switch target {
  case .view:
    state.scrollView(by: rows)
    return []
  case .panel(let id, _, _):
    state.keepPrompt()
    let effects = state.goQuietly(to: id)
    state.moveSelection(by: rows)
    return effects
  case .tab(let id): return state.go(to: id)
  case .hint: return []
  }
}

private func click(_ target: MouseTarget, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
  switch target {
  case .hint(let index):
    let commands = hintedCommands(state)
    return commands.indices.contains(index) ? state.perform(commands[index]) : []
  case .tab(let id):
    state.keepPrompt()
    return state.go(to: id)
  case .view(.chooser, let row):
    state.keepPrompt()
    guard let chooser = state.chooser, let index = choiceIndex(atRow: row, of: chooser, in: Layout(of: state).body.size)
    else { return [] }
    if index == chooser.selected { return state.choose() }
    state.moveChoice(by: index - chooser.selected)
    return isDouble ? state.choose() : []
  case .view(let view, let row):
    state.keepPrompt()
    guard view.isPage, state.chooseLine(atRow: row - 1) || isDouble, state.linkProblem == nil else { return [] }
    return state.openLink()
  case .panel(let id, let row, let title):
    state.keepPrompt()
    return click(on: id, row: row, title: title, isDouble: isDouble, &state)
  }
}

private func click(
  on id: Panel.ID, row: Int?, title: String?, isDouble: Bool, _ state: inout DashboardState
) -> [Effect] {
  let wasChosen = state.focus == id && row != nil && row == state.selectedIndex(in: id)
  let effects = state.goQuietly(to: id)
  if let title {
    if let sort = Panel.of(id).sortByTitle { return effects + sort(&state, title) }
    state.notice = "\(Panel.of(id).title) has one order"
  }
  guard let row else { return effects }
  if !wasChosen { state.select(row) }
  guard wasChosen || isDouble, let enter = Command.find(.enter, in: .screen) else { return effects }
  return effects + state.perform(enter)
}

/// What stands at a place of the screen; `nil` for what means nothing to the mouse.
func mouseTarget(at place: Position, _ state: DashboardState) -> MouseTarget? {
  let layout = Layout(of: state)
  guard layout.form != .tooSmall else { return nil }
  if layout.footer.contains(place) { return hint(at: place, layout.footer, state) }
  if layout.tabs.contains(place) {
    let column = place.column - layout.tabs.left - 1
    return panelTabs(state, columns: layout.tabs.columns).index(at: column, width: layout.tabs.columns - 2)
      .map { .tab(Panel.all[$0].id) }
  }
  if let view = state.views.last {
    return layout.body.contains(place) ? .view(view, row: place.row - layout.body.top) : nil
  }
  guard let panel = layout.panels.first(where: { $0.rect.contains(place) }) else { return nil }
  let inside = panel.rect.inset(columns: 1, rows: 1)
  guard inside.contains(place) else { return .panel(panel.id, row: nil, title: nil) }
  let inner = Position(column: place.column - inside.left, row: place.row - inside.top)
  let title = inner.row == 0 ? columnTitle(at: inner.column, of: panel.id, inside.size, state) : nil
  let row = title == nil ? Panel.of(panel.id).rowAt(state, inside.size, inner) : nil
  return .panel(panel.id, row: row, title: title)
}

private func hint(at place: Position, _ footer: Rect, _ state: DashboardState) -> MouseTarget? {
  guard state.prompt == nil, state.notice.isEmpty else { return nil }
  return footerHints(state).index(at: place.column - footer.left - 1, width: footer.columns - 2).map { .hint($0) }
}

/// The title over a column of a table, as it is drawn: the widths depend on what the rows contain.
private func columnTitle(at column: Int, of id: Panel.ID, _ size: Size, _ state: DashboardState) -> String? {
  let screen = Screen(size: size) { Panel.of(id).draw(state, $0) }
  guard size.rows > 0, column < size.columns, screen[column, 0].style.role == .header else { return nil }
  // Signs of sorting and of hidden columns belong to no title.
  let cells = screen.row(0).map { ["▲", "▼", "‹", "›"].contains($0.glyph.text) ? " " : $0.glyph.text }
  let isGap = { (index: Int) in cells.indices.contains(index) ? cells[index] == " " : true }
  guard !isGap(column) else { return nil }
  // Titles stand two blanks apart; a single blank is part of one.
  var first = column
  while !(isGap(first - 1) && isGap(first - 2)) { first -= 1 }
  var last = column
  while !(isGap(last + 1) && isGap(last + 2)) { last += 1 }
  return cells[first...last].joined()
}
