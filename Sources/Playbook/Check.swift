import ClusterModel

/// A named condition that holds, fails or cannot be known, with evidence and one remedy.
///
/// A kind of check is one value of this type and one line in ``Phase/all``.
package struct Check: Sendable, Identifiable {
  /// Stable, as people look it up: `5.2`.
  package let id: String
  package let title: String
  package let evaluate: @Sendable (Snapshot, Timestamp) -> CheckResult

  /// A check.
  package init(
    id: String, title: String, evaluate: @escaping @Sendable (Snapshot, Timestamp) -> CheckResult
  ) {
    self.id = id
    self.title = title
    self.evaluate = evaluate
  }
}

/// What a check found.
package struct CheckResult: Hashable, Sendable {
  /// Whether the condition holds.
  package enum State: String, Hashable, Sendable { case holds, fails, unknown, skipped }

  package var state: State
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

  private init(_ state: State, _ evidence: String, _ advice: String) {
    self.state = state
    self.evidence = evidence
    self.advice = advice
  }
}
