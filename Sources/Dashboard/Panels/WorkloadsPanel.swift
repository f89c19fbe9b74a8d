import CellScreen
import ClusterModel

extension Panel {
  /// Deployments, StatefulSets, DaemonSets and Jobs with their rollouts.
  static let workloads = Panel.table(
    .workloads, "Workloads", kinds: [.deployments],
    nothing: { "No workloads in \($0.namespace ?? "any namespace"): nothing is deployed here." },
    ObjectTableView(id: .workloads, columns: workloadColumns, content: { WorkloadContent($0, $1) }))
}

/// What the cells of a workload are made from.
private struct WorkloadContent: Sendable {
  let summary: WorkloadSummary
  let usage: Usage

  init?(_ key: ObjectKey, _ state: DashboardState) {
    guard let summary = state.snapshot.workload(key, at: state.now) else { return nil }
    self.summary = summary
    usage = state.snapshot.usage(of: .workload(key), at: state.now)
  }
}

private let workloadColumns: [ObjectColumn<WorkloadContent>] = [
  .name(minimum: 20) { row, _ in [Span(row.summary.key.name)] },
  .namespace { $0.summary.key.namespace },
  ObjectColumn(title: "KIND", width: .fixed(11), priority: 5) { row, _ in
    [Span(row.summary.key.kind.kindName, .muted)]
  },
  ObjectColumn(title: "READY", alignment: .right, width: .fixed(5), sort: .ready, watched: 0) { row, _ in
    [Span(row.summary.readyText, row.summary.health.style)]
  },
  ObjectColumn(
    title: "ROLLOUT", width: .fixed(26), minimum: 26, ideal: 100, isFlexible: true, sort: .status, watched: 1,
    ghost: { $0.words(at: $1) }
  ) { row, _ in rolloutSpans(row.summary) },
  ObjectColumn(
    title: "IMAGE", width: .measured(atLeast: 6, \.image), minimum: 12, ideal: 24, priority: 3, fit: .middle, watched: 2
  ) { row, _ in [Span(row.summary.imageTags.joined(separator: ","))] },
  ObjectColumn(title: "REV", alignment: .right, width: .fixed(4), priority: 6, fit: .start, watched: 3) { row, _ in
    [Span(row.summary.revision, .muted)]
  },
  .number("CPU", 4, priority: 4, sort: .cpu) { row, _ in [cpuSpan(row.usage.used.cpuMillicores)] },
  .number("%REQ", 4, priority: 7) { row, _ in [requestSpan(row.usage.cpuShareOfRequest)] },
  .number("%LIM", 4, priority: 9, place: .wide) { row, _ in [percentSpan(row.usage.cpuShareOfLimit)] },
  .number("MEM", 6, priority: 4, sort: .memory) { row, _ in [memorySpan(row.usage.used.memoryBytes)] },
  .number("%REQ", 4, priority: 7) { row, _ in [requestSpan(row.usage.memoryShareOfRequest)] },
  .number("%LIM", 4, priority: 9, place: .wide) { row, _ in [percentSpan(row.usage.memoryShareOfLimit)] },
  ObjectColumn(title: "HPA", width: .fixed(5), priority: 8) { row, state in
    [Span(autoscalerText(row.summary, state), .muted)]
  },
  ObjectColumn(title: "PDB", width: .fixed(8), priority: 8) { row, state in
    [Span(budgetText(row.summary, state), .muted)]
  },
  .age { row, state in row.summary.age(at: state.now) },
  ObjectColumn(title: "IMAGES", width: .fixed(50), priority: 9, fit: .start, place: .wide) { row, _ in
    [Span(row.summary.images.joined(separator: ","), .muted)]
  },
]

/// A bar by available pods while a rollout runs, and in words what it waits for.
private func rolloutSpans(_ workload: WorkloadSummary) -> [Span] {
  var spans = [Span("\(workload.health.glyph) ", workload.health.style)]
  if !workload.rollout.isDone, workload.desired > 0 {
    spans += Bar(value: Double(workload.available), maximum: Double(workload.desired)).spans(columns: 6) + [Span(" ")]
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

extension TableSource {
  /// Deployments, StatefulSets, DaemonSets and Jobs.
  static let workloads = TableSource(
    id: .workloads, noun: "workload", kinds: Set(WorkloadSummary.kinds),
    sortColumns: [.health, .name, .ready, .status, .cpu, .memory, .age],
    filterColumns: [.name, .status, .namespace, .ready, .image, .cpu, .memory, .age],
    keys: { $0.workloadKeys(in: $1) },
    count: { snapshot, namespace in
      WorkloadSummary.kinds.reduce(0) { $0 + snapshot.keys(of: $1, in: namespace).count }
    },
    facts: { key, snapshot, needs, now in
      guard let summary = snapshot.workload(key, at: now) else { return nil }
      var facts = RowFacts(key, uid: summary.uid)
      facts.status = summary.health.word
      (facts.ready, facts.wanted) = (summary.ready, summary.desired)
      facts.creationTimestamp = summary.creationTimestamp
      // What is on its way stays at its place; by kind as kubectl lists them.
      let isSick = summary.health == .down || summary.health == .degraded
      facts.severity = (isSick ? 0 : 10) + (WorkloadSummary.kinds.firstIndex(of: key.kind) ?? 0)
      facts.images = summary.images
      if needs.contains(.display) {
        facts.imageText = summary.imageTags.joined(separator: ",")
        facts.was = "\(summary.readyText) ready"
        facts.watched = SIMD4(
          truncatingIfNeeded: SIMD4(
            facts.ready << 16 ^ facts.wanted, summary.rollout.text.hashValue, summary.images.hashValue,
            summary.revision.hashValue))
      }
      if needs.contains(.usage) {
        let usage = snapshot.usage(of: .workload(key), at: now)
        (facts.used, facts.limits) = (usage.used, usage.limits)
      }
      if needs.contains(.labels) { facts.labels = snapshot[key]?.metadata.labels ?? [:] }
      return facts
    },
    restless: { $0.restlessWorkloads(in: $1) })
}

extension WorkloadHealth {
  /// The word that a filter for `status:` compares with.
  fileprivate var word: String {
    switch self {
    case .good: "healthy"
    case .progressing: "rolling"
    case .degraded: "degraded"
    case .down: "down"
    case .idle: "idle"
    }
  }
}
