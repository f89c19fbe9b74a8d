import YAML

/// What is worked out of answers once, because checks ask for it every second.
///
/// It follows from the answers, so that two of them never make a difference.
struct FactDigests: Hashable, Sendable {
  /// YAML documents: rendered manifests, manifests and values in files.
  private var documents: [FactQuestion: [YAMLNode]] = [:]
  private var logs: [FactQuestion: LogDigest] = [:]

  /// How large a YAML text is read, and how many values it may have.
  private static let limits = {
    var limits = YAMLLimits()
    limits.bytes = 1 << 20
    limits.nodes = 50_000
    limits.aliases = 100
    return limits
  }()

  /// The documents of an answer; `nil` where it has none, or they cannot be read.
  func documents(of question: FactQuestion) -> [YAMLNode]? { documents[question] }

  /// What the lines of a container tell.
  func log(of question: FactQuestion) -> LogDigest? { logs[question] }

  /// Reads a new answer.
  mutating func take(_ answer: FactAnswer?, to question: FactQuestion) {
    documents[question] = answer.flatMap { Self.yaml(of: $0, to: question) }.flatMap {
      try? yamlDocuments(Array($0.utf8), limits: Self.limits)
    }
    if case .tool(.logTail) = question, case .ended(code: 0, let output, _)? = answer {
      logs[question] = LogDigest(of: output)
    } else {
      logs[question] = nil
    }
  }

  /// Forgets the answers to other questions.
  mutating func keep(_ questions: Set<FactQuestion>) {
    documents = documents.filter { questions.contains($0.key) }
    logs = logs.filter { questions.contains($0.key) }
  }

  /// The text of an answer that should be YAML.
  private static func yaml(of answer: FactAnswer, to question: FactQuestion) -> String? {
    switch (question, answer) {
    case (.tool(.helmTemplate), .ended(code: 0, let output, _)): output
    // A chart's templates have the same ending, and are none.
    case (.file(let path), .text(let text))
    where (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && !text.contains("{{"): text
    default: nil
    }
  }

  static func == (left: FactDigests, right: FactDigests) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}
