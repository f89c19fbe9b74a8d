/// What a check found.
package struct CheckResult: Hashable, Sendable {
  /// Whether the condition holds.
  package enum State: String, Hashable, Sendable {
    case holds, fails, unknown, skipped
    /// A person said that it holds.
    case manual
    /// It held once, longer ago than is believed.
    case stale
  }

  /// How it is known.
  package enum Origin: String, Hashable, Sendable {
    /// Seen now, in the cluster or on this machine.
    case observed
    /// Written down when it happened.
    case recorded
    /// Said by a person.
    case manual
    /// Played by the demo: nothing is there.
    case simulated
  }

  package var state: State
  package var origin: Origin
  /// What was seen, in one line; for `unknown` and `skipped` the reason.
  package var evidence: String
  /// What to do about it, in one line that begins with a verb; empty when nothing is to be done.
  package var advice: String

  /// A condition that holds.
  package static func holds(_ evidence: String) -> CheckResult { CheckResult(.holds, evidence, "") }

  /// A condition that does not hold, and what to do.
  package static func fails(_ evidence: String, advice: String) -> CheckResult { CheckResult(.fails, evidence, advice) }

  /// A condition that cannot be known, and why.
  package static func unknown(_ reason: String) -> CheckResult { CheckResult(.unknown, reason, "") }

  /// A condition that does not apply here, and why.
  package static func skipped(_ reason: String) -> CheckResult { CheckResult(.skipped, reason, "") }

  /// A condition that a person judges: not yet judged, or long ago.
  package static func manual(_ state: State, _ evidence: String, advice: String = "") -> CheckResult {
    CheckResult(state, evidence, advice, .manual)
  }

  private init(_ state: State, _ evidence: String, _ advice: String, _ origin: Origin = .observed) {
    self.state = state
    self.origin = origin
    self.evidence = evidence
    self.advice = advice
  }

  /// The same result, known in another way.
  package func known(_ origin: Origin) -> CheckResult {
    var result = self
    result.origin = origin
    return result
  }
}
