import ClusterModel

extension ResourceKind {
  /// Whether its objects have a row of their own in the panel of usage; Jobs come and go too fast.
  var consumes: Bool { self == .nodes || (WorkloadSummary.kinds.contains(self) && self != .jobs) }
}

extension Snapshot {
  /// So many nodes stand before the workloads, as what holds them; more stand below.
  static let nodesFirstMax = 3

  /// The nodes and workloads that have a row in the panel of usage, in order.
  ///
  /// - Complexity: O(n log n); for when one came or went.
  func consumers(in namespace: String?) -> [ObjectKey] {
    let nodes = keys(of: .nodes).sorted()
    let workloads = workloadKeys(in: namespace).filter(\.kind.consumes)
    return nodes.count <= Self.nodesFirstMax ? nodes + workloads : workloads + nodes
  }
}
