/// One revision of a Deployment, as its ReplicaSet keeps it.
public struct Revision: Hashable, Sendable {
  public var replicaSet: ObjectKey
  /// `nil` where the ReplicaSet does not say.
  public var number: Int?
  /// By container, in their order.
  public var images: [String]
  public var createdAt: Timestamp?
  /// What somebody wrote down as the cause; empty where nobody did.
  public var changeCause: String
  /// When `kubectl rollout restart` made it; `nil` where something else did.
  public var restartedAt: Timestamp?
  public var isCurrent: Bool
}

extension Snapshot {
  /// The revisions of a Deployment that its ReplicaSets still keep, newest first.
  public func revisions(of deployment: ObjectKey) -> [Revision] {
    let current = deployments[deployment]?.metadata.annotations["deployment.kubernetes.io/revision"].flatMap { Int($0) }
    return replicaSets(of: deployment).map { set in
      let made = set.metadata.creationTimestamp
      return Revision(
        replicaSet: ObjectKey(.replicaSets, namespace: set.metadata.namespace, name: set.metadata.name),
        number: set.revision, images: set.template.containers.map(\.image), createdAt: made,
        changeCause: set.metadata.annotations["kubernetes.io/change-cause"] ?? "",
        restartedAt: made.flatMap { set.isRestart(madeAt: $0) ? set.template.restartedAt : nil },
        isCurrent: set.revision == current)
    }
  }
}
