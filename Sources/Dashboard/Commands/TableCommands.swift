import CellScreen
import ClusterModel

/// The keys that count while a table of objects has the focus, whatever it shows.
let tableCommands: [Command] = [sortByWord] + sortCommands + markCommands + columnCommands

private let sortByWord = Command(
  "sort", .anywhere, words: ["sort"],
  argument: Command.Argument("COLUMN", candidates: { $0.sortableColumns.map(\.rawValue) }) { state, name in
    guard let column = SortColumn(rawValue: name) else {
      state.notice = "no column \(name); sort by \(state.sortableColumns.map(\.rawValue).joined(separator: ", "))"
      return []
    }
    let effects = state.goQuietly(to: state.filteredTable)
    if let reason = state.sort(by: column, in: state.filteredTable) { state.notice = reason }
    return effects
  },
  group: .look, summary: "sort the table by a column",
  perform: { state in
    state.notice = "sort by what? :sort and one of \(state.sortableColumns.map(\.rawValue).joined(separator: ", "))"
    return []
  })

extension DashboardState {
  /// What the table that `:sort` and the filter are for can be sorted by.
  fileprivate var sortableColumns: [SortColumn] {
    SortColumn.allCases.filter { tables[filteredTable]?.source.sortColumns.contains($0) == true }
  }
}

/// Shift and the letter of the column, as in k9s.
private let sortCommands: [Command] = [
  sortCommand("shift-c", .cpu, "CPU, the largest first"),
  sortCommand("shift-m", .memory, "memory, the largest first"),
  sortCommand("shift-t", .restarts, "restarts, the most first"),
  sortCommand("shift-r", .ready, "readiness, the least first"),
  sortCommand("shift-n", .name, "name"),
  sortCommand("shift-a", .age, "age, the youngest first"),
  sortCommand("shift-s", .status, "status"),
  sortCommand("shift-o", .health, "health, the sick first: the order at the start"),
]

private func sortCommand(_ key: String, _ column: SortColumn, _ words: String) -> Command {
  Command(
    "sort-\(column.rawValue)", .table, keys: key, summary: "sort by \(words); again for the other way round",
    disabledReason: { state in
      let hasColumn = state.tables[state.focus]?.source.sortColumns.contains(column) ?? false
      return hasColumn ? nil : "\(state.focus.rawValue) have no \(column.rawValue) to sort by"
    },
    perform: { state in
      state.sort(by: column, in: state.focus)
      return []
    })
}

private let markCommands: [Command] = [
  Command(
    "mark", .table, keys: "space", summary: "mark the selected row, or take its mark away, and go one row down",
    disabledReason: { $0.goneSentence ?? ($0.selectedObject == nil ? "there is no row to mark" : nil) },
    perform: { state in
      guard let row = state.selectedRow(in: Panel.of(state.focus)) else { return [] }
      state.tables[state.focus]?.toggleMark(row)
      state.moveSelection(by: 1)
      return []
    }),
  Command(
    "mark-range", .table, keys: "ctrl-space", summary: "mark all rows from the one marked last to the selected one",
    disabledReason: { $0.goneSentence ?? ($0.selectedObject == nil ? "there is no row to mark" : nil) },
    perform: { state in
      guard let row = state.selectedRow(in: Panel.of(state.focus)) else { return [] }
      state.tables[state.focus]?.markRange(to: row)
      return []
    }),
  Command(
    "clear-marks", .table, keys: "ctrl-\\", summary: "take all marks away",
    disabledReason: { $0.tables[$0.focus]?.marks.isEmpty == false ? nil : "nothing is marked" },
    perform: { state in
      state.tables[state.focus]?.clearMarks()
      return []
    }),
]

private let noRows: @Sendable (DashboardState) -> String? = { state in
  state.tables[state.focus]?.count == 0 ? "there are no rows, so there are no columns" : nil
}

private let columnCommands: [Command] = [
  Command(
    "wide", .table, keys: "ctrl-w", summary: "show all columns, or those that fit",
    disabledReason: noRows,
    perform: { state in
      state.tables[state.focus]?.isWide.toggle()
      let isWide = state.tables[state.focus]?.isWide == true
      state.notice = isWide ? "all columns; left and right scroll them" : "the columns that matter most"
      state.tables[state.focus]?.passedColumns = 0
      return []
    }),
  Command(
    "columns-right", .table, keys: "right", summary: "show the columns further right; the first one stays",
    disabledReason: noRows, perform: { $0.passColumns(by: 1) }),
  Command(
    "columns-left", .table, keys: "left", "h", summary: "show the columns further left",
    disabledReason: noRows, perform: { $0.passColumns(by: -1) }),
]

extension DashboardState {
  /// Passes over more or fewer columns of the focused table, as far as there are hidden ones.
  fileprivate mutating func passColumns(by steps: Int) -> [Effect] {
    guard let rows = tables[focus], let rect = Layout(of: self).rect(of: focus) else { return [] }
    let inside = Size(columns: rect.columns - 2, rows: rect.rows - 2)
    let last = Panel.of(focus).shape?.lastPassedColumns(self, inside) ?? 0
    let passed = min(max(0, rows.passedColumns + steps), last)
    if passed == rows.passedColumns {
      notice = steps > 0 ? "no columns further right" : "no columns further left"
    }
    tables[focus]?.passedColumns = passed
    return []
  }
}
