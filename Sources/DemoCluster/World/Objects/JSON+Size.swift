extension JSON {
  /// About how many bytes the value takes as text.
  var size: Int {
    switch self {
    case .null, .bool, .integer, .fraction: 8
    case .string(let text): text.utf8.count + 2
    case .array(let elements): elements.reduce(2) { $0 + $1.size + 1 }
    case .object(let members): members.reduce(2) { $0 + $1.name.utf8.count + $1.value.size + 4 }
    }
  }

  /// How many arrays and objects are at most inside of each other.
  var depth: Int {
    switch self {
    case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.lazy.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }
}
