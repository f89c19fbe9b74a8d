/// What `kubectl rollout status --watch=false` says of a workload.
public struct RolloutStatus: Hashable, Sendable {
  /// The sentence, without a line end and without kubectl's `error: `.
  public var text: String
  /// Whether kubectl would stop waiting.
  public var isDone: Bool
  /// Whether kubectl calls it an error: the progress deadline is exceeded.
  public var isFailed: Bool
  /// Whether somebody should look: it failed, or cannot be followed.
  public var needsAttention: Bool

  /// An answer.
  public init(_ text: String, isDone: Bool = false, isFailed: Bool = false, needsAttention: Bool = false) {
    self.text = text
    self.isDone = isDone
    self.isFailed = isFailed
    self.needsAttention = needsAttention
  }

  /// The answer for a Deployment.
  public init(of deployment: Deployment) {
    let name = deployment.metadata.name
    let waiting = "Waiting for deployment \"\(name)\" rollout to finish: "
    if deployment.metadata.generation > deployment.observedGeneration {
      self.init("Waiting for deployment spec update to be observed...")
    } else if deployment.conditions[type: "Progressing"]?.reason == "ProgressDeadlineExceeded" {
      self.init("deployment \"\(name)\" exceeded its progress deadline", isFailed: true, needsAttention: true)
    } else if deployment.updatedReplicas < deployment.replicas {
      self.init(
        waiting + "\(deployment.updatedReplicas) out of \(deployment.replicas) new replicas have been updated...")
    } else if deployment.statusReplicas > deployment.updatedReplicas {
      let old = deployment.statusReplicas &- deployment.updatedReplicas
      self.init(waiting + "\(old) old replicas are pending termination...")
    } else if deployment.availableReplicas < deployment.updatedReplicas {
      let (available, updated) = (deployment.availableReplicas, deployment.updatedReplicas)
      self.init(waiting + "\(available) of \(updated) updated replicas are available...")
    } else {
      self.init("deployment \"\(name)\" successfully rolled out", isDone: true)
    }
  }

  /// The answer for a DaemonSet.
  public init(of set: DaemonSet) {
    let name = set.metadata.name
    let waiting = "Waiting for daemon set \"\(name)\" rollout to finish: "
    guard set.updateStrategy == "RollingUpdate" else {
      self = .notFollowed
      return
    }
    if set.metadata.generation > set.observedGeneration {
      self.init("Waiting for daemon set spec update to be observed...")
    } else if set.updatedNumberScheduled < set.desiredNumberScheduled {
      let (updated, desired) = (set.updatedNumberScheduled, set.desiredNumberScheduled)
      self.init(waiting + "\(updated) out of \(desired) new pods have been updated...")
    } else if set.numberAvailable < set.desiredNumberScheduled {
      let (available, desired) = (set.numberAvailable, set.desiredNumberScheduled)
      self.init(waiting + "\(available) of \(desired) updated pods are available...")
    } else {
      self.init("daemon set \"\(name)\" successfully rolled out", isDone: true)
    }
  }

  /// The answer for a StatefulSet.
  public init(of set: StatefulSet) {
    guard set.updateStrategy == "RollingUpdate" else {
      self = .notFollowed
      return
    }
    let wanted = set.replicas &- (set.partition ?? 0)
    if set.observedGeneration == 0 || set.metadata.generation > set.observedGeneration {
      self.init("Waiting for statefulset spec update to be observed...")
    } else if set.readyReplicas < set.replicas {
      self.init("Waiting for \(set.replicas &- set.readyReplicas) pods to be ready...")
    } else if set.hasRollingUpdateOptions, set.partition != nil, set.updatedReplicas < wanted {
      self.init(
        "Waiting for partitioned roll out to finish: "
          + "\(set.updatedReplicas) out of \(wanted) new pods have been updated...")
    } else if set.hasRollingUpdateOptions {
      self.init("partitioned roll out complete: \(set.updatedReplicas) new pods have been updated...", isDone: true)
    } else if set.updateRevision != set.currentRevision {
      self.init(
        "waiting for statefulset rolling update to complete \(set.updatedReplicas) pods at revision "
          + "\(set.updateRevision)...")
    } else {
      self.init(
        "statefulset rolling update complete \(set.currentReplicas) pods at revision \(set.currentRevision)...",
        isDone: true)
    }
  }

  /// A Job's progress, which kubectl has no sentence for.
  public init(of job: Job) {
    let wanted = job.completions ?? 1
    if job.conditions[type: "Failed"]?.isTrue == true {
      self.init("job \"\(job.metadata.name)\" failed", isFailed: true, needsAttention: true)
    } else if job.conditions[type: "Complete"]?.isTrue == true {
      self.init("job \"\(job.metadata.name)\" complete", isDone: true)
    } else if job.isSuspended {
      self.init("job \"\(job.metadata.name)\" is suspended", isDone: true)
    } else {
      self.init("job \"\(job.metadata.name)\" running: \(job.succeeded) of \(wanted) completed")
    }
  }

  private static let notFollowed = RolloutStatus(
    "rollout status is only available for RollingUpdate strategy type", isDone: true)
}
