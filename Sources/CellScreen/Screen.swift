/// A finished picture: rows of cells.
///
/// Every wide glyph is followed by its continuation in the same row, and no continuation stands alone.
package struct Screen: Equatable, Sendable {
  package let size: Size
  /// The cells row by row, exactly `size.columns * size.rows`.
  package let cells: [Cell]

  /// A screen is never larger than this, so that a terminal that lies about its size costs little.
  package static let sizeMax = Size(columns: 1_000, rows: 400)

  /// Draws a picture, with every text in it as `respelling` gives it.
  package init(size: Size, respelling: Canvas.Respelling? = nil, _ draw: (Canvas) -> Void) {
    let canvas = Canvas(size: size, respelling: respelling)
    draw(canvas)
    self = canvas.screen
  }

  init(size: Size, cells: [Cell]) {
    self.size = size
    self.cells = cells
  }

  /// The cell at a place inside of `size`.
  package subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

  /// The cells of one row.
  package func row(_ row: Int) -> ArraySlice<Cell> { cells[row * size.columns..<(row + 1) * size.columns] }

  /// This screen with some rows of another one of the same size.
  package func replacing(rows: Set<Int>, from other: Screen) -> Screen {
    precondition(other.size == size, "rows of screens of different sizes do not fit")
    return Screen(size: size, cells: (0..<size.rows).flatMap { rows.contains($0) ? other.row($0) : row($0) })
  }
}
