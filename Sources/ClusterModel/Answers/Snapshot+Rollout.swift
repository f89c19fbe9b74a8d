extension Snapshot {
  /// The course of a Deployment's rollout; `nil` for a Deployment that is not known.
  public func rolloutView(of key: ObjectKey, at now: Timestamp) -> RolloutView? {
    guard let deployment = deployments[key] else { return nil }
    var view = RolloutView(status: RolloutStatus(of: deployment))
    view.desired = deployment.replicas
    view.updated = deployment.updatedReplicas
    view.ready = deployment.readyReplicas
    view.available = deployment.availableReplicas
    let revision = deployment.metadata.annotations["deployment.kubernetes.io/revision"].flatMap { Int($0) }
    for set in replicaSets(of: key) {
      if set.revision == revision, view.newPart == nil {
        view.newPart = part(set)
      } else if set.replicas > 0 || set.statusReplicas > 0 {
        view.oldParts.append(part(set))
      }
    }
    let progressing = deployment.conditions[type: "Progressing"]
    view.since = view.status.isDone ? progressing?.lastUpdateTime : rolloutBegan(key)
    view.deadlineRemaining = deadlineRemaining(deployment, progressing, view.status, at: now)
    view.gate = Self.gate(of: deployment)
    return view
  }

  /// When the newest ReplicaSet of a Deployment was made; `nil` for other kinds.
  func rolloutBegan(_ key: ObjectKey) -> Timestamp? {
    replicaSets(of: key).compactMap(\.metadata.creationTimestamp).max()
  }

  private func part(_ set: ReplicaSet) -> RolloutView.Part {
    RolloutView.Part(
      key: ObjectKey(.replicaSets, namespace: set.metadata.namespace, name: set.metadata.name),
      revision: set.revision, images: set.template.containers.map(\.image), desired: set.replicas,
      ready: set.readyReplicas, available: set.availableReplicas, pods: pods(ofController: set.metadata.uid))
  }

  /// Kubernetes counts from the last progress; it does not count while paused or when the rollout is complete.
  private func deadlineRemaining(
    _ deployment: Deployment, _ progressing: Condition?, _ status: RolloutStatus, at now: Timestamp
  ) -> Duration? {
    guard !status.isDone, !status.isFailed, !deployment.isPaused, progressing?.reason != "NewReplicaSetAvailable",
      let seconds = deployment.progressDeadlineSeconds, let last = progressing?.lastUpdateTime
    else { return nil }
    return max(.zero, last.advanced(by: .seconds(seconds)).since(now))
  }

  /// Whether a bad new version would reach users, in words.
  static func gate(of deployment: Deployment) -> RolloutView.Gate {
    let replicas = deployment.replicas
    guard replicas > 0 else { return .init(protectsUsers: false, explanation: "scaled to zero: nobody is served") }
    if deployment.strategy == "Recreate" {
      return .init(protectsUsers: false, explanation: "Recreate: all pods end before new ones begin")
    }
    let surge = deployment.maxSurge.resolved(of: replicas, roundsUp: true)
    var missing = deployment.maxUnavailable.resolved(of: replicas, roundsUp: false)
    // Both zero would never move: Kubernetes then lets one be missing.
    if surge == 0, missing == 0 { missing = 1 }
    let probes = deployment.template.containers.compactMap(\.readinessProbe)
    if missing >= replicas {
      return .init(protectsUsers: false, explanation: "all \(replicas) pods may be missing at once")
    }
    guard let probe = probes.first else {
      return .init(
        protectsUsers: false, explanation: "no readiness probe: a pod counts as ready as soon as its process runs")
    }
    let kept = "at least \(replicas - missing) of \(replicas) pods stay"
    return .init(protectsUsers: true, explanation: "\(kept), and each new one must pass \(probe.summary)")
  }
}

extension CountOrPercent {
  /// The count it means for a number of replicas.
  public func resolved(of replicas: Int, roundsUp: Bool) -> Int {
    switch self {
    case .count(let count): return count
    case .percent(let percent):
      let (product, overflow) = replicas.multipliedReportingOverflow(by: percent)
      guard !overflow else { return replicas }
      return roundsUp ? (product + 99) / 100 : product / 100
    }
  }
}
