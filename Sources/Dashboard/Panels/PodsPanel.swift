import CellScreen
import ClusterModel

extension Panel {
  /// The pods as kubectl prints them, with usage and with what is wrong.
  static let pods = Panel.table(
    .pods, "Pods", kinds: [.pods], nothing: { "No pods in \($0.namespace ?? "any namespace")." },
    rowsWanted: { state in
      let rows = (state.tables[.pods]?.count ?? 0) + 3
      // More than the screen has: reasons change nothing, and counting them looks at many pods.
      guard rows < state.size.rows else { return rows }
      let group = state.namespace.map(PodGroup.namespace) ?? .all
      return rows + state.snapshot.badPodCount(group, at: state.now, upTo: reasonsWanted)
    },
    ObjectTableView(
      id: .pods, columns: podColumns, content: { PodContent($0, $1) },
      // Where no column is left for them, reasons stand below the table.
      below: { rows, selected, state, size in
        size.columns < widthForWhy ? reasonLines(rows, selected, state, limit: size.rows) : []
      }))
}

/// How many reasons the panel asks for room for; where there is more room there are more.
private let reasonsWanted = 3
/// How many rows are looked at for reasons: the sick stand first.
private let rowsWithReasonsMax = 40
/// How long the name before a reason may be.
private let reasonNameColumns = 28

/// Why pods are not well, in the order of the table; where there is room for one alone that of the selected pod.
private func reasonLines(_ rows: TableRows, _ selected: Int, _ state: DashboardState, limit: Int) -> [[Span]] {
  let finding = { (index: Int) -> Finding? in
    guard rows.ghosts[rows.rows[index].id] == nil else { return nil }
    return state.snapshot.podSummary(rows.rows[index].key)?.finding(at: state.now)
  }
  var indexes = (0..<min(rows.count, rowsWithReasonsMax)).filter { finding($0) != nil }
  if limit < indexes.count || !indexes.contains(selected) {
    let others = indexes.filter { $0 != selected }.prefix(finding(selected) == nil ? limit : limit - 1)
    indexes = (others + (finding(selected) == nil ? [] : [selected])).sorted()
  }
  let isOne = indexes == [selected]
  return indexes.compactMap { index in
    guard let why = finding(index) else { return nil }
    let name = isOne ? [] : [Span(reasonName(rows.rows[index].key, state) + " ", .strong)]
    return [Span(" \(why.severity.glyph) ", why.severity.style)] + name + whySpans(why).dropFirst()
  }
}

/// The end of the name that its ReplicaSet gave a pod; of other pods the whole name.
private func reasonName(_ key: ObjectKey, _ state: DashboardState) -> String {
  let name = state.masking.masked(key.name)
  let isNumbered = state.snapshot.podSummary(key)?.controller?.kind == "ReplicaSet"
  return isNumbered ? shortPodName(name) : fitted(name, columns: reasonNameColumns, fit: .middle)
}

/// From this width on the table has a column that says why.
private let widthForWhy = 140
/// Columns of an inline usage bar.
private let barColumns = 8
/// Columns of an inline history.
private let trendColumns = 9

/// What the cells of a pod are made from.
private struct PodContent: Sendable {
  let summary: PodSummary
  let usage: Usage
  let finding: Finding?
  let style: Style

  init?(_ key: ObjectKey, _ state: DashboardState) {
    guard let summary = state.snapshot.podSummary(key) else { return nil }
    self.summary = summary
    usage = state.snapshot.usage(of: .pod(key), at: state.now)
    finding = summary.finding(at: state.now)
    style = summary.health(at: state.now).style
  }
}

private let podColumns: [ObjectColumn<PodContent>] = [
  .name(minimum: 30) { pod, _ in [Span(pod.summary.key.name, pod.summary.steadyHealth == .done ? .muted : .plain)] },
  .namespace { $0.summary.key.namespace },
  ObjectColumn(title: "READY", alignment: .right, width: .fixed(5), sort: .ready, watched: 0) { pod, _ in
    [Span(pod.summary.columns.ready, pod.style)]
  },
  ObjectColumn(
    title: "STATUS", width: .measured(atLeast: 12, \.status), minimum: 26, ideal: 26, sort: .status, watched: 1,
    ghost: { $0.words(at: $1) }
  ) { pod, _ in [Span(pod.summary.columns.status, pod.style)] },
  ObjectColumn(
    title: "RESTARTS", width: .measured(atLeast: 8, \.restarts), priority: 1, sort: .restarts, watched: 2
  ) { pod, state in
    let columns = pod.summary.columns
    return [Span(columns.restartsText(at: state.now), columns.restarts == 0 ? .muted : .plain)]
  },
  .number("CPU", 4, priority: 3, sort: .cpu) { pod, _ in [cpuSpan(pod.usage.used.cpuMillicores)] },
  bar("╵req╹lim", \.cpuMillicores),
  .number("%REQ", 4, priority: 9, place: .wide) { pod, _ in [requestSpan(pod.usage.cpuShareOfRequest)] },
  .number("%LIM", 4, priority: 9, place: .wide) { pod, _ in [percentSpan(pod.usage.cpuShareOfLimit)] },
  .number("MEM", 6, priority: 4, sort: .memory) { pod, _ in [memorySpan(pod.usage.used.memoryBytes)] },
  bar("╵req╹lim", \.memoryBytes),
  .number("%REQ", 4, priority: 9, place: .wide) { pod, _ in [requestSpan(pod.usage.memoryShareOfRequest)] },
  .number("%LIM", 4, priority: 9, place: .wide) { pod, _ in [percentSpan(pod.usage.memoryShareOfLimit)] },
  ObjectColumn(title: "CPU TREND", width: .fixed(trendColumns), priority: 7) { pod, state in
    let series = state.snapshot.usageSeries(
      of: .pod(pod.summary.key), count: trendColumns, step: sampleStep, at: state.now)
    return [Sparkline(series.cpuMillicores.map { $0.map(Double.init) }).span(columns: trendColumns)]
  },
  .age { pod, state in pod.summary.age(at: state.now) },
  ObjectColumn(
    title: "NODE", width: .measured(atLeast: 4, \.node), minimum: 12, ideal: 24, priority: 8, fit: .middle
  ) { pod, _ in [Span(pod.summary.nodeName, .muted)] },
  ObjectColumn(title: "IP", width: .fixed(15), priority: 9, place: .wide) { pod, state in
    [Span(state.snapshot.pods[pod.summary.key]?.podIP ?? "", .muted)]
  },
  ObjectColumn(title: "QOS", width: .fixed(10), priority: 9, place: .wide) { pod, state in
    [Span(state.snapshot.pods[pod.summary.key]?.qosClass ?? "", .muted)]
  },
  ObjectColumn(title: "IMAGE", width: .fixed(40), priority: 9, fit: .start, place: .wide) { pod, state in
    let containers = state.snapshot.pods[pod.summary.key]?.containers ?? []
    return [Span(containers.map(\.image).joined(separator: ","), .muted)]
  },
  ObjectColumn(
    title: "WHY", width: .measured(atLeast: 3, \.why), minimum: 60, ideal: 120, priority: 2, isFlexible: true,
    place: .from(widthForWhy)
  ) { pod, _ in pod.finding.map(whySpans) ?? [] },
]

private func whySpans(_ finding: Finding) -> [Span] {
  [
    Span("\(finding.severity.glyph) ", finding.severity.style),
    Span(redacted(finding.headline), finding.severity.style),
  ]
}

/// What is used, up to the limit, with a tick at the request; up to twice the request where there is no limit.
private func bar(
  _ title: String, _ amount: @escaping @Sendable (ResourceAmounts) -> Int?
) -> ObjectColumn<PodContent> {
  ObjectColumn(title: title, width: .fixed(barColumns), priority: 6) { pod, _ in
    let used = amount(pod.usage.used).map(Double.init)
    let request = amount(pod.usage.requests).map(Double.init)
    let limit = amount(pod.usage.limits).map(Double.init)
    guard let maximum = limit ?? request.map({ max($0 * 2, used ?? 0) }) else { return [] }
    return Bar(value: used, maximum: maximum, request: request, limit: limit).spans(columns: barColumns)
  }
}

extension TableSource {
  /// The pods.
  static let pods = TableSource(
    id: .pods, noun: "pod", kinds: [.pods], sortColumns: SortColumn.allCases, filterColumns: FilterColumn.allCases,
    keys: { $0.pods.keys(in: $1) }, count: { $0.pods.count(in: $1) },
    facts: { key, snapshot, needs, now in
      guard let summary = snapshot.podSummary(key) else { return nil }
      var facts = RowFacts(key, uid: summary.uid)
      facts.status = summary.columns.status
      facts.node = summary.nodeName
      (facts.ready, facts.wanted) = (summary.columns.readyContainers, summary.columns.totalContainers)
      facts.restarts = summary.columns.restarts
      (facts.used, facts.limits) = (summary.used, summary.limits)
      facts.creationTimestamp = summary.creationTimestamp
      facts.severity =
        switch summary.health(at: now) {
        case .bad: 0
        case .progressing: 1
        case .good, .done: 2
        }
      // Patience with the pod ends, or worry about it, at some moment.
      facts.changesWithTime = summary.turnsBadAt != nil || summary.calmAt != nil
      if needs.contains(.display) {
        facts.was = facts.status
        facts.watched = SIMD4(
          truncatingIfNeeded: SIMD4(
            facts.ready << 16 ^ facts.wanted, facts.status.hashValue, summary.columns.restarts, 0))
      }
      if !needs.isDisjoint(with: [.labels, .images]), let pod = snapshot.pods[key] {
        facts.labels = pod.metadata.labels
        facts.images = pod.containers.map(\.image)
      }
      return facts
    })
}
