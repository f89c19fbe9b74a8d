import ClusterModel

/// The restarts of containers in the last minutes, counted as they are seen.
package struct RestartTally: Sendable {
  /// How far back restarts are counted.
  package static let window = Duration.seconds(600)
  /// How many restarts are remembered at least; twice as many at most.
  package static let limit = 1_000

  /// When each was seen, in no order.
  private var moments: [Timestamp] = []
  /// Of the pods that have any.
  private var known: [ObjectKey: Int] = [:]

  /// No restarts.
  init() {}

  /// How many there were up to a moment; at ``limit`` there may have been more.
  package func count(at now: Timestamp) -> Int { moments.count { now.since($0) <= Self.window } }

  /// Looks at the pods of a change, and at no others.
  mutating func follow(_ change: SnapshotChange, in snapshot: Snapshot, at now: Timestamp) {
    for key in change.removed where key.kind == .pods { known[key] = nil }
    for key in change.added where key.kind == .pods {
      guard let columns = snapshot.podSummary(key)?.columns, columns.restarts > 0 else { continue }
      known[key] = columns.restarts
      // Of the time before it was first seen only the last restart is known.
      if let last = columns.lastRestart { note(1, at: last, now) }
    }
    for key in change.changed where key.kind == .pods {
      let restarts = snapshot.podSummary(key)?.columns.restarts ?? 0
      let more = restarts - (known[key] ?? 0)
      if restarts > 0 { known[key] = restarts }
      if more > 0 { note(more, at: now, now) }
    }
  }

  private mutating func note(_ count: Int, at moment: Timestamp, _ now: Timestamp) {
    guard now.since(moment) <= Self.window else { return }
    moments += Array(repeating: moment, count: min(count, Self.limit))
    // Tidied up now and then, so that a long list of restarted pods costs no sorting for each.
    guard moments.count > 2 * Self.limit else { return }
    moments.removeAll { now.since($0) > Self.window }
    moments.sort()
    moments.removeFirst(max(0, moments.count - Self.limit))
  }
}
