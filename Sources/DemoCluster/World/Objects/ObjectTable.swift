/// What happened to an object.
enum ChangeType: String, Sendable {
  case added = "ADDED"
  case modified = "MODIFIED"
  case deleted = "DELETED"
}

/// One entry of a kind's history; it holds references only, so watchers share one encoding.
struct Change: Sendable {
  let type: ChangeType
  /// The object after the change; for a deletion its last state with the version of the deletion.
  let object: StoredObject
  /// The object before the change; a selector may have matched only one of the two.
  let previous: StoredObject?
}

/// The objects of one kind in key order, and the recent changes to them.
struct ObjectTable: Sendable {
  /// How many changes of one kind are kept; a watcher further behind has to list again.
  static let historyLimit = 8192
  /// How many bytes the objects of these changes may take.
  static let historySizeLimit = 64 << 20

  private(set) var entries: [StoredObject] = []
  /// About how many bytes the entries take, and the objects of the changes that are kept.
  private(set) var size = 0
  private(set) var historySize = 0
  private var history: [Change] = []
  /// The number of changes that are no longer kept, which is also the number of the first kept one.
  private(set) var firstChange = 0
  /// The version of the newest change that is no longer kept: watching can start here or later.
  private(set) var oldestWatchableVersion = 0

  /// The number the next change will get.
  var endOfHistory: Int { firstChange + history.count }

  /// The change with that number, which must still be kept.
  func change(_ number: Int) -> Change { history[number - firstChange] }

  /// The number of the first change after a version.
  func firstChange(after version: Int) -> Int {
    var low = 0
    var high = history.count
    while low < high {
      let middle = (low + high) / 2
      if history[middle].object.resourceVersion <= version { low = middle + 1 } else { high = middle }
    }
    return firstChange + low
  }

  /// The index of the first entry whose key is not before `key`.
  func lowerBound(_ key: ObjectKey) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  subscript(key: ObjectKey) -> StoredObject? {
    let index = lowerBound(key)
    return index < entries.count && entries[index].key == key ? entries[index] : nil
  }

  /// The entries of one namespace, or all for `nil`.
  func entries(in namespace: String?) -> ArraySlice<StoredObject> {
    guard let namespace else { return entries[...] }
    let start = lowerBound(ObjectKey(namespace: namespace, name: ""))
    var end = start
    while end < entries.count, entries[end].key.namespace == namespace { end += 1 }
    return entries[start..<end]
  }

  /// Adds or replaces an object.
  mutating func put(_ object: StoredObject) {
    let index = lowerBound(object.key)
    if index < entries.count, entries[index].key == object.key {
      record(Change(type: .modified, object: object, previous: entries[index]))
      size -= entries[index].size
      entries[index] = object
    } else {
      record(Change(type: .added, object: object, previous: nil))
      entries.insert(object, at: index)
    }
    size += object.size
  }

  /// Removes an object; `last` is its final state.
  mutating func remove(_ last: StoredObject) {
    let index = lowerBound(last.key)
    guard index < entries.count, entries[index].key == last.key else { return }
    record(Change(type: .deleted, object: last, previous: entries[index]))
    size -= entries.remove(at: index).size
  }

  /// Adds many new objects at once, without history.
  mutating func fill(_ objects: [StoredObject]) {
    entries = (entries + objects).sorted { $0.key < $1.key }
    size += objects.reduce(0) { $0 + $1.size }
    forget(upTo: objects.last?.resourceVersion ?? oldestWatchableVersion)
  }

  /// Drops the history: watching older versions is answered with 410.
  mutating func forget(upTo version: Int) {
    firstChange = endOfHistory
    history.removeAll()
    historySize = 0
    oldestWatchableVersion = version
  }

  private mutating func record(_ change: Change) {
    history.append(change)
    historySize += change.object.size
    while history.count > Self.historyLimit || (historySize > Self.historySizeLimit && history.count > 1) {
      // Dropping a quarter at a time keeps the cost of one change constant.
      let dropped = max(1, history.count / 4)
      oldestWatchableVersion = history[dropped - 1].object.resourceVersion
      historySize -= history[..<dropped].reduce(0) { $0 + $1.object.size }
      history.removeFirst(dropped)
      firstChange += dropped
    }
  }
}
