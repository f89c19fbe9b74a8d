import CellScreen
import ClusterModel
import Playbook

/// The size from which on the scoreboard has two columns, and one from which on it begins with large letters.
private let (columnsForTwo, rowsForLetters) = (110, 30)

/// Draws how a drill goes, or how the last one went.
func drawScoreboard(_ state: DashboardState, _ canvas: Canvas) {
  guard let board = Scoreboard(state) else {
    return drawLines([[Span("No drill was begun here yet.", .muted)]], title: [Span("Drill", .title)], state, canvas)
  }
  let letterRows = board.letterRows(in: canvas.size)
  let lines = board.lines(columns: canvas.columns - 4)
  let room = max(1, canvas.rows - 2 - letterRows)
  let top = min(state.viewScroll, max(0, lines.count - room))
  let note = lines.count > room ? "\(top + 1)–\(min(lines.count, top + room)) of \(lines.count) · " : ""
  let inside = canvas.box(
    title: [Span(board.title, .title)], titleRight: [Span(note, .muted), board.stateSpan], style: .borderFocused)
  if letterRows > 0 { board.drawLetters(inside.inner(Rect(column: 1, columns: inside.columns - 2, rows: letterRows))) }
  for (row, line) in lines.dropFirst(top).prefix(room).enumerated() {
    inside.verbatim.write(line, at: Position(column: 1, row: letterRows + row))
  }
}

/// How many lines the scoreboard has beside its large letters.
func scoreboardLineCount(_ state: DashboardState) -> Int {
  let size = Layout(of: state).body.size
  guard let board = Scoreboard(state) else { return 1 }
  return board.lines(columns: size.columns - 4).count + board.letterRows(in: size)
}

/// The drill that runs, or the last one, as it is shown.
struct Scoreboard {
  let state: DashboardState
  let plan: DrillPlan
  let watch: DrillWatch
  /// `nil` until it is heard of.
  let course: DrillCourse?

  init?(_ state: DashboardState) {
    guard let plan = state.drilling.plan, let watch = state.drilling.watch else { return nil }
    self.state = state
    self.plan = plan
    self.watch = watch
    course = state.drilling.course
  }

  var measures: DrillMeasures { watch.measures }
  var isUndone: Bool { watch.prediction.isUndone }
  var verdict: DrillVerdict? { state.drilling.report?.verdict }
  var title: String { "\(plan.kind.id) \(plan.kind.title)" }

  /// Everything in its order, as it may be seen; in two columns where there is room.
  func lines(columns: Int) -> [[Span]] {
    let parts =
      columns >= columnsForTwo
      ? beside(
        head(columns / 2 - 2) + clocks(columns / 2 - 2) + [[]] + conditions(columns / 2 - 2),
        users(columns - columns / 2) + notes(columns - columns / 2), at: columns / 2)
      : head(columns) + clocks(columns) + users(columns) + conditions(columns) + notes(columns)
    return conflict(columns) + parts
  }

  private func beside(_ left: [[Span]], _ right: [[Span]], at column: Int) -> [[Span]] {
    (0..<max(left.count, right.count)).map { row in
      let line = row < left.count ? left[row] : []
      guard row < right.count, !right[row].isEmpty else { return line }
      return line + [Span(String(repeating: " ", count: max(0, column - line.columns)))] + right[row]
    }
  }

  /// What it is about, in which state it is, and how it ends.
  private func head(_ columns: Int) -> [[Span]] {
    var lines = broken([Span("→ ", .accent), Span(plan.target.words, .strong)], columns, indent: 2)
    if let verdict {
      lines += broken(
        [Span("\(verdict.word.glyph) \(verdict.word.rawValue)", verdict.word.style.emphasized)]
          + verdict.reasons.map { Span("  \($0)") }, columns, indent: 2)
      let folder = state.drilling.folder
      if !folder.isEmpty { lines += broken([Span("report ", .label), Span(folder, .muted)], columns, indent: 7) }
    } else {
      lines += broken(nextSpans, columns, indent: 2)
    }
    return lines + [[]]
  }

  /// What comes next, and what a person can do.
  private var nextSpans: [Span] {
    if case .settling = state.drilling.stage {
      return [Span("◐ ", .rolling), Span("measured until all is as before for \(seconds(DrillMeasures.hold))")]
    }
    if course?.state == .undoing { return [Span("◐ ", .rolling), Span("being undone …")] }
    guard let left = state.drillTimeLeft else {
      return [Span("◐ ", .rolling), Span("record, lock and watchdog come first; nothing is changed yet")]
    }
    let time = "\(max(0, Int(left.inSeconds.rounded(.up)))) s"
    let words = isUndone ? "undone in \(time) at the latest" : "given up in \(time) at the latest"
    return [
      Span("⧗ ", .label), Span(words), Span("  u ", .key), Span(isUndone ? "undoes it now" : "ends it now", .muted),
    ]
  }

  var stateSpan: Span {
    if let verdict { return Span(verdict.word.rawValue, verdict.word.style) }
    let words = course?.state.rawValue ?? "BEGINNING"
    if case .settling = state.drilling.stage { return Span("\(words), RECOVERING", .rolling) }
    return Span(words, .rolling)
  }

  /// A line over as many rows as it needs, with what is hidden hidden.
  func broken(_ spans: [Span], _ columns: Int, indent: Int) -> [[Span]] {
    hanging(state.masking.masked(spans), columns: columns, indent: indent)
  }

  // MARK: - Large letters

  func letterRows(in size: Size) -> Int {
    let isHigh = size.rows >= rowsForLetters
    if verdict != nil { return isHigh ? BlockLetters.rows + 1 : CompactLetters.rows }
    return isHigh && measures.startedAt != nil ? CompactLetters.rows + 1 : 0
  }

  /// The verdict, or since when it is broken and how many of the requests were answered.
  func drawLetters(_ canvas: Canvas) {
    if let verdict {
      if canvas.rows > BlockLetters.rows {
        BlockLetters(verdict.word.rawValue).draw(on: canvas, style: verdict.word.style)
      } else {
        CompactLetters(verdict.word.rawValue).draw(on: canvas, style: verdict.word.style)
      }
      return
    }
    guard let startedAt = measures.startedAt else { return }
    let time = "\(Int(max(0, state.drillMoment.since(startedAt).inSeconds))) s"
    var rest = canvas.bounds
    let letters = CompactLetters(time)
    letters.draw(on: canvas.inner(rest.takeLeft(letters.columns)), style: .rolling)
    _ = rest.takeLeft(6)
    guard let share = state.drilling.availability else { return }
    CompactLetters("\(Playbook.percent(share)) answered").draw(
      on: canvas.inner(rest), style: share < 1 ? .warning : .good)
  }
}
