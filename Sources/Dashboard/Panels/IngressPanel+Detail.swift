import CellScreen
import ClusterModel
import Playbook

/// Columns of the strip in the table.
private let stripColumns = 20
/// Columns of the scale beside the graph.
private let scaleColumns = 8
/// How many endpoints of a path are named.
private let endpointsMax = 12

/// Every path with its numbers.
func drawPathTable(_ paths: [IngressPathView], _ state: DashboardState, _ canvas: Canvas) {
  Table(
    columns: pathColumns, rowCount: paths.count,
    selectedRow: state.focus == .ingress ? state.selectedIndex(in: .ingress) : nil,
    firstRow: state.firstRows[.ingress] ?? 0
  ) { index in
    .cells(pathCells(paths[index], state))
  }.draw(on: canvas)
}

private let pathColumns = [
  TableColumn("PATH", minimum: 20, ideal: 60, fit: .middle),
  TableColumn("SERVICE", minimum: 12, ideal: 30, priority: 4),
  TableColumn("ENDPOINTS", alignment: .right, minimum: 9, priority: 3),
  TableColumn("ANSWER", minimum: 6, ideal: 40, priority: 1),
  TableColumn("LAST", alignment: .right, minimum: 6, priority: 1),
  TableColumn("P95", alignment: .right, minimum: 6, priority: 5),
  TableColumn("AVAILABLE", alignment: .right, minimum: 11, priority: 2),
  TableColumn("ANSWERS", minimum: stripColumns, ideal: stripColumns, priority: 4),
  TableColumn("CERTIFICATE", minimum: 12, ideal: 30, priority: 2),
]

private func pathCells(_ path: IngressPathView, _ state: DashboardState) -> [[Span]] {
  let history = ProbeHistory(of: path, columns: stripColumns, state)
  let isServed = path.readyEndpoints > 0
  let certificate = path.certificate?.words(at: state.now)
  return [
    [Span("\(path.state.glyph) ", path.state.style), Span(path.name)], [Span(path.service?.name ?? "–", .label)],
    [Span("\(path.readyEndpoints)/\(path.totalEndpoints)", isServed ? .plain : .danger)], [path.answerSpan],
    [path.latencySpan ?? Span("–", .muted)],
    [history.summary?.p95.map { Span(latencyText($0)) } ?? Span("–", .muted)],
    [history.availabilitySpan ?? Span("–", .muted)], history.stripSpans,
    [certificate.map { Span($0, path.certificateSpan(at: state.now)?.style ?? .muted) } ?? Span("plain HTTP", .muted)],
  ]
}

/// The layers of one path as a tree, and beside it its answers over time.
func drawPathDetail(_ path: IngressPathView, _ state: DashboardState, _ canvas: Canvas) {
  var rest = canvas.bounds
  let left = rest.takeLeft(min(64, canvas.columns / 2))
  let tree = canvas.inner(left)
  tree.rule(row: 0, title: [Span(path.name, .title)])
  for (row, line) in layerLines(of: path, state).prefix(max(0, tree.rows - 1)).enumerated() {
    tree.write(line.spans, at: Position(column: 1, row: row + 1), columns: tree.columns - 2)
  }
  drawLatencies(of: path, state, canvas.inner(rest))
}

/// Every layer with what was seen of it, and below the endpoints their pods; the first that fails is the one to repair.
func layerLines(of path: IngressPathView, _ state: DashboardState) -> [TextLine] {
  path.layers.enumerated().flatMap { index, layer -> [TextLine] in
    let isLast = index == path.layers.count - 1
    let mark = layer.state.asCheck
    let spans = [
      Span.branch(isLast: isLast), Span("\(mark.glyph) ", mark.style), Span(layer.name.padded(to: 12), .label),
      Span(layer.detail, layer.state == .fails ? .danger : layer.state == .skipped ? .muted : .plain),
    ]
    let line = TextLine(spans, link: layer.id == .service ? path.service : nil)
    return [line] + (layer.id == .endpoints ? endpointLines(of: path, .trunk(isLast: isLast), state) : [])
  }
}

private func endpointLines(of path: IngressPathView, _ trunk: Span, _ state: DashboardState) -> [TextLine] {
  guard let service = path.service else { return [] }
  let all = state.snapshot.endpointSlices(of: service).flatMap(\.endpoints)
  let shown = all.prefix(endpointsMax)
  var lines = shown.enumerated().map { index, endpoint in
    endpointLine(endpoint, in: service.namespace, lead: [trunk, .branch(isLast: index == all.count - 1)])
  }
  if all.count > shown.count {
    lines.append(TextLine([trunk, .branch(isLast: true), Span("\(all.count - shown.count) more", .muted)]))
  }
  return lines
}

/// How long answers took, with a cross under each step in which users got an error.
private func drawLatencies(of path: IngressPathView, _ state: DashboardState, _ canvas: Canvas) {
  let columns = min(ProbeTable.limitPerTarget / 3, canvas.columns - scaleColumns - 1)
  canvas.rule(row: 0, title: [Span("Answers", .title)])
  guard columns > 0, canvas.rows > 6 else { return }
  let history = ProbeHistory(of: path, columns: columns, state)
  guard let summary = history.summary else {
    canvas.write("no request was made yet", at: Position(column: scaleColumns, row: 1), style: .muted)
    return
  }
  canvas.write(latencyLegend(history, summary), at: Position(column: scaleColumns, row: 1))
  let rows = min(20, canvas.rows - 4)
  let most = max(history.latencies.compactMap(\.self).max() ?? 0, 0.001)
  Graph(history.latencies, maximum: most, styles: history.styles)
    .draw(on: canvas.inner(Rect(column: scaleColumns, row: 2, columns: columns, rows: rows)))
  canvas.writeRight(latencyText(.seconds(most)), end: scaleColumns - 1, row: 2, style: .muted)
  canvas.writeRight("0", end: scaleColumns - 1, row: rows + 1, style: .muted)
  for (column, bucket) in history.buckets.enumerated() where bucket.failures > 0 {
    canvas.put("✗", at: Position(column: scaleColumns + column, row: rows + 2), style: .danger)
  }
  let axis = canvas.inner(Rect(column: scaleColumns, row: rows + 3, columns: columns, rows: 1))
  axis.write("\(ageText(ProbeHistory.step.inSeconds * Double(columns))) ago", at: .zero, style: .muted)
  axis.writeRight("now", end: columns, row: 0, style: .muted)
}

private func latencyLegend(_ history: ProbeHistory, _ summary: ProbeSummary) -> [Span] {
  var spans = history.availabilitySpan.map { [$0] } ?? []
  let latencies = [("half", summary.median), ("95 %", summary.p95), ("slowest", summary.slowest)]
  for (name, latency) in latencies {
    guard let latency else { continue }
    spans += [Span(" · \(name) ", .muted), Span(latencyText(latency), latency >= ProbeResult.slow ? .warning : .plain)]
  }
  if summary.failures > 0 {
    let noun = summary.failures == 1 ? "failure" : "failures"
    spans.append(Span(" · ✗ \(summary.failures) \(noun) of \(summary.answers)", .danger))
  }
  return spans
}

extension IngressLayer.State {
  /// A layer is a condition like any other, and looks like one.
  var asCheck: CheckResult.State {
    switch self {
    case .holds: .holds
    case .fails: .fails
    case .unknown: .unknown
    case .skipped: .skipped
    }
  }
}
