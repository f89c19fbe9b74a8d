import CellScreen
import ClusterModel
import Playbook

/// Draws the whole screen for a state; reads it, never changes it.
package func draw(_ state: DashboardState) -> Screen {
  Screen(size: state.size, respelling: respelling(state)) { canvas in
    let layout = Layout(of: state)
    guard layout.form != .tooSmall else { return drawTooSmall(canvas) }
    if layout.form == .presenter { drawStage(state, canvas) } else { drawHeader(state, canvas.inner(layout.header)) }
    if !layout.tour.isEmpty { drawTour(state, canvas.inner(layout.tour)) }
    if layout.form == .tabs { drawTabs(state, canvas.inner(layout.tabs)) }
    if let view = state.views.last {
      drawView(view, state, canvas.inner(layout.body))
    } else {
      let drawFramed = layout.form == .presenter && !state.isZoomed ? drawCalmPanel : drawPanel
      for place in layout.panels { drawFramed(Panel.of(place.id), state, canvas.inner(place.rect)) }
    }
    drawKeyCast(state, canvas.inner(layout.body))
    drawFooter(state, canvas.inner(layout.footer))
    drawAboveFooter(state, canvas)
    if let question = state.acting.question { drawQuestion(question, state, canvas) }
    if state.asksToQuit { drawQuitQuestion(state, canvas) }
  }
}

/// Draws one panel alone, as `todotop snapshot --panel` shows it.
package func draw(_ id: Panel.ID, of state: DashboardState) -> Screen {
  Screen(size: state.size, respelling: respelling(state)) { drawPanel(Panel.of(id), state, $0) }
}

/// What changes text on its way to the screen; nothing where nothing is hidden.
private func respelling(_ state: DashboardState) -> Canvas.Respelling? {
  guard !state.masking.mask.isEmpty else { return nil }
  return { state.masking.masked($0) }
}

private func drawTooSmall(_ canvas: Canvas) {
  let smallest = Layout.smallestSize
  let lines = [
    "TodoTop needs", "\(smallest.columns)×\(smallest.rows) at least", "(now \(canvas.columns)×\(canvas.rows))",
  ]
  for (index, line) in lines.enumerated() {
    let row = max(0, (canvas.rows - lines.count) / 2) + index
    canvas.write([Span(line)], in: Rect(row: row, columns: canvas.columns, rows: 1), align: .centre)
  }
}

private func drawPanel(_ panel: Panel, _ state: DashboardState, _ canvas: Canvas) {
  let isFocused = state.focus == panel.id
  let window = drawContents(panel, state, canvas.inner(canvas.bounds.inset(columns: 1, rows: 1)))
  canvas.box(
    title: [Span("\(panel.number) ", .key), Span(panel.title, isFocused ? Style.title.emphasized : .title)],
    titleRight: noteSpans(panel, window, state, columns: canvas.columns - 4 - titleColumnsMin),
    style: isFocused ? .borderFocused : state.standing.border)
  // Beside the rows, below the header of the table.
  let top = 1 + panel.headerRows
  window?.draw(on: canvas.inner(Rect(row: top, columns: canvas.columns, rows: canvas.rows - top - 1)))
}

/// A panel without lines around it: its title, and what is in it below.
private func drawCalmPanel(_ panel: Panel, _ state: DashboardState, _ canvas: Canvas) {
  let isFocused = state.focus == panel.id
  let used = canvas.write(
    [Span(" \(panel.number) ", .muted), Span(panel.title, isFocused ? Style.title.emphasized : .header)], at: .zero)
  let window = drawContents(panel, state, canvas.inner(Rect(row: 1, columns: canvas.columns, rows: canvas.rows - 1)))
  canvas.write(
    noteSpans(panel, window, state, columns: canvas.columns - used - 2),
    in: Rect(column: used + 2, columns: canvas.columns - used - 2, rows: 1), align: .right)
}

/// What stands at the right of a panel's title: which rows are visible, what is special about them, and their age.
///
/// As many of the notes as there is room for, the last leaving first; the age always stays.
private func noteSpans(_ panel: Panel, _ window: Scrollbar?, _ state: DashboardState, columns: Int) -> [Span] {
  let age = freshness(of: panel.kinds, state).span
  let separator = state.tables[panel.id]?.filter.isEmpty == false ? " " : " · "
  var notes = [window?.note ?? "", panel.note(state)].filter { !$0.isEmpty }
  let room = columns - TextWidth.columns(of: age.text) - 3
  while !notes.isEmpty, TextWidth.columns(of: notes.joined(separator: separator)) > room { notes.removeLast() }
  return (notes.isEmpty ? [] : [Span(notes.joined(separator: separator) + " · ", .muted)]) + [age]
}

/// Draws what is in a panel.
///
/// - Returns: Which of its rows are visible; `nil` where it shows something else or has no rows to count.
private func drawContents(_ panel: Panel, _ state: DashboardState, _ inside: Canvas) -> Scrollbar? {
  if let obstacle = obstacle(panel.needs, state) {
    drawWrapped(obstacle, inside, style: .muted)
    return nil
  }
  let window = panel.drawInside(state, inside)
  if freshness(of: panel.kinds, state).isOld { inside.restyle { if !$0.isSelected { $0 = .stale } } }
  return window
}

extension Panel {
  fileprivate func drawInside(_ state: DashboardState, _ inside: Canvas) -> Scrollbar? {
    if let shape { return shape.draw(state, inside) }
    draw(state, inside)
    let window = Scrollbar(visible: state.visibleRows(of: self, in: inside.size), count: rows(state).count)
    return room == nil || window.isNeedless ? nil : window
  }
}

/// What a panel's title needs beside the note.
private let titleColumnsMin = 10

/// Why a panel can show nothing, if so: the kind it needs is forbidden, absent or not yet read.
private func obstacle(_ kind: ResourceKind?, _ state: DashboardState) -> String? {
  guard let first = kind else { return nil }
  let status = state.snapshot.stream(first)
  switch status.state {
  case .forbidden(let words): return "Not allowed: \(words)"
  case .absent(let words): return words
  case .retrying(let reason, _) where !status.hasList: return "Not read yet: \(reason)"
  default:
    if status.hasList { return nil }
    let name = first.isWatched ? first.resource : "metrics"
    return state.snapshot.connection.originalFeed == .recording ? "The recording has no \(name)." : "Reading \(name) …"
  }
}

/// Writes a text over as many rows as it needs; what does not fit ends with `…`.
func drawWrapped(_ text: String, _ canvas: Canvas, style: Style) {
  // Half a word is no word that could be hidden: what is hidden is hidden before lines are made.
  var lines = wrapped(canvas.respelled(text), columns: canvas.columns - 2)
  if lines.count > canvas.rows, canvas.rows > 0 {
    // The last row takes all the rest, and is cut where it ends.
    lines[canvas.rows - 1] = lines[(canvas.rows - 1)...].joined(separator: " ")
  }
  for (row, line) in lines.prefix(canvas.rows).enumerated() {
    canvas.verbatim.write(line, at: Position(column: 1, row: row), style: style, columns: canvas.columns - 2)
  }
}

/// Asks over everything whether the program is to be left.
private func drawQuitQuestion(_ state: DashboardState, _ canvas: Canvas) {
  let deploy = state.deploying.walk?.isActive == true ? ["a deploy"] : []
  let unfinished = (state.acting.running.map(\.words) + deploy).joined(separator: ", ")
  let loss =
    !unfinished.isEmpty
    ? "\(unfinished) is under way and may be left half done."
    : state.isDemo ? "The demo cluster ends with it." : "Nothing in the cluster changes by it."
  let answers = [Span("y", .key), Span(" leaves · ", .muted), Span("any other key", .key), Span(" stays", .muted)]
  Dialog(title: [Span("Leave TodoTop?", .title)], lines: [[Span(loss)]], answers: answers).draw(on: canvas)
}
