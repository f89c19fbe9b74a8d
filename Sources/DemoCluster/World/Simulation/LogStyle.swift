import YAML

/// What the containers of an image log.
struct LogStyle: Sendable {
  /// Mean seconds between two lines.
  let secondsBetweenLines: Double
  private let opening: [TextTemplate]
  private let lines: [(weight: UInt64, template: TextTemplate)]
  private let crash: [TextTemplate]
  private let totalWeight: UInt64

  /// Nothing is logged.
  static let quiet = LogStyle()

  private init() { (secondsBetweenLines, opening, lines, crash, totalWeight) = (3600, [], [], [], 0) }

  /// Reads what is logged at the start, then every so often, and at a crash.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["every", "words", "opening", "lines", "crash"])
    let every = try fields.required("every")
    secondsBetweenLines = try every.seconds()
    guard secondsBetweenLines >= 0.001 else { throw every.expected("a time of at least 0.001s") }
    var words: [String: [String]] = [:]
    for member in try fields["words"]?.members() ?? [] {
      words[member.key] = try member.value.elements().map { node throws(YAMLError) in try node.text() }
    }
    func templates(_ key: String) throws(YAMLError) -> [TextTemplate] {
      try (try fields[key]?.elements() ?? []).map { node throws(YAMLError) in try TextTemplate(node, words: words) }
    }
    opening = try templates("opening")
    crash = try templates("crash")
    lines = try (try fields["lines"]?.elements() ?? []).map { node throws(YAMLError) in
      let line = try node.fields(["weight", "text"])
      let weight = try line["weight"]?.whole(1...1_000_000) ?? 1
      return (UInt64(weight), try TextTemplate(try line.required("text"), words: words))
    }
    totalWeight = lines.reduce(0) { $0 + $1.weight }
  }

  /// What is logged at the start, one line each half second.
  func openingLines(image: String, at moment: Moment) -> [String] { fill(opening, image, moment) }

  /// The last words of a container that crashes.
  func lastWords(image: String, at moment: Moment) -> [String] { fill(crash, image, moment) }

  /// One line at a moment, of what chance picks; `nil` where nothing is ever logged.
  func line(image: String, at moment: Moment, chance: RandomSource) -> String? {
    guard totalWeight > 0 else { return nil }
    var chance = chance
    var chosen = chance.next() % totalWeight
    for (weight, template) in lines {
      if chosen < weight { return template.text(at: moment, image: image, &chance) }
      chosen -= weight
    }
    return nil
  }

  private func fill(_ templates: [TextTemplate], _ image: String, _ moment: Moment) -> [String] {
    var chance = RandomSource(seed: UInt64(moment.milliseconds))
    return templates.map { $0.text(at: moment, image: image, &chance) }
  }
}
