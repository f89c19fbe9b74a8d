import ClusterModel

/// What a drill should make visible, and by when; without it the drill had no effect.
package struct DrillSymptom: Sendable {
  package let words: String
  /// How long it may take from the change on.
  package let window: Duration
  private let seen: @Sendable (DrillScene) -> String?

  init(_ words: String, within seconds: Int64, seen: @escaping @Sendable (DrillScene) -> String?) {
    self.words = words
    window = .seconds(seconds)
    self.seen = seen
  }

  /// What is seen of it, in words; `nil` while nothing is.
  package func evidence(in scene: DrillScene) -> String? { seen(scene) }
}

/// The cluster as a symptom is looked for.
package struct DrillScene: Sendable {
  package let snapshot: Snapshot
  package let target: DrillTarget
  package let baseline: DrillBaseline
  /// What users got last, by path; more often than the screen asks.
  let users: [String: DrillRow]
  /// When the change was acknowledged, by the clock on the wall as it is now.
  package let startedAt: Timestamp

  /// A moment of a drill.
  package init(
    _ snapshot: Snapshot, _ target: DrillTarget, _ baseline: DrillBaseline, users: [String: DrillRow] = [:],
    since startedAt: Timestamp
  ) {
    self.snapshot = snapshot
    self.target = target
    self.baseline = baseline
    self.users = users
    self.startedAt = startedAt
  }
}

extension DrillScene {
  private var hit: [(key: ObjectKey, uid: UID, pod: Pod?)] {
    target.pods.map { seen in
      let pod = snapshot.pods[seen.key]
      return (seen.key, seen.uid, pod?.metadata.uid == seen.uid ? pod : nil)
    }
  }

  /// The pods that are not of before.
  private var newPods: [Pod] {
    guard let workload = target.workload else { return [] }
    return snapshot.pods(of: workload).compactMap { snapshot.pods[$0] }
      .filter { !baseline.pods.contains($0.metadata.uid) }
  }

  var isLosingPods: String? {
    hit.first { $0.pod?.metadata.isTerminating ?? true }.map {
      "\($0.key.name) \($0.pod == nil ? "is gone" : "is ending")"
    }
  }

  var hasReplacement: String? { newPods.first.map { "\($0.metadata.name) was made" } }

  var hasRestarted: String? {
    hit.lazy.compactMap(\.pod).first { pod in
      pod.containerStatuses.contains { status in
        if case .terminated = status.state { true } else { false }
      } || pod.restarts > baseline.ownRestarts[pod.metadata.uid] ?? 0
    }.map { "\($0.metadata.name) was restarted" }
  }

  var hasUnreadyTarget: String? {
    hit.lazy.compactMap(\.pod).first { $0.conditions[type: "Ready"]?.isTrue != true }.map {
      "\($0.metadata.name) is not ready"
    }
  }

  var hasFailedTarget: String? {
    hit.lazy.compactMap(\.pod).first { $0.phase == "Failed" }.map { "\($0.metadata.name) failed: \($0.reason)" }
  }

  /// No Service that leads to the workload has a ready endpoint.
  var hasNoReadyEndpoint: String? {
    let lost = baseline.endpoints.keys.sorted().filter { baseline.endpoints[$0] ?? 0 > 0 }
      .first { snapshot.readyEndpoints(of: $0) == 0 }
    return lost.map { "\($0.name) has no ready endpoint" }
  }

  /// The last answer of a path that answered well before.
  var pathTrouble: String? {
    let touched = baseline.goodPaths.map { $0.host + $0.path }.sorted().first { path in
      users[path]?.bad ?? 0 > 0 && (target.place.isEmpty || target.place == path)
    }
    if let touched { return "\(touched) answers \(users[touched]?.lastBad.map { "\($0)" } ?? "nothing")" }
    let bad = baseline.goodPaths.lazy.compactMap { snapshot.probes.last($0) }
      .filter { $0.at >= startedAt && $0.isFailure && (target.place.isEmpty || target.place.contains($0.host)) }
      .min { ($0.host, $0.path) < ($1.host, $1.path) }
    return bad.map { "\($0.host)\($0.path) answers \($0.status.map { "\($0)" } ?? $0.problem)" }
  }

  /// A container of a new pod that cannot start or ended.
  var newPodTrouble: String? {
    let harmless: Set = ["ContainerCreating", "PodInitializing", ""]
    for pod in newPods {
      for status in pod.initContainerStatuses + pod.containerStatuses {
        switch status.state {
        case .waiting(let reason, _) where !harmless.contains(reason): return "\(pod.metadata.name): \(reason)"
        case .terminated(let end) where end.exitCode != 0: return "\(pod.metadata.name): \(end.reason)"
        default: break
        }
        if case .terminated(let end) = status.lastState, end.exitCode != 0 {
          return "\(pod.metadata.name): \(end.reason)"
        }
      }
    }
    return nil
  }

  /// A new pod that runs and is not ready, which every pod is for a moment.
  var newPodUnready: String? { unreadyPod(failures: 1) }

  /// A new pod that does not get ready: as many failures are too many for a pod that only starts.
  var newPodStaysUnready: String? { unreadyPod(failures: 3) }

  private func unreadyPod(failures: Int) -> String? {
    let unready = newPods.lazy.filter { $0.phase == "Running" && $0.conditions[type: "Ready"]?.isTrue != true }
    let failing = unready.first { pod in
      let events = snapshot.events.about(pod.metadata.uid).filter { $0.isWarning && $0.reason == "Unhealthy" }
      return events.reduce(0) { $0 + max(1, $1.count) } >= failures
    }
    return failing.map { "\($0.metadata.name): its readiness probe fails" }
  }

  var newPodRestarts: String? {
    newPods.first { $0.restarts > 0 }.map { "\($0.metadata.name) was restarted" }
  }

  var rolloutWaits: String? {
    guard let key = target.workload, let deployment = snapshot.deployments[key] else { return nil }
    return deployment.readyReplicas > deployment.availableReplicas
      ? "\(deployment.readyReplicas) ready, \(deployment.availableReplicas) available" : nil
  }

  var isPaused: String? {
    guard let key = target.workload, let deployment = snapshot.deployments[key], deployment.isPaused else { return nil }
    return deployment.conditions[type: "Progressing"]?.reason == "DeploymentPaused" ? "DeploymentPaused" : nil
  }

  var hasUnschedulablePod: String? {
    newPods.first { $0.conditions[type: "PodScheduled"]?.reason == "Unschedulable" }.map {
      "\($0.metadata.name): \($0.conditions[type: "PodScheduled"]?.message ?? "")"
    }
  }
}
