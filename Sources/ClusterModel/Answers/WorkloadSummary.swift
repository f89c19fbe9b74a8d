/// How a workload is.
public enum WorkloadHealth: UInt8, Hashable, Sendable, CaseIterable {
  /// All that is wanted is there.
  case good
  /// A rollout, a scaling or a Job is under way without trouble.
  case progressing
  /// Something is wrong, and some of it still serves.
  case degraded
  /// Pods are wanted and none is available.
  case down
  /// Nothing is wanted: scaled to zero, suspended, or completed.
  case idle
}

/// One row about a Deployment, StatefulSet, DaemonSet or Job.
public struct WorkloadSummary: Hashable, Sendable {
  public var key: ObjectKey
  public var uid = UID("")
  /// How many pods are wanted; of a Job, how many completions.
  public var desired = 0
  /// Ready pods; of a Job, succeeded ones.
  public var ready = 0
  public var updated = 0
  public var available = 0
  public var rollout = RolloutStatus("", isDone: true)
  /// Tags (or digests, shortened) of the containers' images, in their order: `v1.0.1`.
  public var imageTags: [String] = []
  /// The images in full, in the containers' order.
  public var images: [String] = []
  /// The Deployment's revision, or the StatefulSet's update revision; empty where there is none.
  public var revision = ""
  public var creationTimestamp: Timestamp?
  public var generation = 0
  /// The generation of the specification at which all wanted pods were last seen available.
  public var completeGeneration: Int?
  /// When the rollout under way was seen to begin; `nil` where none is, or its beginning was not seen.
  public var rolloutBegan: Timestamp?
  /// The autoscaler that sets the replicas.
  public var autoscaler: ObjectKey?
  /// The budget that guards the pods.
  public var disruptionBudget: ObjectKey?
  /// The CronJob a Job belongs to.
  public var cronJob: String?
  public var isPaused = false
  public var health = WorkloadHealth.good
  /// What is wrong, most severe; `nil` where nothing is.
  public var finding: Finding?

  /// A summary of which only the name is known.
  init(key: ObjectKey) { self.key = key }

  /// READY as kubectl prints it for the kind: `2/3`; `3` of a DaemonSet reads `3/3`.
  public var readyText: String { "\(ready)/\(desired)" }

  /// AGE, as kubectl prints it.
  public func age(at now: Timestamp) -> String { Age.text(since: creationTimestamp, at: now) }

  /// What is wrong in one line; empty where nothing is.
  public var headline: String { finding?.headline ?? "" }

  /// Whether pods are missing that were there, without anybody having asked for a change.
  public var hasLostPods: Bool { completeGeneration == generation && available < desired && key.kind != .jobs }

  /// Whether nothing about the workload asks for a look.
  public var isFine: Bool { health == .good || health == .idle }
}
