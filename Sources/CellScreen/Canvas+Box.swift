extension Canvas {
  /// Draws a rounded border around the whole surface and returns what is inside.
  ///
  /// The title sits at the left of the top border and the note at its right; when both do not fit the title is cut
  /// first, and the note leaves when nothing readable of the title would remain.
  @discardableResult
  package func box(title: [Span] = [], titleRight: [Span] = [], style: Style = .border) -> Canvas {
    guard columns >= 2, rows >= 2 else { return inner(Rect(columns: 0, rows: 0)) }
    let right = columns - 1
    let bottom = rows - 1
    for column in 1..<max(1, right) {
      put("─", at: Position(column: column, row: 0), style: style)
      put("─", at: Position(column: column, row: bottom), style: style)
    }
    for row in 1..<max(1, bottom) {
      put("│", at: Position(column: 0, row: row), style: style)
      put("│", at: Position(column: right, row: row), style: style)
    }
    put("╭", at: .zero, style: style)
    put("╮", at: Position(column: right, row: 0), style: style)
    put("╰", at: Position(column: 0, row: bottom), style: style)
    put("╯", at: Position(column: right, row: bottom), style: style)
    writeTitles(title, titleRight, style: style)
    return inner(bounds.inset(columns: 1, rows: 1))
  }

  /// Draws a rounded border with a plain title.
  @discardableResult
  package func box(title: String, titleRight: String = "", style: Style = .border) -> Canvas {
    box(
      title: title.isEmpty ? [] : [Span(title, .title)],
      titleRight: titleRight.isEmpty ? [] : [Span(titleRight, .muted)], style: style)
  }

  /// Draws a horizontal line over the whole width, with an optional title in it.
  package func rule(row: Int, title: [Span] = [], style: Style = .border) {
    for column in 0..<columns { put("─", at: Position(column: column, row: row), style: style) }
    if !title.isEmpty, columns > 4 {
      write([Span(" ", style)] + title + [Span(" ", style)], at: Position(column: 1, row: row), columns: columns - 2)
    }
  }

  /// A title shorter than this says nothing.
  private static let titleColumnsMin = 8

  private func writeTitles(_ title: [Span], _ note: [Span], style: Style) {
    // Corners, one piece of line at each end, and a blank around each text.
    let room = columns - 4
    guard room > 0 else { return }
    var noteColumns = note.isEmpty ? 0 : note.columns + 2
    let titleColumns = title.isEmpty ? 0 : title.columns + 2
    let wanted = title.isEmpty ? 0 : min(titleColumns, Canvas.titleColumnsMin + 2)
    if noteColumns + wanted > room + 1 { noteColumns = 0 }
    if noteColumns > 0 {
      let start = columns - 1 - noteColumns
      write(padded(note, style), at: Position(column: start, row: 0), columns: noteColumns)
    }
    if !title.isEmpty {
      let width = min(titleColumns, columns - 2 - noteColumns)
      guard width > 2 else { return }
      put(.blank, at: Position(column: 1, row: 0), style: style)
      let used = write(title, at: Position(column: 2, row: 0), columns: width - 2)
      put(.blank, at: Position(column: 2 + used, row: 0), style: style)
    }
  }

  private func padded(_ spans: [Span], _ style: Style) -> [Span] {
    [Span(" ", style)] + spans + [Span(" ", style)]
  }
}

extension Glyph: ExpressibleByUnicodeScalarLiteral {
  /// Makes a glyph from a literal of one scalar.
  package init(unicodeScalarLiteral scalar: Unicode.Scalar) {
    self.init(scalar)
    isWide = ScalarKind(scalar) == .wide
  }
}
