/// What controllers do when the labels of a pod are changed: a ReplicaSet that no longer selects it lets go of it and
/// makes another, and one that selects it takes it if nobody has it.
extension World {
  /// Gives a pod to those who select it now.
  mutating func changeLabels(of pod: StoredObject, before: StoredObject) {
    guard pod.labels != before.labels else { return }
    // Those that select it now were told of the change; those that did before were not.
    for kind in [ResourceKind.services, .podDisruptionBudgets] {
      for former in store.objects(kind, in: pod.key.namespace) where former.selects(before.labels) {
        reconcile(kind, former.key)
      }
    }
    if let owner = pod.controller {
      release(pod, from: owner)
    } else {
      adopt(pod)
    }
  }

  private mutating func release(_ pod: StoredObject, from owner: Controller) {
    let key = ObjectKey(namespace: pod.key.namespace, name: owner.name)
    guard owner.kind == .replicaSets, let replicaSet = store.object(.replicaSets, key), replicaSet.uid == owner.uid,
      !selects(replicaSet, pod)
    else { return }
    podsOfController[owner.uid]?.remove(pod.key)
    update(.pods, pod.key) { $0["metadata", "ownerReferences"] = nil }
    reconcile(.replicaSets, key)
  }

  private mutating func adopt(_ pod: StoredObject) {
    guard let replicaSet = store.objects(.replicaSets, in: pod.key.namespace).first(where: { selects($0, pod) }) else {
      return
    }
    let owner = Controller(kind: .replicaSets, name: replicaSet.key.name, uid: replicaSet.uid)
    update(.pods, pod.key) { $0["metadata", "ownerReferences"] = [owner.reference] }
  }

  private func selects(_ replicaSet: StoredObject, _ pod: StoredObject) -> Bool {
    replicaSet.object["spec", "selector"]?.selects(pod.labels) ?? false
  }
}
