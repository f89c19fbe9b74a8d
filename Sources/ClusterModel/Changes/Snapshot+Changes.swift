extension Snapshot {
  /// How near two reports of the same change are, one seen and one told by an object.
  private static let sameChange = Duration.seconds(60)

  /// What changed in a namespace (or all) and on the nodes since a moment: what was seen, and what objects tell.
  public func changes(since start: Timestamp, in namespace: String?, at now: Timestamp) -> ChangeReport {
    let told =
      deploys(namespace) + revisionChanges(namespace) + restarts(namespace) + nodeChanges() + created(namespace)
    let toldImages = told.filter { $0.subject == .image }
    let seen = changeLog.changes.filter { change in
      guard change.object.kind == .nodes || namespace == nil || change.object.namespace == namespace else {
        return false
      }
      // A new revision tells its images; a return to an older one is only seen.
      return change.subject != .image
        || !toldImages.contains { $0.object == change.object && $0.at.isNear(change.at, Self.sameChange) }
    }
    let recent = (told + seen).filter { $0.at >= start && $0.at <= now }
    let sorted = recent.sorted { ($0.at, $1.object, $1.text) > ($1.at, $0.object, $0.text) }
    return ChangeReport(
      changes: Array(sorted.prefix(ChangeReport.limit)), watchedSince: watchedSince,
      isPartlyBlind: watchedSince.map { $0 > start } ?? true, unread: Self.readForChanges.filter { !stream($0).hasList }
    )
  }

  private var watchedSince: Timestamp? { connection.originalFeed == .recording ? nil : changeLog.beganAt }

  private static let readForChanges: [ResourceKind] = [
    .pods, .deployments, .replicaSets, .statefulSets, .daemonSets, .configMaps, .secrets, .nodes,
  ]

  /// The deploys that Helm wrote down.
  private func deploys(_ namespace: String?) -> [Change] {
    secrets.keys(in: namespace).compactMap { key in
      guard let metadata = secrets[key], let release = metadata.helmRelease, let at = metadata.creationTimestamp else {
        return nil
      }
      let status = release.status.isEmpty || release.status == "superseded" ? "" : " (\(release.status))"
      return Change(.deploy, at: at, key, "Helm release \(release.name), revision \(release.revision)\(status)")
    }
  }

  /// The revisions of Deployments, by the creation of their ReplicaSets, and what their images change.
  private func revisionChanges(_ namespace: String?) -> [Change] {
    deployments.keys(in: namespace).flatMap { key -> [Change] in
      let sets = replicaSets(of: key)
      return sets.enumerated().flatMap { index, set -> [Change] in
        guard let at = set.metadata.creationTimestamp else { return [] }
        guard index + 1 < sets.count else { return [Change(.deploy, at: at, key, first(set))] }
        let images = set.template.imageChanges(since: sets[index + 1].template)
        if !images.isEmpty { return images.map { Change(.image, at: at, key, $0 + set.revisionWords) } }
        let words = set.isRestart(madeAt: at) ? "restarted by kubectl rollout restart" : "new template, same images"
        return [Change(.deploy, at: at, key, words + set.revisionWords)]
      }
    }
  }

  private func first(_ set: ReplicaSet) -> String {
    (set.revision ?? 1) == 1 ? "created" : "revision \(set.revision ?? 0); what it changed is not kept"
  }

  /// The last restart of each container, with how it ended before.
  private func restarts(_ namespace: String?) -> [Change] {
    pods.keys(in: namespace).flatMap { key -> [Change] in
      guard let pod = pods[key] else { return [] }
      return (pod.initContainerStatuses + pod.containerStatuses).compactMap { status in
        guard status.restartCount > 0, case .terminated(let end) = status.lastState, let at = end.finishedAt else {
          return nil
        }
        let limit = (pod.containers + pod.initContainers).first { $0.name == status.name }?.limits.memoryBytes
        let times = status.restartCount == 1 ? "" : ", \(status.restartCount) restarts in all"
        return Change(.restart, at: at, key, "\(status.name): \(end.sentence(memoryLimitBytes: limit))\(times)")
      }
    }
  }

  /// When nodes came, and when their conditions last turned.
  private func nodeChanges() -> [Change] {
    nodes.keys(in: nil).flatMap { key -> [Change] in
      guard let node = nodes[key] else { return [] }
      let joined = node.metadata.creationTimestamp.map { Change(.node, at: $0, key, "joined the cluster") }
      let turns = node.conditions.compactMap { condition -> Change? in
        guard let at = condition.lastTransitionTime,
          !at.isNear(node.metadata.creationTimestamp ?? .distantPast, .seconds(120))
        else { return nil }
        let isGood = condition.isTrue == (condition.type == "Ready")
        let words =
          condition.type == "Ready" ? (isGood ? "ready again" : "not ready") : "\(condition.type): \(condition.status)"
        return Change(.node, at: at, key, words + (isGood || condition.message.isEmpty ? "" : ": \(condition.message)"))
      }
      return (joined.map { [$0] } ?? []) + turns
    }
  }

  /// ConfigMaps, Secrets and workloads without revisions that are new.
  private func created(_ namespace: String?) -> [Change] {
    let kinds: [(ResourceKind, Change.Subject)] = [
      (.configMaps, .configuration), (.secrets, .configuration), (.statefulSets, .deploy), (.daemonSets, .deploy),
    ]
    return kinds.flatMap { kind, subject in
      keys(of: kind, in: namespace).compactMap { key in
        guard let metadata = self[key]?.metadata, metadata.helmRelease == nil, let at = metadata.creationTimestamp
        else {
          return nil
        }
        return Change(subject, at: at, key, "created")
      }
    }
  }
}

extension ReplicaSet {
  fileprivate var revisionWords: String { revision.map { " (revision \($0))" } ?? "" }
}

extension Timestamp {
  fileprivate func isNear(_ other: Timestamp, _ distance: Duration) -> Bool {
    since(other) < distance && other.since(self) < distance
  }
}
