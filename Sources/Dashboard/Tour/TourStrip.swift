import CellScreen
import ClusterModel
import Playbook

/// The strip of the tour above the panels: how much of it there is room for.
enum TourStrip: Hashable {
  /// Title and clock in letters of five rows.
  case large
  /// In letters of three rows.
  case medium
  /// The same on a small terminal.
  case small
  /// Beside a view or a zoomed panel: the letters without what to say.
  case band
  /// Two lines.
  case lines

  /// How it is shown; `nil` where it is not.
  init?(of state: DashboardState) {
    guard state.showsTour else { return nil }
    let size = state.size
    if !state.views.isEmpty || state.isZoomed {
      self = size.rows >= 36 ? .band : .lines
    } else if size.holds(Size(columns: 160, rows: 50)) {
      self = .large
    } else if size.holds(PresenterLayout.lettersSize) {
      self = .medium
    } else {
      self = size.rows >= 24 ? .small : .lines
    }
  }

  /// The rows that it takes, with the blank one below it where there is room.
  var rows: Int {
    switch self {
    case .large: 13
    case .medium: 10
    case .small: 9
    case .band: 6
    case .lines: 2
    }
  }

  /// How many rows of what to say there are.
  fileprivate var sayRows: Int {
    switch self {
    case .large, .medium, .small: 3
    case .band, .lines: 0
    }
  }
}

/// Draws the strip: the step and the time left in large letters, what to say, what to show, and what ends the step.
func drawTour(_ state: DashboardState, _ canvas: Canvas) {
  guard let strip = TourStrip(of: state), let walk = state.tourWalk else { return }
  var rest = canvas.bounds.inset(columns: state.isPresenting && strip != .small && strip != .lines ? 3 : 1)
  guard strip != .lines else { return drawLines(walk, state, canvas.inner(rest)) }
  drawHead(walk, strip, state, canvas.inner(rest.takeTop(strip == .large ? BlockLetters.rows : CompactLetters.rows)))
  if strip == .large { _ = rest.takeTop(1) }
  let say = rest.takeTop(strip.sayRows)
  if !say.isEmpty { drawSay(walk.step.say, canvas.inner(say)) }
  if strip != .band { canvas.inner(rest.takeTop(1)).write(state.masking.masked(actionSpans(walk, state)), at: .zero) }
  canvas.inner(rest.takeTop(1)).write(state.masking.masked(checkSpans(walk, state)), at: .zero)
  drawCourse(walk, canvas.inner(rest.takeTop(1)))
}

/// The step at the left, the time left of all at the right.
private func drawHead(_ walk: TourWalk, _ strip: TourStrip, _ state: DashboardState, _ canvas: Canvas) {
  let title = state.masking.masked("\(walk.index + 1) \(walk.step.title)")
  let clock = clockText(walk.left)
  let style = walk.clockStyle
  let clockColumns = strip == .large ? BlockLetters(clock).columns : CompactLetters(clock).columns
  var rest = canvas.bounds
  let right = canvas.inner(rest.takeRight(min(clockColumns, rest.columns / 2)))
  if strip == .large {
    BlockLetters(clock).draw(on: right, style: style, align: .right)
  } else {
    CompactLetters(clock).draw(on: right, style: style, align: .right)
  }
  let left = canvas.inner(Rect(columns: max(0, rest.columns - 2), rows: rest.rows))
  let block = BlockLetters(title.uppercased())
  let isBlock = strip == .large && block.isDrawable && block.columns <= left.columns
  if isBlock { return _ = block.draw(on: left, style: .strong) }
  let used = CompactLetters(title).draw(on: left, style: .strong)
  guard used < CompactLetters.rows else { return }
  let words = "step \(walk.index + 1) of \(walk.steps.count)\(walk.step.phase.map { ", phase \($0)" } ?? "")"
  left.write([Span(words, .muted)], at: Position(column: 0, row: 1))
}

private func drawSay(_ text: String, _ canvas: Canvas) {
  var lines = wrapped(canvas.respelled(text), columns: canvas.columns)
  if lines.count > canvas.rows { lines[canvas.rows - 1] = lines[(canvas.rows - 1)...].joined(separator: " ") }
  for (row, line) in lines.prefix(canvas.rows).enumerated() {
    canvas.verbatim.write([Span(line, .plain)], at: Position(column: 0, row: row))
  }
}

/// What is to be shown, and the key that does it.
private func actionSpans(_ walk: TourWalk, _ state: DashboardState) -> [Span] {
  switch walk.step.action {
  case .none: return [Span("n", .key), Span(" goes on", .muted)]
  case .show(let command): return [Span("$ ", .muted), Span(command, .value), Span("  in another terminal", .muted)]
  case .perform(let line):
    let word = line.split(separator: " ").first.map(String.init) ?? line
    let command = CommandLine.commands.first { $0.words.contains(word) }
    let keys = command?.keys.first.map { " or \($0)" } ?? ""
    return [
      Span("x", .key), Span("\(keys) ", .muted), Span(":\(line)", .value), Span("  \(command?.summary ?? "")", .muted),
    ]
  case .ask(let tool, let prompts):
    let asked = state.touring.asked[tool] ?? 0
    let prompt = prompts[asked % prompts.count]
    let count = state.deployRecord.operations(of: tool).count { $0.run.isSuccess }
    return [
      Span("x", .key), Span(" asks \(tool.rawValue) ", .muted), Span("“\(prompt)”", .value),
      Span("  after a question · \(count) on record", .muted),
    ]
  }
}

/// What ends the step: its checks with how they are now, and the first that does not hold in words.
private func checkSpans(_ walk: TourWalk, _ state: DashboardState) -> [Span] {
  guard !walk.step.checks.isEmpty else { return [Span("no check ends this step: n goes on", .muted)] }
  let lines = walk.step.checks.compactMap { state.checkLine($0) }
  let signs = lines.flatMap { line in
    [Span("  \(line.result.state.glyph) ", line.result.state.style), Span(line.id, .muted)]
  }
  let simulated = lines.contains { $0.result.origin == .simulated } ? [Span("  "), Span("simulated", .demo)] : []
  guard let open = lines.first(where: { !$0.result.isGood && $0.result.state != .skipped }) else {
    return [Span("all hold", .good)] + simulated + signs
  }
  let words = [Span("\(open.result.state.glyph) \(open.id) \(open.title): ", open.result.state.style)]
  return words + [Span(open.result.evidence)] + simulated + signs
}

/// Every step as a sign, the time of this one, and a line that fills with the whole time.
private func drawCourse(_ walk: TourWalk, _ canvas: Canvas) {
  var spans = zip(walk.steps.indices, walk.steps).map { index, step in
    index == walk.index ? Span("◐", .rolling) : Span(step.outcome.glyph, step.outcome.style)
  }
  spans.append(Span(" \(walk.index + 1)/\(walk.steps.count)  ", .muted))
  let isLate = walk.stepLeft < .zero
  spans += [
    Span("step ", .muted), Span(clockText(walk.stepLeft), isLate ? .warning : .value),
    Span(" of \(clockText(walk.step.time))", .muted),
  ]
  spans += walk.state == .paused ? [Span("  ⏸ paused", .warning)] : []
  let used = canvas.write(spans, at: .zero) + 2
  guard canvas.columns - used > 8 else { return }
  let share = walk.elapsed.inSeconds / Tour.limit.inSeconds
  Bar(value: min(1, share), form: .line, isLoad: false).draw(
    on: canvas.inner(Rect(column: used, columns: canvas.columns - used, rows: 1)))
}

/// All of it in two lines.
private func drawLines(_ walk: TourWalk, _ state: DashboardState, _ canvas: Canvas) {
  let clock = clockText(walk.left)
  let columns = TextWidth.columns(of: clock)
  let title = state.masking.masked([
    Span("\(walk.index + 1)/\(walk.steps.count) ", .muted), Span(walk.step.title, .strong), Span("  \(walk.step.say)"),
  ])
  canvas.inner(Rect(columns: max(0, canvas.columns - columns - 2), rows: 1)).write(title, at: .zero)
  canvas.write(
    [Span(clock, walk.clockStyle.emphasized)],
    in: Rect(column: max(0, canvas.columns - columns), columns: columns, rows: 1), align: .right)
  let pause = walk.state == .paused ? [Span("⏸ paused  ", .warning)] : []
  canvas.write(
    pause + [Span("step \(clockText(walk.stepLeft))  ", walk.stepLeft < .zero ? .warning : .value)]
      + state.masking.masked(checkSpans(walk, state)), at: Position(column: 0, row: 1))
}

extension TourWalk {
  /// How the clock looks: it warns in its last minute.
  fileprivate var clockStyle: Style {
    left < .zero ? .danger : state == .paused ? .muted : left < .seconds(60) ? .warning : .good
  }
}
