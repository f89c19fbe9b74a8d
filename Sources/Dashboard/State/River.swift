import ClusterModel

/// The one time-ordered list, newest first: Kubernetes events, changes of state, breaks in the connection.
package struct River: Sendable {
  /// How many entries are kept.
  package static let limit = 2_000

  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// What kind of thing happened; says which glyph stands before it.
    package enum Sort: Hashable, Sendable { case normal, warning, good, bad, rollout, connection, action, drill }

    package var id: UID
    package var time: Timestamp
    package var sort: Sort
    /// The object, without its namespace.
    package var subject: String
    package var text: String
    package var count: Int
    package var object: ObjectKey?

    /// Whether it counts as a warning.
    var warns: Bool { sort == .warning || sort == .bad }
  }

  private var all = RiverEntries()
  /// Those that warn, kept apart so that showing them alone looks at nothing else.
  private var warning = RiverEntries()
  private var made = 0
  /// Whether only warnings are shown.
  package var showsWarningsOnly = false

  /// An empty river.
  package init() {}

  /// An empty river whose entries are none of those before.
  init(after river: River) { made = river.made }

  /// The entries, newest first.
  package var entries: [Entry] { all.entries }
  /// How many of them warn.
  package var warnings: Int { warning.entries.count }
  /// The entries that are shown.
  package var shown: RiverEntries { showsWarningsOnly ? warning : all }

  /// Puts an entry in its place; one with the same identity moves.
  mutating func put(_ entry: Entry) {
    guard all.put(entry) else { return }
    if entry.warns { _ = warning.put(entry) } else { warning.take(entry.id) }
    while all.entries.count > Self.limit, let oldest = all.entries.last {
      all.take(oldest.id)
      warning.take(oldest.id)
    }
  }

  /// Adds something that the program itself saw.
  ///
  /// - Returns: The identity of the entry.
  @discardableResult
  mutating func note(
    _ sort: Entry.Sort, _ subject: String, _ text: String, object: ObjectKey? = nil, at time: Timestamp
  ) -> UID {
    made += 1
    let id = UID("seen-\(made)")
    put(Entry(id: id, time: time, sort: sort, subject: subject, text: text, count: 1, object: object))
    return id
  }
}

/// Entries from new to old, found by their identity.
package struct RiverEntries: Sendable {
  package private(set) var entries: [River.Entry] = []
  private var times: [UID: Timestamp] = [:]

  /// Puts an entry in its place; one with the same identity moves.
  ///
  /// - Returns: Whether anything changed.
  mutating func put(_ entry: River.Entry) -> Bool {
    if let index = index(of: entry.id) {
      if entries[index] == entry { return false }
      entries.remove(at: index)
    }
    entries.insert(entry, at: firstIndex(notAfter: entry.time))
    times[entry.id] = entry.time
    return true
  }

  /// Takes an entry out, if it is there.
  mutating func take(_ id: UID) {
    guard let index = index(of: id) else { return }
    entries.remove(at: index)
    times[id] = nil
  }

  /// Where an entry stands.
  package func index(of id: UID) -> Int? {
    guard let time = times[id] else { return nil }
    var index = firstIndex(notAfter: time)
    while index < entries.count, entries[index].time == time {
      if entries[index].id == id { return index }
      index += 1
    }
    return nil
  }

  /// The first that is not newer than `time`.
  private func firstIndex(notAfter time: Timestamp) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].time > time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
