import CellScreen
import ClusterModel

extension Panel {
  /// What the namespace, its workloads and the nodes use, against request and limit.
  static let usage = Panel(
    .usage, "Usage", kinds: [.podMetrics, .nodeMetrics],
    draw: { state, canvas in
      var row = 0
      let whole = state.snapshot.usage(of: .namespace(state.namespace), at: state.now)
      if !whole.availability.explanation.isEmpty {
        row += drawMissing(whole.availability, canvas)
      }
      row = drawPair(state.namespace ?? "all namespaces", .namespace(state.namespace), whole, state, canvas, row)
      let nodes = state.snapshot.nodes.objects()
      let room = max(0, (canvas.rows - row - 1) / 3)
      for node in nodes.prefix(room) {
        let usage = state.snapshot.usage(of: .node(node.metadata.name), at: state.now)
        row = drawPair("node \(node.metadata.name)", .node(node.metadata.name), usage, state, canvas, row)
      }
      let hidden = nodes.count - room
      drawLegend(hidden > 0 ? "+\(hidden) nodes · used/request/limit" : "used/request/limit · │ request", canvas, row)
    })
}

/// Why there are no numbers and how to get them; the rows used.
private func drawMissing(_ availability: MetricsAvailability, _ canvas: Canvas) -> Int {
  canvas.write("No numbers: \(availability.explanation)", at: Position(column: 1, row: 0), style: .warning)
  guard !availability.remedyHint.isEmpty else { return 1 }
  canvas.write("→ \(availability.remedyHint)", at: Position(column: 1, row: 1), style: .label)
  return 2
}

/// A title, then cpu and memory of one subject; gives the next free row.
private func drawPair(
  _ title: String, _ subject: UsageSubject, _ usage: Usage, _ state: DashboardState, _ canvas: Canvas, _ row: Int
) -> Int {
  guard row + 3 <= canvas.rows else { return row }
  let series = state.snapshot.usageSeries(of: subject, count: historyColumns, step: sampleStep, at: state.now)
  canvas.write(title, at: Position(column: 1, row: row), style: .label, columns: canvas.columns - 2, fit: .middle)
  drawMeasure(
    "cpu", used: usage.used.cpuMillicores, request: usage.requests.cpuMillicores, limit: usage.limits.cpuMillicores,
    text: cpuText, history: series.cpuMillicores, canvas.line(row + 1))
  drawMeasure(
    "mem", used: usage.used.memoryBytes, request: usage.requests.memoryBytes, limit: usage.limits.memoryBytes,
    text: memoryText, history: series.memoryBytes, canvas.line(row + 2))
  return row + 3
}

/// Columns that the numbers behind a bar take: ` 1.6Gi/1.2Gi/7.8Gi`.
private let numberColumns = 18
/// Columns of the history, where there is room for it.
private let historyColumns = 12

private func drawMeasure(
  _ name: String, used: Int?, request: Int?, limit: Int?, text: (Int) -> String, history: [Int?], _ canvas: Canvas
) {
  canvas.write(name, at: Position(column: 1, row: 0), style: .muted)
  let showsHistory = canvas.columns >= 48
  let barColumns = max(4, canvas.columns - 6 - numberColumns - (showsHistory ? historyColumns + 1 : 0))
  // The scale ends at the limit; without one, at what is requested or used.
  let maximum = Double(max(limit ?? 0, request ?? 0, used ?? 0, 1))
  Bar(value: used.map(Double.init), maximum: maximum, request: request.map(Double.init))
    .draw(on: canvas.inner(Rect(column: 5, columns: barColumns, rows: 1)))
  if showsHistory {
    Sparkline(history.map { $0.map(Double.init) }, maximum: maximum)
      .draw(on: canvas.inner(Rect(column: 6 + barColumns, columns: historyColumns, rows: 1)))
  }
  let numbers = [used, request, limit].map { $0.map(text) ?? "–" }.joined(separator: "/")
  canvas.writeRight(numbers, end: canvas.columns - 1, row: 0, columns: numberColumns)
}

private func drawLegend(_ text: String, _ canvas: Canvas, _ row: Int) {
  guard row < canvas.rows else { return }
  canvas.writeRight(
    text, end: canvas.columns - 1, row: canvas.rows - 1, style: .muted,
    columns: canvas.columns - 2)
}
