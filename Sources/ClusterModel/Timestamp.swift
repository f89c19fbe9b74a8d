/// A moment in time: nanoseconds since 1970-01-01T00:00:00Z.
///
/// The model never reads a clock: every answer that depends on time takes the moment as an argument.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch; reaches from the year 1678 to 2262.
  public var nanoseconds: Int64

  /// A moment by its nanoseconds since the epoch.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A moment by its seconds since the epoch; beyond the range it is the nearest moment within.
  public init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    nanoseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// The earliest moment there is.
  public static let distantPast = Timestamp(nanoseconds: .min)

  /// Whole seconds since the epoch, rounded down.
  public var seconds: Int64 {
    nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : -((-(nanoseconds + 1)) / 1_000_000_000) - 1
  }

  /// Orders by time.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The time from `earlier` to this moment; negative if `earlier` is later.
  public func since(_ earlier: Timestamp) -> Duration {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return .nanoseconds(overflow ? (nanoseconds < earlier.nanoseconds ? .min : .max) : difference)
  }

  /// The moment `duration` later; beyond the range it is the nearest moment within.
  public func advanced(by duration: Duration) -> Timestamp {
    let parts = duration.components
    let (whole, overflow) = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let end: Int64 = parts.seconds < 0 ? .min : .max
    guard !overflow else { return Timestamp(nanoseconds: end) }
    let (step, stepOverflow) = whole.addingReportingOverflow(parts.attoseconds / 1_000_000_000)
    let (sum, sumOverflow) = nanoseconds.addingReportingOverflow(stepOverflow ? end : step)
    return Timestamp(nanoseconds: sumOverflow ? end : sum)
  }
}

extension Duration {
  /// The duration in seconds, with its fraction.
  public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
