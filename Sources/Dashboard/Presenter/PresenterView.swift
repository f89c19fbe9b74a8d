import CellScreen
import ClusterModel

/// Draws the stage: the verdict, why, what happens now and the numbers that an audience asks for.
func drawStage(_ state: DashboardState, _ canvas: Canvas) {
  let layout = PresenterLayout(of: state)
  let margin = layout.margin
  let title = canvas.inner(layout.title)
  let used = title.write([Span(" \(state.title) ", .logo)], at: .zero)
  drawConnection(state, title.inner(Rect(column: used, columns: title.columns - used, rows: 1)))
  drawWord(state.verdict.word, layout, canvas.inner(layout.word.inset(columns: margin)))
  drawReason(state, layout, canvas.inner(layout.reason.inset(columns: margin)))
  drawHappening(state.happening(), state, canvas.inner(layout.happening.inset(columns: margin)))
  drawNumbers(state, canvas.inner(layout.numbers.inset(columns: margin)))
}

private func drawWord(_ word: Verdict.Word, _ layout: PresenterLayout, _ canvas: Canvas) {
  if layout.scale > 0 {
    BlockLetters(word.rawValue, scale: layout.scale).draw(on: canvas, style: word.letterStyle)
  } else {
    CompactLetters(word.rawValue).draw(on: canvas, style: word.letterStyle)
  }
}

private func drawReason(_ state: DashboardState, _ layout: PresenterLayout, _ canvas: Canvas) {
  for (index, line) in layout.reasonLines.enumerated() {
    let place = Rect(row: index * CompactLetters.rows, columns: canvas.columns, rows: CompactLetters.rows)
    CompactLetters(line).draw(on: canvas.inner(place), style: .strong)
  }
  var rest = canvas.bounds
  _ = rest.takeTop(layout.reasonLines.count * CompactLetters.rows)
  let text = layout.reasonRest.isEmpty && layout.reasonLines.isEmpty ? state.shownReason : layout.reasonRest
  let lines = wrapped(text, columns: rest.columns)
  for (row, line) in lines.prefix(rest.rows).enumerated() {
    // What does not fit is not left out in silence: the last line takes it all, and its end shows the cut.
    let isLast = row == rest.rows - 1
    let shown = isLast ? lines[row...].joined(separator: " ") : line
    canvas.inner(rest).verbatim.write(shown, at: Position(column: 0, row: row), style: .strong)
  }
}

/// One sentence with how long it has lasted; a rollout has a bar that fills.
private func drawHappening(_ happening: Happening, _ state: DashboardState, _ canvas: Canvas) {
  let age = happening.moment.map { ageText(max(0, state.now.since($0).inSeconds)) } ?? ""
  let isLarge = canvas.rows >= CompactLetters.rows
  let barColumns = happening.share == nil ? 0 : isLarge ? 36 : 12
  let text = state.masking.masked("\(happening.glyph) \(happening.text)")
  let letters = CompactLetters(text)
  let ageColumns = age.isEmpty ? 0 : isLarge ? CompactLetters(age).columns + 4 : TextWidth.columns(of: age) + 2
  let room = canvas.columns - ageColumns - (barColumns > 0 ? barColumns + 2 : 0)
  let showsLetters = isLarge && letters.isDrawable && letters.columns <= room
  let line = canvas.verbatim.line(isLarge ? 1 : 0)
  let barRows = showsLetters ? CompactLetters.rows : 1
  var end: Int
  if showsLetters {
    letters.draw(on: canvas, style: happening.style)
    end = letters.columns + 4
  } else {
    end = line.write([Span(text, happening.style.emphasized)], at: .zero, columns: max(8, room)) + 2
  }
  if let share = happening.share {
    for row in 0..<barRows {
      let place = Rect(column: end, row: showsLetters ? row : isLarge ? 1 : 0, columns: barColumns, rows: 1)
      Bar(value: share, form: showsLetters ? .blocks : .line, isLoad: false).draw(on: canvas.inner(place))
    }
    end += barColumns + 2
  }
  if showsLetters {
    let rest = Rect(column: end, columns: canvas.columns - end, rows: canvas.rows)
    CompactLetters(age).draw(on: canvas.inner(rest), style: .muted)
  } else {
    line.write(age, at: Position(column: end, row: 0), style: .stamp)
  }
}

extension Verdict.Word {
  /// The verdict's colour for letters made of blocks, which have no background.
  var letterStyle: Style {
    switch self {
    case .healthy: .good
    case .rolling: .rolling
    case .degraded: .warning
    case .down: .danger
    case .unknown: .unknown
    }
  }
}
