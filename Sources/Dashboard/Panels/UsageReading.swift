import CellScreen
import ClusterModel

/// One row of the panel of usage: what it stands for and what it is called.
struct UsageRow {
  let subject: UsageSubject
  let name: String
  /// What kind of thing it is: `namespace`, `node`, or the workload's kind.
  let kind: String

  /// The row of a consumer; of the whole namespace without one.
  init(of consumer: ObjectKey?, _ state: DashboardState) {
    guard let consumer else {
      (subject, name) = (.namespace(state.namespace), state.namespace ?? "all namespaces")
      kind = "namespace"
      return
    }
    let isNode = consumer.kind == .nodes
    subject = isNode ? .node(consumer.name) : .workload(consumer)
    name = isNode || state.namespace != nil ? consumer.name : "\(consumer.namespace)/\(consumer.name)"
    kind = isNode ? "node" : consumer.kind.kindName
  }
}

/// What one row uses now, looked up once for all that is drawn of it.
struct UsageReading {
  let row: UsageRow
  let usage: Usage
  let measures: [UsageMeasure]

  /// Reads the numbers of a row.
  init(_ row: UsageRow, _ state: DashboardState) {
    self.row = row
    usage = state.snapshot.usage(of: row.subject, at: state.now)
    let (used, requests, limits) = (usage.used, usage.requests, usage.limits)
    measures = [
      UsageMeasure(
        name: "cpu", used: used.cpuMillicores, request: requests.cpuMillicores, limit: limits.cpuMillicores,
        text: cpuText),
      UsageMeasure(
        name: "mem", used: used.memoryBytes, request: requests.memoryBytes, limit: limits.memoryBytes, text: memoryText),
    ]
  }

  private var isNode: Bool { if case .node = row.subject { true } else { false } }

  /// What is left, or what threatens; `isWide` says it with units for every number.
  func headroom(isWide: Bool) -> Span {
    switch usage.availability {
    case .tooNew, .noSample, .stale: return Span(usage.availability.explanation, .muted)
    default: break
    }
    if usage.risksMemoryKill, !isNode, let share = usage.memoryShareOfLimit {
      return Span("⚠ mem \(percent(share))\(isWide ? " of the limit: may be killed" : "")", .danger)
    }
    let left = usage.headroom(of: row.subject)
    if isNode {
      let requested = usage.requestedShare.map { "\(percent($0)) requested" } ?? "requests not known"
      guard isWide else { return Span(requested, .muted) }
      return Span("\(requested) · free \(amounts(left, isWide: true))", .muted)
    }
    if left == ResourceAmounts() { return Span(usage.limits == ResourceAmounts() ? "no limit" : "", .muted) }
    return Span("\(amounts(left, isWide: isWide)) left", .muted)
  }

  /// How old the sample is: `12 s`; empty without one.
  func sampleAge(at now: Timestamp) -> String {
    usage.sampledAt.map { ageText(max(0, now.since($0).inSeconds)) } ?? ""
  }

  private func amounts(_ amounts: ResourceAmounts, isWide: Bool) -> String {
    let cpu = amounts.cpuMillicores.map { signed($0, cpuText) + (isWide ? " cpu" : "") }
    let memory = amounts.memoryBytes.map { signed($0, memoryText) }
    return [cpu, memory].compactMap(\.self).joined(separator: ", ")
  }

  private func signed(_ value: Int, _ text: (Int) -> String) -> String {
    value < 0 ? "−" + text(value == .min ? .max : -value) : text(value)
  }
}

/// A share as a whole percentage: `61 %`.
func percent(_ share: Double) -> String { share.isFinite ? "\(Int(min(max(share, 0), 99.99) * 100)) %" : "–" }

/// One measure of one row: used, requested and allowed, in one unit.
struct UsageMeasure {
  let name: String
  let used: Int?
  let request: Int?
  let limit: Int?
  let text: (Int) -> String

  /// The bar: it ends at the limit or, without one, at what is requested or used.
  var bar: Bar {
    let end = max(limit ?? 0, request ?? 0, used ?? 0, 1)
    return Bar(
      value: used.map(Double.init), maximum: Double(end), request: request.map(Double.init),
      limit: limit.map(Double.init), isLoad: limit != nil)
  }

  /// `210m/500m/1`: used, requested, allowed; what is unset is a dash.
  var numbers: String { [used, request, limit].map { $0.map(text) ?? "–" }.joined(separator: "/") }

  var shareOfLimit: Double? {
    guard let used, let limit, limit > 0 else { return nil }
    return Double(used) / Double(limit)
  }
}

extension DashboardState {
  /// Histories end with the step that runs, so that they move only when a new one begins.
  var historyEnd: Timestamp {
    let step = sampleStep.components.seconds
    return Timestamp(seconds: (now.seconds / step + 1) * step)
  }
}
