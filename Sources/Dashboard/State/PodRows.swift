import ClusterModel

/// The pods in the order they are shown, kept as they change.
///
/// Sick pods come first, then those on their way, then the rest; within these by namespace and name. A pod that changes
/// costs two binary searches, whatever the number of rows.
package struct PodRows: Sendable {
  /// The rows that the filter lets through, in order.
  package private(set) var keys: [ObjectKey] = []
  /// What the filter was typed as; empty shows all.
  package private(set) var filter = RowFilter("")
  /// How often a row was looked at to place it; for tests of work done.
  package private(set) var placements = 0

  private var ranks: [ObjectKey: UInt8] = [:]
  /// Pods whose health changes with time alone.
  private var waiting: Set<ObjectKey> = []

  /// No rows.
  init() {}

  /// Shows only the pods that match.
  mutating func apply(_ filter: RowFilter, to snapshot: Snapshot, at now: Timestamp) {
    self.filter = filter
    rebuild(from: snapshot, at: now)
  }

  /// Puts every pod in its place again.
  mutating func rebuild(from snapshot: Snapshot, at now: Timestamp) {
    ranks.removeAll(keepingCapacity: true)
    waiting = []
    for key in snapshot.pods.keys() {
      placements += 1
      if let summary = snapshot.podSummary(key), filter.matches(summary) {
        ranks[key] = rank(summary, now)
        if summary.changesWithTime { waiting.insert(key) }
      }
    }
    keys = ranks.sorted { precedes($0.key, $0.value, $1.key, $1.value) }.map(\.key)
  }

  /// Puts one pod in its place, or takes it out if it is gone or filtered away.
  mutating func place(_ key: ObjectKey, from snapshot: Snapshot, at now: Timestamp) {
    placements += 1
    var new: UInt8?
    waiting.remove(key)
    if let summary = snapshot.podSummary(key), filter.matches(summary) {
      new = rank(summary, now)
      if summary.changesWithTime { waiting.insert(key) }
    }
    let old = ranks[key]
    if old == new { return }
    if let old { keys.remove(at: position(of: key, ranked: old)) }
    ranks[key] = new
    if let new { keys.insert(key, at: position(of: key, ranked: new)) }
  }

  /// Puts the pods in their places whose health may have changed by time alone.
  mutating func passTime(in snapshot: Snapshot, at now: Timestamp) {
    for key in waiting { place(key, from: snapshot, at: now) }
  }

  /// Where the pod stands; `nil` if it is not shown.
  package func index(of key: ObjectKey) -> Int? {
    ranks[key].map { position(of: key, ranked: $0) }
  }

  private func rank(_ summary: PodSummary, _ now: Timestamp) -> UInt8 {
    switch summary.health(at: now) {
    case .bad: 0
    case .progressing: 1
    case .good, .done: 2
    }
  }

  /// The first index whose row does not come before the given one.
  private func position(of key: ObjectKey, ranked rank: UInt8) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(keys[middle], ranks[keys[middle]] ?? .max, key, rank) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

private func precedes(_ left: ObjectKey, _ leftRank: UInt8, _ right: ObjectKey, _ rightRank: UInt8) -> Bool {
  if leftRank != rightRank { return leftRank < rightRank }
  if left.namespace != right.namespace { return left.namespace < right.namespace }
  return left.name < right.name
}

extension PodSummary {
  /// Whether patience with the pod ends, or worry about it, at some moment.
  fileprivate var changesWithTime: Bool { turnsBadAt != nil || calmAt != nil }
}
