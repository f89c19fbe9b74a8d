import YAML

// Looking into documents that others wrote: what is not there, or has another form, is simply not found.
extension YAMLNode {
  /// The value of that name in a mapping.
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let members) = content else { return nil }
    return members.first { $0.key == key }.map(\.value)
  }

  /// The elements of a list; none of anything else.
  var list: [YAMLNode] { if case .sequence(let elements) = content { elements } else { [] } }

  /// The members of a mapping; none of anything else.
  var mapping: [YAMLMember] { if case .mapping(let members) = content { members } else { [] } }

  /// The text of a single value; empty where there is none.
  var scalarText: String {
    guard case .scalar(let text, _) = content, !isEmpty else { return "" }
    return text
  }
}
