import CellScreen
import ClusterModel

/// Draws the whole screen for a state; reads it, never changes it.
package func draw(_ state: DashboardState) -> Screen {
  Screen(size: state.size) { canvas in
    let layout = Layout(of: state)
    guard layout.form != .tooSmall else { return drawTooSmall(canvas) }
    drawHeader(state, canvas.inner(layout.header))
    if layout.form == .tabs { drawTabs(state, canvas.inner(layout.tabs)) }
    if let view = state.views.last {
      drawView(view, state, canvas.inner(layout.body))
    } else {
      for place in layout.panels { drawPanel(Panel.of(place.id), state, canvas.inner(place.rect)) }
    }
    drawFooter(state, canvas.inner(layout.footer))
    if state.asksToQuit { drawQuestion("Leave TodoTop?", "y leaves · any other key stays", canvas) }
  }
}

/// Draws one panel alone, as `todotop snapshot --panel` shows it.
package func draw(_ id: Panel.ID, of state: DashboardState) -> Screen {
  Screen(size: state.size) { drawPanel(Panel.of(id), state, $0) }
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
  let age = freshness(of: panel.kinds, state)
  let note = panel.note(state)
  var right = [age.span]
  if !note.isEmpty { right.insert(Span(note + " · ", .muted), at: 0) }
  let inside = canvas.box(
    title: [Span("\(panel.number) ", .key), Span(panel.title, isFocused ? Style.title.emphasized : .title)],
    titleRight: right, style: isFocused ? .borderFocused : .border)
  if let obstacle = obstacle(of: panel.kinds, state) {
    drawWrapped(obstacle, inside, style: .muted)
    return
  }
  panel.draw(state, inside)
  if age.isOld { inside.restyle { if !$0.isSelected { $0 = .stale } } }
}

/// Why a panel can show nothing, if so: its first kind is forbidden, absent or not yet read.
private func obstacle(of kinds: [ResourceKind], _ state: DashboardState) -> String? {
  guard let first = kinds.first else { return nil }
  let status = state.snapshot.stream(first)
  switch status.state {
  case .forbidden(let words): return "Not allowed: \(words)"
  case .absent(let words): return words
  case .retrying(let reason, _) where !status.hasList: return "Not read yet: \(reason)"
  default:
    if status.hasList { return nil }
    let name = first.isWatched ? first.resource : "metrics"
    return state.snapshot.connection.feed == .recording ? "The recording has no \(name)." : "Reading \(name) …"
  }
}

/// Writes a text over as many rows as it needs; what does not fit ends with `…`.
func drawWrapped(_ text: String, _ canvas: Canvas, style: Style) {
  var rest = text.split(separator: " ")[...]
  for row in 0..<canvas.rows where !rest.isEmpty {
    var line = String(rest.removeFirst())
    let isLast = row == canvas.rows - 1
    while let word = rest.first,
      isLast || TextWidth.columns(of: line) + 1 + TextWidth.columns(of: String(word)) <= canvas.columns - 1
    {
      line += " " + word
      rest.removeFirst()
    }
    canvas.write(line, at: Position(column: 1, row: row), style: style)
  }
}

/// Draws a question over everything.
private func drawQuestion(_ question: String, _ answers: String, _ canvas: Canvas) {
  let columns = max(TextWidth.columns(of: question), TextWidth.columns(of: answers)) + 6
  let place = canvas.inner(canvas.bounds.centred(Size(columns: columns, rows: 4)))
  place.fill()
  let inside = place.box(style: .borderFocused)
  inside.write(question, at: Position(column: 2, row: 0), style: .strong)
  inside.write(answers, at: Position(column: 2, row: 1), style: .muted)
}
