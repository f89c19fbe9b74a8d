import CellScreen
import ClusterModel

/// Columns of a bar in a table so wide.
private func barColumns(in width: Int) -> Int { width >= 180 ? 30 : width >= 140 ? 20 : 14 }
/// Columns of the scale beside a graph.
private let scaleColumns = 8

/// Every number of every row that has room.
func drawUsageTable(_ state: DashboardState, _ canvas: Canvas) {
  let bar = barColumns(in: canvas.columns)
  Table(
    columns: usageColumns(bar), rowCount: state.consumers.count + 1,
    selectedRow: state.focus == .usage ? state.selectedIndex(in: .usage) : nil,
    firstRow: state.firstRows[.usage] ?? 0
  ) { index in
    .cells(usageCells(index, state, barColumns: bar, isWide: canvas.columns >= 150))
  }.draw(on: canvas)
}

private func usageColumns(_ barColumns: Int) -> [TableColumn] {
  let measures = ["CPU", "MEM"].enumerated().flatMap { index, name in
    [
      TableColumn(name, minimum: barColumns, ideal: barColumns, priority: 1 + index),
      TableColumn("USED", alignment: .right, minimum: 5),
      TableColumn("REQ", alignment: .right, minimum: 5, priority: 2),
      TableColumn("LIMIT", alignment: .right, minimum: 5),
      TableColumn("%LIM", alignment: .right, minimum: 4, priority: 6),
    ]
  }
  return [
    TableColumn("NAME", minimum: 20, ideal: 44, fit: .middle), TableColumn("KIND", minimum: 9, ideal: 11, priority: 8),
  ] + measures + [
    TableColumn("SAMPLE", alignment: .right, minimum: 6, priority: 7),
    TableColumn("HEADROOM", minimum: 24, ideal: 46, priority: 3, isFlexible: true),
  ]
}

private func usageCells(_ index: Int, _ state: DashboardState, barColumns: Int, isWide: Bool) -> [[Span]] {
  let consumer = state.consumer(atRow: index)
  let reading = UsageReading(UsageRow(of: consumer, state), state)
  var name = [Span(reading.row.name, consumer == nil ? .strong : .plain)]
  if let consumer, consumer.kind != .nodes {
    // The workloads stand below the namespace they are in.
    let isLast = index == state.consumers.count || state.consumer(atRow: index + 1)?.kind == .nodes
    name.insert(.branch(isLast: isLast), at: 0)
  }
  let measures = reading.measures.flatMap { measure -> [[Span]] in
    let texts = [measure.used, measure.request, measure.limit].map { value in
      [value.map { Span(measure.text($0)) } ?? Span("–", .muted)]
    }
    return [measure.bar.spans(columns: barColumns)] + texts + [[percentSpan(measure.shareOfLimit)]]
  }
  return [name, [Span(reading.row.kind, .muted)]] + measures
    + [[Span(reading.sampleAge(at: state.now), .stamp)], [reading.headroom(isWide: isWide)]]
}

/// The history of one row, cpu beside memory.
func drawUsageGraphs(_ reading: UsageReading, _ state: DashboardState, _ canvas: Canvas) {
  var rest = canvas.bounds
  let left = rest.takeLeft(canvas.columns / 2)
  for (measure, place) in zip(reading.measures, [left, rest]) {
    drawGraph(measure, reading, state, canvas.inner(place))
  }
}

private func drawGraph(_ measure: UsageMeasure, _ reading: UsageReading, _ state: DashboardState, _ canvas: Canvas) {
  let count = min(UsageHistory.limit, canvas.columns - scaleColumns - 1)
  guard count > 0, canvas.rows > 5 else { return }
  let series = state.snapshot.usageSeries(
    of: reading.row.subject, count: count, step: sampleStep, at: state.historyEnd)
  let values = measure.name == "cpu" ? series.cpuMillicores : series.memoryBytes
  let plot = Rect(column: scaleColumns, row: 2, columns: count, rows: canvas.rows - 4)
  let graph = usageGraph(measure, values)
  drawTitle(measure, values, reading, graph, canvas)
  guard values.contains(where: { $0 != nil }) else {
    canvas.write("no history yet", at: Position(column: scaleColumns, row: 2), style: .muted)
    return
  }
  graph.draw(on: canvas.inner(plot))
  drawScale(measure, graph, canvas.inner(Rect(row: plot.top, columns: scaleColumns, rows: plot.rows)))
  UsageMarks(of: reading.row.subject, columns: count, state)
    .draw(on: canvas.inner(Rect(column: plot.left, row: plot.bottom, columns: count, rows: 1)), isNamed: true)
  let axis = canvas.inner(Rect(column: plot.left, row: plot.bottom + 1, columns: count, rows: 1))
  axis.write("\(ageText(sampleStep.inSeconds * Double(count))) ago", at: .zero, style: .muted)
  axis.writeRight("now", end: count, row: 0, style: .muted)
}

/// The graph ends a little above what is used and requested; the limit is in it unless that would make the rest flat.
private func usageGraph(_ measure: UsageMeasure, _ values: [Int?]) -> Graph {
  let base = max(Double(values.compactMap(\.self).max() ?? 0), Double(measure.request ?? 0), 1)
  let limit = measure.limit.map(Double.init)
  let top = max(base, limit.map { $0 <= base * 4 ? $0 : 0 } ?? 0) * 1.1
  var lines: [Graph.Line] = []
  if let request = measure.request { lines.append(Graph.Line(Double(request), "┄", .tickRequest)) }
  if let limit { lines.append(Graph.Line(limit, "─", .tickLimit)) }
  return Graph(values.map { $0.map(Double.init) }, maximum: top, lines: lines)
}

private func drawTitle(
  _ measure: UsageMeasure, _ values: [Int?], _ reading: UsageReading, _ graph: Graph, _ canvas: Canvas
) {
  canvas.rule(row: 0)
  let most = values.compactMap(\.self).max().map { ", max \(measure.text($0))" } ?? ""
  canvas.write(
    [Span(" \(measure.name) ", .title), Span("of \(reading.row.name)\(most) ", .muted)],
    at: Position(column: 2, row: 0),
    columns: canvas.columns - 4)
  var legend: [Span] = []
  if let request = measure.request {
    legend += [Span("┄ ", .tickRequest), Span("request \(measure.text(request))  ", .muted)]
  }
  if let limit = measure.limit {
    let isAbove = Double(limit) > graph.maximum
    legend += [Span("─ ", .tickLimit), Span("limit \(measure.text(limit))\(isAbove ? ", above" : "")  ", .muted)]
  } else {
    legend.append(Span("no limit", .muted))
  }
  canvas.write(legend, at: Position(column: scaleColumns, row: 1))
}

/// What the heights mean: the top, the lines, and nothing at the bottom.
private func drawScale(_ measure: UsageMeasure, _ graph: Graph, _ canvas: Canvas) {
  var taken: Set<Int> = []
  let levels =
    graph.lines.reversed().map { ($0.value, $0.style) } + [(graph.maximum, Style.muted), (graph.maximum / 2, .muted)]
  for (value, style) in levels {
    guard let row = graph.row(of: value, rows: canvas.rows), taken.isDisjoint(with: [row - 1, row, row + 1]) else {
      continue
    }
    taken.insert(row)
    canvas.writeRight(measure.text(Int(min(value, 9e18))), end: canvas.columns - 1, row: row, style: style)
  }
  guard taken.isDisjoint(with: [canvas.rows - 1]) else { return }
  canvas.writeRight("0", end: canvas.columns - 1, row: canvas.rows - 1, style: .muted)
}
