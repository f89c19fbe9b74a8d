/// A moment at which what a workload runs began to change.
public struct RolloutMoment: Hashable, Sendable {
  public var at: Timestamp
  public var workload: ObjectKey
  /// The Deployment's revision that began; `nil` where only a restart is known.
  public var revision: Int?
  /// Whether `kubectl rollout restart` asked for it.
  public var isRestart: Bool
}

extension Snapshot {
  /// How many workloads of a namespace are looked at for the moments of all of them.
  static let momentWorkloadsMax = 100

  /// When rollouts and restarts of a subject began, oldest first: by the ReplicaSets' creation and the mark that
  /// `kubectl rollout restart` leaves.
  ///
  /// A rollback to a ReplicaSet that is still there makes no new one and cannot be seen.
  public func rolloutMoments(of subject: UsageSubject, since start: Timestamp) -> [RolloutMoment] {
    let moments: [RolloutMoment]
    switch subject {
    case .workload(let key): moments = rolloutMoments(of: key, since: start)
    case .namespace(let name):
      moments = WorkloadSummary.kinds.flatMap { keys(of: $0, in: name) }.prefix(Self.momentWorkloadsMax)
        .flatMap { rolloutMoments(of: $0, since: start) }
    case .pod, .container, .node: moments = []
    }
    return moments.sorted { ($0.at, $0.workload, $1.revision ?? 0) < ($1.at, $1.workload, $0.revision ?? 0) }
  }

  private func rolloutMoments(of key: ObjectKey, since start: Timestamp) -> [RolloutMoment] {
    guard key.kind == .deployments else {
      guard let restart = template(of: key)?.restartedAt, restart >= start else { return [] }
      return [RolloutMoment(at: restart, workload: key, revision: nil, isRestart: true)]
    }
    guard let uid = deployments.uid(of: key) else { return [] }
    return (dependents[uid]?.keys ?? []).compactMap { name in
      guard let made = replicaSets.creation(of: name), made >= start, let set = replicaSets[name] else { return nil }
      return RolloutMoment(at: made, workload: key, revision: set.revision, isRestart: set.isRestart(madeAt: made))
    }
  }
}

extension PodTemplate {
  /// When `kubectl rollout restart` last asked for new pods.
  var restartedAt: Timestamp? { annotations["kubectl.kubernetes.io/restartedAt"].flatMap { Timestamp($0) } }
}

extension ReplicaSet {
  /// Later changes of the template keep the mark of an old restart: only one as old as the ReplicaSet made it.
  func isRestart(madeAt made: Timestamp) -> Bool {
    template.restartedAt.map { made.since($0) < .seconds(30) && made.since($0) > .seconds(-30) } ?? false
  }
}
