/// How long to wait before the next try: longer after each failure, never the same for all.
struct Backoff: Hashable {
  /// The wait after the first failure.
  static let first: Duration = .milliseconds(250)
  /// The longest wait.
  static let longest: Duration = .seconds(2)

  private(set) var failures = 0

  /// The wait after one more failure.
  ///
  /// - Parameter jitter: Between 0 and 1; spreads the tries of many clients between half the wait and all of it.
  mutating func failed(jitter: Double) -> Duration {
    failures += 1
    let full = min(Self.longest, Self.first * Double(1 << min(failures - 1, 10)))
    return full * (0.5 + 0.5 * min(max(jitter, 0), 1))
  }

  /// All is well again.
  mutating func succeeded() { failures = 0 }
}
