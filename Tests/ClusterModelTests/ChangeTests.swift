import ClusterModel
import Testing

/// What changed in the last minutes: what objects tell of themselves, and what was seen.
@Suite struct ChangeTests {
  static let now = Timestamp(seconds: 1_799_003_600)

  static func ago(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_799_003_600 - seconds) }

  /// One change as `subject object text`.
  func changes(_ snapshot: Snapshot, minutes: Int64 = 15) -> [String] {
    snapshot.changes(since: Self.ago(minutes * 60), in: "n", at: Self.now).changes.map {
      "\($0.subject.rawValue) \($0.object.name): \($0.text)"
    }
  }

  func set(_ revision: Int, _ image: String, made: Timestamp, restartedAt: String? = nil) -> ReplicaSet {
    guard case .replicaSet(var set) = Make.deployment("web", replicas: 1).1 else { fatalError("a ReplicaSet") }
    set.metadata.name = "web-\(revision)"
    set.metadata.uid = UID("uid-web-\(revision)")
    set.metadata.creationTimestamp = made
    set.metadata.annotations["deployment.kubernetes.io/revision"] = "\(revision)"
    var container = ContainerSpec()
    (container.name, container.image) = ("app", image)
    set.template.containers = [container]
    if let restartedAt { set.template.annotations["kubectl.kubernetes.io/restartedAt"] = restartedAt }
    return set
  }

  func snapshot(_ objects: [ClusterObject], at moment: Timestamp = ChangeTests.now) -> Snapshot {
    var snapshot = Snapshot()
    let byKind = Dictionary(grouping: objects, by: \.kind)
    for kind in ResourceKind.allCases { _ = snapshot.apply(.listed(kind, byKind[kind] ?? []), at: moment) }
    return snapshot
  }

  @Test func `a new ReplicaSet tells its images, another one of the same images that it was made anew`() {
    let (deployment, _) = Make.deployment("web", replicas: 1)
    let first = set(1, "shop/web:v1", made: Self.ago(4_000))
    #expect(changes(snapshot([deployment, .replicaSet(first)])).isEmpty)
    let second = ClusterObject.replicaSet(set(2, "shop/web:v2", made: Self.ago(600)))
    #expect(
      changes(snapshot([deployment, .replicaSet(first), second])) == ["image web: app: shop/web:v1 → v2 (revision 2)"])
    #expect(changes(snapshot([deployment, .replicaSet(first), second]), minutes: 5).isEmpty)
    let elsewhere = ClusterObject.replicaSet(set(2, "other/web:v1", made: Self.ago(600)))
    #expect(
      changes(snapshot([deployment, .replicaSet(first), elsewhere]))
        == ["image web: app: shop/web:v1 → other/web:v1 (revision 2)"])
    let same = ClusterObject.replicaSet(set(2, "shop/web:v1", made: Self.ago(600)))
    #expect(
      changes(snapshot([deployment, .replicaSet(first), same])) == [
        "deploy web: new template, same images (revision 2)"
      ])
  }

  @Test func `containers tell their last restart, nodes their conditions, Helm its releases`() {
    let pod = Make.pod("a") { pod in
      var end = Termination()
      (end.reason, end.exitCode, end.finishedAt) = ("OOMKilled", 137, Self.ago(60))
      pod.containers[0].limits.memoryBytes = 64 << 20
      pod.containerStatuses[0].lastState = .terminated(end)
      pod.containerStatuses[0].restartCount = 3
    }
    var node = Node()
    node.metadata = Make.metadata("node-1")
    node.metadata.namespace = ""
    node.metadata.creationTimestamp = Self.ago(90_000)
    var ready = Condition(type: "Ready", status: "False")
    (ready.message, ready.lastTransitionTime) = ("kubelet stopped", Self.ago(120))
    node.conditions = [ready]
    var release = Make.metadata("sh.helm.release.v1.shop.v7")
    release.labels = ["name": "shop", "version": "7", "status": "deployed"]
    release.creationTimestamp = Self.ago(180)
    var configuration = Make.metadata("config")
    configuration.creationTimestamp = Self.ago(240)
    #expect(
      changes(snapshot([pod, .node(node), .secret(release), .configMap(configuration)])) == [
        "restart a: app: exit 137 = SIGKILL: out of memory at limit 64Mi, 3 restarts in all",
        "node node-1: not ready: kubelet stopped",
        "deploy sh.helm.release.v1.shop.v7: Helm release shop, revision 7 (deployed)", "configuration config: created",
      ])
  }

  @Test func `what no object tells is seen: scaling, changed and deleted configuration, cordons, older revisions`() {
    let (deployment, _) = Make.deployment("web", replicas: 1)
    let sets = [set(1, "web:v1", made: Self.ago(9_000)), set(2, "web:v2", made: Self.ago(8_000))]
    var node = Node()
    node.metadata = Make.metadata("node-1")
    node.metadata.namespace = ""
    guard case .deployment(var changed) = deployment else { return }
    changed.template = sets[1].template
    var snapshot = snapshot(
      [.deployment(changed), .configMap(Make.metadata("c")), .secret(Make.metadata("s")), .node(node)]
        + sets.map { .replicaSet($0) }, at: Self.ago(3_000))
    #expect(changes(snapshot).isEmpty)

    changed.metadata.resourceVersion = "2"
    changed.replicas = 4
    changed.template = sets[0].template
    node.metadata.resourceVersion = "2"
    node.isUnschedulable = true
    let events: [ClusterEvent] = [
      .applied(.deployment(changed)), .applied(.configMap(Make.metadata("c", version: "9"))), .applied(.node(node)),
      .deleted(ClusterObject.secret(Make.metadata("s")).key, UID("uid-s")),
    ]
    for (index, event) in events.enumerated() { _ = snapshot.apply(event, at: Self.ago(60 - Int64(index))) }
    #expect(
      Set(changes(snapshot)) == [
        "replicas web: scaled from 1 to 4", "image web: app: web:v2 → v1", "configuration c: changed (version 1 → 9)",
        "node node-1: takes no new pods any more (cordoned)", "configuration s: deleted",
      ])
    // The same once more is no change.
    _ = snapshot.apply(events[0], at: Self.now)
    #expect(changes(snapshot).count == 5)
  }

  @Test func `an image that its ReplicaSet tells is not told twice`() {
    let (deployment, _) = Make.deployment("web", replicas: 1)
    let first = set(1, "web:v1", made: Self.ago(9_000))
    guard case .deployment(var changed) = deployment else { return }
    changed.template = first.template
    var snapshot = snapshot([.deployment(changed), .replicaSet(first)], at: Self.ago(3_000))
    changed.metadata.resourceVersion = "2"
    let second = set(2, "web:v2", made: Self.ago(60))
    changed.template = second.template
    _ = snapshot.apply(.applied(.deployment(changed)), at: Self.ago(60))
    _ = snapshot.apply(.applied(.replicaSet(second)), at: Self.ago(60))
    #expect(changes(snapshot) == ["image web: app: web:v1 → v2 (revision 2)"])
  }

  @Test func `what cannot be known is said: before the start, in a recording, and of kinds that are not read`() {
    let early = snapshot([], at: Self.ago(3_000)).changes(since: Self.ago(300), in: "n", at: Self.now)
    #expect(!early.isPartlyBlind && early.watchedSince == Self.ago(3_000) && early.unread.isEmpty)
    let late = snapshot([], at: Self.ago(10)).changes(since: Self.ago(300), in: "n", at: Self.now)
    #expect(late.isPartlyBlind)
    var recording = Snapshot()
    _ = recording.apply(.connectionChanged(Connection(feed: .recording)), at: Self.now)
    _ = recording.apply(.listed(.pods, []), at: Self.now)
    let told = recording.changes(since: Self.ago(300), in: nil, at: Self.now)
    #expect(told.watchedSince == nil && told.isPartlyBlind && told.unread.contains(.secrets))
  }

  @Test func `the log of what was seen has an end`() {
    var snapshot = snapshot([.configMap(Make.metadata("c", version: "0"))], at: Self.ago(3_000))
    for version in 1...2_000 {
      _ = snapshot.apply(.applied(.configMap(Make.metadata("c", version: "\(version)"))), at: Self.ago(10))
    }
    #expect(snapshot.changeLog.changes.count <= ChangeLog.limit + ChangeLog.limit / 4)
    #expect(snapshot.changeLog.changes.last?.text == "changed (version 1999 → 2000)")
    #expect(snapshot.changes(since: Self.ago(60), in: "n", at: Self.now).changes.count == ChangeReport.limit)
  }
}
