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
  /// The rows that can be selected, in order.
  package let rows: @Sendable (DashboardState) -> Rows
  /// What stands behind the title's line: a count, for example.
  package let note: @Sendable (DashboardState) -> String
  /// Draws the inside; the canvas is clipped to it.
  package let draw: @Sendable (DashboardState, Canvas) -> Void
  package let commands: [Command]

  init(
    _ id: ID, _ title: String, kinds: [ResourceKind],
    rows: @escaping @Sendable (DashboardState) -> Rows = { _ in Rows([]) },
    note: @escaping @Sendable (DashboardState) -> String = { _ in "" }, commands: [Command] = [],
    draw: @escaping @Sendable (DashboardState, Canvas) -> Void
  ) {
    self.id = id
    self.title = title
    self.kinds = kinds
    self.rows = rows
    self.note = note
    self.commands = commands
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
  mutating func select(_ index: Int) {
    let panel = Panel.of(focus)
    let rows = panel.rows(self)
    guard rows.count > 0 else { return }
    let index = min(max(0, index), rows.count - 1)
    selections[focus] = rows.id(index)
    selectedIndexes[focus] = index
    keepSelectionVisible(in: panel)
  }

  /// Scrolls a panel as far as its selection needs.
  mutating func keepSelectionVisible(in panel: Panel) {
    guard let index = selectedIndex(of: panel), let rect = Layout(of: self).rect(of: panel.id) else { return }
    firstRows[panel.id] = Table.firstRow(
      firstRows[panel.id] ?? 0, showing: index, room: rect.rows - 3, count: panel.rows(self).count)
  }

  /// Moves the selection of the focused panel by some rows.
  mutating func moveSelection(by rows: Int) { select((selectedIndex(in: focus) ?? 0) + rows) }
}
