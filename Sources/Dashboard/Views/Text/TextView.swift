import CellScreen

/// How a text is looked at: from where on, which line is chosen, and what is searched for.
///
/// It never keeps the text: lines may come and go while it is looked at.
package struct TextView: Sendable {
  /// What is searched for.
  struct Search: Sendable {
    var text: String
    var pattern: TextPattern
    /// Where the cursor and the first row were before.
    var origin: (cursor: Int, firstRow: Int)
  }

  /// Whether a line is chosen; else only rows are passed.
  let hasCursor: Bool
  /// Whether long lines are broken; where a line is chosen they always are.
  private(set) var isWrapped: Bool
  /// The row at the top, as far as it was moved.
  private(set) var firstRow = 0
  /// How many columns at the left are passed.
  private(set) var passedColumns = 0
  private(set) var search: Search?
  /// The chosen line, or the one a search found last.
  private var cursor = 0
  private var cursorID: TextLine.ID?

  /// A look at the beginning.
  init(hasCursor: Bool) {
    self.hasCursor = hasCursor
    isWrapped = hasCursor
  }

  /// The chosen line: where it was, or the nearest line of what it stood for.
  func cursorLine(in lines: [TextLine]) -> Int {
    let place = min(cursor, max(0, lines.count - 1))
    guard let cursorID, lines.indices.contains(place), lines[place].id != cursorID else { return place }
    let same = lines.indices.filter { lines[$0].id == cursorID }
    return same.min { abs($0 - place) < abs($1 - place) } ?? place
  }

  /// The row at the top of a surface of so many rows.
  func top(of rows: TextRows, _ lines: [TextLine], room: Int) -> Int {
    guard hasCursor else { return max(0, min(firstRow, rows.count - room)) }
    let chosen = rows.rows(ofLine: cursorLine(in: lines))
    guard !chosen.isEmpty else { return 0 }
    let end = Table.firstRow(firstRow, showing: chosen.upperBound - 1, room: room, count: rows.count)
    // Of a line that does not fit the beginning is seen.
    return min(end, chosen.lowerBound)
  }

  /// Moves by lines, or by rows where no line is chosen; whether that was possible.
  mutating func move(by steps: Int, in rows: TextRows, _ lines: [TextLine], room: Int) -> Bool {
    if hasCursor {
      let now = cursorLine(in: lines)
      let target = min(max(0, now.addingReportingOverflow(steps).partialValue), max(0, lines.count - 1))
      choose(target, in: rows, lines, room: room)
      return target != now
    }
    let now = top(of: rows, lines, room: room)
    firstRow = min(max(0, now + steps), max(0, rows.count - room))
    return firstRow != now
  }

  /// Chooses a line and shows it.
  mutating func choose(_ line: Int, in rows: TextRows, _ lines: [TextLine], room: Int) {
    cursor = line
    cursorID = lines.indices.contains(line) ? lines[line].id : nil
    if hasCursor {
      // The first line shows what stands above it.
      firstRow = line == 0 ? 0 : top(of: rows, lines, room: room)
    } else {
      let row = rows.rows(ofLine: line).lowerBound
      if row < firstRow || row >= firstRow + room { firstRow = max(0, min(row - room / 3, rows.count - room)) }
    }
  }

  /// Passes columns at the left, as far as there are hidden ones at the right; whether that was possible.
  mutating func passColumns(by steps: Int, in rows: TextRows, columns: Int) -> Bool {
    let before = passedColumns
    passedColumns = min(max(0, before + steps), max(0, rows.columnsMax - columns))
    return passedColumns != before
  }

  /// Breaks long lines, or cuts them; the line at the top stays there.
  mutating func toggleWrap(keeping line: Int, in rows: (Bool) -> TextRows) {
    isWrapped.toggle()
    passedColumns = 0
    firstRow = rows(isWrapped).rows(ofLine: line).lowerBound
  }

  // MARK: - Search

  /// Searches from where the search began.
  mutating func search(_ text: String, _ pattern: TextPattern, in rows: TextRows, _ lines: [TextLine], room: Int) {
    let origin = search?.origin ?? (cursor: hasCursor ? cursorLine(in: lines) : firstLine(of: rows), firstRow: firstRow)
    search = Search(text: text, pattern: pattern, origin: origin)
    cursor = origin.cursor
    let found = matches(in: lines)
    if let line = found.first(where: { $0 >= origin.cursor }) ?? found.first {
      choose(line, in: rows, lines, room: room)
    }
  }

  /// Searches no more; the place stays, or is that from before the search.
  mutating func endSearch(returning: Bool) {
    if returning, let origin = search?.origin { (cursor, firstRow, cursorID) = (origin.cursor, origin.firstRow, nil) }
    search = nil
  }

  /// The lines in which the text is found that is searched for.
  func matches(in lines: [TextLine]) -> [Int] {
    guard let pattern = search?.pattern else { return [] }
    return lines.indices.filter { pattern.matches(lines[$0].spans.text) }
  }

  /// Goes to the next line that is found, or with -1 to the one before, around the ends.
  mutating func findNext(_ step: Int, in rows: TextRows, _ lines: [TextLine], room: Int) -> Found {
    let found = matches(in: lines)
    let now = cursorLine(in: lines)
    guard let first = found.first, let last = found.last else { return .nothing }
    let next = step > 0 ? found.first { $0 > now } : found.last { $0 < now }
    choose(next ?? (step > 0 ? first : last), in: rows, lines, room: room)
    if found.count == 1, now == first { return .only }
    return next == nil ? .aroundTheEnd : .found
  }

  /// What a search for the next line came to.
  enum Found { case nothing, only, found, aroundTheEnd }

  private func firstLine(of rows: TextRows) -> Int {
    rows.rows.indices.contains(firstRow) ? rows.rows[firstRow].line : 0
  }
}
