/// A JSON value whose objects keep the order of their members, as the API server writes them.
enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case fraction(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One name and value of an object.
  struct Member: Equatable, Sendable {
    var name: String
    var value: JSON
  }

  /// The member of that name; setting `nil` removes it, and setting makes an object of any other value.
  subscript(_ name: String) -> JSON? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.name == name }?.value
    }
    set {
      var members: [Member] = []
      if case .object(let present) = self { members = present }
      self = .null  // The array is then uniquely referenced and changed in place.
      if let index = members.firstIndex(where: { $0.name == name }) {
        if let newValue { members[index].value = newValue } else { members.remove(at: index) }
      } else if let newValue {
        members.append(Member(name: name, value: newValue))
      }
      self = .object(members)
    }
  }

  /// The value below two names; setting creates what is missing between.
  subscript(_ first: String, _ second: String) -> JSON? {
    get { self[first]?[second] }
    set {
      var inner = self[first] ?? .object([])
      inner[second] = newValue
      self[first] = inner
    }
  }

  /// The value at the end of a path such as `spec.template.metadata`, for names without dots.
  func value(at path: String) -> JSON? {
    var current: JSON? = self
    for name in path.split(separator: ".") { current = current?[String(name)] }
    return current
  }

  /// The text of a string.
  var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a number without a fraction.
  var integer: Int? { if case .integer(let number) = self { number } else { nil } }
  /// The value of any number.
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .fraction(let number): number
    default: nil
    }
  }
  /// The value of `true` or `false`.
  var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  /// The elements of an array; empty for anything else.
  var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
  /// The members of an object; empty for anything else.
  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// The members whose values are strings, as labels and selectors are.
  var stringMembers: [String: String] {
    var result: [String: String] = [:]
    for member in members { if let text = member.value.string { result[member.name] = text } }
    return result
  }

  /// The value with the members of all objects in the order of their names.
  var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.sorted) }.sorted { $0.name < $1.name })
    default: self
    }
  }

  /// An object with the given string members.
  static func strings(_ members: KeyValuePairs<String, String>) -> JSON {
    .object(members.map { Member(name: $0.key, value: .string($0.value)) })
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  init(stringLiteral text: String) { self = .string(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
  init(booleanLiteral flag: Bool) { self = .bool(flag) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member(name: $0.0, value: $0.1) })
  }
  init(nilLiteral: ()) { self = .null }
}
