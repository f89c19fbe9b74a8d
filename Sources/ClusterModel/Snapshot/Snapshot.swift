/// The whole known state of the cluster as one value, with the age of each part.
///
/// Events go in by ``apply(_:at:)``; everything that is shown is asked of the value. Indexes, totals and summaries are
/// kept up to date by each event, so that the cost of one changed pod does not depend on the number of pods. For that
/// the value must be changed in place: a copy that is kept while it changes costs a copy of the tables.
public struct Snapshot: Sendable {
  public internal(set) var connection = Connection(feed: .watch)

  public internal(set) var pods = ObjectTable<Pod>()
  public internal(set) var deployments = ObjectTable<Deployment>()
  public internal(set) var replicaSets = ObjectTable<ReplicaSet>()
  public internal(set) var statefulSets = ObjectTable<StatefulSet>()
  public internal(set) var daemonSets = ObjectTable<DaemonSet>()
  public internal(set) var jobs = ObjectTable<Job>()
  public internal(set) var services = ObjectTable<Service>()
  public internal(set) var endpointSlices = ObjectTable<EndpointSlice>()
  public internal(set) var ingresses = ObjectTable<Ingress>()
  public internal(set) var horizontalPodAutoscalers = ObjectTable<HorizontalPodAutoscaler>()
  public internal(set) var podDisruptionBudgets = ObjectTable<PodDisruptionBudget>()
  public internal(set) var nodes = ObjectTable<Node>()
  public internal(set) var ingressClasses = ObjectTable<IngressClass>()
  public internal(set) var configMaps = ObjectTable<ObjectMetadata>()
  public internal(set) var secrets = ObjectTable<ObjectMetadata>()
  public internal(set) var podMetrics = ObjectTable<PodMetrics>()
  public internal(set) var nodeMetrics = ObjectTable<NodeMetrics>()
  public internal(set) var events = EventTable()
  public internal(set) var probes = ProbeTable()
  /// The changes that were seen since the beginning.
  public internal(set) var changeLog = ChangeLog()

  /// How many summaries were computed since the beginning: a measure of the work done.
  public internal(set) var work = WorkCount()

  var streams = [StreamStatus](repeating: StreamStatus(), count: ResourceKind.allCases.count)
  var podSummaries: [ObjectKey: PodSummary] = [:]
  var groups: [PodGroup: PodGroupState] = [:]
  /// ReplicaSets of a Deployment and Jobs of a CronJob, by the controller's UID.
  var dependents: [UID: KeyList] = [:]
  var slicesOfService: [ObjectKey: KeyList] = [:]
  var startups = StartupTable()
  var podHistories: [ObjectKey: UsageHistory] = [:]
  var nodeHistories: [String: UsageHistory] = [:]
  /// By namespace; of all namespaces together under the empty name.
  var namespaceHistories: [String: UsageHistory] = [:]
  /// Kept apart from those of the pods, which go with every rollout.
  var workloadHistories: [ObjectKey: UsageHistory] = [:]
  var workloadSummaries: [ObjectKey: WorkloadSummary] = [:]
  /// The workloads of each namespace, and of all under the empty name, that are not plainly fine.
  var restless: [String: KeyList] = [:]
  /// The rows of the restless workloads as last judged, for answers that look at all of them.
  var judgedRows: [ObjectKey: WorkloadSummary] = [:]
  /// When all restless workloads were judged; each is judged again when something about it changes.
  var judgedAt: Timestamp?
  /// The moment at which the judged rows are exact; `nil` as soon as anything came since.
  var exactAt: Timestamp?
  /// Workloads whose summary is out of date; empty outside ``apply(_:at:)``.
  var outdatedWorkloads = KeyList()
  /// The workloads whose label names an application, for those that may be ingress controllers.
  var ingressControllers: [String: Set<ObjectKey>] = [:]

  /// A snapshot of nothing.
  public init() {}

  /// How the stream of a kind is.
  public func stream(_ kind: ResourceKind) -> StreamStatus { streams[Int(kind.rawValue)] }
}

/// Counts of work, so that tests can tell that little is done for a small change.
public struct WorkCount: Hashable, Sendable {
  public var podSummaries = 0
  public var workloadSummaries = 0
}

/// What is kept of a group of pods.
struct PodGroupState: Sendable {
  var totals = PodTotals()
  /// How many of its pods have a sample, and when the newest was taken.
  private var sampled = 0
  private var sampledAt: Timestamp?
  /// The pods of the group; empty for groups whose pods a table finds.
  var keys = KeyList()
  /// Those that are bad, or turn bad if nothing happens.
  var sick = KeyList()

  /// The end of the window of the newest sample; `nil` where no pod has one.
  var newestSample: Timestamp? { sampled > 0 ? sampledAt : nil }

  /// Notes when the sample of a pod was taken, in place of the one before; `nil` for none.
  mutating func noteSample(at moment: Timestamp?, before: Timestamp?) {
    sampled += (moment == nil ? 0 : 1) - (before == nil ? 0 : 1)
    if let moment { sampledAt = max(sampledAt ?? moment, moment) }
  }
}
