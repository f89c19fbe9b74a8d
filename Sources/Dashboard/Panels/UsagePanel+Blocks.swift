import CellScreen
import ClusterModel

/// Columns that the numbers behind a bar take: `410Mi/512Mi/7.8Gi`.
private let numberColumns = 18
/// Columns of `cpu` with the blanks around it.
private let nameColumns = 5
/// Columns of `max 420m` behind a history.
private let scaleColumns = 10

/// The rows that have room, as blocks of a name, cpu and memory, or as lines where there is little.
func drawUsageBlocks(_ rows: Range<Int>, lines: Int, _ state: DashboardState, _ canvas: Canvas) {
  let selected = state.focus == .usage ? state.selectedIndex(in: .usage) : nil
  for (place, index) in rows.enumerated() {
    let area = canvas.inner(Rect(row: place * lines, columns: canvas.columns, rows: lines))
    let reading = UsageReading(UsageRow(of: state.consumer(atRow: index), state), state)
    if lines == 1 { drawLine(reading, area) } else { drawBlock(reading, area) }
    if index == selected {
      area.put("▸", at: .zero, style: .accent)
      area.restyle { $0.isSelected = true }
    }
  }
}

private func drawBlock(_ reading: UsageReading, _ canvas: Canvas) {
  let left = reading.headroom(isWide: canvas.columns >= 60)
  let columns = canvas.columns - 2
  let nameRoom = max(columns - TextWidth.columns(of: left.text) - 2, columns / 2)
  let used = canvas.write(
    [Span(reading.row.name, .strong)], at: Position(column: 1, row: 0), columns: nameRoom, fit: .middle)
  canvas.write(
    [left], in: Rect(column: 3 + used, row: 0, columns: max(0, columns - used - 2), rows: 1), align: .right)
  for (row, measure) in reading.measures.enumerated() { drawMeasure(measure, canvas.line(row + 1)) }
}

private func drawMeasure(_ measure: UsageMeasure, _ canvas: Canvas) {
  canvas.write(measure.name, at: Position(column: 1, row: 0), style: .muted)
  let barColumns = max(4, canvas.columns - nameColumns - numberColumns - 1)
  measure.bar.draw(on: canvas.inner(Rect(column: nameColumns, columns: barColumns, rows: 1)))
  canvas.writeRight(measure.numbers, end: canvas.columns - 1, row: 0, columns: numberColumns)
}

/// Name, cpu and memory in one line.
private func drawLine(_ reading: UsageReading, _ canvas: Canvas) {
  let numbers = reading.measures.map { "\($0.name) \($0.used.map($0.text) ?? "–")" }.joined(separator: "  ")
  let columns = canvas.columns - 2
  canvas.write(
    [Span(reading.row.name)], at: Position(column: 1, row: 0), columns: max(6, columns - numbers.count - 1),
    fit: .middle
  )
  canvas.writeRight(numbers, end: canvas.columns - 1, row: 0, columns: min(columns, numbers.count))
}

/// The history of one row: a strip for each measure with its scale, and below it when rollouts began.
func drawUsageHistory(_ reading: UsageReading, _ state: DashboardState, _ canvas: Canvas) {
  let count = max(1, canvas.columns - nameColumns - scaleColumns - 1)
  let series = state.snapshot.usageSeries(
    of: reading.row.subject, count: count, step: sampleStep, at: state.historyEnd)
  let age = reading.sampleAge(at: state.now)
  let title = "─ \(reading.row.name), \(ageText(sampleStep.inSeconds * Double(count))) "
  canvas.rule(row: 0)
  canvas.write(title, at: Position(column: 1, row: 0), style: .muted, columns: canvas.columns - 14, fit: .middle)
  if !age.isEmpty {
    canvas.writeRight(" sample \(age) ", end: canvas.columns - 1, row: 0, style: .muted, columns: 14)
  }
  for (row, values) in [series.cpuMillicores, series.memoryBytes].enumerated() {
    drawStrip(reading.measures[row], values, count, canvas.line(row + 1))
  }
  let line = canvas.line(3)
  let marks = UsageMarks(of: reading.row.subject, columns: count, state)
  marks.draw(on: line.inner(Rect(column: nameColumns, columns: count, rows: 1)))
  let legend = marks.isEmpty ? "╵ request ╹ limit" : marks.words
  line.writeRight(legend, end: canvas.columns - 1, row: 0, style: .muted, columns: marks.isEmpty ? 18 : scaleColumns)
}

private func drawStrip(_ measure: UsageMeasure, _ values: [Int?], _ count: Int, _ canvas: Canvas) {
  canvas.write(measure.name, at: Position(column: 1, row: 0), style: .muted)
  guard let most = values.compactMap(\.self).max() else {
    canvas.write("no history yet", at: Position(column: nameColumns, row: 0), style: .muted)
    return
  }
  Sparkline(values.map { $0.map(Double.init) }, maximum: Double(max(1, most)) * Sparkline.headroom)
    .draw(on: canvas.inner(Rect(column: nameColumns, columns: count, rows: 1)))
  canvas.writeRight("max \(measure.text(most))", end: canvas.columns - 1, row: 0, style: .muted, columns: scaleColumns)
}

/// When rollouts and drills began, as marks under a history whose columns are samples.
struct UsageMarks {
  /// One mark.
  struct Mark {
    let at: Timestamp
    let glyph: Glyph
    /// What it is called behind it, and in the legend.
    let name, word: String
  }

  /// The columns and their marks, oldest first.
  let marks: [(column: Int, mark: Mark)]

  init(of subject: UsageSubject, columns: Int, _ state: DashboardState) {
    let end = state.historyEnd
    let start = end.advanced(by: sampleStep * -Double(columns))
    let rollouts = state.snapshot.rolloutMoments(of: subject, since: start).map { moment in
      let name = moment.isRestart ? "restart" : moment.revision.map { "revision \($0)" } ?? "rollout"
      return Mark(at: moment.at, glyph: "▴", name: name, word: moment.isRestart ? "restart" : "rollout")
    }
    let all = (rollouts + state.drillMarks).sorted { ($0.at, $0.name) < ($1.at, $1.name) }
    marks = all.compactMap { mark in
      let steps = Int(end.since(mark.at).inSeconds / sampleStep.inSeconds)
      return (0..<columns).contains(steps) ? (columns - 1 - steps, mark) : nil
    }
  }

  var isEmpty: Bool { marks.isEmpty }

  /// What the marks stand for.
  var words: String {
    if let drill = marks.first(where: { $0.mark.word == "drill" }) { return "\(drill.mark.glyph) drill" }
    return marks.allSatisfy { $0.mark.word == "restart" } ? "▴ restart" : "▴ rollout"
  }

  /// Draws the marks, each with its revision where there is room behind it.
  func draw(on canvas: Canvas, isNamed: Bool = false) {
    for (index, mark) in marks.enumerated() {
      let next = index + 1 < marks.count ? marks[index + 1].column : canvas.columns
      canvas.put(mark.mark.glyph, at: Position(column: mark.column, row: 0), style: .accent)
      let name = mark.mark.name
      if isNamed, mark.column + name.count + 3 <= next {
        canvas.write(name, at: Position(column: mark.column + 2, row: 0), style: .muted)
      } else if isNamed, index == 0, mark.column > name.count + 1 {
        canvas.writeRight(name, end: mark.column - 1, row: 0, style: .muted)
      }
    }
  }
}
