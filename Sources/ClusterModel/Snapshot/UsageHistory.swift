/// One sample of usage.
public struct UsageSample: Hashable, Sendable {
  public var at: Timestamp
  public var cpuMillicores: Int?
  public var memoryBytes: Int?
}

/// The last samples of usage of one thing, oldest first.
public struct UsageHistory: Hashable, Sendable {
  /// How many samples are kept.
  public static let limit = 120
  /// The longest time between two samples that is no gap; metrics-server samples every 15 to 60 seconds.
  public static let longestSpacing = Duration.seconds(90)

  /// A sample in little memory: thousands of pods have a hundred each.
  private struct Packed: Hashable {
    var at: Timestamp
    /// Negative where unset.
    var memoryBytes: Int
    /// Negative where unset.
    var cpuMillicores: Int32

    init(_ usage: ResourceAmounts, at moment: Timestamp) {
      at = moment
      memoryBytes = usage.memoryBytes ?? -1
      cpuMillicores = usage.cpuMillicores.map { Int32(clamping: $0) } ?? -1
    }

    var sample: UsageSample {
      UsageSample(
        at: at, cpuMillicores: cpuMillicores < 0 ? nil : Int(cpuMillicores),
        memoryBytes: memoryBytes < 0 ? nil : memoryBytes)
    }
  }

  private var packed: [Packed] = []

  /// The samples, oldest first.
  public var samples: [UsageSample] { packed.map(\.sample) }

  /// No samples.
  public init() {}

  /// The last sample.
  public var last: UsageSample? { packed.last?.sample }

  /// Appends a sample; one that is not later than the last is not new and is passed over.
  ///
  /// - Returns: Whether it was new.
  public mutating func append(_ usage: ResourceAmounts, at moment: Timestamp) -> Bool {
    if let last = packed.last, moment <= last.at { return false }
    if packed.count >= Self.limit { packed.removeFirst(packed.count - Self.limit + 1) }
    packed.append(Packed(usage, at: moment))
    return true
  }

  /// The samples in equal steps that end at `now`, oldest first.
  ///
  /// A step shows the last sample that is not older than its end by more than ``longestSpacing``; else it is a gap.
  public func series(count: Int, step: Duration, endingAt now: Timestamp) -> UsageSeries {
    let samples = samples
    var series = UsageSeries()
    var next = 0
    var current: UsageSample?
    for index in 0..<max(0, count) {
      let end = now.advanced(by: step * -Double(count - 1 - index))
      while next < samples.count, samples[next].at <= end {
        current = samples[next]
        next += 1
      }
      let isFresh = current.map { end.since($0.at) <= Self.longestSpacing } ?? false
      series.cpuMillicores.append(isFresh ? current?.cpuMillicores : nil)
      series.memoryBytes.append(isFresh ? current?.memoryBytes : nil)
    }
    return series
  }
}
