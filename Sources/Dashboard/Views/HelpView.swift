import CellScreen
import ClusterModel

/// The keys that count while help is shown.
let helpCommands: [Command] = viewCommands(.help)

/// What every view over the panels understands: leaving and scrolling.
func viewCommands(_ view: ViewKind) -> [Command] {
  let name = "\(view)"
  let scrolling = [
    scroll(view, "down", "j", "down", "scroll down") { _ in 1 },
    scroll(view, "up", "k", "up", "scroll up") { _ in -1 },
    scroll(view, "page-down", "ctrl-f", "pgdn", "scroll a page down") { $0.viewRows },
    scroll(view, "page-up", "ctrl-b", "pgup", "scroll a page up") { -$0.viewRows },
  ]
  let ends = [
    scroll(view, "top", "g", "home", "go to the beginning") { _ in -rowsMax },
    scroll(view, "bottom", "G", "end", "go to the end") { _ in rowsMax },
  ]
  return [
    Command(
      "\(name)-close", .view(view), keys: "esc", "q", summary: "go back", hint: "back",
      perform: { $0.leaveView() })
  ] + scrolling + (view == .logs ? [] : ends)
}

/// More lines than any view has: the way to its end.
private let rowsMax = 1 << 30

private func scroll(
  _ view: ViewKind, _ name: String, _ key: String, _ other: String, _ summary: String,
  by rows: @escaping @Sendable (DashboardState) -> Int
) -> Command {
  Command(
    "\(view)-\(name)", .view(view), keys: key, other, summary: summary,
    perform: {
      $0.scrollView(by: rows($0))
      return []
    })
}

/// Draws the view that is on top.
func drawView(_ view: ViewKind, _ state: DashboardState, _ canvas: Canvas) {
  switch view {
  case .help:
    drawLines(state.rightLines + helpLines(columns: canvas.columns - 4), title: [Span("Keys", .title)], state, canvas)
  case .details, .text, .river, .changes, .rollouts, .check, .deploy, .criteria, .tourResult: drawPage(state, canvas)
  case .logs: drawLogs(state, canvas)
  case .chooser: drawChooser(state, canvas)
  }
}

/// Draws lines that can be scrolled, in a box.
func drawLines(_ lines: [[Span]], title: [Span], _ state: DashboardState, _ canvas: Canvas) {
  let room = max(1, canvas.rows - 2)
  let top = min(state.viewScroll, max(0, lines.count - room))
  let note = lines.count > room ? "\(top + 1)–\(min(lines.count, top + room)) of \(lines.count)" : ""
  let inside = canvas.box(title: title, titleRight: note.isEmpty ? [] : [Span(note, .muted)], style: .borderFocused)
  for (row, line) in lines.dropFirst(top).prefix(room).enumerated() {
    inside.write(line, at: Position(column: 1, row: row))
  }
}

extension DashboardState {
  /// How many rows a view can show.
  var viewRows: Int { max(1, Layout(of: self).body.rows - 2) }

  /// Leaves the view on top; leaving the first choice of all means leaving the program.
  mutating func leaveView() -> [Effect] {
    if chooser?.purpose == .startContext, views.last == .chooser {
      asksToQuit = true
      return []
    }
    return closeView()
  }

  /// Scrolls the view on top; never past its end, and says so there.
  mutating func scrollView(by rows: Int) {
    let before = viewScroll
    switch views.last {
    case .logs:
      guard let logs, let ref = logs.expanded, let entry = logs.store[ref] else { return moveInLogs(by: rows) }
      scrollLines(by: rows, count: expandedLines(entry, logs).count)
    case .help: scrollLines(by: rows, count: rightLines.count + helpLines(columns: size.columns - 4).count)
    case .details, .text, .river, .changes, .rollouts, .check, .deploy, .criteria, .tourResult:
      return movePage(by: rows)
    case .chooser: return moveChoice(by: rows)
    case nil: return
    }
    if before == viewScroll { notice = "this is the \(rows < 0 ? "beginning" : "end")" }
  }

  private mutating func scrollLines(by rows: Int, count: Int) {
    viewScroll = min(max(0, viewScroll + rows), max(0, count - viewRows))
  }
}
