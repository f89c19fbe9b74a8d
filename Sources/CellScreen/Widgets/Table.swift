/// A table that asks only for the rows it shows.
///
/// One column at the left is kept for the sign of the selected row, so that the selection shows without colour; a second
/// one for marks, where there are any.
package struct Table {
  package var columns: [TableColumn]
  package var rowCount: Int
  package var selectedRow: Int?
  /// The row at the top; `draw` moves it only as far as the selection needs.
  package var firstRow: Int
  package var showsHeader: Bool
  /// How many columns behind the first are passed over, for tables that scroll to the side; with `nil` columns that do
  /// not fit leave by their priority.
  package var passedColumns: Int?
  /// Whether the header shows with `‹` and `›` that columns are hidden.
  package var hintsAtHidden = false
  /// Whether a row is marked; `nil` while none is.
  package var isMarked: ((Int) -> Bool)?
  /// Gives the row with an index below `rowCount`; asked for visible rows only.
  package var row: (Int) -> TableRow

  /// Makes a table.
  package init(
    columns: [TableColumn], rowCount: Int, selectedRow: Int? = nil, firstRow: Int = 0, showsHeader: Bool = true,
    row: @escaping (Int) -> TableRow
  ) {
    self.columns = columns
    self.rowCount = max(0, rowCount)
    self.selectedRow = selectedRow
    self.firstRow = firstRow
    self.showsHeader = showsHeader
    self.row = row
  }

  /// Draws header and rows and returns the indices of the rows that are visible.
  @discardableResult
  package func draw(on canvas: Canvas) -> Range<Int> {
    let headerRows = showsHeader && canvas.rows > 1 ? 1 : 0
    let visible = visible(rows: canvas.rows)
    let rows = visible.map(row)
    let layout = layout(width: canvas.columns, natural: naturalWidths(rows))
    if headerRows == 1 { drawHeader(layout, on: canvas.line(0)) }
    for (offset, row) in rows.enumerated() {
      let index = visible.lowerBound + offset
      draw(
        row, layout, isSelected: index == selectedRow, isMarked: isMarked?(index) ?? false,
        on: canvas.line(headerRows + offset))
    }
    return visible
  }

  /// The rows that are visible on a canvas of so many rows.
  package func visible(rows: Int) -> Range<Int> {
    let room = rows - (showsHeader && rows > 1 ? 1 : 0)
    let first = Table.firstRow(firstRow, showing: selectedRow, room: room, count: rowCount)
    return first..<min(rowCount, first + max(0, room))
  }

  /// The least number of columns to pass over so that the last column is visible.
  package func lastPassedColumns(width: Int) -> Int {
    let natural = naturalWidths([])
    return columns.indices.first { passing in
      !TableLayout(columns: columns, natural: natural, width: width - signs, passing: passing).hidesAfter
    } ?? 0
  }

  /// Columns for signs at the left.
  private var lead: Int { isMarked == nil ? 1 : 2 }
  /// Columns for signs at the left, and at the right a blank, or a sign that more is hidden with a blank before it.
  private var signs: Int { lead + (hintsAtHidden ? 2 : 1) }

  private func layout(width: Int, natural: [Int]) -> TableLayout {
    let room = width - signs
    guard let passedColumns else { return TableLayout(columns: columns, natural: natural, width: room) }
    return TableLayout(columns: columns, natural: natural, width: room, passing: passedColumns)
  }

  /// The first row to show so that the selection is visible and no room is wasted at the end.
  package static func firstRow(_ current: Int, showing selected: Int?, room: Int, count: Int) -> Int {
    guard room > 0 else { return 0 }
    var first = current
    if let selected, (0..<count).contains(selected) {
      if selected < first { first = selected }
      if selected >= first + room { first = selected - room + 1 }
    }
    return max(0, min(first, count - room))
  }

  private func naturalWidths(_ rows: [TableRow]) -> [Int] {
    var widths = columns.map { max($0.content ?? 0, showsHeader ? TextWidth.columns(of: $0.title) : 0) }
    for row in rows {
      guard case .cells(let cells) = row else { continue }
      for (index, cell) in cells.prefix(widths.count).enumerated() where columns[index].content == nil {
        widths[index] = max(widths[index], cell.columns)
      }
    }
    return widths
  }

  private func drawHeader(_ layout: TableLayout, on canvas: Canvas) {
    canvas.fill(style: .header)
    for place in layout.places {
      let column = columns[place.column]
      let area = Rect(column: place.start + lead, columns: place.width, rows: 1)
      canvas.write([Span(column.title, .header)], in: area, align: column.alignment)
      guard let sorting = column.sorting else { continue }
      // Beside the title, if need be in the gap, so that sorting moves no column.
      let title = min(place.width, TextWidth.columns(of: column.title))
      let sign = column.alignment == .right ? area.right - title - 1 : area.left + title
      canvas.put(sorting.glyph, at: Position(column: sign, row: 0), style: .accent)
    }
    guard hintsAtHidden, let first = layout.places.first else { return }
    if layout.hidesBefore {
      canvas.put("‹", at: Position(column: lead + first.width, row: 0), style: .accent)
    }
    if layout.hidesAfter { canvas.put("›", at: Position(column: canvas.columns - 1, row: 0), style: .accent) }
  }

  private func draw(_ row: TableRow, _ layout: TableLayout, isSelected: Bool, isMarked: Bool, on canvas: Canvas) {
    switch row {
    case .note(let spans): canvas.write(spans, at: Position(column: lead, row: 0))
    case .cells(let cells):
      for place in layout.places where cells.indices.contains(place.column) {
        draw(cells[place.column], columns[place.column], place, on: canvas)
      }
    case .loose(let cells):
      var free = canvas.columns - lead
      for place in layout.places.reversed() where cells.indices.contains(place.column) && !cells[place.column].isEmpty {
        let loose = TableLayout.Place(column: place.column, start: place.start, width: free - place.start)
        draw(cells[place.column], columns[place.column], loose, on: canvas)
        free = place.start - TableLayout.gap
      }
    }
    if isMarked { canvas.put("◆", at: Position(column: 1, row: 0), style: .key) }
    guard isSelected else { return }
    canvas.put("▸", at: .zero, style: .accent)
    canvas.restyle { $0.isSelected = true }
  }

  private func draw(_ cell: [Span], _ column: TableColumn, _ place: TableLayout.Place, on canvas: Canvas) {
    let area = Rect(column: place.start + lead, columns: place.width, rows: 1)
    canvas.write(cell, in: area, align: column.alignment, fit: column.fit)
  }
}
