import CellScreen
import ClusterModel
import Playbook

/// The paths that have room, each in a few lines.
func drawPathBlocks(
  _ rows: Range<Int>, _ paths: [IngressPathView], lines: Int, _ state: DashboardState, _ canvas: Canvas
) {
  let selected = state.focus == .ingress ? state.selectedIndex(in: .ingress) : nil
  for (place, index) in rows.enumerated() {
    let area = canvas.inner(Rect(row: place * lines, columns: canvas.columns, rows: lines))
    drawPath(paths[index], state, area)
    guard index == selected else { continue }
    area.put("▸", at: .zero, style: .accent)
    area.restyle { $0.isSelected = true }
  }
}

/// From this width on there is room for the certificate and for latencies.
private let columnsForMore = 48

/// The path and its answer; the last minutes; the layers, or in words the first that fails.
private func drawPath(_ path: IngressPathView, _ state: DashboardState, _ canvas: Canvas) {
  let certificate = path.certificateSpan(at: state.now)
  let alarms = certificate.map { $0.style != .muted } ?? false
  let isWide = canvas.columns >= columnsForMore
  var answer = [path.answerSpan]
  if let latency = path.latencySpan { answer += [Span("  "), latency] }
  if let certificate, isWide { answer = [certificate, Span("  ")] + answer }
  let room = canvas.columns - 2
  let answerColumns = min(answer.columns, room * 2 / 3)
  canvas.write(
    [Span("\(path.state.glyph) ", path.state.style), Span(path.name)], at: Position(column: 1, row: 0),
    columns: max(0, room - answerColumns - 1))
  canvas.write(
    answer, in: Rect(column: canvas.columns - 1 - answerColumns, columns: answerColumns, rows: 1), align: .right)
  guard canvas.rows > 1 else { return }
  // Two lines say what fails rather than how it was.
  if canvas.rows == 2, let failing = path.firstFailing { return drawFailing(failing, canvas.line(1)) }
  drawHistory(path, state, canvas.line(1))
  if let failing = path.firstFailing {
    drawFailing(failing, canvas.line(2))
  } else {
    // In a narrow panel the certificate takes the place of the layers it is one of.
    let isShort = alarms && !isWide
    let lead = isShort ? (certificate.map { [$0, Span("  ")] } ?? []) : []
    let layers = chain(path, columns: canvas.columns - 4 - lead.columns, leavesOut: isShort ? 1 : 0)
    canvas.line(2).write(lead + layers, at: Position(column: 3, row: 0))
  }
}

private func drawFailing(_ layer: IngressLayer, _ canvas: Canvas) {
  canvas.write(
    [Span("\(layer.name): ", .danger), Span(layer.detail, .danger)], at: Position(column: 3, row: 0),
    columns: canvas.columns - 4)
}

private func drawHistory(_ path: IngressPathView, _ state: DashboardState, _ canvas: Canvas) {
  let longest = ProbeHistory(of: path, columns: canvas.columns, state)
  let latency = canvas.columns >= columnsForMore ? longest.summary?.p95.map { "p95 \(latencyText($0)) · " } : nil
  // The words say the share of the window that the strip shows.
  let reserve = TextWidth.columns(of: latency ?? "") + TextWidth.columns(of: "100 % 10 min")
  let history = ProbeHistory(of: path, columns: max(0, canvas.columns - 5 - reserve), state)
  guard let availability = history.availabilitySpan else {
    canvas.write("no request was made yet", at: Position(column: 3, row: 0), style: .muted)
    return
  }
  canvas.write(
    [Span(latency ?? "", .muted), availability], in: Rect(columns: canvas.columns - 1, rows: 1), align: .right)
  history.drawStrip(on: canvas.inner(Rect(column: 3, columns: history.buckets.count, rows: 1)))
}

/// The layers in a line, from the ingress to the endpoints; grouped where there is little room.
///
/// - Parameter leavesOut: How many groups at the beginning are said elsewhere.
func chain(_ path: IngressPathView, columns: Int, leavesOut: Int = 0) -> [Span] {
  let layers = path.layers.filter { $0.state != .skipped }
  let whole = joined(layers.map { ($0.state, $0.name) })
  if whole.columns <= columns { return whole }
  let groups: [(name: String, ids: [IngressLayer.ID])] = [
    ("ingress", [.exists, .ingressClass, .controller, .address, .tls, .rewrite]), ("service", [.service, .selector]),
    ("\(path.readyEndpoints)/\(path.totalEndpoints)", [.endpoints]),
  ]
  return joined(
    groups.dropFirst(leavesOut).map { group in
      (worst(layers.filter { group.ids.contains($0.id) }.map(\.state)), group.name)
    })
}

private func joined(_ parts: [(state: IngressLayer.State, name: String)]) -> [Span] {
  parts.enumerated().flatMap { index, part in
    (index > 0 ? [Span(" → ", .border)] : [])
      + [Span("\(part.state.asCheck.glyph) ", part.state.asCheck.style), Span(part.name, .muted)]
  }
}

private func worst(_ states: [IngressLayer.State]) -> IngressLayer.State {
  states.contains(.fails) ? .fails : states.contains(.unknown) ? .unknown : states.isEmpty ? .skipped : .holds
}
