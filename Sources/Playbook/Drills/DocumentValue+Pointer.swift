import ClusterModel

extension DocumentValue {
  /// The value at a JSON pointer (RFC 6901): `/spec/template/spec/containers/0/image`.
  package subscript(pointer pointer: String) -> DocumentValue? {
    var value: DocumentValue? = self
    for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      switch value {
      case .members: value = value?[name]
      case .list(let list): value = Int(name).flatMap { list.indices.contains($0) ? list[$0] : nil }
      default: return nil
      }
    }
    return value
  }

  /// The same with all members in the order of their names: two values mean the same if these are equal.
  package var sorted: DocumentValue {
    switch self {
    case .members(let members):
      .members(members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    case .list(let list): .list(list.map(\.sorted))
    default: self
    }
  }

  /// Whether it means the same, in whatever order its members were written.
  package func isSame(as other: DocumentValue) -> Bool { self == other || sorted == other.sorted }

  /// Members by name, in the order given.
  static func object(_ members: (String, DocumentValue)...) -> DocumentValue {
    .members(members.map { Member($0.0, $0.1) })
  }

  /// A whole number.
  static func number(_ number: Int) -> DocumentValue { .number("\(number)") }

  /// The whole number, if it is one.
  var asNumber: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  /// The value on one line, as JSON.
  package var text: String { jsonText(self) }
}

/// A name as a part of a JSON pointer: `app.kubernetes.io~1name`.
func pointerPart(_ name: String) -> String { name.replacing("~", with: "~0").replacing("/", with: "~1") }
