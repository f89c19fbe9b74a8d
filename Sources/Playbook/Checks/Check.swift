import ClusterModel

/// A named condition that holds, fails or cannot be known, with evidence and one remedy.
///
/// It is one line of a profile: a kind with its parameters.
package struct Check: Sendable, Identifiable {
  /// Stable, as people look it up: `5.2`.
  package let id: String
  package let title: String
  package let kind: CheckKind
  package let parameters: CheckParameters
  /// What should make it hold; without one the result's own advice is shown.
  package let remedy: Remedy?

  /// A check.
  package init(
    id: String, title: String, kind: CheckKind, parameters: CheckParameters = CheckParameters(), remedy: Remedy? = nil
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.parameters = parameters
    self.remedy = remedy
  }

  /// What has to be known beside the snapshot to judge it.
  package func questions(_ profile: Profile) -> [FactQuestion] { kind.questions(parameters, profile) }

  /// Judges it; simulated where an answer that it needs is played by the demo.
  package func result(in context: CheckContext) -> CheckResult {
    let result = kind.evaluate(parameters, context)
    guard result.origin == .observed, context.facts.isSimulated(questions(context.profile)) else { return result }
    return result.known(.simulated)
  }
}
