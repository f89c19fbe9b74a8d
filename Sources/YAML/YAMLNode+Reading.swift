extension YAMLNode {
  /// The text of a scalar as it is written, whatever it looks like: `no`, `0x10` and `12:30` stay what they are.
  package func text() throws(YAMLError) -> String {
    guard case .scalar(let text, _) = content, !isEmpty else { throw expected("a text") }
    return text
  }

  /// A whole number in decimal digits.
  package func integer() throws(YAMLError) -> Int {
    guard let number = plainText.flatMap(Self.decimal) else { throw expected("a whole number in decimal digits") }
    return number
  }

  /// A number with or without a fraction.
  package func number() throws(YAMLError) -> Double {
    guard let number = plainText.flatMap(Self.fraction) else { throw expected("a number") }
    return number
  }

  /// `true` or `false`; the other words of YAML 1.1 (`yes`, `no`, `on`, `off`) are refused.
  package func boolean() throws(YAMLError) -> Bool {
    switch plainText {
    case "true": return true
    case "false": return false
    default: throw expected("true or false")
    }
  }

  /// The nodes of a list; none where nothing is written.
  package func elements() throws(YAMLError) -> [YAMLNode] {
    if isEmpty { return [] }
    guard case .sequence(let elements) = content else { throw expected("a list") }
    return elements
  }

  /// The members of a mapping, whatever their names; none where nothing is written.
  package func members() throws(YAMLError) -> [YAMLMember] {
    if isEmpty { return [] }
    guard case .mapping(let members) = content else { throw expected("a mapping") }
    return members
  }

  /// The members of a mapping that may have only certain names.
  ///
  /// - Throws: ``YAMLError`` at the first name that is not known, with all that are.
  package func fields(_ known: [String]) throws(YAMLError) -> YAMLFields {
    let members = try members()
    for member in members where !known.contains(member.key) {
      throw YAMLError(member.place, unknown: member.key, of: "key", known: known)
    }
    return YAMLFields(place: place, members: members)
  }

  /// What an unquoted scalar means in JSON, as kubectl reads it; `nil` for lists and mappings.
  package var value: YAMLValue? {
    guard case .scalar(let text, let isQuoted) = content else { return nil }
    if isEmpty { return .null }
    guard !isQuoted else { return .text(text) }
    switch text {
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: return Self.decimal(text).map { .integer($0) } ?? Self.fraction(text).map { .number($0) } ?? .text(text)
    }
  }

  /// The error of a node that is not what is wanted there.
  package func expected(_ wanted: String) -> YAMLError {
    guard case .scalar(let text, let isQuoted) = content, !isEmpty else {
      return YAMLError(place, "\(wanted) is expected here, not \(form)")
    }
    let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
    return YAMLError(place, "\(wanted) is expected here, not \(isQuoted ? "the text " : "")\"\(shown)\"")
  }

  private var plainText: String? {
    guard case .scalar(let text, isQuoted: false) = content else { return nil }
    return text
  }

  /// Digits with a sign at most; a leading zero could mean an octal number.
  private static func decimal(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.count == 1 || !digits.hasPrefix("0") else {
      return nil
    }
    return Int(text)
  }

  private static func fraction(_ text: String) -> Double? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    let whole = digits.prefix { $0.isNumber }
    guard whole.count < 2 || !whole.hasPrefix("0"), let number = Double(text), number.isFinite else { return nil }
    return number
  }
}

/// What a scalar means in JSON.
package enum YAMLValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
}

/// The members of a mapping whose names are known.
package struct YAMLFields: Sendable {
  /// Where the mapping begins.
  package let place: YAMLPlace
  private let members: [YAMLMember]

  init(place: YAMLPlace, members: [YAMLMember]) {
    self.place = place
    self.members = members
  }

  /// The names that are there, in order.
  package var keys: [String] { members.map(\.key) }

  /// The value of that name; `nil` where it is missing or empty.
  package subscript(_ key: String) -> YAMLNode? {
    members.first { $0.key == key }.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// The value of a name that must be there.
  package func required(_ key: String) throws(YAMLError) -> YAMLNode {
    guard let value = self[key] else { throw YAMLError(place, "the key \"\(key)\" is missing here") }
    return value
  }
}
