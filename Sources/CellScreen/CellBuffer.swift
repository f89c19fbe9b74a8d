/// The cells that a picture is drawn into.
///
/// A class, because a canvas and all canvases inside of it draw on the same cells; it never outlives the drawing:
/// what leaves is a `Screen`, a value.
final class CellBuffer {
  let size: Size
  private(set) var cells: [Cell]

  init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// Puts a glyph into the cell, and its continuation behind it; both lie inside of the buffer.
  ///
  /// Half of a wide glyph never stays behind: its other half becomes blank.
  func put(_ glyph: Glyph, _ style: Style, column: Int, row: Int) {
    let index = row * size.columns + column
    clearPair(at: index)
    cells[index] = Cell(glyph, style)
    if glyph.isWide {
      clearPair(at: index + 1)
      cells[index + 1] = Cell(.continuation, style)
    }
  }

  /// Changes the style of one cell and leaves its glyph.
  func restyle(column: Int, row: Int, _ change: (inout Style) -> Void) {
    change(&cells[row * size.columns + column].style)
  }

  private func clearPair(at index: Int) {
    let old = cells[index].glyph
    if old.isContinuation {
      cells[index - 1].glyph = .blank
      cells[index].glyph = .blank
    } else if old.isWide {
      cells[index + 1].glyph = .blank
    }
  }
}
