/// How a style looks: colours and attributes.
package struct Face: Hashable, Sendable {
  /// Nil is the terminal's own.
  package var foreground: RGB?
  package var background: RGB?
  package var isBold: Bool
  package var isDim: Bool
  package var isUnderlined: Bool
  package var isInverse: Bool

  /// Makes a face.
  package init(
    _ foreground: RGB? = nil, on background: RGB? = nil, bold: Bool = false, dim: Bool = false,
    underlined: Bool = false, inverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    isBold = bold
    isDim = dim
    isUnderlined = underlined
    isInverse = inverse
  }
}
