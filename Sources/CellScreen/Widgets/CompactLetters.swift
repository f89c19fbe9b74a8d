/// A line of text in letters of three rows, for sentences that are read from across a room.
///
/// Upper and lower case differ, unlike in ``BlockLetters``: a line names objects and keys.
package struct CompactLetters: Equatable, Sendable {
  package let text: String

  /// How high a line is.
  package static let rows = 3

  /// Makes a line.
  package init(_ text: String) { self.text = text }

  /// How many columns the line takes.
  package var columns: Int {
    let widths = text.map { CompactLetters.shape(of: $0).columns }
    return widths.reduce(0, +) + max(0, widths.count - 1)
  }

  /// Whether every character has a form of its own.
  package var isDrawable: Bool { text.allSatisfy { CompactLetters.shapes[$0] != nil } }

  /// Breaks a text between words into lines of at most `columns`.
  ///
  /// - Returns: `nil` where a word is wider than that, or a character has no form: then the text is better small.
  package static func lines(of text: String, columns: Int) -> [String]? {
    guard CompactLetters(text).isDrawable else { return nil }
    var lines: [String] = []
    for word in text.split(separator: " ") {
      guard CompactLetters(String(word)).columns <= columns else { return nil }
      if let last = lines.last, CompactLetters("\(last) \(word)").columns <= columns {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Draws the line, or in small letters where it does not fit, and returns how many rows it took.
  @discardableResult
  package func draw(on canvas: Canvas, style: Style, align: Alignment = .left) -> Int {
    let columns = columns
    guard columns <= canvas.columns, CompactLetters.rows <= canvas.rows, isDrawable else {
      canvas.write([Span(text, style.emphasized)], in: Rect(columns: canvas.columns, rows: 1), align: align)
      return min(1, canvas.rows)
    }
    let free = canvas.columns - columns
    var left = align == .left ? 0 : align == .right ? free : free / 2
    for character in text {
      let shape = CompactLetters.shape(of: character)
      for row in 0..<CompactLetters.rows {
        for column in 0..<shape.columns {
          guard let glyph = shape.glyph(column: column, row: row) else { continue }
          canvas.put(glyph, at: Position(column: left + column, row: row), style: style)
        }
      }
      left += shape.columns + 1
    }
    return CompactLetters.rows
  }

  private static func shape(of character: Character) -> Shape { shapes[character] ?? Shape("...") }

  /// The pixels of a character: six rows, two to a cell.
  struct Shape: Equatable, Sendable {
    private let rows: [[Bool]]
    let columns: Int

    /// Reads rows from the top, separated by `/`; rows below the last are empty.
    init(_ picture: String) {
      rows = picture.split(separator: "/").map { $0.map { $0 == "#" } }
      columns = rows.first?.count ?? 0
    }

    func glyph(column: Int, row: Int) -> Glyph? {
      switch (isSet(column, 2 * row), isSet(column, 2 * row + 1)) {
      case (true, true): "█"
      case (true, false): "▀"
      case (false, true): "▄"
      case (false, false): nil
      }
    }

    private func isSet(_ column: Int, _ row: Int) -> Bool { rows.indices.contains(row) && rows[row][column] }
  }
}
