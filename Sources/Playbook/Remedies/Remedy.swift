/// What should make a failed check hold.
package enum Remedy: Hashable, Sendable {
  /// Commands that the program can run, once they were shown and agreed to.
  case run(RemedyStep)
  /// What only a person can do.
  case advice(String)
}

/// What a remedy runs.
package enum RemedyStep: Hashable, Sendable {
  /// A command of the profile, one word an element.
  case words([String])
  /// Install the chart or bring the release up to it; without helm, apply its rendered manifests.
  case deployChart
  /// Create the Secret of the profile from values that a person gives.
  case createSecret
}
