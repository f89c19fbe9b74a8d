import YAML

/// A phase as it is written.
struct PhaseText: Sendable {
  let number: Int
  let name: String
  let reason: String
  let checks: [CheckText]

  init(_ node: YAMLNode, number: Int, images: [String]) throws(YAMLError) {
    let fields = try node.fields(["name", "reason", "checks"])
    self.number = number
    name = try fields.required("name").line()
    reason = try fields["reason"]?.line() ?? ""
    var checks: [CheckText] = []
    if let list = fields["checks"] {
      for node in try list.filledList("checks", limit: ProfileLimits.checksPerPhase) {
        checks.append(try CheckText(node, usualID: "\(number).\(checks.count + 1)", images: images))
      }
    } else if reason.isEmpty {
      throw YAMLError(fields.place, "a phase has checks, or a reason why it has none")
    }
    self.checks = checks
  }
}

/// A check as it is written: what stands in `${…}` is filled in later.
struct CheckText: Sendable {
  /// A remedy as it is written.
  enum RemedyText: Sendable {
    case words([String])
    case step(RemedyStep)
    case advice(String)
  }

  let place: YAMLPlace
  let id: String
  let title: String
  let kind: CheckKind
  let parameters: CheckParameters
  let remedy: RemedyText?
  /// Whether it stands for one check of each image.
  let isForEachImage: Bool

  /// The keys that every check may have.
  static let commonKeys = ["kind", "id", "title", "each", "remedy", "advice"]
  /// The remedies that have a name.
  static let steps: [(name: String, step: RemedyStep)] = [
    ("deploy-chart", .deployChart), ("create-secret", .createSecret),
  ]

  init(_ node: YAMLNode, usualID: String, images: [String]) throws(YAMLError) {
    place = node.place
    kind = try Self.kind(node)
    let fields = try node.fields(Self.commonKeys + kind.parameters.map(\.name))
    id = try fields["id"].map { node throws(YAMLError) in try Self.id(node) } ?? usualID
    if let each = fields["each"] {
      let word = try each.line()
      guard word == "image" else {
        throw YAMLError(each.place, unknown: word, of: "list to go through", known: ["image"])
      }
    }
    isForEachImage = fields["each"] != nil
    let placeholders = Placeholders.known(images: images, isForEachImage: isForEachImage)
    func filled(_ node: YAMLNode) throws(YAMLError) -> String {
      let text = try node.line()
      try Placeholders.check(text, at: node.place, known: placeholders)
      return text
    }
    title = try fields["title"].map(filled) ?? ""
    var values: [String: CheckParameters.Value] = [:]
    for parameter in kind.parameters {
      guard let node = fields[parameter.name] else {
        guard let usual = parameter.usual else {
          throw YAMLError(place, "a check of kind \(kind.name) needs \"\(parameter.name)\"")
        }
        values[parameter.name] = usual
        continue
      }
      switch parameter.form {
      case .text: values[parameter.name] = .text(try filled(node))
      case .number: values[parameter.name] = .number(try Self.number(node))
      case .texts:
        var texts: [String] = []
        for node in try node.filledList("texts") { texts.append(try filled(node)) }
        values[parameter.name] = .texts(texts)
      }
    }
    parameters = CheckParameters(values)
    remedy = try Self.remedy(fields, filled)
  }

  private static func kind(_ node: YAMLNode) throws(YAMLError) -> CheckKind {
    guard let value = try node.members().first(where: { $0.key == "kind" })?.value else {
      throw YAMLError(node.place, "the key \"kind\" is missing here")
    }
    let name = try value.line()
    guard let kind = CheckKind.all.first(where: { $0.name == name }) else {
      throw YAMLError(value.place, unknown: name, of: "kind of check", known: CheckKind.all.map(\.name).sorted())
    }
    return kind
  }

  private static func id(_ node: YAMLNode) throws(YAMLError) -> String {
    let id = try node.line()
    guard id.count <= 40, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }) else {
      throw YAMLError(node.place, "an id of letters, digits, dots and dashes is expected here, not \"\(id)\"")
    }
    return id
  }

  private static func number(_ node: YAMLNode) throws(YAMLError) -> Double {
    let number = try node.number()
    guard (0...ProfileLimits.number).contains(number) else {
      throw YAMLError(node.place, "a number from 0 to \(Int(ProfileLimits.number)) is expected here")
    }
    return number
  }

  private static func remedy(
    _ fields: YAMLFields, _ filled: (YAMLNode) throws(YAMLError) -> String
  ) throws(YAMLError) -> RemedyText? {
    if let advice = fields["advice"] {
      if let remedy = fields["remedy"] { throw YAMLError(remedy.place, "a check has a remedy or advice, not both") }
      return .advice(try filled(advice))
    }
    guard let node = fields["remedy"] else { return nil }
    if case .scalar = node.content {
      let name = try node.line()
      guard let step = steps.first(where: { $0.name == name }) else {
        throw YAMLError(
          node.place,
          "a list of words, or one of \(steps.map(\.name).joined(separator: " and ")), is expected here, not \"\(name)\""
        )
      }
      return .step(step.step)
    }
    var words: [String] = []
    for word in try node.filledList("words", limit: ProfileLimits.words) { words.append(try filled(word)) }
    try refuseShell(words[0], at: node.place)
    return .words(words)
  }

  /// Programs that would read their words as further commands.
  private static let shells: Set<String> = [
    "sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "busybox", "env", "eval", "exec", "xargs", "sudo",
    "doas", "nohup", "setsid", "ssh",
  ]

  private static func refuseShell(_ program: String, at place: YAMLPlace) throws(YAMLError) {
    let name = program.split(separator: "/").last.map(String.init) ?? ""
    guard !name.isEmpty, !program.hasPrefix("-"), !program.contains("$") else {
      throw YAMLError(place, "a remedy begins with the name of a program")
    }
    guard !shells.contains(name) else {
      throw YAMLError(place, "a remedy cannot run \(name): it names the program itself, and each of its words")
    }
  }
}
