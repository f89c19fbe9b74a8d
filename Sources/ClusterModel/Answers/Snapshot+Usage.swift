extension Snapshot {
  /// How young a pod may be to have no sample yet.
  static let tooNew = Duration.seconds(60)
  /// How old a sample may be.
  static let oldestSample = Duration.seconds(150)

  /// Whether metrics are served at all now, and why not.
  public func metricsAvailability(at now: Timestamp) -> MetricsAvailability {
    let stream = stream(.podMetrics)
    switch stream.state {
    case .absent(let words): return .notInstalled(words)
    case .forbidden(let words): return .forbidden(words)
    case .retrying(let reason, _): return .failing(reason)
    case .idle, .listing, .live: break
    }
    guard stream.hasList || !podMetrics.isEmpty else { return .notYetRead }
    return podMetrics.isEmpty && nodeMetrics.isEmpty ? .noSample : .available
  }

  /// What something uses, requests and may use.
  public func usage(of subject: UsageSubject, at now: Timestamp) -> Usage {
    switch subject {
    case .pod(let key): return podUsage(key, at: now)
    case .container(let key, let name): return containerUsage(key, name, at: now)
    case .workload(let key): return groupUsage(controllers(of: key).map(PodGroup.controller), at: now)
    case .namespace(let name): return groupUsage([name.map(PodGroup.namespace) ?? .all], at: now)
    case .node(let name): return nodeUsage(name, at: now)
    }
  }

  private func podUsage(_ key: ObjectKey, at now: Timestamp) -> Usage {
    var usage = Usage()
    guard let summary = podSummaries[key] else { return missing(usage, created: nil, at: now) }
    (usage.used, usage.sampledAt) = (summary.used, summary.sampledAt)
    (usage.requests, usage.limits) = (summary.requests, summary.limits)
    return missing(usage, created: summary.creationTimestamp, at: now)
  }

  private func containerUsage(_ key: ObjectKey, _ name: String, at now: Timestamp) -> Usage {
    var usage = Usage()
    let pod = pods[key]
    if let spec = pod.flatMap({ pod in (pod.containers + pod.initContainers).first { $0.name == name } }) {
      (usage.requests, usage.limits) = (spec.requests, spec.limits)
    }
    // The sample counts only if it is this pod's and not a predecessor's.
    if let at = podSummaries[key]?.sampledAt {
      let sample = podMetrics[ObjectKey(.podMetrics, namespace: key.namespace, name: key.name)]
      usage.used = sample?.containers.first { $0.name == name }?.usage ?? ResourceAmounts()
      usage.sampledAt = at
    }
    return missing(usage, created: pod?.metadata.creationTimestamp, at: now)
  }

  private func groupUsage(_ members: [PodGroup], at now: Timestamp) -> Usage {
    var usage = Usage()
    var unlimited = (cpu: false, memory: false)
    for totals in members.compactMap({ groups[$0]?.totals }) {
      usage.used = usage.used.plus(totals.usage.amounts)
      usage.requests = usage.requests.plus(totals.requests.amounts)
      usage.limits = usage.limits.plus(totals.limits.amounts)
      if totals.limits.podsWithCPU < totals.active { unlimited.cpu = true }
      if totals.limits.podsWithMemory < totals.active { unlimited.memory = true }
    }
    // One pod without a limit, and the group has none.
    if unlimited.cpu { usage.limits.cpuMillicores = nil }
    if unlimited.memory { usage.limits.memoryBytes = nil }
    usage.sampledAt = newestSample(of: members)
    return missing(usage, created: nil, at: now)
  }

  private func newestSample(of members: [PodGroup]) -> Timestamp? {
    if case .all? = members.first { return namespaceHistories[""]?.last?.at }
    if case .namespace(let name)? = members.first { return namespaceHistories[name]?.last?.at }
    return members.compactMap { groups[$0]?.newestSample }.max()
  }

  private func nodeUsage(_ name: String, at now: Timestamp) -> Usage {
    var usage = Usage()
    usage.requests = groups[.node(name)]?.totals.requests.amounts ?? ResourceAmounts()
    usage.limits = nodes[ObjectKey(.nodes, namespace: "", name: name)]?.allocatable ?? ResourceAmounts()
    let last = nodeHistories[name]?.last
    usage.used = ResourceAmounts(cpuMillicores: last?.cpuMillicores, memoryBytes: last?.memoryBytes)
    usage.sampledAt = last?.at
    return missing(usage, created: nil, at: now)
  }

  /// Says why there are no numbers, or that they are old.
  private func missing(_ usage: Usage, created: Timestamp?, at now: Timestamp) -> Usage {
    var usage = usage
    usage.availability = metricsAvailability(at: now)
    if let sampledAt = usage.sampledAt {
      let age = now.since(sampledAt)
      if age > Self.oldestSample { usage.availability = .stale(age) }
    } else if usage.availability == .available {
      let isNew = created.map { now.since($0) < Self.tooNew } ?? false
      usage.availability = isNew ? .tooNew : .noSample
    }
    return usage
  }

  /// Past usage in equal steps that end at `now`, oldest first; gaps where there was no sample.
  ///
  /// Of a container there is no history: its series is empty.
  public func usageSeries(of subject: UsageSubject, count: Int, step: Duration, at now: Timestamp) -> UsageSeries {
    let history: UsageHistory?
    switch subject {
    case .pod(let key): history = podHistories[key]
    case .container: history = nil
    case .namespace(let name): history = namespaceHistories[name ?? ""]
    case .node(let name): history = nodeHistories[name]
    case .workload(let key): history = workloadHistories[key]
    }
    return history?.series(count: count, step: step, endingAt: now) ?? UsageSeries()
  }
}
