/// How each role looks.
package struct Theme: Equatable, Sendable {
  package let name: String
  /// The colours of plain text, for pictures; a terminal keeps its own background.
  package let foreground: RGB
  package let background: RGB
  /// Whether it uses no colour at all.
  package let isMono: Bool
  private let faces: [Face]

  /// Makes a theme from the look of each role.
  package init(
    name: String, foreground: RGB, background: RGB, isMono: Bool = false, face: (StyleRole) -> Face
  ) {
    self.name = name
    self.foreground = foreground
    self.background = background
    self.isMono = isMono
    faces = StyleRole.allCases.map(face)
  }

  /// The look of a style, with selection and emphasis added to its role.
  package func face(for style: Style) -> Face {
    var face = faces[Int(style.role.rawValue)]
    if style.isEmphasized { face.isBold = true }
    guard style.isSelected else { return face }
    let selection = faces[Int(StyleRole.selected.rawValue)]
    if style.role == .plain { face.foreground = selection.foreground }
    // A role with a background of its own keeps it: a verdict stays a verdict in a selected row.
    if face.background == nil { face.background = selection.background }
    if !face.isInverse { face.isInverse = selection.isInverse }
    face.isDim = face.isDim && !selection.isInverse
    if selection.isBold { face.isBold = true }
    return face
  }

  /// The themes to choose from.
  package static let all: [Theme] = [.dark, .light, .highContrast, .mono]

  /// The theme of a name, as the command line spells it.
  package static func named(_ name: String) -> Theme? { all.first { $0.name == name } }
}

extension RGB {
  /// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
  package func contrast(with other: RGB) -> Double {
    let lighter = max(luminance, other.luminance)
    let darker = min(luminance, other.luminance)
    return (lighter + 0.05) / (darker + 0.05)
  }

  private var luminance: Double {
    0.2126 * RGB.linear(red) + 0.7152 * RGB.linear(green) + 0.0722 * RGB.linear(blue)
  }

  /// The light of an sRGB part: its curve to the power of 2.4, by logarithm-free iteration as this target has no libm.
  private static func linear(_ part: UInt8) -> Double {
    let share = Double(part) / 255
    if share <= 0.04045 { return share / 12.92 }
    let base = (share + 0.055) / 1.055
    // base^2.4 = base^2 · (base^2)^(1/5); the fifth root by Newton's method.
    let square = base * base
    var root = 1.0
    for _ in 0..<12 { root = (4 * root + square / (root * root * root * root)) / 5 }
    return square * root
  }
}
