/// A group of pods whose totals are kept up to date.
public enum PodGroup: Hashable, Sendable {
  case all
  case namespace(String)
  case node(String)
  /// The pods of one controller: a ReplicaSet, StatefulSet, DaemonSet or Job.
  case controller(UID)
  /// The pods without a controller, of a namespace or of all.
  case unmanaged(namespace: String?)
}

/// What the pods of a group come to.
public struct PodTotals: Hashable, Sendable {
  /// How many pods, by health.
  public var good = 0, progressing = 0, bad = 0, done = 0
  /// Restarts as kubectl counts them.
  public var restarts = 0
  /// What the pods that are not done request, limit and use.
  public var requests = AmountTotals(), limits = AmountTotals(), usage = AmountTotals()

  /// No pods.
  public init() {}

  /// How many pods there are.
  public var count: Int { good + progressing + bad + done }
  /// How many pods are not done.
  public var active: Int { good + progressing + bad }
}

/// Sums of amounts, with how many pods they come from.
public struct AmountTotals: Hashable, Sendable {
  public var cpuMillicores = 0
  public var memoryBytes = 0
  /// How many pods have the amount set.
  public var podsWithCPU = 0, podsWithMemory = 0

  /// Nothing.
  public init() {}

  /// The sums; unset where no pod has the amount.
  public var amounts: ResourceAmounts {
    ResourceAmounts(
      cpuMillicores: podsWithCPU > 0 ? cpuMillicores : nil, memoryBytes: podsWithMemory > 0 ? memoryBytes : nil)
  }

  mutating func add(_ amounts: ResourceAmounts) {
    if let cpu = amounts.cpuMillicores { (cpuMillicores, podsWithCPU) = (cpuMillicores &+ cpu, podsWithCPU + 1) }
    if let memory = amounts.memoryBytes { (memoryBytes, podsWithMemory) = (memoryBytes &+ memory, podsWithMemory + 1) }
  }

  mutating func subtract(_ amounts: ResourceAmounts) {
    if let cpu = amounts.cpuMillicores { (cpuMillicores, podsWithCPU) = (cpuMillicores &- cpu, podsWithCPU - 1) }
    if let memory = amounts.memoryBytes { (memoryBytes, podsWithMemory) = (memoryBytes &- memory, podsWithMemory - 1) }
  }
}
