import CellScreen
import ClusterModel

/// A part of the screen: a function from the state to cells, its rows, and its own commands.
///
/// A panel is one value in a file of its own and one line in ``all``.
package struct Panel: Sendable {
  /// The panels by what they show, in the order of their numbers.
  package enum ID: String, CaseIterable, Hashable, Sendable {
    case phases, usage, ingress, workloads, pods, river
  }

  package let id: ID
  package let title: String
  /// The kinds whose age the panel shows; their worst state is the panel's.
  package let kinds: [ResourceKind]
  /// The kind without which there is nothing to show.
  let needs: ResourceKind?
  /// The rows that can be selected, in order.
  package let rows: @Sendable (DashboardState) -> Rows
  /// What stands behind the title's line: a count, for example.
  package let note: @Sendable (DashboardState) -> String
  /// The rows above the first row of its table.
  let headerRows: Int
  /// How many rows of the screen it takes to show everything, border and header included; the layout asks for it.
  package let rowsWanted: @Sendable (DashboardState) -> Int
  /// How many rows have room inside of a size; `nil` for one a line below a header, of which the panel tells nobody.
  let room: (@Sendable (DashboardState, Size) -> Int)?
  /// Draws the inside; the canvas is clipped to it.
  package let draw: @Sendable (DashboardState, Canvas) -> Void
  package let commands: [Command]
  /// What is asked of a panel with a table of objects; `nil` for the others.
  let shape: TableShape?
  /// The row that stands at a place inside of the panel, whose inside has a size; `nil` where none does.
  package let rowAt: @Sendable (DashboardState, Size, Position) -> Int?
  /// Sorts by the column of a title, where the panel can be sorted.
  package let sortByTitle: (@Sendable (inout DashboardState, String) -> [Effect])?

  /// A panel.
  ///
  /// - Parameters:
  ///   - headerRows: The rows above the first row of its table.
  ///   - rowAt: Needed where rows are not lines of a table over the whole inside.
  init(
    _ id: ID, _ title: String, kinds: [ResourceKind], needs: ResourceKind? = nil,
    rows: @escaping @Sendable (DashboardState) -> Rows = { _ in Rows([]) },
    room: (@Sendable (DashboardState, Size) -> Int)? = nil,
    note: @escaping @Sendable (DashboardState) -> String = { _ in "" },
    rowsWanted: (@Sendable (DashboardState) -> Int)? = nil, commands: [Command] = [], shape: TableShape? = nil,
    headerRows: Int = 1, rowAt: (@Sendable (DashboardState, Size, Position) -> Int?)? = nil,
    sortByTitle: (@Sendable (inout DashboardState, String) -> [Effect])? = nil,
    draw: @escaping @Sendable (DashboardState, Canvas) -> Void
  ) {
    self.id = id
    self.title = title
    self.kinds = kinds
    self.needs = needs ?? kinds.first
    self.rows = rows
    self.room = room
    self.note = note
    self.rowsWanted = rowsWanted ?? { rows($0).count + 2 + headerRows }
    self.headerRows = headerRows
    self.commands = commands
    self.shape = shape
    self.rowAt = rowAt ?? { $0.row(of: Panel.of(id), at: $2, list: Rect($1), headerRows: headerRows, in: $1) }
    self.sortByTitle = sortByTitle
    self.draw = draw
  }

  /// The key that goes to the panel: `1` for the first.
  package var number: Int { (ID.allCases.firstIndex(of: id) ?? 0) + 1 }

  /// Every panel, in the order of their numbers.
  package static let all: [Panel] = [phases, usage, ingress, workloads, pods, river]

  /// The panel of an identity.
  package static func of(_ id: ID) -> Panel {
    guard let panel = all.first(where: { $0.id == id }) else { preconditionFailure("every panel is in the list") }
    return panel
  }
}

/// The rows of a panel that can be selected, looked at one by one so that a long list costs nothing.
package struct Rows {
  package let count: Int
  package let id: (Int) -> RowID
  package let index: (RowID) -> Int?

  /// Rows whose place is found without a search.
  package init(count: Int, id: @escaping (Int) -> RowID, index: @escaping (RowID) -> Int?) {
    self.count = count
    self.id = id
    self.index = index
  }

  /// A few rows.
  package init(_ ids: [RowID]) {
    self.init(count: ids.count, id: { ids[$0] }, index: { ids.firstIndex(of: $0) })
  }
}

extension DashboardState {
  /// The index of the selected row of a panel; `nil` when it has no rows.
  ///
  /// A row that went away leaves the selection where it was, on the row that is there now.
  package func selectedIndex(in id: Panel.ID) -> Int? { selectedIndex(of: Panel.of(id)) }

  func selectedIndex(of panel: Panel) -> Int? {
    let rows = panel.rows(self)
    guard rows.count > 0 else { return nil }
    if let selected = selections[panel.id], let index = rows.index(selected) { return index }
    return min(selectedIndexes[panel.id] ?? 0, rows.count - 1)
  }

  /// The selected row of a panel.
  package func selectedRow(in panel: Panel) -> RowID? { selectedIndex(of: panel).map { panel.rows(self).id($0) } }

  /// Moves the selection of the focused panel.
  ///
  /// Says so when it is there already.
  mutating func select(_ index: Int) {
    let panel = Panel.of(focus)
    let rows = panel.rows(self)
    guard rows.count > 0 else {
      notice = "\(panel.title) has no rows to choose from"
      return
    }
    let wanted = index
    let index = min(max(0, index), rows.count - 1)
    if index == selectedIndex(of: panel) { notice = "this is the \(wanted > 0 ? "last" : "first") row" }
    selections[focus] = rows.id(index)
    selectedIndexes[focus] = index
    keepSelectionVisible(in: panel)
  }

  /// Scrolls a panel as far as its selection needs.
  mutating func keepSelectionVisible(in panel: Panel) {
    guard let index = selectedIndex(of: panel), let room = room(in: panel) else { return }
    firstRows[panel.id] = Table.firstRow(
      firstRows[panel.id] ?? 0, showing: index, room: room, count: panel.rows(self).count)
  }

  /// How many rows have room in a panel where it stands now; `nil` where it is not on the screen.
  func room(in panel: Panel) -> Int? {
    guard let rect = Layout(of: self).rect(of: panel.id) else { return nil }
    let inside = Size(columns: rect.columns - 2, rows: rect.rows - 2)
    return panel.room?(self, inside) ?? inside.rows - panel.headerRows
  }

  /// The rows of a panel that are seen inside of a size; all, where the panel does not tell how many have room.
  func visibleRows(of panel: Panel, in size: Size) -> Range<Int> {
    let count = panel.rows(self).count
    guard let room = panel.room?(self, size), room < count else { return 0..<count }
    let selected = focus == panel.id ? selectedIndex(of: panel) : nil
    let first = Table.firstRow(firstRows[panel.id] ?? 0, showing: selected, room: room, count: count)
    return first..<min(count, first + max(0, room))
  }

  /// The row of a panel that stands at a place inside of it; `nil` where none does.
  ///
  /// - Parameters:
  ///   - list: Where its rows are, with the header above them.
  ///   - linesPerRow: How many lines each row takes.
  func row(
    of panel: Panel, at place: Position, list: Rect, headerRows: Int, linesPerRow: Int = 1, in size: Size
  ) -> Int? {
    let line = place.row - list.top - headerRows
    let visible = visibleRows(of: panel, in: size)
    guard place.row < list.bottom, line >= 0, linesPerRow > 0, line / linesPerRow < visible.count else { return nil }
    return visible.lowerBound + line / linesPerRow
  }

  /// Moves the selection of the focused panel by some rows.
  mutating func moveSelection(by rows: Int) { select((selectedIndex(in: focus) ?? 0) + rows) }
}
