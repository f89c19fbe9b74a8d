extension Snapshot {
  mutating func putReplicaSet(_ set: ReplicaSet, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = replicaSets.insert(set, for: key)
    report(key, old, set, &change)
    if let owner = old?.metadata.controller, owner != set.metadata.controller { dependents[owner.uid]?.remove(key) }
    if let owner = set.metadata.controller { dependents[owner.uid, default: KeyList()].insert(key) }
    if let deployment = deployment(ofReplicaSet: key) { outdatedWorkloads.insert(deployment) }
  }

  mutating func takeReplicaSet(_ key: ObjectKey) -> Bool {
    if let deployment = deployment(ofReplicaSet: key) { outdatedWorkloads.insert(deployment) }
    guard let old = replicaSets.remove(key) else { return false }
    guard let owner = old.metadata.controller else { return true }
    dependents[owner.uid]?.remove(key)
    if dependents[owner.uid]?.isEmpty == true { dependents[owner.uid] = nil }
    return true
  }

  mutating func putEndpointSlice(_ slice: EndpointSlice, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = endpointSlices.insert(slice, for: key)
    report(key, old, slice, &change)
    if let old, old.serviceName != slice.serviceName { unlink(old, key) }
    slicesOfService[service(of: slice), default: KeyList()].insert(key)
  }

  mutating func takeEndpointSlice(_ key: ObjectKey) -> Bool {
    guard let old = endpointSlices.remove(key) else { return false }
    unlink(old, key)
    return true
  }

  private mutating func unlink(_ slice: EndpointSlice, _ key: ObjectKey) {
    let service = service(of: slice)
    slicesOfService[service]?.remove(key)
    if slicesOfService[service]?.isEmpty == true { slicesOfService[service] = nil }
  }

  private func service(of slice: EndpointSlice) -> ObjectKey {
    ObjectKey(.services, namespace: slice.metadata.namespace, name: slice.serviceName)
  }

  mutating func putAutoscaler(
    _ autoscaler: HorizontalPodAutoscaler, _ key: ObjectKey, _ change: inout SnapshotChange
  ) {
    let old = horizontalPodAutoscalers.insert(autoscaler, for: key)
    report(key, old, autoscaler, &change)
    if let old, old.target != autoscaler.target { outdate(old.target) }
    outdate(autoscaler.target)
  }

  mutating func takeAutoscaler(_ key: ObjectKey) -> Bool {
    guard let old = horizontalPodAutoscalers.remove(key) else { return false }
    outdate(old.target)
    return true
  }

  private mutating func outdate(_ key: ObjectKey?) {
    if let key { outdatedWorkloads.insert(key) }
  }

  mutating func putBudget(_ budget: PodDisruptionBudget, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = podDisruptionBudgets.insert(budget, for: key)
    report(key, old, budget, &change)
    // Its status changes with every pod; only another selector changes which workload it guards.
    if old?.selector != budget.selector { outdateWorkloads(in: key.namespace) }
  }

  mutating func takeBudget(_ key: ObjectKey) -> Bool {
    guard podDisruptionBudgets.remove(key) != nil else { return false }
    outdateWorkloads(in: key.namespace)
    return true
  }

  private mutating func outdateWorkloads(in namespace: String) {
    for kind in WorkloadSummary.kinds {
      for key in keys(of: kind, in: namespace) { outdatedWorkloads.insert(key) }
    }
  }

  mutating func putNode(_ node: Node, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = nodes.insert(node, for: key)
    report(key, old, node, &change)
    guard let old, old.statusText != node.statusText else { return }
    change.transitions.append(
      StateTransition(key: key, before: old.statusText, after: node.statusText, isBad: !node.isReady))
  }

  /// Puts an event in; the findings of the pod or workload it is about may rest on it.
  mutating func putEvent(_ event: KubernetesEvent, _ key: ObjectKey, _ change: inout SnapshotChange) {
    let old = events.insert(event, for: key)
    if let old, isSame(old.metadata, event.metadata) { return }
    if old == nil { change.added.append(key) } else { change.changed.append(key) }
    guard event.isWarning else { return }
    switch event.involvedKind {
    case "Pod":
      let podKey = ObjectKey(.pods, namespace: event.involvedNamespace, name: event.involvedName)
      guard let pod = pods[podKey], pod.metadata.uid == event.involvedUID else { return }
      refreshSummary(of: pod, podKey, &change)
    case "ReplicaSet", "StatefulSet", "DaemonSet", "Job":
      let owner = OwnerReference(
        kind: event.involvedKind, name: event.involvedName, uid: event.involvedUID, isController: true)
      outdate(workload(ofController: owner, in: event.involvedNamespace))
    default: break
    }
  }
}

extension HorizontalPodAutoscaler {
  /// The workload it scales, where its kind is one the program reads.
  var target: ObjectKey? {
    let kind: ResourceKind? =
      switch targetKind {
      case "Deployment": .deployments
      case "StatefulSet": .statefulSets
      default: nil
      }
    return kind.map { ObjectKey($0, namespace: metadata.namespace, name: targetName) }
  }
}
