import ClusterModel
import YAML

/// The answer to a question, and since when it is known.
package struct Fact: Hashable, Sendable {
  package let answer: FactAnswer
  package let readAt: Timestamp
  /// Whether the demo played the program that was asked.
  package let isSimulated: Bool

  /// An answer read at a moment.
  package init(_ answer: FactAnswer, readAt: Timestamp, isSimulated: Bool = false) {
    self.answer = answer
    self.readAt = readAt
    self.isSimulated = isSimulated
  }
}

/// What came of looking something up.
package enum FactAnswer: Hashable, Sendable {
  /// A program ended: its exit code and what it printed, redacted where people could have put secrets.
  case ended(code: Int32, output: String, errorText: String)
  /// There is no such program.
  case missing(program: String)
  /// It did not answer in so many seconds.
  case late(seconds: Int)
  /// The text of a file.
  case text(String)
  /// Paths below a folder, in order.
  case entries([String])
  /// Addresses of a name, in order.
  case addresses([String])
  /// There is no such file, folder or name.
  case absent
  /// It could not be looked up, and why.
  case failed(String)
}

/// What was looked up.
package struct Facts: Hashable, Sendable {
  private var answers: [FactQuestion: Fact] = [:]
  private var digests = FactDigests()

  /// Nothing was looked up yet.
  package init() {}

  /// The answer to a question; `nil` while there is none.
  package subscript(question: FactQuestion) -> Fact? {
    get { answers[question] }
    set {
      answers[question] = newValue
      digests.take(newValue?.answer, to: question)
    }
  }

  /// The answer of a program; `nil` while there is none.
  package subscript(tool question: ToolQuestion) -> FactAnswer? { answers[.tool(question)]?.answer }

  /// The YAML documents of an answer; `nil` where it has none, or they cannot be read.
  func documents(of question: FactQuestion) -> [YAMLNode]? { digests.documents(of: question) }

  /// The values that a chart's template reads; none while it is not read.
  func valueReferences(of question: FactQuestion) -> Set<String> { digests.valueReferences(of: question) }

  /// What the lines of a container tell; `nil` while they are not read.
  func log(of target: LogTarget, lines: Int) -> LogDigest? { digests.log(of: .tool(.logTail(target, lines: lines))) }

  /// Whether the demo played one of the answers.
  package func isSimulated(_ questions: [FactQuestion]) -> Bool {
    questions.contains { answers[$0]?.isSimulated == true }
  }

  /// Whether the demo played any answer at all.
  var hasSimulated: Bool { answers.values.contains(where: \.isSimulated) }

  /// Adds what was looked up, unless something newer is known of the same question.
  package mutating func merge(_ others: [FactQuestion: Fact]) {
    for (question, fact) in others {
      if let known = self[question], known.readAt > fact.readAt { continue }
      self[question] = fact
    }
  }

  /// Forgets the answers to questions that nobody asks any more.
  package mutating func keep(_ questions: Set<FactQuestion>) {
    answers = answers.filter { questions.contains($0.key) }
    digests.keep(questions)
  }
}
