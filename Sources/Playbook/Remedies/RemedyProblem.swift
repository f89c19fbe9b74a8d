/// Why a remedy has no commands, in a sentence with the next step.
package struct RemedyProblem: Error, Hashable, Sendable {
  package let sentence: String

  /// Why not.
  package init(_ sentence: String) { self.sentence = sentence }
}
