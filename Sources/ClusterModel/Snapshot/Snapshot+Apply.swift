extension Snapshot {
  /// Takes in one event.
  ///
  /// - Parameter now: The moment of the event; it becomes the age of the data.
  /// - Returns: What changed. An older copy of an object than the one known is taken as it comes.
  /// - Complexity: Independent of the number of objects, but for lists.
  public mutating func apply(_ event: ClusterEvent, at now: Timestamp) -> SnapshotChange {
    var change = SnapshotChange()
    exactAt = nil
    switch event {
    case .listed(let kind, let objects): list(kind, objects, at: now, &change)
    case .applied(let object):
      prove(object.kind, at: now)
      noteChange(to: object, at: now)
      put(object, &change)
    case .deleted(let key, let uid):
      prove(key.kind, at: now)
      if self[key]?.metadata.uid == uid { noteRemoval(of: key, at: now) }
      take(key, uid: uid, &change)
    case .streamChanged(let kind, let state): turn(kind, to: state, at: now, &change)
    case .alive(let kind):
      if let kind { prove(kind, at: now) } else { proveAll(at: now) }
    case .connectionChanged(let new):
      change.isConnectionChanged = connection != new
      connection = new
    case .probed(let result):
      probes.append(result)
      change.probed = ProbeTarget(host: result.host, path: result.path)
    case .logged, .logSeam, .logTail, .noted, .moment: break
    }
    refreshOutdatedWorkloads(&change, at: now)
    return change
  }

  /// Swaps in a whole list: what is not in it is gone, what is equal is not reported.
  private mutating func list(
    _ kind: ResourceKind, _ objects: [ClusterObject], at now: Timestamp, _ change: inout SnapshotChange
  ) {
    prove(kind, at: now)
    let isFirst = !streams[Int(kind.rawValue)].hasList
    streams[Int(kind.rawValue)].hasList = true
    change.listedKinds.append(kind)
    var gone = Set(keys(of: kind))
    if gone.isEmpty { reserve(kind, objects.count) }
    for object in objects where object.kind == kind {
      gone.remove(object.key)
      if !isFirst { noteChange(to: object, at: now) }
      put(object, &change)
    }
    for key in gone.sorted() {
      noteRemoval(of: key, at: now)
      take(key, uid: nil, &change)
    }
    if changeLog.beganAt == nil { changeLog.beganAt = now }
    if kind == .podMetrics { recordUsage() }
    // What is seen for the first time is no change that anybody should be told of.
    if isFirst { change.transitions = [] }
  }

  private mutating func put(_ object: ClusterObject, _ change: inout SnapshotChange) {
    let key = object.key
    switch object {
    case .pod(let pod): putPod(pod, key, &change)
    case .deployment(let object):
      report(key, deployments.insert(object, for: key), object, &change)
      outdatedWorkloads.insert(key)
    case .replicaSet(let object): putReplicaSet(object, key, &change)
    case .statefulSet(let object):
      report(key, statefulSets.insert(object, for: key), object, &change)
      outdatedWorkloads.insert(key)
    case .daemonSet(let object):
      report(key, daemonSets.insert(object, for: key), object, &change)
      outdatedWorkloads.insert(key)
    case .job(let object):
      report(key, jobs.insert(object, for: key), object, &change)
      outdatedWorkloads.insert(key)
    case .service(let object): report(key, services.insert(object, for: key), object, &change)
    case .endpointSlice(let object): putEndpointSlice(object, key, &change)
    case .ingress(let object): report(key, ingresses.insert(object, for: key), object, &change)
    case .event(let event): putEvent(event, key, &change)
    case .horizontalPodAutoscaler(let object): putAutoscaler(object, key, &change)
    case .podDisruptionBudget(let object): putBudget(object, key, &change)
    case .node(let node): putNode(node, key, &change)
    case .ingressClass(let object): report(key, ingressClasses.insert(object, for: key), object, &change)
    case .configMap(let object): report(key, configMaps.insert(object, for: key), object, &change)
    case .secret(let object): report(key, secrets.insert(object, for: key), object, &change)
    case .podMetrics(let metrics): putPodMetrics(metrics, key, &change)
    case .nodeMetrics(let metrics): putNodeMetrics(metrics, key, &change)
    }
  }

  /// Notes whether an object that was put in is new, changed or the same.
  func report<Object: ClusterResource>(
    _ key: ObjectKey, _ old: Object?, _ new: Object, _ change: inout SnapshotChange
  ) {
    guard let old else { return change.added.append(key) }
    if !isSame(old.metadata, new.metadata) { change.changed.append(key) }
  }

  /// Whether two copies are the same version of the same object; samples have no version and always differ.
  func isSame(_ old: ObjectMetadata, _ new: ObjectMetadata) -> Bool {
    !new.resourceVersion.isEmpty && old.resourceVersion == new.resourceVersion && old.uid == new.uid
  }

  /// Takes an object out, unless the one known is a successor of the one that is gone.
  private mutating func take(_ key: ObjectKey, uid: UID?, _ change: inout SnapshotChange) {
    if let uid, !uid.value.isEmpty, let known = self[key]?.metadata.uid, !known.value.isEmpty, known != uid { return }
    let isKnown: Bool
    switch key.kind {
    case .pods: isKnown = takePod(key, &change)
    case .deployments: isKnown = takeWorkload(key, deployments.remove(key) != nil)
    case .statefulSets: isKnown = takeWorkload(key, statefulSets.remove(key) != nil)
    case .daemonSets: isKnown = takeWorkload(key, daemonSets.remove(key) != nil)
    case .jobs: isKnown = takeWorkload(key, jobs.remove(key) != nil)
    case .replicaSets: isKnown = takeReplicaSet(key)
    case .services: isKnown = services.remove(key) != nil
    case .endpointSlices: isKnown = takeEndpointSlice(key)
    case .ingresses: isKnown = ingresses.remove(key) != nil
    case .events: isKnown = events.remove(key) != nil
    case .horizontalPodAutoscalers: isKnown = takeAutoscaler(key)
    case .podDisruptionBudgets: isKnown = takeBudget(key)
    case .nodes: isKnown = nodes.remove(key) != nil
    case .ingressClasses: isKnown = ingressClasses.remove(key) != nil
    case .configMaps: isKnown = configMaps.remove(key) != nil
    case .secrets: isKnown = secrets.remove(key) != nil
    case .podMetrics: isKnown = takePodMetrics(key)
    case .nodeMetrics: isKnown = nodeMetrics.remove(key) != nil
    }
    if isKnown { change.removed.append(key) }
  }

  private mutating func takeWorkload(_ key: ObjectKey, _ isKnown: Bool) -> Bool {
    outdatedWorkloads.insert(key)
    workloadHistories[key] = nil
    return isKnown
  }
}
