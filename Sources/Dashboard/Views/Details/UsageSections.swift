import CellScreen
import ClusterModel

/// What the pod uses of what it asks for and may use, with its last minutes.
let podUsageSection: @Sendable (DetailContext) -> DetailSection = { usageSection(.pod($0.key), $0) }

/// What the pods of the workload use together.
let workloadUsageSection: @Sendable (DetailContext) -> DetailSection = { usageSection(.workload($0.key), $0) }

/// How many columns of the history are drawn: one a sample.
private let historyColumns = 24

/// The use of cpu and memory against request and limit, with the history of both.
func usageSection(_ subject: UsageSubject, _ context: DetailContext) -> DetailSection {
  let usage = context.snapshot.usage(of: subject, at: context.now)
  guard usage.sampledAt != nil else {
    let words = usage.availability.explanation
    let hint = usage.availability.remedyHint
    guard !words.isEmpty else { return DetailSection([]) }
    return DetailSection(
      "Usage", [TextLine([Span("  \(words)", .muted), Span(hint.isEmpty ? "" : " → \(hint)", .label)])])
  }
  let series = context.snapshot.usageSeries(
    of: subject, count: historyColumns, step: sampleStep, at: context.state.historyEnd)
  let age = usage.sampledAt.map { ageText(max(0, context.now.since($0).inSeconds)) } ?? ""
  let old: [Span] =
    usage.availability.explanation.isEmpty
    ? [Span("  sample \(age) old", .muted)] : [Span("  \(usage.availability.explanation)", .warning)]
  return DetailSection(
    "Usage", note: old,
    [
      usageLine(
        "cpu", usage.used.cpuMillicores, usage.requests.cpuMillicores, usage.limits.cpuMillicores, series.cpuMillicores,
        text: cpuText),
      usageLine(
        "memory", usage.used.memoryBytes, usage.requests.memoryBytes, usage.limits.memoryBytes, series.memoryBytes,
        text: memoryText),
    ])
}

private func usageLine(
  _ name: String, _ used: Int?, _ request: Int?, _ limit: Int?, _ history: [Int?], text: (Int) -> String
) -> TextLine {
  let samples = history.map { $0.map(Double.init) }
  // Against the limit, so that the height says how near it is; without one against the largest sample.
  let top = max(limit ?? 0, request ?? 0)
  let line = Sparkline(samples, maximum: top > 0 ? Double(top) : nil)
  var spans = [
    Span((used.map(text) ?? "–").leftPadded(to: 6)), Span("  "), line.span(columns: historyColumns), Span("  "),
  ]
  spans += share(of: used, in: request, "request", text, isLimit: false)
  spans.append(Span(" · ", .muted))
  spans += share(of: used, in: limit, "limit", text, isLimit: true)
  return field(name, spans)
}

private func share(of used: Int?, in whole: Int?, _ name: String, _ text: (Int) -> String, isLimit: Bool)
  -> [Span]
{
  guard let whole else { return [Span("no \(name)", .muted)] }
  guard let used, whole > 0 else { return [Span("\(name) \(text(whole))", .muted)] }
  let share = Double(used) / Double(whole)
  return [isLimit ? percentSpan(share) : requestSpan(share), Span(" of \(name) \(text(whole))", .muted)]
}
