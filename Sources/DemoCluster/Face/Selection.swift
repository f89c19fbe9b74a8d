/// Which objects a request is about: a namespace, labels and fields.
struct Selection: Sendable {
  /// The namespace; `nil` for all.
  var namespace: String?
  private var labels: [LabelRequirement] = []
  private var fields: [FieldRequirement] = []

  /// One condition of a label selector.
  enum LabelRequirement: Sendable, Equatable {
    case exists(String)
    case absent(String)
    case oneOf(String, [String])
    case noneOf(String, [String])
  }

  /// One condition of a field selector.
  struct FieldRequirement: Sendable, Equatable {
    let path: String
    let value: String
    let isEqual: Bool
  }

  /// Everything of a namespace, or of all.
  init(namespace: String?) { self.namespace = namespace }

  /// Reads the selectors of a request.
  init(namespace: String?, request: Request, kind: ResourceKind) throws(Refusal) {
    self.namespace = namespace
    labels = try Self.labelRequirements(request.query["labelSelector"] ?? "")
    fields = try Self.fieldRequirements(request.query["fieldSelector"] ?? "", kind: kind)
  }

  /// Adds a condition.
  mutating func require(_ requirement: FieldRequirement) { fields.append(requirement) }

  /// Whether an object is selected.
  func matches(_ object: StoredObject) -> Bool {
    guard namespace == nil || object.key.namespace == namespace else { return false }
    return labels.allSatisfy { $0.matches(object.labels) }
      && fields.allSatisfy { ((object.field($0.path) ?? "") == $0.value) == $0.isEqual }
  }

  private static func fieldRequirements(_ text: String, kind: ResourceKind) throws(Refusal) -> [FieldRequirement] {
    var requirements: [FieldRequirement] = []
    for part in text.split(separator: ",") {
      guard let equals = part.firstIndex(of: "=") else {
        throw Refusal.badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
      }
      let isNegated = part[..<equals].hasSuffix("!")
      let path = String(part[..<equals].drop { $0 == " " }).replacing("!", with: "")
      let value = String(part[part.index(after: equals)...].drop { $0 == "=" })
      guard ["metadata.name", "metadata.namespace"].contains(path) || kind.selectableFields.contains(path) else {
        throw Refusal.badRequest(
          kind.selectableFields.isEmpty
            ? "\"\(path)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : "field label not supported: \(path)")
      }
      requirements.append(FieldRequirement(path: path, value: value, isEqual: !isNegated))
    }
    return requirements
  }

  private static func labelRequirements(_ text: String) throws(Refusal) -> [LabelRequirement] {
    var requirements: [LabelRequirement] = []
    for part in splitOutsideParentheses(text) {
      guard let requirement = LabelRequirement(part.trimmed) else {
        throw Refusal.badRequest("unable to parse requirement: invalid label selector \"\(text)\"")
      }
      requirements.append(requirement)
    }
    return requirements
  }

  /// `in (a, b)` has commas of its own.
  private static func splitOutsideParentheses(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: continue
      }
    }
    return (parts + [text[start...]]).filter { !$0.allSatisfy(\.isWhitespace) }
  }
}

extension Selection.LabelRequirement {
  fileprivate init?(_ text: String) {
    if text.hasSuffix(")"), let open = text.firstIndex(of: "(") {
      let words = text[..<open].split(separator: " ")
      let values = text[text.index(after: open)...].dropLast().split(separator: ",").map { String($0).trimmed }
      guard words.count == 2, ["in", "notin"].contains(words[1]) else { return nil }
      self = words[1] == "in" ? .oneOf(String(words[0]), values) : .noneOf(String(words[0]), values)
    } else if let equals = text.firstIndex(of: "=") {
      let isNegated = text[..<equals].hasSuffix("!")
      let name = String(text[..<equals]).replacing("!", with: "").trimmed
      let value = String(text[text.index(after: equals)...].drop { $0 == "=" }).trimmed
      guard !name.isEmpty, !value.contains("=") else { return nil }
      self = isNegated ? .noneOf(name, [value]) : .oneOf(name, [value])
    } else {
      let name = text.hasPrefix("!") ? String(text.dropFirst()).trimmed : text
      guard !name.isEmpty, !name.contains(where: { " ()<>!".contains($0) }) else { return nil }
      self = text.hasPrefix("!") ? .absent(name) : .exists(name)
    }
  }

  fileprivate func matches(_ labels: [String: String]) -> Bool {
    switch self {
    case .exists(let name): labels[name] != nil
    case .absent(let name): labels[name] == nil
    case .oneOf(let name, let values): labels[name].map(values.contains) ?? false
    case .noneOf(let name, let values): labels[name].map { !values.contains($0) } ?? true
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}
