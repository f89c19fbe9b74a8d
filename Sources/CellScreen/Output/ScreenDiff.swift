/// What must be written so that a terminal that shows one screen shows another.
package struct ScreenDiff: Equatable, Sendable {
  /// Changed cells beside each other in one style.
  package struct Run: Equatable, Sendable {
    package let row: Int
    package let column: Int
    package let style: Style
    /// The new cells, continuations included.
    package let cells: ArraySlice<Cell>
  }

  /// From top to bottom and left to right.
  package let runs: [Run]

  /// How many cells are written.
  package var cellCount: Int { runs.reduce(0) { $0 + $1.cells.count } }

  /// How many different rows are touched.
  package var rowCount: Int { Set(runs.map(\.row)).count }

  /// Compares two screens; without an old one, or with another size, every cell counts as changed.
  package init(from old: Screen?, to new: Screen) {
    let known = old?.size == new.size ? old : nil
    var runs: [Run] = []
    for row in 0..<new.size.rows {
      let cells = new.row(row)
      if let known, known.row(row) == cells { continue }
      ScreenDiff.compare(known?.row(row), cells, row: row, into: &runs)
    }
    self.runs = runs
  }

  private init(runs: [Run]) { self.runs = runs }

  /// Some whole rows, for a line that cannot take all at once: at least one, and no more cells than given else.
  ///
  /// - Parameters:
  ///   - first: Rows that come before all others.
  ///   - start: The others come in turn from this row on, around the screen, so that none waits for ever.
  package func part(cellsMax: Int, first: Set<Int>, startingAt start: Int) -> ScreenDiff {
    func rank(_ run: Run) -> Int { first.contains(run.row) ? 0 : run.row >= start ? 1 : 2 }
    let ordered = runs.sorted { (rank($0), $0.row, $0.column) < (rank($1), $1.row, $1.column) }
    let costs = runs.reduce(into: [:]) { $0[$1.row, default: 0] += $1.cells.count }
    var part: [Run] = []
    var cells = 0
    for run in ordered {
      if part.last?.row != run.row {
        let cost = costs[run.row] ?? 0
        if !part.isEmpty, cells + cost > cellsMax { break }
        cells += cost
      }
      part.append(run)
    }
    return ScreenDiff(runs: part)
  }

  private static func compare(_ old: ArraySlice<Cell>?, _ new: ArraySlice<Cell>, row: Int, into runs: inout [Run]) {
    var start: Int?
    func close(at end: Int) {
      guard let begin = start else { return }
      runs.append(Run(row: row, column: begin - new.startIndex, style: new[begin].style, cells: new[begin..<end]))
      start = nil
    }
    var index = new.startIndex
    while index < new.endIndex {
      // A wide glyph and the column behind it are written together: where one changed, both did.
      let end = min(new.endIndex, index + (new[index].glyph.isWide ? 2 : 1))
      if let old, old[index..<end] == new[index..<end] {
        close(at: index)
      } else {
        if let begin = start, new[begin].style != new[index].style { close(at: index) }
        if start == nil { start = index }
      }
      index = end
    }
    close(at: index)
  }
}
