/// A place in a text: both count from 1, columns in characters.
package struct YAMLPlace: Hashable, Sendable {
  /// The line.
  package let line: Int
  /// The column.
  package let column: Int

  /// A place.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A value of a YAML text with the place at which it begins.
///
/// It carries no meaning: a scalar is its text and whether it was quoted, and the typed readers (``integer()``,
/// ``boolean()``, ``text()`` and so on) say in one sentence what they would have liked to see.
package struct YAMLNode: Equatable, Sendable {
  /// What a node holds.
  package enum Content: Equatable, Sendable {
    /// A text as it is written, without quotes and escapes.
    case scalar(text: String, isQuoted: Bool)
    /// Nodes in order.
    case sequence([YAMLNode])
    /// Named nodes in order; no name comes twice.
    case mapping([YAMLMember])
  }

  /// What the node holds.
  package let content: Content
  /// Where it begins.
  package let place: YAMLPlace

  /// What the node is, in a word for people.
  package var form: String {
    switch content {
    case .scalar: isEmpty ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether nothing is written there, or an unquoted `null` or `~`.
  package var isEmpty: Bool {
    guard case .scalar(let text, isQuoted: false) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}

/// A name and its value in a mapping.
package struct YAMLMember: Equatable, Sendable {
  /// The name.
  package let key: String
  /// Where the name begins.
  package let place: YAMLPlace
  /// What it names.
  package let value: YAMLNode
}
