/// The course of a Deployment's rollout: which ReplicaSets and pods take part, and whether users are safe.
public struct RolloutView: Hashable, Sendable {
  /// One ReplicaSet that still has pods, or is the new one.
  public struct Part: Hashable, Sendable {
    public var key: ObjectKey
    public var revision: Int?
    public var images: [String]
    public var desired: Int
    public var ready: Int
    public var available: Int
    /// Its pods by name.
    public var pods: [ObjectKey]
  }

  /// Whether the rollout can hurt users.
  public struct Gate: Hashable, Sendable {
    public var protectsUsers: Bool
    /// Why, in words: `at most 0 of 2 pods may be missing, and each must pass GET /health :8000`.
    public var explanation: String
  }

  public var status: RolloutStatus
  public var desired = 0
  public var updated = 0
  public var ready = 0
  public var available = 0
  /// The ReplicaSet of the present template, where it exists.
  public var newPart: Part?
  /// Older ReplicaSets with pods, newest first.
  public var oldParts: [Part] = []
  /// The time left until the progress deadline; `nil` where no rollout is under way or there is no deadline.
  public var deadlineRemaining: Duration?
  public var gate = Gate(protectsUsers: false, explanation: "")
  /// Since when the rollout has been under way, or when it was finished.
  public var since: Timestamp?
}
