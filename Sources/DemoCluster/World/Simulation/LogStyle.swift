import YAML

/// What the containers of an image log.
struct LogStyle: Sendable {
  /// Mean seconds between two lines.
  let secondsBetweenLines: Double
  private let opening: [TextTemplate]
  private let lines: Choice
  /// What is logged instead while a peer does not answer.
  private let failures: [Silence.Peer: Choice]
  private let crash: [TextTemplate]

  /// Nothing is logged.
  static let quiet = LogStyle()

  /// Lines of which one is chosen by weight.
  private struct Choice: Sendable {
    var lines: [(weight: UInt64, template: TextTemplate)] = []
    var totalWeight: UInt64 { lines.reduce(0) { $0 + $1.weight } }
  }

  private init() { (secondsBetweenLines, opening, lines, failures, crash) = (3600, [], Choice(), [:], []) }

  /// Reads what is logged at the start, then every so often, and at a crash.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["every", "words", "opening", "lines", "without", "crash"])
    let every = try fields.required("every")
    secondsBetweenLines = try every.seconds()
    guard secondsBetweenLines >= 0.000_01 else { throw every.expected("a time of at least 0.00001s") }
    var words: [String: [String]] = [:]
    for member in try fields["words"]?.members() ?? [] {
      words[member.key] = try member.value.elements().map { node throws(YAMLError) in try node.text() }
    }
    func templates(_ key: String) throws(YAMLError) -> [TextTemplate] {
      try (try fields[key]?.elements() ?? []).map { node throws(YAMLError) in try TextTemplate(node, words: words) }
    }
    opening = try templates("opening")
    crash = try templates("crash")
    func choice(_ node: YAMLNode?) throws(YAMLError) -> Choice {
      Choice(
        lines: try (try node?.elements() ?? []).map { node throws(YAMLError) in
          let line = try node.fields(["weight", "text"])
          let weight = try line["weight"]?.whole(1...1_000_000) ?? 1
          return (UInt64(weight), try TextTemplate(try line.required("text"), words: words))
        })
    }
    lines = try choice(fields["lines"])
    let without = try fields["without"]?.fields(Silence.Peer.allCases.map(\.rawValue))
    var failures: [Silence.Peer: Choice] = [:]
    for peer in Silence.Peer.allCases { failures[peer] = try choice(without?[peer.rawValue]) }
    self.failures = failures
  }

  /// What is logged at the start, one line each half second.
  func openingLines(image: String, at moment: Moment) -> [String] { fill(opening, image, moment) }

  /// The last words of a container that crashes.
  func lastWords(image: String, at moment: Moment) -> [String] { fill(crash, image, moment) }

  /// The `number`-th line, of what chance picks; `nil` where nothing is ever logged.
  ///
  /// - Parameter peer: What does not answer at that moment.
  func line(
    _ number: Int, image: String, at moment: Moment, chance: RandomSource, without peer: Silence.Peer? = nil
  ) -> String? {
    let failures = peer.flatMap { self.failures[$0] } ?? Choice()
    let choice = failures.lines.isEmpty ? lines : failures
    guard choice.totalWeight > 0 else { return nil }
    var chance = chance
    var chosen = chance.next() % choice.totalWeight
    for (weight, template) in choice.lines {
      if chosen < weight { return template.text(at: moment, image: image, number: number, &chance) }
      chosen -= weight
    }
    return nil
  }

  private func fill(_ templates: [TextTemplate], _ image: String, _ moment: Moment) -> [String] {
    var chance = RandomSource(seed: UInt64(moment.milliseconds))
    return templates.map { $0.text(at: moment, image: image, &chance) }
  }
}
