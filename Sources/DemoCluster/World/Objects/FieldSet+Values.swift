/// What of a value counts as a field of a set.
enum FieldStyle: Sendable {
  /// Values and elements of lists: what a client says that applies a configuration.
  case applied
  /// Objects and lists too: what a client makes that writes an object.
  case written
}

extension FieldSet {
  /// The fields that an object has.
  init(of object: JSON, style: FieldStyle) {
    self = Self.fields(of: Self.ownFields(of: object), named: "", style)
    isMember = false
  }

  /// What a client changes by making one object of another.
  static func changes(from before: JSON, to after: JSON) -> (changed: FieldSet, removed: FieldSet) {
    compare(ownFields(of: before), ownFields(of: after), named: "")
  }

  /// The object without what belongs to the server: kind, name, versions, status.
  private static func ownFields(of object: JSON) -> JSON {
    var members: [JSON.Member] = []
    for member in object.members where !["kind", "apiVersion", "status"].contains(member.name) {
      guard member.name == "metadata" else {
        members.append(member)
        continue
      }
      let own = member.value.members.filter { !ManagedFields.ofServer.contains($0.name) }
      if !own.isEmpty { members.append(JSON.Member(name: "metadata", value: .object(own))) }
    }
    return .object(members)
  }

  private static func fields(of value: JSON, named name: String, _ style: FieldStyle) -> FieldSet {
    let elements = parts(of: value, named: name)
    guard !elements.isEmpty else { return value == .null ? FieldSet() : .leaf }
    var result = FieldSet(isMember: style == .written)
    for part in elements {
      var below = fields(of: part.value, named: part.name, style)
      if part.element.hasPrefix("k:") { below.isMember = true }
      result[part.element] = below
    }
    return result
  }

  private static func compare(
    _ before: JSON?, _ after: JSON?, named name: String
  ) -> (changed: FieldSet, removed: FieldSet) {
    let before = before == .null ? nil : before
    let after = after == .null ? nil : after
    guard let before else { return (after.map { fields(of: $0, named: name, .written) } ?? FieldSet(), FieldSet()) }
    guard let after else { return (FieldSet(), fields(of: before, named: name, .written)) }
    guard before != after else { return (FieldSet(), FieldSet()) }
    let old = parts(of: before, named: name)
    let new = parts(of: after, named: name)
    guard !old.isEmpty || !new.isEmpty else { return (.leaf, FieldSet()) }
    var result = (changed: FieldSet(), removed: FieldSet())
    let elements = old.map { ($0.element, $0.name) } + new.map { ($0.element, $0.name) }
    for (element, inner) in elements where result.changed[element].isEmpty && result.removed[element].isEmpty {
      let (changed, removed) = compare(
        old.first { $0.element == element }?.value, new.first { $0.element == element }?.value, named: inner)
      result.changed[element] = changed
      result.removed[element] = removed
    }
    return result
  }

  /// The parts of a value that have managers of their own; none for what is replaced as a whole.
  private static func parts(of value: JSON, named name: String) -> [(element: String, name: String, value: JSON)] {
    switch value {
    case .object(let members) where !MergeRules.atomicObjects.contains(name):
      return members.map { ("f:" + $0.name, $0.name, $0.value) }
    case .array(let elements):
      if MergeRules.sets.contains(name) {
        return elements.map { ("v:" + String(decoding: $0.encoded, as: UTF8.self), "", $0) }
      }
      guard let keys = MergeRules.keys(of: elements, name) else { return [] }
      // The references to owners have elements, but no fields below them.
      let inner = name == "ownerReferences" ? "selector" : ""
      return elements.map { (MergeRules.pathElement(of: $0, keys), inner, $0) }
    default: return []
    }
  }
}
