extension World {
  /// Creates an object with the metadata every new object gets, and returns it.
  @discardableResult
  mutating func create(_ kind: ResourceKind, _ object: JSON) -> StoredObject {
    var object = object
    let given = object["metadata"] ?? .object([])
    var metadata: JSON = .object([])
    metadata["name"] = given["name"]
    if metadata["name"] == nil, let prefix = given["generateName"]?.string {
      metadata["name"] = .string(prefix + random.suffix(5))
    }
    metadata["generateName"] = given["generateName"]
    metadata["namespace"] = given["namespace"]
    metadata["uid"] = .string(random.uid())
    metadata["resourceVersion"] = ""
    if Self.kindsWithGeneration.contains(kind) { metadata["generation"] = 1 }
    metadata["creationTimestamp"] = .string(now.text)
    for name in ["labels", "annotations", "ownerReferences", "finalizers", "managedFields"] {
      metadata[name] = given[name]
    }
    if kind == .services { object = withAddress(object) }
    // The API server writes metadata first, whatever the order of the request.
    let members = object.members.filter { !["kind", "apiVersion", "metadata"].contains($0.name) }
    object = .object([JSON.Member(name: "metadata", value: metadata)] + members)
    if kind == .nodes { wakeUnplaced() }
    return stored(store.put(kind, Self.withDefaults(kind, object)))
  }

  /// Changes an object that exists; a change that changes nothing makes no new version, as in etcd.
  @discardableResult
  mutating func update(_ kind: ResourceKind, _ key: ObjectKey, _ change: (inout JSON) -> Void) -> StoredObject? {
    guard let present = store.object(kind, key) else { return nil }
    let before = present.object
    var after = before
    change(&after)
    guard after != before else { return present }
    if Self.kindsWithGeneration.contains(kind), before["spec"] != after["spec"] {
      after["metadata", "generation"] = .integer((before["metadata", "generation"]?.integer ?? 0) + 1)
    }
    // A heartbeat alone gives no pod a place.
    if kind == .nodes, before["spec"] != after["spec"] || !before.hasCondition("Ready") { wakeUnplaced() }
    let changed = stored(store.put(kind, after))
    return after.mayGo(kind) && !before.mayGo(kind) ? remove(kind, key) ?? changed : changed
  }

  /// Removes an object at once, with everything it owns.
  @discardableResult
  mutating func remove(_ kind: ResourceKind, _ key: ObjectKey) -> StoredObject? {
    guard let last = store.remove(kind, key) else { return nil }
    if kind == .pods { forgetPod(last) }
    notifyControllers(of: last)
    return last
  }

  /// The state of a pod, if it is still the same pod.
  func pod(_ pod: PodReference) -> JSON? {
    guard let stored = store.object(.pods, pod.key), stored.uid == pod.uid else { return nil }
    return stored.object
  }

  private mutating func stored(_ object: StoredObject) -> StoredObject {
    if object.kind == .pods {
      if let controller = object.controller { podsOfController[controller.uid, default: []].insert(object.key) }
      // A pod that has ended takes nothing of its node any more.
      if ["Succeeded", "Failed"].contains(object.field("status.phase")) { free(object.uid) }
    }
    notifyControllers(of: object)
    return object
  }

  /// Wakes the controllers that depend on an object.
  private mutating func notifyControllers(of object: StoredObject) {
    reconcile(object.kind, object.key)
    guard object.kind == .pods else {
      if object.kind == .replicaSets { reconcileOwner(of: object) }
      return
    }
    reconcileOwner(of: object)
    for quota in store.objects(.resourceQuotas, in: object.key.namespace) { reconcile(.resourceQuotas, quota.key) }
    for kind in [ResourceKind.services, .podDisruptionBudgets] {
      for candidate in store.objects(kind, in: object.key.namespace) where candidate.selects(object.labels) {
        reconcile(kind, candidate.key)
      }
    }
  }

  private mutating func reconcileOwner(of object: StoredObject) {
    guard let owner = object.controller else { return }
    let namespace = owner.kind.isNamespaced ? object.key.namespace : ""
    reconcile(owner.kind, ObjectKey(namespace: namespace, name: owner.name))
  }

  private mutating func forgetPod(_ pod: StoredObject) {
    restartLevels[pod.uid] = nil
    retryCreating(in: pod.key.namespace)
    // A Deployment that recreates waits for its last pod to go.
    if let owner = pod.controller, owner.kind == .replicaSets,
      let replicaSet = store.object(.replicaSets, ObjectKey(namespace: pod.key.namespace, name: owner.name))
    {
      reconcileOwner(of: replicaSet)
    }
    if let controller = pod.controller { podsOfController[controller.uid]?.remove(pod.key) }
    free(pod.uid)
    silences[pod.uid] = nil
  }

  /// Kinds whose `generation` counts changes of `spec`.
  private static let kindsWithGeneration: Set<ResourceKind> = [
    .deployments, .replicaSets, .statefulSets, .daemonSets, .ingresses, .podDisruptionBudgets, .networkPolicies,
    .endpointSlices, .jobs, .cronJobs, .ingressClasses,
  ]
}

extension JSON {
  /// Whether an object that is being deleted has nothing left to wait for: no finalizer, and no kubelet.
  fileprivate func mayGo(_ kind: ResourceKind) -> Bool {
    guard isTerminating, self["metadata", "finalizers"]?.elements.isEmpty ?? true else { return false }
    return kind != .pods || self["metadata", "deletionGracePeriodSeconds"]?.integer == 0
  }
}
