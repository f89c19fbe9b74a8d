import ClusterModel

/// One request as a user would have sent it.
package struct DrillProbe: Hashable, Sendable {
  /// Host and path, or what else is asked.
  package let path: String
  /// Whether it went over a connection that was kept open, which hides a Service that is broken.
  package let isKeptAlive: Bool
  package let at: DrillMoment
  package let isGood: Bool
  package let latency: Duration
  /// What the server answered with; `nil` where nothing came.
  package let status: Int?

  /// A request.
  package init(
    _ path: String, isKeptAlive: Bool = false, at: DrillMoment, isGood: Bool, latency: Duration, status: Int? = nil
  ) {
    self.path = path
    self.isKeptAlive = isKeptAlive
    self.at = at
    self.isGood = isGood
    self.latency = latency
    self.status = status
  }
}

/// The answers to the last requests of one path, one after the other.
package struct DrillRow: Hashable, Sendable {
  /// How many were good, or bad, in a row; one of the two is none.
  package private(set) var good = 0
  package private(set) var bad = 0
  /// What the last bad one was answered with; `nil` where nothing came.
  private(set) var lastBad: Int?

  mutating func take(_ probe: DrillProbe) {
    (good, bad) = probe.isGood ? (good + 1, 0) : (0, bad + 1)
    if !probe.isGood { lastBad = probe.status }
  }
}

/// What the requests of one path came to.
package struct PathMeasures: Hashable, Sendable {
  package let path: String
  package let isKeptAlive: Bool
  package let sent: Int
  package let good: Int
  /// The sum of the times from a first bad answer to the first of three good ones after it.
  package let outage: Duration
  package let worstGap: Duration
  /// Half of the answers, and 95 of 100, came within these times: before the drill and during it.
  package let medianBefore, median, p95Before, p95: Duration?

  /// The share of good answers.
  package var availability: Double { Double(good) / Double(max(1, sent)) }
}

/// The moments and figures of one drill; every moment was stamped when the news of it arrived.
///
/// No figure depends on the clock on the wall.
package struct DrillMeasures: Hashable, Sendable {
  /// When the server acknowledged the change.
  package var startedAt: DrillMoment?
  /// When the symptom was first seen.
  package var signalAt: DrillMoment?
  /// When the screen would have told somebody who knows nothing of the drill.
  package var screenAt: DrillMoment?
  /// When it was undone, or seen to be put back by somebody else.
  package var undoneAt: DrillMoment?
  /// When its course came to its end.
  package var closedAt: DrillMoment?
  /// Since when everything is as before; kept only if it holds.
  package private(set) var recoveredAt: DrillMoment?
  package private(set) var isRecoveryHeld = false
  package private(set) var probes: [DrillProbe] = []

  /// How many requests are kept: twenty minutes of sixteen connections, four times a second.
  ///
  /// Those that come after are not counted: what was lost must never look like what was good.
  package static let probesMax = 76_800
  /// How long everything must be as before to count as recovered.
  package static let hold = Duration.seconds(10)
  /// How much of the time before a drill its latency is compared with.
  package static let before = Duration.seconds(30)
  /// How many good answers in a row end an outage.
  package static let goodAnswers = 3

  /// Nothing was measured.
  package init() {}

  /// Takes an answer.
  package mutating func take(_ probe: DrillProbe) {
    guard probes.count < Self.probesMax else { return }
    probes.append(probe)
  }

  /// Takes whether all conditions of recovery hold now.
  package mutating func take(isRecovered: Bool, hold: Duration = hold, at now: DrillMoment) {
    guard !isRecoveryHeld else { return }
    guard isRecovered else {
      recoveredAt = nil
      return
    }
    recoveredAt = recoveredAt ?? now
    isRecoveryHeld = recoveredAt.map { now.since($0) >= hold } ?? false
  }

  package var timeToSignal: Duration? { from(startedAt, to: signalAt) }
  package var timeToScreen: Duration? { from(startedAt, to: screenAt) }
  package var timeToUndo: Duration? { from(startedAt, to: undoneAt) }
  package var timeToRecover: Duration? { isRecoveryHeld ? from(startedAt, to: recoveredAt) : nil }
  package var timeToRecoverAfterUndo: Duration? { isRecoveryHeld ? from(undoneAt, to: recoveredAt) : nil }

  /// When it was over: when all was as before, or else when its course ended.
  package var endedAt: DrillMoment? { isRecoveryHeld ? recoveredAt : closedAt }

  /// How far the clock on the wall was set while it lasted; `nil` where it was not.
  package var clockStep: Duration? {
    guard let startedAt, let last = [closedAt, recoveredAt].compactMap({ $0 }).max(by: { $0.isBefore($1) }) else {
      return nil
    }
    let step = last.wall.since(last.wall(asOf: startedAt))
    return step >= Self.clockStepShown || step <= .zero - Self.clockStepShown ? step : nil
  }

  /// The least that a clock is set by to be told: less is how clocks are kept right.
  private static let clockStepShown = Duration.seconds(1)

  /// How long the recovery took that counts: from the undo on, where there was one.
  package func recovery(isUndone: Bool) -> Duration? { isUndone ? timeToRecoverAfterUndo : timeToRecover }

  private func from(_ start: DrillMoment?, to end: DrillMoment?) -> Duration? {
    guard let start, let end else { return nil }
    return max(.zero, end.since(start))
  }

  /// What each path came to, by name; connections that are kept open behind the others.
  package var paths: [PathMeasures] {
    let groups = Dictionary(grouping: probes) { Series(path: $0.path, isKeptAlive: $0.isKeptAlive) }
    return groups.sorted { ($0.key.isKeptAlive ? 1 : 0, $0.key.path) < ($1.key.isKeptAlive ? 1 : 0, $1.key.path) }
      .map { measures(of: $0.key, $0.value) }
  }

  /// The share of good answers of all paths, over new connections; `nil` where nothing was asked.
  package var availability: Double? { Self.availability(of: paths) }

  /// The same of paths that were summed up before.
  package static func availability(of paths: [PathMeasures]) -> Double? {
    let counted = paths.filter { !$0.isKeptAlive }
    let sent = counted.reduce(0) { $0 + $1.sent }
    return sent == 0 ? nil : Double(counted.reduce(0) { $0 + $1.good }) / Double(sent)
  }

  private struct Series: Hashable {
    let path: String
    let isKeptAlive: Bool
  }

  private func measures(of series: Series, _ probes: [DrillProbe]) -> PathMeasures {
    guard let startedAt else {
      return PathMeasures(
        path: series.path, isKeptAlive: series.isKeptAlive, sent: 0, good: 0, outage: .zero, worstGap: .zero,
        medianBefore: nil, median: nil, p95Before: nil, p95: nil)
    }
    let end = isRecoveryHeld ? recoveredAt : nil
    // One that was waited for in vain is told of after later ones.
    let during = probes.filter { !$0.at.isBefore(startedAt) && !(end?.isBefore($0.at) ?? false) }
      .sorted { $0.at.isBefore($1.at) }
    let earlier = probes.filter { $0.at.isBefore(startedAt) && startedAt.since($0.at) <= Self.before }
    func latencies(_ probes: [DrillProbe]) -> [Duration] { probes.filter(\.isGood).map(\.latency).sorted() }
    let gaps = Self.gaps(during)
    return PathMeasures(
      path: series.path, isKeptAlive: series.isKeptAlive, sent: during.count, good: during.count(where: \.isGood),
      outage: gaps.reduce(.zero, +), worstGap: gaps.max() ?? .zero,
      medianBefore: Self.rank(0.5, latencies(earlier)), median: Self.rank(0.5, latencies(during)),
      p95Before: Self.rank(0.95, latencies(earlier)), p95: Self.rank(0.95, latencies(during)))
  }

  /// The times in which users got errors: from a first bad answer to the first of three good ones.
  private static func gaps(_ probes: [DrillProbe]) -> [Duration] {
    var gaps: [Duration] = []
    var start: DrillMoment?
    var good: [DrillMoment] = []
    for probe in probes {
      if !probe.isGood {
        start = start ?? probe.at
        good = []
      } else if let began = start {
        good.append(probe.at)
        guard good.count >= goodAnswers else { continue }
        gaps.append(good[0].since(began))
        (start, good) = (nil, [])
      }
    }
    if let start, let last = probes.last { gaps.append(last.at.since(start)) }
    return gaps
  }

  private static func rank(_ share: Double, _ sorted: [Duration]) -> Duration? {
    guard !sorted.isEmpty else { return nil }
    return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
  }
}
