import CellScreen
import ClusterModel
import Playbook

extension Panel {
  /// The way of a request: each path with its answer now, and the first layer that fails.
  static let ingress = Panel(
    .ingress, "Ingress", kinds: [.ingresses],
    rows: { state in Rows(pathRows(state)) },
    note: { state in
      let paths = state.ingresses.flatMap(\.paths)
      let failing = paths.count { $0.firstFailing != nil }
      return failing == 0 ? "" : "\(failing) of \(paths.count) fail"
    },
    draw: { state, canvas in
      if state.ingresses.isEmpty {
        return drawWrapped(
          "No ingress in \(state.namespace ?? "any namespace"): nothing is reached from outside.", canvas, style: .muted
        )
      }
      drawIngresses(state, canvas)
    })
}

private func pathRows(_ state: DashboardState) -> [RowID] {
  state.ingresses.flatMap(\.paths).map { .path(ingress: $0.ingress, host: $0.host, path: $0.path) }
}

private func drawIngresses(_ state: DashboardState, _ canvas: Canvas) {
  var row = 0
  var index = 0
  var drawn = 0
  let selected = state.focus == .ingress ? state.selectedIndex(in: .ingress) : nil
  // Each path takes up to three rows; those before the selected one make room for it.
  let pathRows = 3
  let first = max(0, (selected ?? 0) + 1 - max(1, (canvas.rows - 1) / pathRows))
  let count = state.ingresses.reduce(0) { $0 + $1.paths.count }
  for ingress in state.ingresses {
    guard row < canvas.rows else { break }
    if index + ingress.paths.count <= first {
      index += ingress.paths.count
      continue
    }
    let address = ingress.addresses.isEmpty ? "no address" : ingress.addresses.joined(separator: ",")
    canvas.write(
      [
        Span(ingress.key.name, .label), Span("  class \(ingress.className ?? "–") · \(address)", .muted),
      ], at: Position(column: 1, row: row))
    row += 1
    for path in ingress.paths {
      defer { index += 1 }
      guard index >= first, row < canvas.rows else { continue }
      drawn += 1
      row = drawPath(path, state, isSelected: index == selected, canvas, row)
    }
  }
  if drawn < count {
    canvas.writeRight(" \(drawn) of \(count) paths, j k ", end: canvas.columns - 1, row: canvas.rows - 1, style: .muted)
  }
}

/// One path in one row, a second row with the strip of answers, a third for what fails; gives the next free row.
private func drawPath(
  _ path: IngressPathView, _ state: DashboardState, isSelected: Bool, _ canvas: Canvas, _ row: Int
) -> Int {
  guard row < canvas.rows else { return row }
  let line = canvas.line(row)
  let name = "\(path.host.isEmpty ? "*" : path.host)\(path.path)"
  let failing = path.firstFailing
  // A real answer tells more than what cannot be seen, such as a controller in another namespace.
  let isAnswered = path.lastProbe.map { !$0.isFailure } ?? false
  let isUnknown = !isAnswered && (path.readyEndpoints == 0 || path.layers.contains { $0.state == .unknown })
  let mark: CheckResult.State = failing != nil ? .fails : isUnknown ? .unknown : .holds
  let answer = answerSpans(path)
  line.write(
    [Span("\(mark.glyph) ", mark.style), Span(name)], at: Position(column: 1, row: 0),
    columns: max(8, line.columns - 3 - answer.columns))
  line.write(answer, in: Rect(columns: line.columns - 1, rows: 1), align: .right)
  if isSelected {
    line.put("▸", at: .zero, style: .accent)
    line.restyle { $0.isSelected = true }
  }
  var next = row + 1
  if next < canvas.rows {
    drawStrip(path, state, canvas.line(next))
    next += 1
  }
  if let failing, next < canvas.rows {
    canvas.write(
      [Span("  \(failing.name): ", .danger), Span(failing.detail, .danger)], at: Position(column: 1, row: next))
    next += 1
  }
  return next
}

private func answerSpans(_ path: IngressPathView) -> [Span] {
  guard let probe = path.lastProbe else { return [Span("not asked", .muted)] }
  guard let status = probe.status else { return [Span(probe.problem.isEmpty ? "no answer" : probe.problem, .danger)] }
  let style: Style = status < 400 ? .good : status < 500 ? .warning : .danger
  return [Span("\(status)", style), Span("  \(Int(probe.latency.inSeconds * 1_000)) ms", .muted)]
}

/// The answers of the last minutes: latency as columns, a failure as a cross.
private func drawStrip(_ path: IngressPathView, _ state: DashboardState, _ canvas: Canvas) {
  let history = state.snapshot.probes.results(of: ProbeTarget(host: path.host, path: path.path))
  let summary = "\(path.readyEndpoints)/\(path.totalEndpoints) endpoints"
  canvas.writeRight(summary, end: canvas.columns - 1, row: 0, style: path.readyEndpoints == 0 ? .danger : .muted)
  let room = canvas.columns - 5 - TextWidth.columns(of: summary)
  guard room > 4, !history.isEmpty else { return }
  let shown = history.suffix(room)
  let strip = canvas.inner(Rect(column: 3, columns: shown.count, rows: 1))
  Sparkline(shown.map { $0.status == nil ? nil : $0.latency.inSeconds }).draw(on: strip)
  for (column, probe) in shown.enumerated() where (probe.status ?? 599) >= 400 {
    strip.put("✗", at: Position(column: column, row: 0), style: .danger)
  }
}
