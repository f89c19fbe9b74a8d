import CellScreen
import ClusterModel
import Playbook

/// The answers to the probes of one path over the columns of a strip or graph: one step of time each.
struct ProbeHistory {
  let buckets: [ProbeBucket]
  /// What the steps come to; `nil` where none was asked.
  let summary: ProbeSummary?

  /// The time of one column: three probes, so that one that is late leaves no gap.
  static let step = Duration.seconds(15)

  init(of path: IngressPathView, columns: Int, _ state: DashboardState) {
    let end = state.historyEnd
    buckets = state.snapshot.probes.buckets(of: path.target, count: columns, step: Self.step, endingAt: end)
    let start = end.advanced(by: Self.step * -Double(columns))
    summary = state.snapshot.probes.summary(of: path.target, since: start, at: state.now)
  }

  /// The slowest answer of each step in seconds; nothing where none came.
  var latencies: [Double?] { buckets.map { $0.slowest?.inSeconds } }

  /// How each step looks: slow answers and 4xx warn.
  var styles: [Style] { buckets.map { $0.refusals > 0 || $0.isSlow ? .warning : .sparkline } }

  /// Draws the steps as one row of small columns, and a cross where users got an error.
  func drawStrip(on canvas: Canvas) {
    let shown = buckets.suffix(canvas.columns)
    let most = (shown.compactMap { $0.slowest?.inSeconds }.max() ?? 0) * Sparkline.headroom
    for (column, bucket) in shown.enumerated() {
      let place = canvas.inner(Rect(column: canvas.columns - shown.count + column, columns: 1, rows: 1))
      let style: Style = bucket.refusals > 0 || bucket.isSlow ? .warning : .sparkline
      Sparkline([bucket.slowest?.inSeconds], maximum: most).draw(on: place, style: style)
      if bucket.failures > 0 { place.put("✗", at: .zero, style: .danger) }
    }
  }

  /// The steps as spans, for a line of text or a cell of a table.
  var stripSpans: [Span] {
    Screen(size: Size(columns: buckets.count, rows: 1)) { drawStrip(on: $0) }.cells.map {
      Span($0.glyph.text, $0.style)
    }
  }

  /// `100 % 4 min`: the share of answers that were no failure, and of how long.
  var availabilitySpan: Span? {
    guard let summary else { return nil }
    let style: Style = summary.failures == 0 ? .muted : .danger
    // Not one failure may hide behind rounding.
    let share = summary.failures > 0 ? min(99, Int(summary.availability * 100)) : 100
    return Span("\(share) % \(ageText(max(1, summary.covered.inSeconds)))", style)
  }
}

extension ProbeBucket {
  /// Whether an answer took so long that people notice.
  var isSlow: Bool { slowest.map { $0 >= ProbeResult.slow } ?? false }
}

/// A time as people read it: `8 ms`, `1.2 s`.
func latencyText(_ duration: Duration) -> String {
  let seconds = duration.inSeconds
  if seconds < 0.0005 { return "<1 ms" }
  if seconds < 0.9995 { return "\(Int((seconds * 1_000).rounded())) ms" }
  let tenths = Int((min(seconds, 1e6) * 10).rounded())
  return "\(tenths / 10).\(tenths % 10) s"
}

extension IngressPathView {
  /// Host and path in one word.
  var name: String { "\(host.isEmpty ? "*" : host)\(path)" }

  /// The path as a whole: a real answer tells more than what cannot be seen, such as a controller elsewhere.
  var state: CheckResult.State {
    if firstFailing != nil { return .fails }
    let isAnswered = lastProbe.map { !$0.isFailure } ?? false
    let isUnknown = !isAnswered && (readyEndpoints == 0 || layers.contains { $0.state == .unknown })
    return isUnknown ? .unknown : .holds
  }

  /// The last answer: its status, or why there was none.
  var answerSpan: Span {
    guard let probe = lastProbe else { return Span("not asked", .muted) }
    guard let status = probe.status else { return Span(probe.problem.isEmpty ? "no answer" : probe.problem, .danger) }
    return Span("\(status)", status < 400 ? .good : status < 500 ? .warning : .danger)
  }

  /// How long the last answer took; nothing where none came.
  var latencySpan: Span? {
    guard let probe = lastProbe, probe.status != nil else { return nil }
    return Span(latencyText(probe.latency), probe.latency >= ProbeResult.slow ? .warning : .muted)
  }

  /// How long the certificate is good: `TLS 64 d`; nothing for plain HTTP.
  func certificateSpan(at now: Timestamp) -> Span? {
    guard let certificate else { return nil }
    let left = certificate.expiresAt.since(now).components.seconds
    let time = left >= 86_400 ? "\(left / 86_400) d" : "\(left / 3_600) h"
    return switch certificate.life(at: now) {
    case .fine: Span("TLS \(time)", .muted)
    case .soon: Span("⚠ TLS \(time)", .warning)
    case .urgent: Span("⚠ TLS \(time)", .danger)
    case .expired: Span("✗ TLS expired", .danger)
    }
  }
}
