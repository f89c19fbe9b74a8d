import CellScreen
import ClusterModel

extension DashboardState {
  /// The rows of the pods.
  package var pods: TableRows { tables[.pods] ?? TableRows(.pods) }

  /// The table that a filter is for: the focused one, else the pods.
  var filteredTable: Panel.ID { tables[focus] == nil ? .pods : focus }

  /// The filter of the table that a filter is for.
  package var filter: RowFilter { tables[filteredTable]?.filter ?? .none }

  /// Shows only the rows of the focused table that match, or of the pods where no table has the focus.
  ///
  /// A text that is no filter changes nothing but ``filterProblem``: what was shown last stays.
  package mutating func applyFilter(_ text: String) {
    let id = filteredTable
    guard let source = tables[id]?.source else { return }
    do {
      let filter = try RowFilter(text, columns: source.filterColumns)
      filterProblem = nil
      tables[id]?.apply(filter, to: snapshot, at: now)
      firstRows[id] = 0
      keepSelectionVisible(in: Panel.of(id))
    } catch {
      filterProblem = error
    }
  }

  /// Sorts a table by a column; by the same column again the other way round.
  ///
  /// - Returns: Why not, if not.
  @discardableResult
  package mutating func sort(by column: SortColumn, in id: Panel.ID) -> String? {
    guard let source = tables[id]?.source else { return "the \(id.rawValue) panel cannot be sorted" }
    guard source.sortColumns.contains(column) else { return "\(id.rawValue) have no \(column.rawValue) to sort by" }
    tables[id]?.sort(by: column, from: snapshot, at: now)
    keepSelectionVisible(in: Panel.of(id))
    notice = tables[id].map { "sorted by \($0.order.words)" } ?? ""
    return nil
  }

  /// Why nothing can be done with the selected row: its object is gone; `nil` where it is not.
  var goneSentence: String? {
    guard let row = selectedRow(in: Panel.of(focus)), tables[focus]?.ghosts[row] != nil else { return nil }
    return "\(row.object?.name ?? "it") is gone"
  }

  /// Carries what changed in the snapshot over to the rows of every table.
  mutating func followTables(_ change: SnapshotChange, namespaceBefore: String?) {
    for source in TableSource.all {
      let id = source.id
      if namespaceBefore != namespace {
        // Another namespace is another table: nothing in it changed and nothing is gone.
        tables[id]?.clearMarks()
        tables[id]?.rebuild(from: snapshot, at: now)
      } else if !source.kinds.isDisjoint(with: change.listedKinds) {
        tables[id]?.takeList(from: snapshot, at: now)
      } else {
        for key in change.rows(of: source) { tables[id]?.place(key, from: snapshot, at: now) }
      }
      if change.hasUsage, tables[id]?.needsUsage == true { tables[id]?.takeList(from: snapshot, at: now) }
    }
  }
}
