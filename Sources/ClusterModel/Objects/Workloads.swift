/// The pods an object looks after, by their labels.
public struct LabelSelector: Codable, Hashable, Sendable {
  public var matchLabels: [String: String] = [:]
  public var expressions: [Expression] = []

  /// One condition on a label.
  public struct Expression: Codable, Hashable, Sendable {
    public var key: String
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    public var operation: String
    public var values: [String]

    /// A condition.
    public init(key: String, operation: String, values: [String]) {
      self.key = key
      self.operation = operation
      self.values = values
    }
  }

  /// A selector without conditions; what it selects depends on who uses it.
  public init() {}
}

/// A count or a share of the replicas, as rolling updates and budgets give it.
public enum CountOrPercent: Codable, Hashable, Sendable {
  case count(Int)
  case percent(Int)
}

/// A Deployment.
public struct Deployment: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var replicas = 1
  public var selector = LabelSelector()
  public var isPaused = false
  public var minReadySeconds = 0
  public var progressDeadlineSeconds: Int?
  public var revisionHistoryLimit: Int?
  /// `RollingUpdate` or `Recreate`.
  public var strategy = "RollingUpdate"
  public var maxSurge: CountOrPercent = .percent(25)
  public var maxUnavailable: CountOrPercent = .percent(25)
  public var template = PodTemplate()
  public var observedGeneration = 0
  public var statusReplicas = 0
  public var updatedReplicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  public var unavailableReplicas = 0
  public var conditions: [Condition] = []

  /// A Deployment with the API's defaults.
  public init() {}
}

/// The pods a workload makes, as far as it is shown.
public struct PodTemplate: Codable, Hashable, Sendable {
  public var labels: [String: String] = [:]
  public var annotations: [String: String] = [:]
  public var containers: [ContainerSpec] = []
  public var initContainers: [ContainerSpec] = []
  public var volumeReferences: [VolumeReference] = []

  /// An empty template.
  public init() {}
}

/// A ReplicaSet.
public struct ReplicaSet: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var replicas = 1
  public var selector = LabelSelector()
  public var template = PodTemplate()
  public var statusReplicas = 0
  public var fullyLabeledReplicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  public var observedGeneration = 0
  public var conditions: [Condition] = []

  /// A ReplicaSet with the API's defaults.
  public init() {}

  /// The Deployment's revision it stands for, where known.
  public var revision: Int? { metadata.annotations["deployment.kubernetes.io/revision"].flatMap { Int($0) } }
}

/// A StatefulSet.
public struct StatefulSet: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var replicas = 1
  public var selector = LabelSelector()
  public var template = PodTemplate()
  /// `RollingUpdate` or `OnDelete`.
  public var updateStrategy = "RollingUpdate"
  /// `nil` where no partition is given.
  public var partition: Int?
  public var hasRollingUpdateOptions = false
  public var observedGeneration = 0
  public var statusReplicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  public var currentReplicas = 0
  public var updatedReplicas = 0
  public var currentRevision = ""
  public var updateRevision = ""
  public var conditions: [Condition] = []

  /// A StatefulSet with the API's defaults.
  public init() {}
}

/// A DaemonSet.
public struct DaemonSet: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var selector = LabelSelector()
  public var template = PodTemplate()
  /// `RollingUpdate` or `OnDelete`.
  public var updateStrategy = "RollingUpdate"
  public var observedGeneration = 0
  public var desiredNumberScheduled = 0
  public var currentNumberScheduled = 0
  public var updatedNumberScheduled = 0
  public var numberReady = 0
  public var numberAvailable = 0
  public var numberMisscheduled = 0
  public var conditions: [Condition] = []

  /// A DaemonSet with the API's defaults.
  public init() {}
}

/// A Job.
public struct Job: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var template = PodTemplate()
  public var completions: Int?
  public var parallelism: Int?
  public var backoffLimit: Int?
  public var isSuspended = false
  public var active = 0
  public var succeeded = 0
  public var failed = 0
  public var startTime: Timestamp?
  public var completionTime: Timestamp?
  public var conditions: [Condition] = []

  /// A Job with the API's defaults.
  public init() {}
}
