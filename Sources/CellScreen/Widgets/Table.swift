/// A table that asks only for the rows it shows.
///
/// One column at the left is kept for the mark of the selected row, so that the selection shows without colour.
package struct Table {
  package var columns: [TableColumn]
  package var rowCount: Int
  package var selectedRow: Int?
  /// The row at the top; `draw` moves it only as far as the selection needs.
  package var firstRow: Int
  package var showsHeader: Bool
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
    let room = canvas.rows - headerRows
    let first = Table.firstRow(firstRow, showing: selectedRow, room: room, count: rowCount)
    let visible = first..<min(rowCount, first + room)
    let rows = visible.map(row)
    let natural = naturalWidths(rows)
    let layout = TableLayout(columns: columns, natural: natural, width: canvas.columns - 1)
    if headerRows == 1 { drawHeader(layout, on: canvas.line(0)) }
    for (offset, row) in rows.enumerated() {
      draw(row, layout, isSelected: first + offset == selectedRow, on: canvas.line(headerRows + offset))
    }
    return visible
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
    var widths = columns.map { showsHeader ? TextWidth.columns(of: $0.title) : 0 }
    for case .cells(let cells) in rows {
      for (index, cell) in cells.prefix(widths.count).enumerated() {
        widths[index] = max(widths[index], cell.columns)
      }
    }
    return widths
  }

  private func drawHeader(_ layout: TableLayout, on canvas: Canvas) {
    canvas.fill(style: .header)
    for place in layout.places {
      let column = columns[place.column]
      let area = Rect(column: place.start + 1, columns: place.width, rows: 1)
      canvas.write([Span(column.title, .header)], in: area, align: column.alignment)
    }
  }

  private func draw(_ row: TableRow, _ layout: TableLayout, isSelected: Bool, on canvas: Canvas) {
    switch row {
    case .note(let spans): canvas.write(spans, at: Position(column: 1, row: 0))
    case .cells(let cells):
      for place in layout.places where cells.indices.contains(place.column) {
        let column = columns[place.column]
        let area = Rect(column: place.start + 1, columns: place.width, rows: 1)
        canvas.write(cells[place.column], in: area, align: column.alignment, fit: column.fit)
      }
    }
    guard isSelected else { return }
    canvas.put("▸", at: .zero, style: .accent)
    canvas.restyle { $0.isSelected = true }
  }
}
