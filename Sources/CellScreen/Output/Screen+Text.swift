extension Screen {
  /// The rows as plain text; blanks at the ends of rows are left out, nothing else is.
  package func text(glyphs: GlyphSet = .unicode) -> String {
    (0..<size.rows).map { index in
      var cells = row(index)
      while cells.last?.glyph == .blank { cells.removeLast() }
      return cells.map { glyphs == .ascii ? asciiTwin(of: $0.glyph) : $0.glyph.text }.joined() + "\n"
    }.joined()
  }
}

/// Which colours the receiver of a coloured text knows.
package enum ColourDepth: Sendable {
  case trueColour, indexed256, indexed16, none
}

extension Screen {
  /// The rows with colours and attributes as ANSI escape sequences, each row complete in itself.
  package func ansi(theme: Theme, colours: ColourDepth = .indexed256, glyphs: GlyphSet = .unicode) -> String {
    (0..<size.rows).map { index in
      var line = ""
      var current: Style?
      for cell in row(index) {
        if cell.style != current {
          line += "\u{1B}[0" + theme.face(for: cell.style).codes(colours) + "m"
          current = cell.style
        }
        line += glyphs == .ascii ? asciiTwin(of: cell.glyph) : cell.glyph.text
      }
      return line + "\u{1B}[0m\n"
    }.joined()
  }
}

extension Face {
  /// The parameters of an SGR sequence, each with a semicolon before it.
  fileprivate func codes(_ colours: ColourDepth) -> String {
    var codes = ""
    if isBold { codes += ";1" }
    if isDim { codes += ";2" }
    if isUnderlined { codes += ";4" }
    if isInverse { codes += ";7" }
    if let foreground { codes += foreground.code(base: 38, colours) }
    if let background { codes += background.code(base: 48, colours) }
    return codes
  }
}

extension RGB {
  fileprivate func code(base: Int, _ colours: ColourDepth) -> String {
    switch colours {
    case .trueColour: return ";\(base);2;\(red);\(green);\(blue)"
    case .indexed256: return ";\(base);5;\(xterm256)"
    case .indexed16:
      let index = ansi16
      return ";\(base - 8 + (index < 8 ? index : 52 + index))"
    case .none: return ""
    }
  }
}
