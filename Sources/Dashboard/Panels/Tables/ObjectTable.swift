import CellScreen
import ClusterModel

/// A table of objects as its panel draws it; reads the rows that the state keeps.
struct ObjectTableView<Content>: Sendable {
  let id: Panel.ID
  let columns: [ObjectColumn<Content>]
  /// What the cells of a row are made from; `nil` for an object that is gone.
  let content: @Sendable (ObjectKey, DashboardState) -> Content?
  /// Lines below the table about the selected row and others, where the table has no column for them.
  ///
  /// The size is how many columns they have and how many rows are free; there is always one.
  var below: @Sendable (TableRows, _ selected: Int, DashboardState, Size) -> [[Span]] = { _, _, _, _ in [] }

  /// The table on a surface, and the lines below it.
  private func table(_ state: DashboardState, _ size: Size) -> (table: Table, below: [[Span]])? {
    guard let rows = state.tables[id] else { return nil }
    let shown = columns.filter { $0.isShown(rows, state, columns: size.columns) }
    let selected = state.selectedIndex(in: id)
    var below: [[Span]] = []
    if let selected, size.rows > 4 {
      let free = max(1, size.rows - 1 - rows.count)
      below = Array(self.below(rows, selected, state, Size(columns: size.columns, rows: free)).prefix(free))
    }
    var table = Table(
      columns: shown.map { $0.tableColumn(rows) }, rowCount: rows.count,
      selectedRow: state.focus == id ? selected : nil, firstRow: state.firstRows[id] ?? 0
    ) { row(rows.rows[$0], rows, shown, state) }
    table.hintsAtHidden = true
    if !rows.marks.isEmpty { table.isMarked = { rows.marks.contains(rows.rows[$0].id) } }
    if rows.isWide || rows.passedColumns > 0 {
      table.passedColumns = min(rows.passedColumns, table.lastPassedColumns(width: size.columns))
    }
    return (table, below)
  }

  /// Draws the table and the lines, and gives the rows that are visible.
  func draw(_ state: DashboardState, _ canvas: Canvas) -> Scrollbar {
    guard let (table, below) = table(state, canvas.size) else { return Scrollbar(visible: 0..<0, count: 0) }
    var area = canvas.bounds
    let lines = canvas.inner(area.takeBottom(below.count))
    let visible = table.draw(on: canvas.inner(area))
    for (row, line) in below.enumerated() { lines.write(line, at: Position(column: 0, row: row)) }
    return Scrollbar(visible: visible, count: table.rowCount)
  }

  /// The row at a place on a surface; `nil` where none is.
  func row(at place: Position, _ state: DashboardState, _ size: Size) -> Int? {
    guard let (table, below) = table(state, size) else { return nil }
    let visible = table.visible(rows: size.rows - below.count)
    let index = visible.lowerBound + place.row - 1
    return place.row > 0 && visible.contains(index) ? index : nil
  }

  /// How many columns can be passed over on a surface.
  func lastPassedColumns(_ state: DashboardState, _ size: Size) -> Int {
    table(state, size)?.table.lastPassedColumns(width: size.columns) ?? 0
  }

  /// What a title of a column sorts by, with or without the sign of a direction.
  func sort(byTitle title: String) -> SortColumn? {
    columns.first { $0.sort != nil && title.hasPrefix($0.title) }?.sort
  }

  private func row(
    _ row: TableRows.Row, _ rows: TableRows, _ columns: [ObjectColumn<Content>], _ state: DashboardState
  ) -> TableRow {
    if let ghost = rows.ghosts[row.id] {
      let texts = columns.map { $0.ghost(ghost, state.now) }
      return .loose(texts.map { $0.isEmpty ? [] : [Span($0, .muted)] })
    }
    guard let content = content(row.key, state) else { return .loose([[Span(row.key.name, .muted)]]) }
    return .cells(
      columns.map { column in
        let spans = column.cell(content, state)
        guard let watched = column.watched, rows.isChanged(row.id, watched, at: state.now) else { return spans }
        return spans.map { Span($0.text, .changed) }
      })
  }
}

/// What is asked of a table panel beside its drawing.
package struct TableShape: Sendable {
  /// Draws the inside, and gives the rows that are visible.
  let draw: @Sendable (DashboardState, Canvas) -> Scrollbar
  /// How many columns can be passed over on a surface.
  let lastPassedColumns: @Sendable (DashboardState, Size) -> Int
}

extension Panel {
  /// A panel that shows a table of objects.
  ///
  /// - Parameter nothing: What stands there when there are no objects at all.
  static func table<Content>(
    _ id: ID, _ title: String, kinds: [ResourceKind], nothing: @escaping @Sendable (DashboardState) -> String,
    rowsWanted: (@Sendable (DashboardState) -> Int)? = nil, _ view: ObjectTableView<Content>
  ) -> Panel {
    let draw: @Sendable (DashboardState, Canvas) -> Scrollbar = { state, canvas in
      guard let rows = state.tables[id], rows.count == 0 else { return view.draw(state, canvas) }
      let text =
        rows.filter.isEmpty
        ? nothing(state)
        : "No \(rows.source.noun) matches \(state.shownTyping(rows.filter.text)); esc clears the filter."
      drawWrapped(text, canvas, style: .muted)
      return Scrollbar(visible: 0..<0, count: 0)
    }
    return Panel(
      id, title, kinds: kinds,
      rows: { state in
        guard let rows = state.tables[id] else { return Rows([]) }
        return Rows(count: rows.count, id: { rows.rows[$0].id }, index: { rows.index(of: $0) })
      },
      note: { tableNote(id, $0) }, rowsWanted: rowsWanted,
      shape: TableShape(draw: draw, lastPassedColumns: view.lastPassedColumns),
      rowAt: { state, size, place in view.row(at: place, state, size) },
      sortByTitle: { state, title in
        guard let sort = view.sort(byTitle: title) else {
          state.notice = "the table cannot be sorted by \(title)"
          return []
        }
        state.sort(by: sort, in: id)
        return []
      }
    ) { _ = draw($0, $1) }
  }
}

/// How long a filter may be in a border, in columns.
private let filterNoteColumns = 32

/// What stands behind the count of rows: filter, order and marks.
private func tableNote(_ id: Panel.ID, _ state: DashboardState) -> String {
  guard let rows = state.tables[id] else { return "" }
  var parts: [String] = []
  if !rows.filter.isEmpty {
    let all = grouped(rows.source.count(state.snapshot, state.namespace))
    parts.append("of \(all) match \(fitted(state.shownTyping(rows.filter.text), columns: filterNoteColumns))")
  }
  if rows.order.column != .health { parts.append("by \(rows.order.column.rawValue)") }
  if !rows.marks.isEmpty { parts.append(rows.markNote) }
  return parts.joined(separator: " · ")
}
