extension Snapshot {
  /// The controllers that an object goes back to, the outermost first, without the object itself.
  ///
  /// It ends at a kind that is not read, such as a CronJob.
  public func ownerChain(of object: ObjectKey) -> [ObjectKey] {
    var chain: [ObjectKey] = []
    var key = object
    // An owner has an owner at most a few times; a circle would be a mistake of the cluster.
    for _ in 0..<4 {
      guard let controller = self[key]?.metadata.controller,
        let kind = ResourceKind.allCases.first(where: { $0.kindName == controller.kind })
      else { break }
      key = ObjectKey(kind, namespace: key.namespace, name: controller.name)
      chain.append(key)
    }
    return chain.reversed()
  }

  /// The objects that an object made, directly or through another, and the object itself.
  ///
  /// A node owns nothing; its pods are those that run on it.
  public func ownedObjects(of object: ObjectKey) -> Set<ObjectKey> {
    var owned: Set<ObjectKey> = [object]
    switch object.kind {
    case .deployments:
      owned.formUnion(
        replicaSets(of: object).map {
          ObjectKey(.replicaSets, namespace: $0.metadata.namespace, name: $0.metadata.name)
        })
      owned.formUnion(pods(of: object))
    case .replicaSets, .statefulSets, .daemonSets, .jobs: owned.formUnion(pods(of: object))
    case .nodes: owned.formUnion(pods(onNode: object.name))
    default: break
    }
    return owned
  }
}
