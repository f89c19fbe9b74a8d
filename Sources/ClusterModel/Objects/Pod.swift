/// A pod: what was asked for and what the kubelet and scheduler say of it.
public struct Pod: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var nodeName = ""
  public var schedulingGates: [String] = []
  public var readinessGates: [String] = []
  public var restartPolicy = "Always"
  public var priorityClassName = ""
  public var terminationGracePeriodSeconds: Int?
  public var containers: [ContainerSpec] = []
  public var initContainers: [ContainerSpec] = []
  /// What the pod costs beside its containers (`spec.overhead`).
  public var overhead = ResourceAmounts()
  public var volumeReferences: [VolumeReference] = []
  public var phase = ""
  public var reason = ""
  public var message = ""
  public var podIP = ""
  public var hostIP = ""
  public var qosClass = ""
  public var startTime: Timestamp?
  public var conditions: [Condition] = []
  public var containerStatuses: [ContainerStatus] = []
  public var initContainerStatuses: [ContainerStatus] = []

  /// A pod with everything absent.
  public init() {}
}

/// Amounts of compute resources; `nil` is unset, which is not zero.
public struct ResourceAmounts: Codable, Hashable, Sendable {
  public var cpuMillicores: Int?
  public var memoryBytes: Int?

  /// Amounts, unset by default.
  public init(cpuMillicores: Int? = nil, memoryBytes: Int? = nil) {
    self.cpuMillicores = cpuMillicores
    self.memoryBytes = memoryBytes
  }
}

/// A container as the pod's specification asks for it.
public struct ContainerSpec: Codable, Hashable, Sendable {
  public var name = ""
  public var image = ""
  public var imagePullPolicy = ""
  /// `Always` makes an init container a sidecar.
  public var restartPolicy = ""
  public var requests = ResourceAmounts()
  public var limits = ResourceAmounts()
  public var ports: [ContainerPort] = []
  public var readinessProbe: Probe?
  public var livenessProbe: Probe?
  public var startupProbe: Probe?
  /// The ConfigMaps and Secrets its environment is taken from.
  public var environmentReferences: [ConfigurationReference] = []

  /// A container with everything absent.
  public init() {}

  /// Whether this init container keeps running beside the others.
  public var isSidecar: Bool { restartPolicy == "Always" }
}

/// A ConfigMap or Secret that a container needs for its environment.
public struct ConfigurationReference: Codable, Hashable, Sendable {
  /// `ConfigMap` or `Secret`.
  public var kind: String
  public var name: String
  /// Whether the container starts without it.
  public var isOptional: Bool

  /// A reference.
  public init(kind: String, name: String, isOptional: Bool) {
    self.kind = kind
    self.name = name
    self.isOptional = isOptional
  }
}

/// A port a container names.
public struct ContainerPort: Codable, Hashable, Sendable {
  public var name = ""
  public var number = 0

  /// A port with everything absent.
  public init() {}
}

/// How the kubelet asks a container whether it lives.
public struct Probe: Codable, Hashable, Sendable {
  /// `GET /health/ready :8000`, `tcp :5432`, `exec pg_isready`, `grpc :9000`: for people.
  public var summary = ""
  public var initialDelaySeconds = 0
  public var periodSeconds = 10
  public var timeoutSeconds = 1
  public var failureThreshold = 3

  /// A probe with the API's defaults.
  public init() {}
}

/// A Secret or ConfigMap or claim that a pod's volume needs.
public struct VolumeReference: Codable, Hashable, Sendable {
  public var volume: String
  /// `Secret`, `ConfigMap` or `PersistentVolumeClaim`.
  public var kind: String
  public var name: String
  public var isOptional: Bool

  /// A reference.
  public init(volume: String, kind: String, name: String, isOptional: Bool) {
    self.volume = volume
    self.kind = kind
    self.name = name
    self.isOptional = isOptional
  }
}

/// A container as the kubelet reports it.
public struct ContainerStatus: Codable, Hashable, Sendable {
  public var name = ""
  public var image = ""
  public var imageID = ""
  public var isReady = false
  public var isStarted: Bool?
  public var restartCount = 0
  public var state = ContainerState.absent
  public var lastState = ContainerState.absent

  /// A status with everything absent.
  public init() {}
}

/// The state of a container.
public enum ContainerState: Codable, Hashable, Sendable {
  /// Nothing is reported.
  case absent
  case waiting(reason: String, message: String)
  case running(startedAt: Timestamp?)
  case terminated(Termination)
}

/// How a container ended.
public struct Termination: Codable, Hashable, Sendable {
  public var reason = ""
  public var message = ""
  public var exitCode = 0
  public var signal = 0
  public var startedAt: Timestamp?
  public var finishedAt: Timestamp?

  /// A termination with exit code 0 and everything else absent.
  public init() {}
}
