/// What something uses, against what it requests and may use at most.
public struct Usage: Hashable, Sendable {
  /// `nil` where there is no sample; see ``availability``.
  public var used = ResourceAmounts()
  /// Unset is unset, not zero.
  public var requests = ResourceAmounts()
  /// The limit; of a node, what it can give to pods.
  public var limits = ResourceAmounts()
  /// The end of the window of the sample.
  public var sampledAt: Timestamp?
  public var availability = MetricsAvailability.available

  /// Nothing known.
  public init() {}

  /// The used share of the requested cpu, above 1 when it uses more; `nil` where either is missing.
  public var cpuShareOfRequest: Double? { share(used.cpuMillicores, requests.cpuMillicores) }
  /// The used share of the cpu limit.
  public var cpuShareOfLimit: Double? { share(used.cpuMillicores, limits.cpuMillicores) }
  /// The used share of the requested memory.
  public var memoryShareOfRequest: Double? { share(used.memoryBytes, requests.memoryBytes) }
  /// The used share of the memory limit.
  public var memoryShareOfLimit: Double? { share(used.memoryBytes, limits.memoryBytes) }

  private func share(_ part: Int?, _ whole: Int?) -> Double? {
    guard let part, let whole, whole > 0 else { return nil }
    return Double(part) / Double(whole)
  }
}

/// Why numbers are there or missing.
public enum MetricsAvailability: Hashable, Sendable {
  case available
  /// metrics-server is not installed.
  case notInstalled(String)
  case forbidden(String)
  /// The pod is younger than the first sample can be.
  case tooNew
  /// Metrics are served, and there is none of this.
  case noSample
  /// The last sample is older than it should be.
  case stale(Duration)
  /// Nothing was read yet.
  case notYetRead
  /// Reading fails for now: why.
  case failing(String)

  /// In a few words for people; empty when available.
  public var explanation: String {
    switch self {
    case .available: ""
    case .notInstalled: "metrics-server is not installed"
    case .forbidden: "reading metrics is forbidden"
    case .tooNew: "too new for a sample"
    case .noSample: "no sample"
    case .stale(let age): "last sample \(Age.text(of: age)) ago"
    case .notYetRead: "not read yet"
    case .failing(let reason): "metrics fail: \(reason)"
    }
  }

  /// What to do to get numbers; empty where nothing is to be done.
  public var remedyHint: String {
    switch self {
    case .notInstalled: "minikube addons enable metrics-server"
    case .forbidden: "ask for get and list on pods and nodes of metrics.k8s.io"
    case .available, .tooNew, .noSample, .stale, .notYetRead, .failing: ""
    }
  }
}

/// What usage can be asked of.
public enum UsageSubject: Hashable, Sendable {
  case pod(ObjectKey)
  case container(pod: ObjectKey, name: String)
  /// A Deployment, StatefulSet, DaemonSet or Job.
  case workload(ObjectKey)
  /// `nil`: all namespaces.
  case namespace(String?)
  case node(String)
}

/// Past usage in equal steps of time, oldest first; `nil` where there was no sample.
public struct UsageSeries: Hashable, Sendable {
  public var cpuMillicores: [Int?]
  public var memoryBytes: [Int?]

  /// A series.
  public init(cpuMillicores: [Int?] = [], memoryBytes: [Int?] = []) {
    self.cpuMillicores = cpuMillicores
    self.memoryBytes = memoryBytes
  }
}
