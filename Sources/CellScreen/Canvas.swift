/// A rectangle to draw on; nothing drawn leaves it.
///
/// Coordinates count from its own top left cell. All text passes through `GlyphReader`, so outside data is harmless,
/// and text that is cut always shows `…`.
package struct Canvas {
  private let buffer: CellBuffer
  private let origin: Position
  private let respelling: Respelling?
  /// How large the surface is.
  package let size: Size

  /// Gives a text in place of another, of as many columns.
  ///
  /// It is asked before a text is cut to its place, so that no part of the text that it replaces is ever drawn.
  package typealias Respelling = (String) -> String

  /// Makes a new blank surface.
  package init(size: Size, respelling: Respelling? = nil) {
    let limited = Size(
      columns: min(size.columns, Screen.sizeMax.columns), rows: min(size.rows, Screen.sizeMax.rows))
    self.init(buffer: CellBuffer(size: limited), origin: .zero, respelling: respelling, size: limited)
  }

  private init(buffer: CellBuffer, origin: Position, respelling: Respelling?, size: Size) {
    self.buffer = buffer
    self.origin = origin
    self.respelling = respelling
    self.size = size
  }

  /// The text as it is to be seen, for what is broken into lines before it is drawn ``verbatim``.
  package func respelled(_ text: String) -> String { respelling?(text) ?? text }

  /// The same surface for text that was respelled already.
  package var verbatim: Canvas { Canvas(buffer: buffer, origin: origin, respelling: nil, size: size) }

  /// How many columns it has.
  package var columns: Int { size.columns }
  /// How many rows it has.
  package var rows: Int { size.rows }
  /// The whole surface, in its own coordinates.
  package var bounds: Rect { Rect(size) }
  /// Everything drawn so far on the outermost surface.
  package var screen: Screen { Screen(size: buffer.size, cells: buffer.cells) }

  /// The part of this surface that `rect` covers, with coordinates of its own.
  package func inner(_ rect: Rect) -> Canvas {
    let clipped = rect.intersection(bounds)
    return Canvas(
      buffer: buffer, origin: Position(column: origin.column + clipped.left, row: origin.row + clipped.top),
      respelling: respelling, size: clipped.size)
  }

  /// One row of this surface; an empty canvas if there is no such row.
  package func line(_ row: Int) -> Canvas { inner(Rect(row: row, columns: columns, rows: 1)) }

  /// Writes text and returns how many columns it took; `columns` limits it further than the canvas does.
  @discardableResult
  package func write(
    _ text: String, at place: Position, style: Style = .plain, columns: Int? = nil, fit: Fit = .end
  ) -> Int {
    write([Span(text, style)], at: place, columns: columns, fit: fit)
  }

  /// Writes a line of several styles and returns how many columns it took.
  @discardableResult
  package func write(_ spans: [Span], at place: Position, columns: Int? = nil, fit: Fit = .end) -> Int {
    guard place.row >= 0, place.row < rows, place.column >= 0, place.column < self.columns else { return 0 }
    let room = self.columns - place.column
    var line = FittedLine(columns: min(room, columns ?? room))
    line.read(respelled(spans), fit: fit)
    var column = origin.column + place.column
    for (glyph, style) in line.glyphs {
      buffer.put(glyph, style, column: column, row: origin.row + place.row)
      column += glyph.columns
    }
    return line.columns
  }

  private func respelled(_ spans: [Span]) -> [Span] {
    guard let respelling else { return spans }
    return spans.map { Span(respelling($0.text), $0.style) }
  }

  /// Writes a line into a place of fixed width, aligned; what the line does not cover stays.
  @discardableResult
  package func write(_ spans: [Span], in place: Rect, align: Alignment, fit: Fit = .end) -> Int {
    let width = align == .left ? 0 : min(place.columns, spans.columns)
    let free = place.columns - width
    let shift = align == .left ? 0 : align == .right ? free : free / 2
    let start = Position(column: place.left + shift, row: place.top)
    return write(spans, at: start, columns: place.columns - shift, fit: fit)
  }

  /// Writes text so that it ends before column `end`, the way numbers stand in a table.
  @discardableResult
  package func writeRight(_ text: String, end: Int, row: Int, style: Style = .plain, columns: Int? = nil) -> Int {
    let width = min(end, columns ?? end)
    let place = Rect(column: end - width, row: row, columns: width, rows: 1)
    return write([Span(text, style)], in: place, align: .right)
  }

  /// Puts one glyph of one or two columns; nothing happens where it does not fit.
  package func put(_ glyph: Glyph, at place: Position, style: Style = .plain) {
    guard bounds.contains(place), place.column + glyph.columns <= columns, !glyph.isContinuation else { return }
    buffer.put(glyph, style, column: origin.column + place.column, row: origin.row + place.row)
  }

  /// Fills a part of the surface, or all of it, with one narrow glyph.
  package func fill(_ rect: Rect? = nil, glyph: Glyph = .blank, style: Style = .plain) {
    precondition(glyph.columns == 1, "an area is filled with a glyph of one column")
    let area = (rect ?? bounds).intersection(bounds)
    for row in area.top..<area.top + area.rows {
      for column in area.left..<area.left + area.columns {
        buffer.put(glyph, style, column: origin.column + column, row: origin.row + row)
      }
    }
  }

  /// Changes styles where something is drawn already: a selected row, old data turned grey.
  package func restyle(_ rect: Rect? = nil, _ change: (inout Style) -> Void) {
    let area = (rect ?? bounds).intersection(bounds)
    for row in area.top..<area.top + area.rows {
      for column in area.left..<area.left + area.columns {
        buffer.restyle(column: origin.column + column, row: origin.row + row, change)
      }
    }
  }
}
