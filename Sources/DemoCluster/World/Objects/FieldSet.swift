/// A set of fields of an object, as `fieldsV1` of a manager writes it.
struct FieldSet: Equatable, Sendable {
  /// Whether the field itself belongs to the set, not only fields below it.
  var isMember = false
  /// What belongs to the set below the field, by path elements such as `f:name` and `k:{"name":"a"}`.
  var children: [String: FieldSet] = [:]

  /// A field with nothing below it.
  static let leaf = FieldSet(isMember: true)

  /// Whether no field belongs to the set.
  var isEmpty: Bool { !isMember && children.isEmpty }

  /// The set below a path element; setting an empty set removes it.
  subscript(_ element: String) -> FieldSet {
    get { children[element] ?? FieldSet() }
    set { children[element] = newValue.isEmpty ? nil : newValue }
  }

  /// The fields of both sets.
  func union(_ other: FieldSet) -> FieldSet {
    var result = self
    result.isMember = isMember || other.isMember
    for (element, below) in other.children { result[element] = self[element].union(below) }
    return result
  }

  /// The fields that the other set does not have.
  func subtracting(_ other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && !other.isMember)
    for (element, below) in children { result[element] = below.subtracting(other[element]) }
    return result
  }

  /// The fields that may go while the other set stays: a field with something below it that stays does not go either.
  func removable(keeping other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && other.isEmpty)
    for (element, below) in children { result[element] = below.removable(keeping: other[element]) }
    return result
  }

  /// The fields that both sets have.
  func intersection(_ other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && other.isMember)
    for (element, below) in children { result[element] = below.intersection(other[element]) }
    return result
  }

  /// The fields of the set as messages name them, such as `.spec.containers[name="a"].image`.
  var paths: [String] { paths(after: "") }

  private func paths(after prefix: String) -> [String] {
    (isMember ? [prefix] : [])
      + children.sorted { $0.key < $1.key }.flatMap { $1.paths(after: prefix + Self.words(of: $0)) }
  }

  private static func words(of element: String) -> String {
    let text = String(element.dropFirst(2))
    if element.hasPrefix("f:") { return "." + text }
    guard element.hasPrefix("k:"), let key = try? JSON(parsing: text) else { return "[\(text)]" }
    let pairs = key.members.map { $0.name + "=" + String(decoding: $0.value.encoded, as: UTF8.self) }
    return "[" + pairs.joined(separator: ",") + "]"
  }
}

extension FieldSet {
  /// Reads `fieldsV1`.
  init(_ json: JSON) {
    for member in json.members {
      if member.name == "." {
        isMember = true
      } else {
        children[member.name] = member.value.members.isEmpty ? .leaf : FieldSet(member.value)
      }
    }
  }

  /// The set as `fieldsV1` writes it: names in order, a field without fields below as an empty object.
  var json: JSON {
    guard !children.isEmpty else { return .object([]) }
    let own = isMember ? [JSON.Member(name: ".", value: [:])] : []
    return .object(own + children.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: $0.value.json) })
  }
}
