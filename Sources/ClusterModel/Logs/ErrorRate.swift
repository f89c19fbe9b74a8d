/// How many lines with errors came in each of the last seconds.
package struct ErrorRate: Hashable, Sendable {
  /// How many seconds are kept.
  package static let secondsMax = 60

  private var counts = [Int](repeating: 0, count: ErrorRate.secondsMax)
  /// The newest second that is counted.
  private var newest: Int64 = .min
  /// All errors so far.
  package private(set) var total = 0

  /// No errors.
  package init() {}

  /// Counts an error; one that is older than what is kept counts in the total alone.
  package mutating func count(at time: Timestamp) {
    total += 1
    let second = time.seconds
    if newest == .min { newest = second }
    guard second > newest - Int64(Self.secondsMax) else { return }
    clear(through: second)
    counts[slot(second)] += 1
  }

  /// The counts of the last seconds up to a moment, oldest first.
  package func last(_ seconds: Int, at now: Timestamp) -> [Int] {
    let end = now.seconds
    return (0..<Int64(seconds)).map { step in
      let second = end - Int64(seconds) + 1 + step
      return second <= newest && second > newest - Int64(Self.secondsMax) ? counts[slot(second)] : 0
    }
  }

  private mutating func clear(through second: Int64) {
    guard second > newest else { return }
    for step in 1...min(second - newest, Int64(Self.secondsMax)) { counts[slot(second - step + 1)] = 0 }
    newest = second
  }

  private func slot(_ second: Int64) -> Int { Int(((second % 60) + 60) % 60) }
}
