/// A command of a remedy, ready to be started: what is shown is what runs.
package struct RemedyCommand: Hashable, Sendable {
  /// The words as people would type them; none of them is ever secret.
  package var words: [String]
  /// The words that are started; they differ where a program has another name here or the demo plays it.
  package var argv: [String]
  /// What it reads, such as manifests or values.
  package var input: String
  /// Whether the input holds secrets: then it is shown nowhere.
  package var isInputSecret: Bool
  package var timeLimit: Duration
  /// Whether the demo plays the program.
  package var isSimulated: Bool
  /// What its duration is recorded as, such as `build backend`; empty where it is not timed.
  package var timedAs: String
  /// How long it should take at most, where that is a goal.
  package var goal: Duration?

  /// A command.
  package init(
    words: [String], argv: [String], input: String = "", isInputSecret: Bool = false, timeLimit: Duration,
    isSimulated: Bool = false, timedAs: String = "", goal: Duration? = nil
  ) {
    self.words = words
    self.argv = argv
    self.input = input
    self.isInputSecret = isInputSecret
    self.timeLimit = timeLimit
    self.isSimulated = isSimulated
    self.timedAs = timedAs
    self.goal = goal
  }
}
