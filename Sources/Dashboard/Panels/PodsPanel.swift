import CellScreen
import ClusterModel

extension Panel {
  /// The pods as kubectl prints them, with usage and with what is wrong.
  static let pods = Panel(
    .pods, "Pods", kinds: [.pods],
    rows: { state in
      Rows(
        count: state.pods.keys.count, id: { state.rowID(of: state.pods.keys[$0]) },
        index: { row in
          guard case .object(let key, let uid) = row, state.snapshot.podSummary(key)?.uid == uid else { return nil }
          return state.pods.index(of: key)
        })
    },
    note: { state in
      let all = state.snapshot.pods.count
      guard !state.pods.filter.isEmpty else { return "\(all)" }
      return "\(state.pods.keys.count) of \(all) match \(state.pods.filter.text)"
    },
    draw: { state, canvas in
      if state.pods.keys.isEmpty {
        let text =
          state.pods.filter.isEmpty
          ? "No pods in \(state.namespace ?? "any namespace")."
          : "No pod matches \(state.pods.filter.text); esc clears the filter."
        return drawWrapped(text, canvas, style: .muted)
      }
      drawPods(state, canvas)
    })
}

/// From this width on the table has a column that says why.
private let widthForWhy = 112

private func drawPods(_ state: DashboardState, _ canvas: Canvas) {
  let selected = state.selectedIndex(in: .pods)
  var area = canvas.bounds
  // Where no column is left for it, the reason of the selected pod stands below the table.
  let why = selected.flatMap { state.snapshot.podSummary(state.pods.keys[$0])?.finding(at: state.now) }
  let showsWhyBelow = canvas.columns < widthForWhy && why != nil && canvas.rows > 4
  let below = area.takeBottom(showsWhyBelow ? 1 : 0)
  let showsNamespace = state.namespace == nil
  Table(
    columns: podColumns(showsNamespace: showsNamespace, showsWhy: canvas.columns >= widthForWhy),
    rowCount: state.pods.keys.count, selectedRow: state.focus == .pods ? selected : nil,
    firstRow: state.firstRows[.pods] ?? 0
  ) { index in
    .cells(podCells(state.pods.keys[index], state, showsNamespace: showsNamespace))
  }.draw(on: canvas.inner(area))
  if showsWhyBelow, let why {
    canvas.inner(below).write(
      [Span(" \(why.severity.glyph) ", why.severity.style), Span(redacted(why.headline), why.severity.style)], at: .zero
    )
  }
}

private func podColumns(showsNamespace: Bool, showsWhy: Bool) -> [TableColumn] {
  var columns: [TableColumn] = [
    TableColumn("NAME", minimum: 34, ideal: 60, fit: .middle),
    TableColumn("READY", alignment: .right),
    TableColumn("STATUS", minimum: 26, ideal: 34),
    TableColumn("RESTARTS", alignment: .right, minimum: 16, ideal: 18, priority: 1),
    TableColumn("CPU", alignment: .right, minimum: 5, priority: 3),
    TableColumn("%LIM", alignment: .right, minimum: 4, priority: 5),
    TableColumn("MEM", alignment: .right, minimum: 6, priority: 3),
    TableColumn("%LIM", alignment: .right, minimum: 4, priority: 4),
    TableColumn("CPU TREND", minimum: 9, ideal: 12, priority: 7),
    TableColumn("AGE", alignment: .right, minimum: 6, priority: 1),
    TableColumn("NODE", minimum: 12, ideal: 24, priority: 8, fit: .middle),
  ]
  if showsNamespace { columns.insert(TableColumn("NAMESPACE", minimum: 12, ideal: 24, priority: 1), at: 1) }
  if showsWhy { columns.append(TableColumn("WHY", minimum: 48, ideal: 120, priority: 2, isFlexible: true)) }
  return columns
}

private func podCells(_ key: ObjectKey, _ state: DashboardState, showsNamespace: Bool) -> [[Span]] {
  guard let summary = state.snapshot.podSummary(key) else { return [[Span(key.name, .muted)]] }
  let usage = state.snapshot.usage(of: .pod(key), at: state.now)
  let style = summary.health(at: state.now).style
  let series = state.snapshot.usageSeries(of: .pod(key), count: 9, step: sampleStep, at: state.now)
  let restarts = summary.columns.restartsText(at: state.now)
  var cells: [[Span]] = [
    [Span(key.name, summary.steadyHealth == .done ? .muted : .plain)],
    [Span(summary.columns.ready, style)],
    [Span(summary.columns.status, style)],
    [Span(restarts, summary.columns.restarts == 0 ? .muted : .plain)],
    [cpuSpan(usage.used.cpuMillicores)],
    [percentSpan(usage.cpuShareOfLimit)],
    [memorySpan(usage.used.memoryBytes)],
    [percentSpan(usage.memoryShareOfLimit)],
    [Sparkline(series.cpuMillicores.map { $0.map(Double.init) }).span(columns: 9)],
    [Span(summary.age(at: state.now), .stamp)],
    [Span(summary.nodeName, .muted)],
  ]
  if showsNamespace { cells.insert([Span(key.namespace, .muted)], at: 1) }
  if let finding = summary.finding(at: state.now) {
    cells.append([Span("\(finding.severity.glyph) \(redacted(finding.headline))", finding.severity.style)])
  } else {
    cells.append([])
  }
  return cells
}
