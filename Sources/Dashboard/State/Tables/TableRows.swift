import ClusterModel

/// The rows of a table in the order they are shown, kept as objects change.
///
/// An object that changes costs two binary searches, whatever the number of rows. Rows are sorted by value, then by
/// namespace and name. What is gone stays at its place for a moment as a ghost.
package struct TableRows: Sendable {
  /// One row: whose it is and what it is sorted by.
  package struct Row: Hashable, Sendable {
    package let key: ObjectKey
    package let uid: UID
    let sort: SortValue

    /// What a selection or a mark is bound to.
    package var id: RowID { .object(key, uid) }
  }

  /// What is kept of an object that is shown, beside its key: there are many, so it is small.
  struct Shown: Sendable {
    let uid: UID
    let sort: SortValue
    let watched: SIMD4<Int32>
    let was: String

    /// Its row.
    func row(of key: ObjectKey) -> Row { Row(key: key, uid: uid, sort: sort) }
  }

  package let source: TableSource
  /// The rows that the filter lets through, in order, ghosts among them.
  package private(set) var rows: [Row] = []
  /// What is let through.
  package private(set) var filter = RowFilter.none
  package private(set) var order = RowOrder()
  /// How wide the contents are.
  package private(set) var widths = ContentWidths()
  /// How often a row was looked at to place it; for tests of work done.
  package private(set) var placements = 0

  /// Rows of objects that are gone, until they leave.
  package internal(set) var ghosts: [RowID: Ghost] = [:]
  /// Rows of which something changed just now.
  var changes: [RowID: CellChange] = [:]
  /// The rows that were marked by hand, whether the filter shows them or not.
  package internal(set) var marks: Set<RowID> = []
  /// Where a range of marks begins.
  var lastMark: RowID?

  /// Whether all columns are shown, not those that matter most.
  package internal(set) var isWide = false
  /// How many columns behind the first are passed over.
  package internal(set) var passedColumns = 0

  private var shown: [ObjectKey: Shown] = [:]
  /// Objects whose severity changes with time alone.
  private var waiting: Set<ObjectKey> = []
  /// When time alone lets a row through the filter or takes it out; `nil` where it never does.
  private var filterChangesAt: Timestamp?
  private var scratch: [UInt8] = []

  /// No rows.
  init(_ source: TableSource) { self.source = source }

  /// How many rows there are, ghosts among them.
  package var count: Int { rows.count }
  /// The objects of the rows, in order.
  ///
  /// - Complexity: O(rows).
  package var keys: [ObjectKey] {
    ghosts.isEmpty ? rows.map(\.key) : rows.filter { ghosts[$0.id] == nil }.map(\.key)
  }

  /// Whether a sample of usage changes which rows there are or their order.
  var needsUsage: Bool { order.column.needsUsage || filter.needs.contains(.usage) }

  /// Shows only the rows that match; ghosts leave.
  ///
  /// A key waits for it: what is shown stays as it is unless the filter takes it out, and where the filter got narrower
  /// nothing else is looked at.
  mutating func apply(_ filter: RowFilter, to snapshot: Snapshot, at now: Timestamp) {
    let before = self.filter
    self.filter = filter
    if before.asksForAge || filter.asksForAge { return rebuild(from: snapshot, at: now) }
    let all = rows
    rows = all.filter { row in
      if shown[row.key]?.uid == row.uid, passes(row.key, snapshot, now) { return true }
      if ghosts.removeValue(forKey: row.id) == nil { shown[row.key] = nil }
      waiting.remove(row.key)
      return false
    }
    if filter.narrows(before) { return }
    let count = rows.count
    for key in source.keys(snapshot, snapshot.connection.namespace) where shown[key] == nil {
      guard let new = look(at: key, in: snapshot, at: now).shown else { continue }
      shown[key] = new
      rows.append(new.row(of: key))
    }
    if rows.count > count { rows.sort(by: order.precedes) }
  }

  private mutating func passes(_ key: ObjectKey, _ snapshot: Snapshot, _ now: Timestamp) -> Bool {
    placements += 1
    guard !filter.isEmpty else { return true }
    guard let facts = source.facts(key, snapshot, filter.needs, now) else { return false }
    return filter.matches(facts, at: now, scratch: &scratch)
  }

  /// Sorts by a column; by the same again the other way round.
  mutating func sort(by column: SortColumn, from snapshot: Snapshot, at now: Timestamp) {
    if order.column == column { order.isDescending.toggle() } else { order = RowOrder(column) }
    rebuild(from: snapshot, at: now)
  }

  /// Puts every row in its place again; ghosts leave, as their place is no more.
  mutating func rebuild(from snapshot: Snapshot, at now: Timestamp) {
    // What stood there before stands in order already, which makes sorting cheap while a filter is typed.
    var keys = self.keys
    waiting = []
    ghosts = [:]
    widths = ContentWidths()
    filterChangesAt = nil
    let before = shown
    shown = [:]
    shown.reserveCapacity(before.count)
    for key in source.keys(snapshot, snapshot.connection.namespace) {
      guard let new = look(at: key, in: snapshot, at: now).shown else { continue }
      shown[key] = new
      if before[key] == nil { keys.append(key) }
    }
    rows = keys.compactMap { shown[$0]?.row(of: $0) }
    rows.sort(by: order.precedes)
  }

  /// Takes in a complete list: what is in it no more becomes a ghost, what is different is highlighted.
  mutating func takeList(from snapshot: Snapshot, at now: Timestamp) {
    let (old, oldRows, oldGhosts) = (shown, rows, ghosts)
    rebuild(from: snapshot, at: now)
    for (key, before) in old {
      if let after = shown[key], after.uid == before.uid { noteChange(of: key, from: before, to: after, at: now) }
    }
    for row in oldRows where shown[row.key]?.uid != row.uid {
      if let ghost = oldGhosts[row.id] {
        ghosts[row.id] = ghost
        insert(row)
      } else if snapshot[row.key]?.metadata.uid != row.uid, let before = old[row.key],
        haunt(before.row(of: row.key), before.was, at: now)
      {
        insert(row)
      }
    }
    if !marks.isEmpty { marks = marks.filter { $0.isPresent(in: snapshot) } }
  }

  /// Puts one object in its place, or takes it out if it is gone or filtered away.
  mutating func place(_ key: ObjectKey, from snapshot: Snapshot, at now: Timestamp) {
    waiting.remove(key)
    let (uid, new) = look(at: key, in: snapshot, at: now)
    let old = shown[key]
    shown[key] = new
    if uid == nil || old.map({ $0.uid != uid }) == true { dropMarks(of: key, except: uid) }
    if let old, let new, old.uid == new.uid {
      noteChange(of: key, from: old, to: new, at: now)
      guard old.sort != new.sort else { return }
      remove(old.row(of: key))
    } else if let old {
      let row = old.row(of: key)
      // The row of an object that lives on without passing the filter goes at once.
      if old.uid == uid || !haunt(row, old.was, at: now) { remove(row) }
    }
    if let row = new?.row(of: key) {
      if ghosts.removeValue(forKey: row.id) != nil { rows.removeAll { $0.id == row.id } }
      insert(row)
    }
  }

  /// Places what time alone may have moved, and lets go of what was shown only for a moment.
  mutating func passTime(in snapshot: Snapshot, at now: Timestamp) {
    if let moment = filterChangesAt, now >= moment {
      takeList(from: snapshot, at: now)
    } else {
      let restless = source.restless(snapshot, snapshot.connection.namespace)
      for key in waiting.union(restless) { place(key, from: snapshot, at: now) }
      waiting.formUnion(restless)
    }
    changes = changes.filter { $0.value.isVisible(at: now) }
    for (id, ghost) in ghosts where !ghost.isVisible(at: now) {
      ghosts[id] = nil
      remove(ghost.row)
    }
  }

  /// Where a row stands; `nil` if it is not shown.
  package func index(of id: RowID) -> Int? {
    guard case .object(let key, let uid) = id else { return nil }
    if let shown = shown[key], shown.uid == uid { return position(of: shown.row(of: key)) }
    return ghosts[id].map { position(of: $0.row) }
  }

  // MARK: - Placing

  /// Looks at one object: its identity if it exists, and its row if the filter lets it through.
  private mutating func look(
    at key: ObjectKey, in snapshot: Snapshot, at now: Timestamp
  ) -> (uid: UID?, shown: Shown?) {
    placements += 1
    let needs = filter.needs.union(order.column.needsUsage ? [.usage, .display] : .display)
    if let namespace = snapshot.connection.namespace, key.namespace != namespace { return (nil, nil) }
    guard let facts = source.facts(key, snapshot, needs, now) else { return (nil, nil) }
    if filter.asksForAge, let moment = filter.changesAt(facts, after: now) {
      filterChangesAt = min(filterChangesAt ?? moment, moment)
    }
    guard filter.matches(facts, at: now, scratch: &scratch) else { return (facts.uid, nil) }
    widths.widen(by: facts)
    if facts.changesWithTime { waiting.insert(key) }
    let new = Shown(uid: facts.uid, sort: order.value(of: facts), watched: facts.watched, was: facts.was)
    return (facts.uid, new)
  }

  private mutating func insert(_ row: Row) { rows.insert(row, at: position(of: row)) }

  private mutating func remove(_ row: Row) {
    let index = position(of: row)
    if rows.indices.contains(index), rows[index].id == row.id { rows.remove(at: index) }
  }

  /// The first index whose row does not come before the given one.
  private func position(of row: Row) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if order.precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
