/// What one event changed, so that readers recompute only that.
public struct SnapshotChange: Hashable, Sendable {
  public var added: [ObjectKey] = []
  public var changed: [ObjectKey] = []
  public var removed: [ObjectKey] = []
  /// The kinds of which a complete list arrived.
  public var listedKinds: [ResourceKind] = []
  /// The kinds whose stream changed its state.
  public var changedStreams: [ResourceKind] = []
  public var isConnectionChanged = false
  /// Workloads whose summary was computed anew: of a changed object, its owner, its pods, its budget or autoscaler.
  public var workloads: [ObjectKey] = []
  /// Words that changed: a pod's STATUS, a node's readiness; and the steps of workloads' rollouts.
  ///
  /// Empty for a first list.
  public var transitions: [StateTransition] = []
  /// The probe that brought an answer.
  public var probed: ProbeTarget?

  /// No change.
  public init() {}

  /// Whether nothing but ages changed.
  public var isEmpty: Bool { self == SnapshotChange() }

  /// Whether an object of a kind came, changed or went.
  public func touches(_ kind: ResourceKind) -> Bool {
    [added, changed, removed].contains { $0.contains { $0.kind == kind } }
  }
}

/// A change of the word that says how an object is.
public struct StateTransition: Hashable, Sendable {
  public var key: ObjectKey
  /// The word before; empty for an object that is new.
  public var before: String
  /// The word now; empty for an object that is gone.
  public var after: String
  /// Whether the new state is worse than fine.
  public var isBad: Bool
  /// What it means for a workload; `nil` for other objects.
  public var step: RolloutStep?

  /// A change.
  public init(key: ObjectKey, before: String, after: String, isBad: Bool, step: RolloutStep? = nil) {
    self.key = key
    self.before = before
    self.after = after
    self.isBad = isBad
    self.step = step
  }
}
