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

  /// A check; what is not given of its parameters is as usual.
  package init(
    id: String, title: String, kind: CheckKind, parameters: CheckParameters = CheckParameters(), remedy: Remedy? = nil
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    var complete = CheckParameters(usualOf: kind)
    complete.values.merge(parameters.values) { _, given in given }
    self.parameters = complete
    self.remedy = remedy
  }

  /// What has to be known beside the snapshot to judge it.
  package func questions(_ profile: Profile, in snapshot: Snapshot) -> [FactQuestion] {
    kind.questions(parameters, profile, snapshot)
  }

  /// What has to be known to make the commands of its remedy.
  func remedyQuestions(_ profile: Profile, in snapshot: Snapshot) -> [FactQuestion] {
    guard case .run(.deployChart)? = remedy else { return [] }
    let (release, namespace) = (profile.sources.release, profile.namespace(in: snapshot))
    let manifests = profile.sources.manifests.map { [FactQuestion.file($0.path)] } ?? []
    guard !release.isEmpty else { return [.tool(.helmVersion)] + manifests }
    return [
      .tool(.helmVersion), .tool(.helmStatus(release: release, namespace: namespace)),
      .tool(.helmHistory(release: release, namespace: namespace)),
    ] + manifests
  }

  /// Judges it; simulated where an answer that it needs is played by the demo.
  package func result(in context: CheckContext) -> CheckResult {
    var context = context
    context.checkID = id
    let result = kind.evaluate(parameters, context)
    guard result.origin == .observed, [.holds, .fails].contains(result.state), context.facts.hasSimulated else {
      return result
    }
    guard context.facts.isSimulated(questions(context.profile, in: context.snapshot)) else { return result }
    return result.known(.simulated)
  }
}
