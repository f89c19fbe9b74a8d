/// How many columns and rows something has.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  /// Makes a size; negative extents become zero, as a window may be smaller than what it should hold.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// Whether this size has room for all of `other`.
  package func holds(_ other: Size) -> Bool { columns >= other.columns && rows >= other.rows }
}

/// A cell's place, counted from zero at the top left.
package struct Position: Hashable, Sendable {
  package var column: Int
  package var row: Int

  /// Makes a position; it may lie outside of what is drawn on.
  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The top left cell.
  package static let zero = Position(column: 0, row: 0)
}

/// A rectangle of cells.
package struct Rect: Hashable, Sendable {
  package var origin: Position
  package var size: Size

  /// Makes a rectangle from its top left cell and its extents.
  package init(column: Int = 0, row: Int = 0, columns: Int, rows: Int) {
    origin = Position(column: column, row: row)
    size = Size(columns: columns, rows: rows)
  }

  /// Makes the rectangle that covers a whole surface.
  package init(_ size: Size) { self.init(columns: size.columns, rows: size.rows) }

  /// The leftmost column.
  package var left: Int { origin.column }
  /// The first row.
  package var top: Int { origin.row }
  /// The column behind the last one.
  package var right: Int { origin.column + size.columns }
  /// The row below the last one.
  package var bottom: Int { origin.row + size.rows }
  /// How many columns it spans.
  package var columns: Int { size.columns }
  /// How many rows it spans.
  package var rows: Int { size.rows }
  /// Whether it holds no cell.
  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a cell lies inside.
  package func contains(_ position: Position) -> Bool {
    position.column >= left && position.column < right && position.row >= top && position.row < bottom
  }

  /// The cells that two rectangles share; empty if none.
  package func intersection(_ other: Rect) -> Rect {
    let column = max(left, other.left)
    let row = max(top, other.top)
    return Rect(
      column: column, row: row, columns: min(right, other.right) - column, rows: min(bottom, other.bottom) - row)
  }

  /// The rectangle without a margin on each side.
  package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
    Rect(
      column: left + min(columns, self.columns), row: top + min(rows, self.rows), columns: self.columns - 2 * columns,
      rows: self.rows - 2 * rows)
  }

  /// A rectangle of at most `size` in the middle of this one.
  package func centred(_ size: Size) -> Rect {
    let columns = min(size.columns, self.columns)
    let rows = min(size.rows, self.rows)
    return Rect(
      column: left + (self.columns - columns) / 2, row: top + (self.rows - rows) / 2, columns: columns, rows: rows)
  }
}

extension Rect {
  /// Cuts up to `count` rows off the top and returns them.
  package mutating func takeTop(_ count: Int) -> Rect {
    let taken = min(max(0, count), rows)
    defer { self = Rect(column: left, row: top + taken, columns: columns, rows: rows - taken) }
    return Rect(column: left, row: top, columns: columns, rows: taken)
  }

  /// Cuts up to `count` rows off the bottom and returns them.
  package mutating func takeBottom(_ count: Int) -> Rect {
    let taken = min(max(0, count), rows)
    size.rows -= taken
    return Rect(column: left, row: bottom, columns: columns, rows: taken)
  }

  /// Cuts up to `count` columns off the left and returns them.
  package mutating func takeLeft(_ count: Int) -> Rect {
    let taken = min(max(0, count), columns)
    defer { self = Rect(column: left + taken, row: top, columns: columns - taken, rows: rows) }
    return Rect(column: left, row: top, columns: taken, rows: rows)
  }

  /// Cuts up to `count` columns off the right and returns them.
  package mutating func takeRight(_ count: Int) -> Rect {
    let taken = min(max(0, count), columns)
    size.columns -= taken
    return Rect(column: right, row: top, columns: taken, rows: rows)
  }
}
