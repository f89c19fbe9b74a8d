extension Screen {
  /// The screen as a standalone SVG picture.
  ///
  /// Text is placed run by run with its length fixed, and lines and blocks are drawn as shapes, so that everything
  /// meets whatever font the viewer has.
  package func svg(theme: Theme, title: String = "") -> String {
    SVGDrawing(screen: self, theme: theme, title: title).document
  }
}

/// Turns cells into SVG elements.
private struct SVGDrawing {
  let screen: Screen
  let theme: Theme
  let title: String

  static let cellWidth = 8.4
  static let cellHeight = 18.0
  static let fontSize = 14.0
  /// From the top of a cell to the line that letters stand on.
  static let baseline = 13.5
  static let padding = 14.0

  var document: String {
    let width = Double(screen.size.columns) * Self.cellWidth + 2 * Self.padding
    let height = Double(screen.size.rows) * Self.cellHeight + 2 * Self.padding
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width.short)\" height=\"\(height.short)\""
        + " viewBox=\"0 0 \(width.short) \(height.short)\" role=\"img\">"
    ]
    if !title.isEmpty { lines.append("<title>\(sanitized(title).xml)</title>") }
    lines.append(
      "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"\(theme.background.hex)\"/>")
    lines.append(
      "<g transform=\"translate(\(Self.padding.short) \(Self.padding.short))\" xml:space=\"preserve\""
        + " font-family=\"'DejaVu Sans Mono','Menlo','Consolas','Noto Sans Mono CJK SC',monospace\""
        + " font-size=\"\(Self.fontSize.short)\">")
    for row in 0..<screen.size.rows { lines += backgrounds(row) }
    for row in 0..<screen.size.rows { lines += signs(row) }
    lines += ["</g>", "</svg>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Pieces of a row, beside each other and equal by `key`.
  private func pieces<Key: Equatable>(_ row: Int, by key: (Cell) -> Key) -> [(column: Int, cells: ArraySlice<Cell>)] {
    let cells = screen.row(row)
    var result: [(column: Int, cells: ArraySlice<Cell>)] = []
    var start = cells.startIndex
    for index in cells.indices where index + 1 == cells.endIndex || key(cells[index + 1]) != key(cells[start]) {
      result.append((start - cells.startIndex, cells[start...index]))
      start = index + 1
    }
    return result
  }

  private func backgrounds(_ row: Int) -> [String] {
    pieces(row) { colours($0.style).background }.compactMap { piece in
      guard let fill = piece.cells.first.flatMap({ colours($0.style).background }) else { return nil }
      return rect(
        x: x(piece.column), y: y(row), width: Double(piece.cells.count) * Self.cellWidth, height: Self.cellHeight,
        fill: fill.hex)
    }
  }

  private func signs(_ row: Int) -> [String] {
    var result: [String] = []
    for piece in pieces(row, by: { PieceKey(cell: $0) }) {
      guard let first = piece.cells.first, !first.glyph.isContinuation else { continue }
      if first.glyph.base.isASCII {
        result += text(piece.cells, column: piece.column, row: row)
      } else {
        for (offset, cell) in piece.cells.enumerated() {
          result.append(sign(cell, column: piece.column + offset, row: row))
        }
      }
    }
    return result
  }

  /// Letters in one style, without the blanks at both ends.
  private func text(_ cells: ArraySlice<Cell>, column: Int, row: Int) -> [String] {
    guard let start = cells.firstIndex(where: { $0.glyph != .blank }),
      let end = cells.lastIndex(where: { $0.glyph != .blank }), let style = cells.first?.style
    else { return [] }
    let word = cells[start...end].map(\.glyph.text).joined().xml
    let length = Double(end - start + 1) * Self.cellWidth
    let left = x(column + start - cells.startIndex)
    return [
      "<text x=\"\(left.short)\" y=\"\((y(row) + Self.baseline).short)\" textLength=\"\(length.short)\""
        + " lengthAdjust=\"spacingAndGlyphs\"\(attributes(style))>\(word)</text>"
    ]
  }

  /// One glyph outside of ASCII: a shape where there is one, else text in the middle of its columns.
  private func sign(_ cell: Cell, column: Int, row: Int) -> String {
    let ink = colours(cell.style).foreground.hex
    let shape = SVGShape(cell.glyph.base)
    if let shape {
      let element = shape.element(
        x: x(column), y: y(row), width: Self.cellWidth, height: Self.cellHeight, ink: ink)
      return theme.face(for: cell.style).isDim ? "<g opacity=\"0.7\">\(element)</g>" : element
    }
    let middle = x(column) + Self.cellWidth * Double(cell.glyph.columns) / 2
    return "<text x=\"\(middle.short)\" y=\"\((y(row) + Self.baseline).short)\" text-anchor=\"middle\""
      + "\(attributes(cell.style))>\(cell.glyph.text.xml)</text>"
  }

  private func attributes(_ style: Style) -> String {
    let face = theme.face(for: style)
    var result = " fill=\"\(colours(style).foreground.hex)\""
    if face.isBold { result += " font-weight=\"bold\"" }
    if face.isUnderlined { result += " text-decoration=\"underline\"" }
    if face.isDim { result += " opacity=\"0.7\"" }
    return result
  }

  private func colours(_ style: Style) -> (foreground: RGB, background: RGB?) {
    let face = theme.face(for: style)
    let foreground = face.foreground ?? theme.foreground
    return face.isInverse
      ? (face.background ?? theme.background, foreground) : (foreground, face.background)
  }

  private func x(_ column: Int) -> Double { Double(column) * Self.cellWidth }
  private func y(_ row: Int) -> Double { Double(row) * Self.cellHeight }
}

/// What cells must share to be written together: style, and whether they are letters, signs or the rest of a sign.
private struct PieceKey: Equatable {
  let style: Style
  let kind: Int

  init(cell: Cell) {
    style = cell.style
    kind = cell.glyph.isContinuation ? 2 : cell.glyph.base.isASCII && cell.glyph.columns == 1 ? 0 : 1
  }
}
