import CellScreen
import ClusterModel

extension Panel {
  /// Deployments, StatefulSets, DaemonSets and Jobs with their rollouts.
  static let workloads = Panel(
    .workloads, "Workloads", kinds: [.deployments],
    rows: { state in
      Rows(
        count: state.workloads.count, id: { state.rowID(of: state.workloads[$0]) },
        index: { row in
          guard let key = row.object, state.rowID(of: key) == row else { return nil }
          return state.workloads.firstIndex(of: key)
        })
    },
    note: { "\($0.workloads.count)" },
    draw: { state, canvas in
      if state.workloads.isEmpty {
        return drawWrapped(
          "No workloads in \(state.namespace ?? "any namespace"): nothing is deployed here.", canvas, style: .muted)
      }
      let showsNamespace = state.namespace == nil
      Table(
        columns: workloadColumns(showsNamespace: showsNamespace), rowCount: state.workloads.count,
        selectedRow: state.focus == .workloads ? state.selectedIndex(in: .workloads) : nil,
        firstRow: state.firstRows[.workloads] ?? 0
      ) { index in
        let workload = state.snapshot.workload(state.workloads[index], at: state.now)
        return .cells(workload.map { workloadCells($0, state, showsNamespace: showsNamespace) } ?? [])
      }.draw(on: canvas)
    })
}

private func workloadColumns(showsNamespace: Bool) -> [TableColumn] {
  var columns: [TableColumn] = [
    TableColumn("NAME", minimum: 20, ideal: 50, fit: .middle),
    TableColumn("KIND", minimum: 11, ideal: 11, priority: 5),
    TableColumn("READY", alignment: .right),
    TableColumn("ROLLOUT", minimum: 34, ideal: 100, isFlexible: true),
    TableColumn("IMAGE", minimum: 12, ideal: 24, priority: 3, fit: .middle),
    TableColumn("REV", alignment: .right, minimum: 3, ideal: 10, priority: 6, fit: .start),
    TableColumn("CPU", alignment: .right, minimum: 4, priority: 4),
    TableColumn("MEM", alignment: .right, minimum: 4, priority: 4),
    TableColumn("HPA", minimum: 5, ideal: 12, priority: 8),
    TableColumn("PDB", minimum: 8, ideal: 12, priority: 8),
    TableColumn("AGE", alignment: .right, minimum: 6, priority: 1),
  ]
  if showsNamespace { columns.insert(TableColumn("NAMESPACE", minimum: 12, ideal: 20, priority: 2), at: 1) }
  return columns
}

private func workloadCells(_ workload: WorkloadSummary, _ state: DashboardState, showsNamespace: Bool) -> [[Span]] {
  let usage = state.snapshot.usage(of: .workload(workload.key), at: state.now)
  var cells: [[Span]] = [
    [Span(workload.key.name)],
    [Span(workload.key.kind.kindName, .muted)],
    [Span(workload.readyText, workload.health.style)],
    rolloutSpans(workload),
    [Span(workload.imageTags.joined(separator: ","))],
    [Span(workload.revision, .muted)],
    [percentSpan(usage.cpuShareOfRequest)],
    [percentSpan(usage.memoryShareOfRequest)],
    [Span(autoscalerText(workload, state), .muted)],
    [Span(budgetText(workload, state), .muted)],
    [Span(workload.age(at: state.now), .stamp)],
  ]
  if showsNamespace { cells.insert([Span(workload.key.namespace, .muted)], at: 1) }
  return cells
}

/// A bar by available pods while a rollout runs, and in words what it waits for.
private func rolloutSpans(_ workload: WorkloadSummary) -> [Span] {
  var spans = [Span("\(workload.health.glyph) ", workload.health.style)]
  if !workload.rollout.isDone, workload.desired > 0 {
    let filled = min(6, max(0, workload.available * 6 / workload.desired))
    spans += [
      Span(String(repeating: "▰", count: filled), .barFill),
      Span(String(repeating: "▱", count: 6 - filled) + " ", .barTrack),
    ]
  }
  if let finding = workload.finding, !workload.isFine {
    spans.append(Span(redacted(finding.headline), finding.severity.style))
  } else if workload.health == .idle {
    spans.append(Span(workload.key.kind == .jobs ? "completed" : "scaled to zero", .muted))
  } else if workload.rollout.isDone {
    spans.append(Span(workload.isPaused ? "paused" : "done", .muted))
  } else {
    spans.append(Span("\(workload.updated) of \(workload.desired) updated, \(workload.available) available", .rolling))
  }
  return spans
}

private func autoscalerText(_ workload: WorkloadSummary, _ state: DashboardState) -> String {
  guard let key = workload.autoscaler, let autoscaler = state.snapshot.horizontalPodAutoscalers[key] else { return "–" }
  return "\(autoscaler.minReplicas)–\(autoscaler.maxReplicas)"
}

private func budgetText(_ workload: WorkloadSummary, _ state: DashboardState) -> String {
  guard let key = workload.disruptionBudget, let budget = state.snapshot.podDisruptionBudgets[key] else { return "–" }
  return "allows \(budget.disruptionsAllowed)"
}
