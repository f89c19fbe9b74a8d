/// The answers of one step of time.
public struct ProbeBucket: Hashable, Sendable {
  public var answers = 0
  /// Answers that users see as an error: none at all, or a 5xx.
  public var failures = 0
  /// Answers with a 4xx.
  public var refusals = 0
  /// Of the answers that came.
  public var slowest: Duration?
}

/// The answers of a span of time.
public struct ProbeSummary: Hashable, Sendable {
  public var answers: Int
  public var failures: Int
  /// From the first answer in the span to its end.
  public var covered: Duration
  /// Half of the answers came within this time, 95 of 100 within the next; `nil` where none came.
  public var median: Duration?
  public var p95: Duration?
  public var slowest: Duration?

  /// The share of answers that were no failure.
  public var availability: Double { Double(answers - failures) / Double(max(1, answers)) }
}

extension ProbeResult {
  /// From here on a person notices that an answer takes its time.
  public static let slow: Duration = .milliseconds(500)
}

extension ProbeTable {
  /// The answers of a host and path in equal steps that end at `end`, oldest first; empty steps where none was asked.
  public func buckets(of target: ProbeTarget, count: Int, step: Duration, endingAt end: Timestamp) -> [ProbeBucket] {
    var buckets = [ProbeBucket](repeating: ProbeBucket(), count: max(0, count))
    for result in results(of: target).reversed() {
      let age = end.since(result.at)
      let index = count - 1 - Int(max(0, age.inSeconds) / step.inSeconds)
      guard index >= 0 else { break }
      guard age >= .zero else { continue }
      buckets[index].take(result)
    }
    return buckets
  }

  /// What the answers since a moment come to; `nil` without any.
  public func summary(of target: ProbeTarget, since start: Timestamp, at now: Timestamp) -> ProbeSummary? {
    let recent = results(of: target).filter { $0.at >= start }
    guard let first = recent.first else { return nil }
    let latencies = recent.filter { $0.status != nil }.map(\.latency).sorted()
    return ProbeSummary(
      answers: recent.count, failures: recent.count(where: \.isFailure), covered: now.since(first.at),
      median: Self.rank(0.5, latencies), p95: Self.rank(0.95, latencies), slowest: latencies.last)
  }

  /// The smallest value that a share of the values does not exceed.
  private static func rank(_ share: Double, _ sorted: [Duration]) -> Duration? {
    guard !sorted.isEmpty else { return nil }
    return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
  }
}

extension ProbeBucket {
  mutating func take(_ result: ProbeResult) {
    answers += 1
    if result.isFailure { failures += 1 }
    guard let status = result.status else { return }
    if (400..<500).contains(status) { refusals += 1 }
    slowest = max(slowest ?? .zero, result.latency)
  }
}
