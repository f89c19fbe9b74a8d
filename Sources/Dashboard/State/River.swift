import ClusterModel

/// The one time-ordered list, newest first: Kubernetes events, changes of state, breaks in the connection.
package struct River: Sendable {
  /// How many entries are kept.
  package static let limit = 2_000

  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// What kind of thing happened; says which glyph stands before it.
    package enum Sort: Hashable, Sendable { case normal, warning, good, bad, connection }

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

  /// The entries, newest first.
  package private(set) var entries: [Entry] = []
  /// How many of them warn.
  package private(set) var warnings = 0
  private var times: [UID: Timestamp] = [:]
  private var made = 0

  /// An empty river.
  package init() {}

  /// Puts an entry in its place; one with the same identity moves.
  mutating func put(_ entry: Entry) {
    if let old = times[entry.id], let index = index(of: entry.id, at: old) {
      if entries[index] == entry { return }
      take(at: index)
    }
    let index = firstIndex(notAfter: entry.time)
    guard index < Self.limit else { times[entry.id] = nil; return }
    entries.insert(entry, at: index)
    if entry.warns { warnings += 1 }
    times[entry.id] = entry.time
    if entries.count > Self.limit { take(at: entries.count - 1) }
  }

  /// Adds something that the program itself saw.
  mutating func note(
    _ sort: Entry.Sort, _ subject: String, _ text: String, object: ObjectKey? = nil, at time: Timestamp
  ) {
    made += 1
    put(
      Entry(
        id: UID("seen-\(made)"), time: time, sort: sort, subject: subject, text: text, count: 1, object: object))
  }

  /// Where an entry stands.
  package func index(of id: UID) -> Int? { times[id].flatMap { index(of: id, at: $0) } }

  private mutating func take(at index: Int) {
    let entry = entries.remove(at: index)
    times[entry.id] = nil
    if entry.warns { warnings -= 1 }
  }

  /// Entries are sorted from new to old: the first that is not newer than `time`.
  private func firstIndex(notAfter time: Timestamp) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].time > time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func index(of id: UID, at time: Timestamp) -> Int? {
    var index = firstIndex(notAfter: time)
    while index < entries.count, entries[index].time == time {
      if entries[index].id == id { return index }
      index += 1
    }
    return nil
  }
}
