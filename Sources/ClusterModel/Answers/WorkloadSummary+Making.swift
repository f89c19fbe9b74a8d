extension WorkloadSummary {
  /// The kinds that make rows, in the order they are shown.
  public static let kinds: [ResourceKind] = [.deployments, .statefulSets, .daemonSets, .jobs]

  init(of deployment: Deployment, key: ObjectKey) {
    self.init(key: key, deployment.metadata, deployment.template)
    desired = deployment.replicas
    ready = deployment.readyReplicas
    updated = deployment.updatedReplicas
    available = deployment.availableReplicas
    rollout = RolloutStatus(of: deployment)
    isPaused = deployment.isPaused
    revision = deployment.metadata.annotations["deployment.kubernetes.io/revision"] ?? ""
  }

  init(of set: StatefulSet, key: ObjectKey) {
    self.init(key: key, set.metadata, set.template)
    desired = set.replicas
    ready = set.readyReplicas
    updated = set.updatedReplicas
    available = set.availableReplicas
    rollout = RolloutStatus(of: set)
    revision = Self.revisionHash(set.updateRevision, of: set.metadata.name)
  }

  init(of set: DaemonSet, key: ObjectKey) {
    self.init(key: key, set.metadata, set.template)
    desired = set.desiredNumberScheduled
    ready = set.numberReady
    updated = set.updatedNumberScheduled
    available = set.numberAvailable
    rollout = RolloutStatus(of: set)
  }

  init(of job: Job, key: ObjectKey) {
    self.init(key: key, job.metadata, job.template)
    desired = job.completions ?? 1
    ready = job.succeeded
    updated = job.active
    available = job.succeeded
    rollout = RolloutStatus(of: job)
    isPaused = job.isSuspended
    if let owner = job.metadata.controller, owner.kind == "CronJob" { cronJob = owner.name }
  }

  private init(key: ObjectKey, _ metadata: ObjectMetadata, _ template: PodTemplate) {
    self.init(key: key)
    uid = metadata.uid
    creationTimestamp = metadata.creationTimestamp
    generation = metadata.generation
    images = template.containers.map(\.image)
    imageTags = images.map(Self.tag)
  }

  /// The tag of an image: `v1.0.1`; of a digest its first twelve characters; `latest` where neither is given.
  static func tag(of image: String) -> String {
    let parts = image.split(separator: "@", maxSplits: 1)
    let name = parts.first?.split(separator: "/").last ?? ""
    let named = name.split(separator: ":", maxSplits: 1)
    if named.count == 2 { return String(named[1]) }
    guard parts.count == 2 else { return "latest" }
    return String((parts[1].split(separator: ":").last ?? "").prefix(12))
  }

  private static func revisionHash(_ revision: String, of name: String) -> String {
    revision.hasPrefix(name + "-") ? String(revision.dropFirst(name.count + 1)) : revision
  }
}

extension Snapshot {
  /// The row of a workload without what depends on the clock; `nil` for one that is gone.
  func summarise(_ key: ObjectKey) -> WorkloadSummary? {
    var summary: WorkloadSummary
    let labels: [String: String]
    switch key.kind {
    case .deployments:
      guard let object = deployments[key] else { return nil }
      (summary, labels) = (WorkloadSummary(of: object, key: key), object.template.labels)
    case .statefulSets:
      guard let object = statefulSets[key] else { return nil }
      (summary, labels) = (WorkloadSummary(of: object, key: key), object.template.labels)
    case .daemonSets:
      guard let object = daemonSets[key] else { return nil }
      (summary, labels) = (WorkloadSummary(of: object, key: key), object.template.labels)
    case .jobs:
      guard let object = jobs[key] else { return nil }
      (summary, labels) = (WorkloadSummary(of: object, key: key), object.template.labels)
    default: return nil
    }
    let isComplete = summary.rollout.isDone && summary.available >= summary.desired
    let known = workloadSummaries[key].flatMap { $0.uid == summary.uid ? $0 : nil }
    summary.completeGeneration = isComplete ? summary.generation : known?.completeGeneration
    summary.rolloutBegan = known?.rolloutBegan
    summary.autoscaler = horizontalPodAutoscalers.keys(in: key.namespace).sorted()
      .first { horizontalPodAutoscalers[$0]?.target == key }
    summary.disruptionBudget = podDisruptionBudgets.keys(in: key.namespace).sorted()
      .first { podDisruptionBudgets[$0].map { $0.selector.matches(labels) } ?? false }
    return summary
  }
}
