import ClusterModel

/// Whether the program may change the cluster now.
///
/// It starts disarmed, except on a cluster of this machine.
package struct Arming: Hashable, Sendable {
  /// How it is now.
  package enum Condition: Hashable, Sendable {
    /// For good: nothing arms it.
    case readOnly
    case disarmed
    /// Until a moment; `nil` until it is disarmed.
    case armed(until: Timestamp?)
  }

  /// Why nothing is ever changed; empty where something may be.
  package private(set) var readOnlyReason: String
  private var until: Timestamp?
  private var isArmed = false

  /// How long arming lasts.
  package static let seconds: Int64 = 300

  /// Disarmed; with a reason for good.
  package init(readOnlyReason: String = "") { self.readOnlyReason = readOnlyReason }

  /// How it is at a moment.
  package func condition(at now: Timestamp) -> Condition {
    guard readOnlyReason.isEmpty else { return .readOnly }
    guard isArmed, until.map({ now < $0 }) ?? true else { return .disarmed }
    return .armed(until: until)
  }

  /// Whether changes are allowed at a moment.
  package func isArmed(at now: Timestamp) -> Bool { if case .armed = condition(at: now) { true } else { false } }

  /// The seconds left, or `nil` where no end is set.
  package func secondsLeft(at now: Timestamp) -> Int64? {
    guard case .armed(let until?) = condition(at: now) else { return nil }
    return max(0, Int64(until.since(now).inSeconds.rounded(.up)))
  }

  /// Arms: for a while, or on a cluster of this machine until it is disarmed.
  package mutating func arm(for standing: Guards.Standing, at now: Timestamp) {
    guard readOnlyReason.isEmpty else { return }
    isArmed = true
    until = standing == .local ? nil : now.advanced(by: .seconds(Arming.seconds))
  }

  /// Disarms; what was begun runs to its end.
  package mutating func disarm() {
    isArmed = false
    until = nil
  }

  /// What must be typed to arm; `nil` where a key is enough.
  package static func wordToType(for standing: Guards.Standing, context: String) -> String? {
    standing == .protected ? context : nil
  }
}
