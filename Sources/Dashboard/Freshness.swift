import CellScreen
import ClusterModel

/// How old a panel's data is, as it stands in its border.
struct Freshness {
  /// From this age on without a sign of life data is shown as old, in seconds.
  static let oldSeconds = 10.0
  /// The same while the server is known not to answer: what is less is a hiccup.
  static let oldSecondsWhenLost = 5.0
  /// Metrics are sampled every 15 seconds; they are old when two samples are missing, in seconds.
  static let oldMetricsSeconds = 45.0

  let span: Span
  let isOld: Bool
}

/// The freshness of some kinds together: that of the one whose sign of life is the oldest.
func freshness(of kinds: [ResourceKind], _ state: DashboardState) -> Freshness {
  if state.snapshot.connection.originalFeed == .recording {
    return Freshness(span: Span("recorded", .muted), isOld: false)
  }
  var oldest = Freshness(span: Span("○ –", .muted), isOld: false)
  var age = -1.0
  for kind in kinds {
    let status = state.snapshot.stream(kind)
    guard status.hasList, let alive = status.lastProofOfLife else { continue }
    let seconds = max(0, state.now.since(alive).inSeconds)
    guard seconds > age else { continue }
    age = seconds
    let limit = kind.isWatched ? oldSeconds(state.snapshot.connection) : Freshness.oldMetricsSeconds
    if seconds >= limit {
      oldest = Freshness(span: Span("⚠ \(ageText(seconds)) old", .warning), isOld: true)
    } else {
      oldest = Freshness(span: Span("● \(ageText(seconds))", .muted), isOld: false)
    }
  }
  return oldest
}

/// From which age on the data of a feed is old; a poll proves life only once a period.
private func oldSeconds(_ connection: Connection) -> Double {
  let isLost = !connection.isReachable && !connection.problem.isEmpty
  if isLost { return Freshness.oldSecondsWhenLost }
  return Freshness.oldSeconds + (connection.pollPeriod.map { $0.inSeconds * 2 } ?? 0)
}

/// Short, for data that is seconds old: `3 s`, `2 min`, `4 h`.
func ageText(_ seconds: Double) -> String {
  switch seconds {
  case ..<1: "now"
  case ..<120: "\(Int(seconds)) s"
  case ..<7_200: "\(Int(seconds / 60)) min"
  default: "\(Int(seconds / 3_600)) h"
  }
}

/// How long ago something was: `now`, `3 s ago`.
func agoText(_ seconds: Double) -> String {
  seconds < 1 ? "now" : ageText(seconds) + " ago"
}
