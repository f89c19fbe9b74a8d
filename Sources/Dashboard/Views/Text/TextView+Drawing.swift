import CellScreen
import ClusterModel
import Playbook

/// Draws the page on top: its lines in a box, with what is chosen and what was found.
func drawPage(_ state: DashboardState, _ canvas: Canvas) {
  guard let page = state.pages.last else { return }
  let lines = state.lines(of: page)
  let rows = TextRows(lines, columns: canvas.columns - 4, isWrapped: page.view.isWrapped)
  let room = max(1, canvas.rows - 2)
  let top = page.view.top(of: rows, lines, room: room)
  let inside = canvas.box(
    title: state.masking.masked(title(of: page, state)),
    titleRight: note(page, rows, lines, top: top, room: room, state),
    style: .borderFocused
  ).verbatim
  let cursor = page.view.hasCursor ? page.view.cursorLine(in: lines) : nil
  for (place, row) in rows.rows.dropFirst(top).prefix(room).enumerated() {
    let line = inside.line(place)
    let isPassed = page.view.passedColumns > 0
    line.write(
      isPassed ? row.spans.dropping(columns: page.view.passedColumns) : row.spans, at: Position(column: 1, row: 0),
      columns: line.columns - 2)
    if isPassed { line.put("‹", at: .zero, style: .accent) }
    if let search = page.view.search { highlight(search, row.spans, page.view.passedColumns, on: line) }
    guard row.line == cursor else { continue }
    if rows.rows(ofLine: row.line).lowerBound == top + place || place == 0 { line.put("▸", at: .zero, style: .accent) }
    // The background says that enter leads somewhere.
    if lines[row.line].link != nil { line.restyle { $0.isSelected = true } }
  }
  Scrollbar(visible: top..<min(rows.count, top + room), count: rows.count).draw(
    on: canvas.inner(Rect(row: 1, columns: canvas.columns, rows: room)))
}

private func title(of page: Page, _ state: DashboardState) -> [Span] {
  let name = page.object.map { $0.namespace.isEmpty ? $0.name : "\($0.namespace)/\($0.name)" } ?? ""
  let kind = page.object?.kind.kindName ?? ""
  switch page.content {
  case .details: return [Span("\(kind) ", .title), Span(name, .strong)]
  case .text(let text, _):
    return [
      Span(text.form == .yaml ? "YAML " : "kubectl describe ", .title), Span("\(kind) ", .muted), Span(name, .strong),
    ]
  case .river(_, let warningsOnly):
    return [Span(warningsOnly ? "Warnings of " : "River of ", .title), Span("\(kind) ", .muted), Span(name, .strong)]
  case .changes(let window): return [Span("What changed in the last \(window.rawValue) minutes", .title)]
  case .rollouts: return [Span("Rollouts begun here", .title)]
  case .check(let id): return [Span("Check ", .title), Span(id, .strong)]
  case .criteria: return [Span("Success criteria and health score", .title)]
  case .tourResult: return [Span("Result of the tour", .title)]
  case .deploy: return [Span("Deploy ", .title), Span(state.profile.name, .strong)]
  }
}

/// Which rows are seen, what was found, and how old it is.
private func note(
  _ page: Page, _ rows: TextRows, _ lines: [TextLine], top: Int, room: Int, _ state: DashboardState
) -> [Span] {
  var notes: [Span] = []
  if let search = page.view.search {
    let found = page.view.matches(in: lines)
    let place = found.firstIndex(of: page.view.cursorLine(in: lines)).map { "\($0 + 1) of " } ?? ""
    notes.append(Span("/\(state.shownTyping(search.text)) \(place)\(found.count)", found.isEmpty ? .warning : .match))
  }
  let window = Scrollbar(visible: top..<min(rows.count, top + room), count: rows.count)
  if !window.isNeedless { notes.append(Span(window.note, .muted)) }
  switch page.content {
  case .details(let key, _): notes.append(freshness(of: [key.kind, .events], state).span)
  case .text(_, let reading):
    notes += reading.readAt.map { [Span("read \(agoText(state.now.since($0).inSeconds))", .muted)] } ?? []
  case .river: notes.append(freshness(of: [.events], state).span)
  case .changes, .rollouts, .check, .deploy, .criteria, .tourResult:
    notes.append(freshness(of: [.pods, .replicaSets], state).span)
  }
  return Array(notes.map { [$0] }.joined(separator: [Span(" · ", .muted)]))
}

/// Marks what was found in a row: the text itself, or the whole row for an expression.
private func highlight(_ search: TextView.Search, _ spans: [Span], _ passed: Int, on line: Canvas) {
  let text = sanitized(spans.text)
  guard search.pattern.matches(text) else { return }
  guard search.pattern.isLiteral else { return line.restyle { $0.role = .match } }
  let (letters, wanted) = (Array(text.lowercased()), Array(search.text.lowercased()))
  guard !wanted.isEmpty, letters.count >= wanted.count else { return }
  var start = 0
  while start + wanted.count <= letters.count {
    guard letters[start..<start + wanted.count].elementsEqual(wanted) else {
      start += 1
      continue
    }
    let before = TextWidth.columns(of: String(letters[..<start])) - passed
    let width = TextWidth.columns(of: String(wanted))
    if before + width > 0 {
      let column = max(0, before)
      line.restyle(Rect(column: 1 + column, columns: width + min(0, before), rows: 1)) { $0.role = .match }
    }
    start += wanted.count
  }
}

extension [Span] {
  /// The line without its first columns.
  func dropping(columns: Int) -> [Span] {
    var left = columns
    return compactMap { span in
      let width = TextWidth.columns(of: span.text)
      if left >= width {
        left -= width
        return nil
      }
      guard left > 0 else { return span }
      var rest = sanitized(span.text)[...]
      while left > 0, let first = rest.first {
        left -= TextWidth.columns(of: String(first))
        rest = rest.dropFirst()
      }
      return Span(String(rest), span.style)
    }
  }
}
