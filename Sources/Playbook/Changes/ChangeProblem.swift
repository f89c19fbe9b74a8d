/// Why a change was not made, or is not known to be made, in words for people.
package struct ChangeProblem: Error, Hashable, Sendable {
  /// What kind of failure it is.
  package enum Reason: Hashable, Sendable {
    /// The object is another one of the same name.
    case replaced
    case gone
    /// Somebody changed the value in between.
    case changedMeanwhile
    case forbidden
    /// A disruption budget holds it back.
    case budget
    /// The server does not accept what was asked.
    case invalid
    /// No answer in time: it may have been done all the same.
    case timedOut
    /// Stopped by the user: it may have been done all the same.
    case cancelled
    case badName
    case kubectlMissing
    case other
  }

  package let reason: Reason
  package let sentence: String
  /// What to do now; empty where nothing better is known than to look.
  package let nextStep: String

  /// A failure.
  package init(_ reason: Reason, _ sentence: String, nextStep: String = "") {
    self.reason = reason
    self.sentence = sentence
    self.nextStep = nextStep
  }

  /// Whether the change may have been made although there is no answer that says so.
  package var mayBeDone: Bool { reason == .timedOut || reason == .cancelled }
}
