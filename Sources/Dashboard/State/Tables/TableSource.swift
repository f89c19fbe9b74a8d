import ClusterModel

/// Where the rows of a table come from: all that the state must know of a table panel.
///
/// A further table is one such value, one line in ``all``, and the columns that its panel draws.
package struct TableSource: Sendable {
  package let id: Panel.ID
  /// What a row is, for sentences: `pod`.
  let noun: String
  /// The kinds whose objects are rows.
  let kinds: Set<ResourceKind>
  let sortColumns: [SortColumn]
  let filterColumns: [FilterColumn]
  /// The keys of all rows of a namespace, or of all; in no order.
  let keys: @Sendable (Snapshot, String?) -> [ObjectKey]
  /// How many rows there are without a filter.
  let count: @Sendable (Snapshot, String?) -> Int
  /// What is known of a row; `nil` for an object that is gone.
  let facts: @Sendable (ObjectKey, Snapshot, RowNeeds, Timestamp) -> RowFacts?
  /// The rows whose severity time may have changed, beyond those that say so of themselves.
  var restless: @Sendable (Snapshot, String?) -> [ObjectKey] = { _, _ in [] }

  /// Every table.
  static let all: [TableSource] = [.workloads, .pods]
}

extension TableRows {
  /// Every table, without rows.
  static var all: [Panel.ID: TableRows] {
    Dictionary(uniqueKeysWithValues: TableSource.all.map { ($0.id, TableRows($0)) })
  }
}

extension SnapshotChange {
  /// The rows of a table that are to be placed again.
  func rows(of source: TableSource) -> [ObjectKey] {
    // The summary of a workload follows more than its own object: its pods, its budget, its autoscaler.
    let followed = source.id == .workloads ? workloads : added + changed + removed
    return followed.filter { source.kinds.contains($0.kind) }
  }

  /// Whether samples of usage came.
  var hasUsage: Bool {
    listedKinds.contains(.podMetrics) || (added + changed + removed).contains { $0.kind == .podMetrics }
  }
}
