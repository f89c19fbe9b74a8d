import ClusterModel
import Dashboard

extension SnapshotDocument {
  /// The document for what the screen would show.
  init(_ state: DashboardState) {
    let snapshot = state.snapshot
    let connection = snapshot.connection
    let now = state.now
    verdict = VerdictPart(
      word: state.verdict.word.rawValue, reason: state.verdict.reason, since: state.verdict.since?.rfc3339,
      users: state.verdict.usersNote.nilIfEmpty)
    context = connection.context.nilIfEmpty
    namespace = connection.namespace
    serverVersion = connection.serverVersion.nilIfEmpty
    feed = connection.feed.rawValue
    time = now.rfc3339
    pods = snapshot.podSummaries(in: connection.namespace).map { Pod($0, snapshot, now) }
    workloads = snapshot.workloads(in: connection.namespace, at: now).map { Workload($0, now) }
    ingresses = state.ingresses.map { IngressPart($0) }
    nodes = snapshot.nodes.objects().map { Node($0, snapshot, now) }
    events = snapshot.events.keys(in: connection.namespace).compactMap { snapshot.events[$0] }
      .sorted {
        ($0.lastTimestamp?.nanoseconds ?? 0, $0.metadata.name) > ($1.lastTimestamp?.nanoseconds ?? 0, $1.metadata.name)
      }
      .map { Event($0) }
    feeds = ResourceKind.allCases.map { Feed($0, snapshot.stream($0), now) }
  }
}

extension SnapshotDocument.Pod {
  init(_ summary: PodSummary, _ snapshot: Snapshot, _ now: Timestamp) {
    let usage = snapshot.usage(of: .pod(summary.key), at: now)
    let finding = summary.finding(at: now)
    self.init(
      namespace: summary.key.namespace, name: summary.key.name, uid: summary.uid.value, ready: summary.columns.ready,
      status: summary.columns.status, restarts: summary.columns.restartsText(at: now), age: summary.age(at: now),
      health: "\(summary.health(at: now))", why: redacted(finding?.headline ?? ""), whySince: finding?.since?.rfc3339,
      node: summary.nodeName.nilIfEmpty, owner: summary.controller.map { "\($0.kind)/\($0.name)" },
      cpuMillicores: usage.used.cpuMillicores, memoryBytes: usage.used.memoryBytes)
  }
}

extension SnapshotDocument.Workload {
  init(_ workload: WorkloadSummary, _ now: Timestamp) {
    self.init(
      namespace: workload.key.namespace, kind: workload.key.kind.kindName, name: workload.key.name,
      ready: workload.readyText, rolloutStatus: workload.rollout.text, health: "\(workload.health)",
      why: redacted(workload.headline), images: workload.images, revision: workload.revision.nilIfEmpty,
      age: workload.age(at: now))
  }
}

extension SnapshotDocument.IngressPart {
  init(_ ingress: IngressView) {
    self.init(
      namespace: ingress.key.namespace, name: ingress.key.name, className: ingress.className,
      addresses: ingress.addresses,
      paths: ingress.paths.map { path in
        Path(
          host: path.host, path: path.path, service: path.service?.name, readyEndpoints: path.readyEndpoints,
          totalEndpoints: path.totalEndpoints, firstFailing: path.firstFailing?.name,
          layers: path.layers.map { Layer(name: $0.name, state: "\($0.state)", detail: $0.detail) },
          status: path.lastProbe?.status, latencyMilliseconds: path.lastProbe.map { $0.latency.inSeconds * 1_000 })
      })
  }
}

extension SnapshotDocument.Node {
  init(_ node: ClusterModel.Node, _ snapshot: Snapshot, _ now: Timestamp) {
    let usage = snapshot.usage(of: .node(node.metadata.name), at: now)
    self.init(
      name: node.metadata.name, ready: node.isReady, schedulable: !node.isUnschedulable, version: node.kubeletVersion,
      pods: snapshot.totals(.node(node.metadata.name)).active, cpuMillicores: usage.used.cpuMillicores,
      memoryBytes: usage.used.memoryBytes, allocatableCPUMillicores: node.allocatable.cpuMillicores,
      allocatableMemoryBytes: node.allocatable.memoryBytes)
  }
}

extension SnapshotDocument.Event {
  init(_ event: KubernetesEvent) {
    self.init(
      namespace: event.metadata.namespace, type: event.type, reason: event.reason,
      object: "\(event.involvedKind)/\(event.involvedName)", message: redacted(event.message), count: event.count,
      lastSeen: event.lastTimestamp?.rfc3339)
  }
}

extension SnapshotDocument.Feed {
  init(_ kind: ResourceKind, _ status: StreamStatus, _ now: Timestamp) {
    let (state, reason): (String, String?) =
      switch status.state {
      case .idle: ("idle", nil)
      case .listing: ("listing", nil)
      case .live: ("live", nil)
      case .retrying(let reason, _): ("retrying", reason)
      case .forbidden(let reason): ("forbidden", reason)
      case .absent(let reason): ("absent", reason)
      }
    self.init(
      kind: kind.qualifiedResource, state: state, ageSeconds: status.age(at: now).map { max(0, $0.inSeconds) },
      reason: reason.map(redacted))
  }
}

extension String {
  fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
