import CellScreen

/// The keys that count while help is shown.
let helpCommands: [Command] = viewCommands(.help) + []

/// What every view over the panels understands: leaving and scrolling.
func viewCommands(_ view: ViewKind) -> [Command] {
  let name = "\(view)"
  return [
    Command(
      "\(name)-close", .view(view), keys: "esc", "q", summary: "go back", hint: "back",
      perform: { $0.closeView() }),
    Command(
      "\(name)-down", .view(view), keys: "j", "down", summary: "scroll down",
      perform: {
        $0.scrollView(by: 1); return []
      }),
    Command(
      "\(name)-up", .view(view), keys: "k", "up", summary: "scroll up",
      perform: {
        $0.scrollView(by: -1); return []
      }),
    Command(
      "\(name)-page-down", .view(view), keys: "ctrl-f", "pgdn", summary: "scroll a page down",
      perform: {
        $0.scrollView(by: $0.viewRows); return []
      }),
    Command(
      "\(name)-page-up", .view(view), keys: "ctrl-b", "pgup", summary: "scroll a page up",
      perform: {
        $0.scrollView(by: -$0.viewRows); return []
      }),
    Command(
      "\(name)-suspend", .view(view), keys: "ctrl-z", summary: "leave to the shell; fg comes back",
      perform: { _ in [.suspend] }),
  ]
    + (view == .help
      ? []
      : [
        Command(
          "\(name)-help", .view(view), keys: "?", "F1", summary: "show all keys", hint: "help",
          perform: {
            $0.open(.help); return []
          })
      ])
}

/// What help shows: every command, by where its keys count.
func helpLines() -> [[Span]] {
  var lines: [[Span]] = []
  for (title, scope) in helpSections {
    lines.append([Span(title, .title)])
    for command in Command.all where command.scope == scope {
      let keys = command.keys.map { "\($0)" }.joined(separator: " ")
      let padding = String(repeating: " ", count: max(1, 18 - keys.count))
      lines.append([Span("  "), Span(keys, .key), Span(padding + command.summary)])
    }
    lines.append([])
  }
  return lines
}

/// The scopes in the order help shows them.
let helpSections: [(title: String, scope: Command.Scope)] =
  [("Everywhere on the main screen", .screen)]
  + Panel.all.filter { !$0.commands.isEmpty }.map { ("In \($0.title)", .panel($0.id)) }
  + [("In logs", .view(.logs)), ("In details", .view(.details)), ("In help", .view(.help))]

/// Draws the view that is on top.
func drawView(_ view: ViewKind, _ state: DashboardState, _ canvas: Canvas) {
  switch view {
  case .help: drawLines(helpLines(), title: [Span("Keys", .title)], state, canvas)
  case .details: drawDetails(state, canvas)
  case .logs: drawLogs(state, canvas)
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

  /// Scrolls the view on top; never past its end.
  mutating func scrollView(by rows: Int) {
    let visible = viewRows
    switch views.last {
    case .logs:
      logs?.scrollUp(by: -rows, visibleRows: visible)
    case .help: viewScroll = min(max(0, viewScroll + rows), max(0, helpLines().count - viewRows))
    case .details: viewScroll = min(max(0, viewScroll + rows), max(0, detailLines(self).count - viewRows))
    case nil: return
    }
  }
}
