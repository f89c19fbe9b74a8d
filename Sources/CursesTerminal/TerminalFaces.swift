import CNcurses
import CellScreen

/// Attributes and colour pair of each style, prepared once.
struct TerminalFaces {
  private var attributes: [attr_t] = []
  private var pairs: [Int16] = []
  /// The background of each style; nil where even a blank shows more than that.
  private var grounds: [Int?] = []

  /// Prepares the styles for a terminal with `colours` colours; 0 means attributes alone.
  ///
  /// - Parameter makePair: Allocates a colour pair; nil when there are no more, which leaves the terminal's own.
  init(theme: Theme, colours: Int, makePair: (_ foreground: Int, _ background: Int) -> Int16?) {
    var known: [Colours: Int16] = [:]
    for style in TerminalFaces.styles {
      let face = TerminalFaces.adapted(theme.face(for: style), theme: theme, colours: colours)
      var bits: attr_t = 0
      if face.isBold { bits |= cn_bold() }
      if face.isDim { bits |= cn_dim() }
      if face.isUnderlined { bits |= cn_underlined() }
      if face.isInverse { bits |= cn_inverse() }
      attributes.append(bits)
      let key = Colours(
        foreground: face.foreground.map { $0.index(of: colours) } ?? -1,
        background: face.background.map { $0.index(of: colours) } ?? -1)
      let pair = key == .own ? 0 : known[key] ?? makePair(key.foreground, key.background) ?? 0
      known[key] = pair
      pairs.append(pair)
      grounds.append(face.isUnderlined || face.isInverse ? nil : key.background)
    }
  }

  subscript(style: Style) -> (attributes: attr_t, pair: Int16) {
    let index = TerminalFaces.index(of: style)
    return (attributes[index], pairs[index])
  }

  /// Whether nobody can tell a blank of the one style from a blank of the other.
  func blanksLookEqual(_ one: Style, _ other: Style) -> Bool {
    let ground = grounds[TerminalFaces.index(of: one)]
    return ground != nil && ground == grounds[TerminalFaces.index(of: other)]
  }

  private static func index(of style: Style) -> Int {
    Int(style.role.rawValue) * 4 + (style.isSelected ? 1 : 0) + (style.isEmphasized ? 2 : 0)
  }

  /// Every style there is, in the order of the subscript.
  private static let styles = StyleRole.allCases.flatMap { role in
    [false, true].flatMap { emphasized in
      [false, true].map { Style(role, isSelected: $0, isEmphasized: emphasized) }
    }
  }

  /// Fits a look to what the terminal can do, so that its meaning stays visible.
  static func adapted(_ face: Face, theme: Theme, colours: Int) -> Face {
    var face = face
    if colours < 8 {
      face.foreground = nil
      face.background = nil
      return face
    }
    // Plain text keeps the terminal's own colour: it is readable whatever the background.
    if face.foreground == theme.foreground, face.background == nil { face.foreground = nil }
    // Quiet backgrounds have no relative among 16 colours; inverse shows the same.
    if colours < 256, let background = face.background, [0, 7, 8, 15].contains(background.ansi16) {
      face.background = nil
      face.foreground = nil
      face.isInverse = true
    }
    return face
  }
}

private struct Colours: Hashable {
  let foreground: Int
  let background: Int
  static let own = Colours(foreground: -1, background: -1)
}

extension RGB {
  /// The colour's number in a terminal with `colours` colours.
  fileprivate func index(of colours: Int) -> Int {
    if colours >= 256 { return xterm256 }
    if colours >= 16 { return ansi16 }
    // Dark grey would be black on black.
    return ansi16 == 8 ? 7 : ansi16 % 8
  }
}
