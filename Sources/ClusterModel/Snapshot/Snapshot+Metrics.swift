extension Snapshot {
  mutating func putPodMetrics(_ metrics: PodMetrics, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = podMetrics.insert(metrics, for: key)
    if old == nil { change.added.append(key) } else if old != metrics { change.changed.append(key) }
    let pod = ObjectKey(.pods, namespace: key.namespace, name: key.name)
    guard adoptSample(of: pod) else { return }
    replaceUsage(of: pod, by: metrics.total, at: metrics.timestamp)
  }

  /// Takes the sample of a pod into its history, unless it is known or of a predecessor of the same name.
  @discardableResult mutating func adoptSample(of pod: ObjectKey) -> Bool {
    let key = ObjectKey(.podMetrics, namespace: pod.namespace, name: pod.name)
    guard let metrics = podMetrics[key], let moment = metrics.timestamp, let known = pods[pod] else { return false }
    if let creation = known.metadata.creationTimestamp, moment < creation { return false }
    return podHistories[pod, default: UsageHistory()].append(metrics.total, at: moment)
  }

  mutating func takePodMetrics(_ key: ObjectKey) -> Bool {
    guard podMetrics.remove(key) != nil else { return false }
    // The pod may live on without a sample: what it used then is not what it uses now.
    replaceUsage(
      of: ObjectKey(.pods, namespace: key.namespace, name: key.name), by: ResourceAmounts(), at: nil)
    return true
  }

  mutating func putNodeMetrics(_ metrics: NodeMetrics, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = nodeMetrics.insert(metrics, for: key)
    if old == nil { change.added.append(key) } else if old != metrics { change.changed.append(key) }
    guard let moment = metrics.timestamp else { return }
    if nodeHistories[key.name] == nil, nodeHistories.count >= Self.nodeHistoryLimit { return }
    _ = nodeHistories[key.name, default: UsageHistory()].append(metrics.usage, at: moment)
  }

  /// How many nodes have a history.
  public static let nodeHistoryLimit = 1_000
  /// How many namespaces have a history.
  public static let namespaceHistoryLimit = 200
  /// How many workloads have a history.
  public static let workloadHistoryLimit = 1_000

  /// Notes what each namespace and workload uses, once a list of samples is complete.
  mutating func recordUsage() {
    var newest: Timestamp?
    for key in podMetrics.keys() {
      guard let moment = podMetrics[key]?.timestamp else { continue }
      newest = max(newest ?? moment, moment)
    }
    guard let newest else { return }
    recordWorkloadUsage(at: newest)
    for (group, state) in groups {
      let name: String
      switch group {
      case .all: name = ""
      case .namespace(let namespace): name = namespace
      case .node, .controller, .unmanaged: continue
      }
      if namespaceHistories[name] == nil, namespaceHistories.count >= Self.namespaceHistoryLimit { continue }
      guard state.totals.usage.podsWithCPU > 0 else { continue }
      _ = namespaceHistories[name, default: UsageHistory()].append(state.totals.usage.amounts, at: newest)
    }
  }
}

extension Snapshot {
  private mutating func recordWorkloadUsage(at moment: Timestamp) {
    for key in workloadSummaries.keys {
      if workloadHistories[key] == nil, workloadHistories.count >= Self.workloadHistoryLimit { continue }
      let totals = controllers(of: key).compactMap { groups[.controller($0)]?.totals.usage }
      guard totals.contains(where: { $0.podsWithCPU > 0 }) else { continue }
      let used = totals.reduce(ResourceAmounts()) { $0.plus($1.amounts) }
      _ = workloadHistories[key, default: UsageHistory()].append(used, at: moment)
    }
  }
}

extension PodMetrics {
  /// The sum of all containers.
  public var total: ResourceAmounts {
    containers.reduce(into: ResourceAmounts()) { $0 = $0.plus($1.usage) }
  }
}

extension ResourceAmounts {
  /// The sum; unset only where both are unset.
  func plus(_ other: ResourceAmounts) -> ResourceAmounts {
    ResourceAmounts(
      cpuMillicores: Self.sum(cpuMillicores, other.cpuMillicores),
      memoryBytes: Self.sum(memoryBytes, other.memoryBytes))
  }

  /// The larger of each.
  func larger(_ other: ResourceAmounts) -> ResourceAmounts {
    ResourceAmounts(
      cpuMillicores: [cpuMillicores, other.cpuMillicores].compactMap(\.self).max(),
      memoryBytes: [memoryBytes, other.memoryBytes].compactMap(\.self).max())
  }

  private static func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
