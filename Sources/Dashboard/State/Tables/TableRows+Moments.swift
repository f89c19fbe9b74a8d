import ClusterModel

/// The row of an object that is gone: it stays for a moment, so that people see what went.
package struct Ghost: Hashable, Sendable {
  /// How long it stays.
  package static let duration = Duration.seconds(5)
  /// How many stay at once; when more objects go, their rows go at once.
  package static let limit = 100

  let row: TableRows.Row
  /// When it was seen to be gone.
  let since: Timestamp
  /// How it was: `Running`.
  let was: String

  /// `Running → gone 3 s`.
  func words(at now: Timestamp) -> String {
    "\(was) → gone \(max(0, now.since(since).components.seconds)) s"
  }

  func isVisible(at now: Timestamp) -> Bool { now >= since && now.since(since) < Self.duration }
}

/// Which cells of a row changed just now.
struct CellChange: Hashable, Sendable {
  /// How long a change is highlighted.
  static let duration = Duration.seconds(2)
  /// How many rows are highlighted at once; when all change, nothing stands out any more.
  static let limit = 500

  /// Which of the watched columns.
  var cells: Set<Int>
  var since: Timestamp

  func isVisible(at now: Timestamp) -> Bool { now >= since && now.since(since) < Self.duration }
}

extension TableRows {
  /// Notes which of the watched columns are different.
  mutating func noteChange(of key: ObjectKey, from old: Shown, to new: Shown, at now: Timestamp) {
    guard old.watched != new.watched, changes.count < CellChange.limit else { return }
    let cells = new.watched.indices.filter { old.watched[$0] != new.watched[$0] }
    let id = RowID.object(key, new.uid)
    changes[id, default: CellChange(cells: [], since: now)].cells.formUnion(cells)
    changes[id]?.since = now
  }

  /// Lets the row of an object that is gone stay as a ghost.
  ///
  /// - Returns: Whether it stays.
  mutating func haunt(_ row: Row, _ was: String, at now: Timestamp) -> Bool {
    changes[row.id] = nil
    guard ghosts.count < Ghost.limit, !row.uid.value.isEmpty else { return false }
    ghosts[row.id] = Ghost(row: row, since: now, was: was)
    return true
  }

  /// Whether a watched column of a row changed just now.
  func isChanged(_ id: RowID, _ cell: Int, at now: Timestamp) -> Bool {
    changes[id].map { $0.isVisible(at: now) && $0.cells.contains(cell) } ?? false
  }
}
