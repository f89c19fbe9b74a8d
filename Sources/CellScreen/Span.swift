/// A piece of text in one style; a line is a list of them.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style

  /// Makes a piece of text.
  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

extension [Span] {
  /// The text without its styles.
  package var text: String { map(\.text).joined() }

  /// How many columns the line takes on the screen.
  package var columns: Int { reduce(0) { $0 + TextWidth.columns(of: $1.text) } }
}

/// Where text that is too long for its place is cut; the cut always shows `…`.
package enum Fit: Sendable {
  /// The beginning stays: `todo-back…`.
  case end
  /// Beginning and end stay: `todo-…-x7k2p`.
  case middle
  /// The end stays: `…d-86d9f-x7k2p`.
  case start
}

/// On which side of its place text stands.
package enum Alignment: Sendable {
  case left, centre, right
}
