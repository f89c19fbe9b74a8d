import ClusterModel

/// What `/` lets through: a text that a row must contain, or with `!` before it must not.
///
/// Upper and lower case of ASCII letters count as one.
package struct RowFilter: Hashable, Sendable {
  /// As it was typed.
  package let text: String
  private let needle: [UInt8]
  private let isInverse: Bool

  /// A filter as typed; empty lets everything through.
  package init(_ text: String) {
    self.text = text
    isInverse = text.hasPrefix("!")
    needle = (isInverse ? text.dropFirst() : text[...]).utf8.map(folded)
  }

  /// Whether everything passes.
  package var isEmpty: Bool { needle.isEmpty }

  /// Whether a row with these texts passes.
  package func matches(_ texts: String...) -> Bool { isEmpty || texts.contains(where: contains) != isInverse }

  func matches(_ summary: PodSummary) -> Bool {
    isEmpty
      || (contains(summary.key.name) || contains(summary.columns.status) || contains(summary.key.namespace)
        || contains(summary.nodeName)) != isInverse
  }

  private func contains(_ text: String) -> Bool { text.containsFolded(needle) }
}

extension String {
  /// Whether the bytes of a text in lower case are in it; upper and lower case of ASCII letters count as one.
  ///
  /// Looks at the bytes where they are: a key is pressed and thousands of rows wait for the answer.
  func containsFolded(_ needle: [UInt8]) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      guard bytes.count >= needle.count else { return false }
      return (0...bytes.count - needle.count).contains { start in
        needle.indices.allSatisfy { folded(bytes[start + $0]) == needle[$0] }
      }
    }
  }
}

private func folded(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
