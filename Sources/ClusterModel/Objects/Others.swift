/// A Node.
public struct Node: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var isUnschedulable = false
  public var taints: [Taint] = []
  public var capacity = ResourceAmounts()
  public var allocatable = ResourceAmounts()
  public var allocatablePods: Int?
  public var conditions: [Condition] = []
  public var kubeletVersion = ""
  public var internalIP = ""
  /// Names and sizes in bytes of the images on the node; the kubelet reports at most 50.
  public var images: [NodeImage] = []

  /// A node with everything absent.
  public init() {}
}

/// A mark that keeps pods off a node.
public struct Taint: Codable, Hashable, Sendable {
  public var key: String
  public var value: String
  public var effect: String

  /// A taint.
  public init(key: String, value: String, effect: String) {
    self.key = key
    self.value = value
    self.effect = effect
  }
}

/// An image on a node.
public struct NodeImage: Codable, Hashable, Sendable {
  public var names: [String]
  public var sizeBytes: Int

  /// An image.
  public init(names: [String], sizeBytes: Int) {
    self.names = names
    self.sizeBytes = sizeBytes
  }
}

/// A Kubernetes Event: something that happened to an object, with how often.
public struct KubernetesEvent: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  /// `Normal` or `Warning`.
  public var type = "Normal"
  public var reason = ""
  public var message = ""
  public var count = 1
  public var firstTimestamp: Timestamp?
  public var lastTimestamp: Timestamp?
  public var source = ""
  public var involvedKind = ""
  public var involvedNamespace = ""
  public var involvedName = ""
  public var involvedUID = UID("")
  /// `spec.containers{backend}`, where the event is about a part of the object.
  public var fieldPath = ""

  /// An event with everything absent.
  public init() {}

  /// Whether it warns.
  public var isWarning: Bool { type == "Warning" }
}

/// A HorizontalPodAutoscaler.
public struct HorizontalPodAutoscaler: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var targetKind = ""
  public var targetName = ""
  public var minReplicas = 1
  public var maxReplicas = 0
  public var currentReplicas = 0
  public var desiredReplicas = 0
  /// `cpu: 34%/70%`, one a metric, `<unknown>` where there is no sample: as kubectl prints them.
  public var metrics: [String] = []
  public var conditions: [Condition] = []

  /// An autoscaler with everything absent.
  public init() {}
}

/// A PodDisruptionBudget.
public struct PodDisruptionBudget: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var selector = LabelSelector()
  public var minAvailable: CountOrPercent?
  public var maxUnavailable: CountOrPercent?
  public var disruptionsAllowed = 0
  public var currentHealthy = 0
  public var desiredHealthy = 0
  public var expectedPods = 0

  /// A budget with everything absent.
  public init() {}
}

/// A sample of what the containers of a pod use, from metrics-server.
public struct PodMetrics: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  /// The end of the window the sample covers.
  public var timestamp: Timestamp?
  public var window: Duration = .zero
  public var containers: [ContainerMetrics] = []

  /// A sample without containers.
  public init() {}
}

/// What one container uses.
public struct ContainerMetrics: Codable, Hashable, Sendable {
  public var name = ""
  public var usage = ResourceAmounts()

  /// A sample with everything absent.
  public init() {}
}

/// A sample of what a node uses.
public struct NodeMetrics: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var timestamp: Timestamp?
  public var window: Duration = .zero
  public var usage = ResourceAmounts()

  /// A sample with everything absent.
  public init() {}
}
