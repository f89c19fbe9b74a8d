import ClusterModel
import Testing

/// What the details of an object are made of: probes, startup, owners, revisions, users.
@Suite struct DetailAnswerTests {
  let now = Timestamp(seconds: 1_799_000_100)

  func snapshot(_ objects: [ClusterObject]) -> Snapshot {
    var snapshot = Snapshot()
    for object in objects { _ = snapshot.apply(.applied(object), at: now) }
    return snapshot
  }

  @Test(arguments: [
    (ProbeKind.readiness, "app", "HTTP probe failed with statuscode: 503" as String?),
    (.liveness, "app", "connection refused"), (.startup, "app", nil), (.readiness, "other", nil),
  ])
  func `the last failure of a probe comes from its event`(_ kind: ProbeKind, _ container: String, _ words: String?) {
    let event = { (name: String, seconds: Int64, text: String) -> ClusterObject in
      guard case .event(var event) = Make.event(name, about: "a", at: seconds, reason: "Unhealthy") else {
        fatalError("an event")
      }
      (event.message, event.fieldPath, event.count) = (text, "spec.containers{app}", 4)
      return .event(event)
    }
    let snapshot = snapshot([
      Make.pod("a"), event("e1", 10, "Readiness probe failed: older"),
      event("e2", 20, "Readiness probe failed: HTTP probe failed with statuscode: 503"),
      event("e3", 15, "Liveness probe failed: connection refused"),
    ])
    let failure = snapshot.lastFailure(of: kind, ofPod: Make.podKey("a"), container: container)
    #expect(failure?.message == words)
    if failure != nil { #expect(failure?.count == 4) }
  }

  /// A pod of a ReplicaSet that became ready some seconds after it was made.
  func readyPod(_ name: String, of set: ObjectMetadata, after seconds: Int64, version: String = "1") -> Pod {
    let made = Timestamp(seconds: 1_799_000_000)
    guard case .pod(var pod) = Make.pod(name, owner: set, version: version) else { fatalError("a pod") }
    pod.metadata.creationTimestamp = made
    for index in pod.conditions.indices {
      let isReady = pod.conditions[index].type == "Ready"
      pod.conditions[index].lastTransitionTime = made.advanced(by: .seconds(isReady ? seconds : 0))
    }
    pod.containerStatuses[0].state = .running(startedAt: made.advanced(by: .seconds(1)))
    return pod
  }

  @Test func `a pod's start is compared with the median of the revision before, also of pods that are gone`() throws {
    let (deployment, first) = Make.deployment("web", replicas: 2)
    guard case .replicaSet(var second) = first else { return }
    second.metadata.name = "web-2"
    second.metadata.uid = UID("uid-web-2")
    second.metadata.annotations["deployment.kubernetes.io/revision"] = "2"
    var snapshot = snapshot([deployment, first, .replicaSet(second)])
    for (index, seconds) in [5, 9, 7].enumerated() {
      var pod = readyPod("old-\(index)", of: first.metadata, after: Int64(seconds))
      _ = snapshot.apply(.applied(.pod(pod)), at: now)
      pod.metadata.resourceVersion = "2"
      pod.metadata.deletionTimestamp = now
      _ = snapshot.apply(.applied(.pod(pod)), at: now)
      pod.metadata.resourceVersion = "3"
      pod.conditions = []
      _ = snapshot.apply(.applied(.pod(pod)), at: now)
      _ = snapshot.apply(.deleted(Make.podKey("old-\(index)"), pod.metadata.uid), at: now)
    }
    _ = snapshot.apply(.applied(.pod(readyPod("new", of: second.metadata, after: 20))), at: now)
    let comparison = try #require(snapshot.startupComparison(ofPod: Make.podKey("new")))
    #expect(comparison.total == .seconds(20))
    #expect(comparison.before?.pods == 3 && comparison.before?.revision == 1)
    #expect(comparison.before?.medians[.containersStarted] == .seconds(1))
    #expect(comparison.before?.medians[.ready] == .seconds(6))
    #expect(comparison.before?.total == .seconds(7))
    // The first revision has none before it.
    _ = snapshot.apply(.applied(.pod(readyPod("old-9", of: first.metadata, after: 5))), at: now)
    #expect(snapshot.startupComparison(ofPod: Make.podKey("old-9"))?.before == nil)
  }

  @Test func `a pod whose container began again is no measure`() {
    let (deployment, first) = Make.deployment("web", replicas: 1)
    guard case .replicaSet(var second) = first else { return }
    second.metadata.name = "web-2"
    second.metadata.uid = UID("uid-web-2")
    second.metadata.annotations["deployment.kubernetes.io/revision"] = "2"
    var restarted = readyPod("old", of: first.metadata, after: 5)
    restarted.containerStatuses[0].restartCount = 1
    let snapshot = snapshot([
      deployment, first, .replicaSet(second), .pod(restarted), .pod(readyPod("new", of: second.metadata, after: 9)),
    ])
    #expect(snapshot.startupComparison(ofPod: Make.podKey("new"))?.before == nil)
  }

  @Test func `owners go from the outermost down, and what is owned the other way`() {
    let (deployment, set) = Make.deployment("web", replicas: 1)
    let snapshot = snapshot([deployment, set, Make.pod("a", owner: set.metadata), Make.pod("bare")])
    #expect(snapshot.ownerChain(of: Make.podKey("a")) == [deployment.key, set.key])
    #expect(snapshot.ownerChain(of: Make.podKey("bare")).isEmpty)
    #expect(snapshot.ownedObjects(of: deployment.key) == [deployment.key, set.key, Make.podKey("a")])
    #expect(snapshot.ownedObjects(of: Make.podKey("a")) == [Make.podKey("a")])
  }

  @Test func `owners that own each other end somewhere`() {
    guard case .replicaSet(var set) = Make.deployment("web", replicas: 1).1 else { return }
    set.metadata.owners = [
      OwnerReference(kind: "ReplicaSet", name: set.metadata.name, uid: set.metadata.uid, isController: true)
    ]
    let snapshot = snapshot([.replicaSet(set)])
    #expect(snapshot.ownerChain(of: ClusterObject.replicaSet(set).key).count == 4)
  }

  @Test func `revisions are those that ReplicaSets keep, newest first`() throws {
    let (deployment, first) = Make.deployment("web", replicas: 1) {
      $0.metadata.annotations["deployment.kubernetes.io/revision"] = "2"
    }
    guard case .replicaSet(var second) = first else { return }
    second.metadata.name = "web-2"
    second.metadata.uid = UID("uid-web-2")
    second.metadata.annotations = [
      "deployment.kubernetes.io/revision": "2", "kubernetes.io/change-cause": "image v2",
    ]
    var container = ContainerSpec()
    container.image = "web:v2"
    second.template.containers = [container]
    let revisions = snapshot([deployment, first, .replicaSet(second)]).revisions(of: deployment.key)
    #expect(revisions.map(\.number) == [2, 1])
    #expect(revisions.map(\.isCurrent) == [true, false])
    #expect(revisions[0].images == ["web:v2"] && revisions[0].changeCause == "image v2")
  }

  @Test func `a Service knows the paths that lead to it and the pods it selects`() {
    let service = Make.service("web", selecting: ["app": "web"])
    let snapshot = snapshot([
      service, Make.ingress("way", to: "web"), Make.ingress("other", to: "else"), Make.pod("a", labels: ["app": "web"]),
      Make.pod("b", labels: ["app": "db"]),
    ])
    #expect(snapshot.uses(of: service.key).map(\.ingress.name) == ["way"])
    #expect(snapshot.services(selecting: Make.podKey("a")) == [service.key])
    #expect(snapshot.services(selecting: Make.podKey("b")).isEmpty)
  }

  /// Statuses in their order, 0 for no answer; and the turn that the last of them is.
  @Test(arguments: [
    ([200], ""), ([503], ""), ([200, 200], ""), ([200, 503], "failed"), ([200, 0], "failed"), ([503, 503], ""),
    ([200, 503, 0, 200], "recovered 2 10"), ([503, 404], "recovered 1 5"),
  ])
  func `an outage is told where answers turn`(_ statuses: [Int], _ expected: String) {
    var snapshot = Snapshot()
    for (index, status) in statuses.enumerated() {
      let at = now.advanced(by: .seconds(index * 5))
      let result = ProbeResult(
        host: "h", path: "/", at: at, status: status == 0 ? nil : status, latency: .milliseconds(5))
      _ = snapshot.apply(.probed(result), at: at)
    }
    let turn =
      switch snapshot.probes.lastTurn(of: ProbeTarget(host: "h", path: "/")) {
      case nil: ""
      case .failed: "failed"
      case .recovered(_, let failures, let after): "recovered \(failures) \(after.components.seconds)"
      }
    #expect(turn == expected)
  }

  @Test func `a node's events are those by its name as well`() throws {
    var node = Node()
    node.metadata = Make.metadata("node-1")
    node.metadata.namespace = ""
    guard case .event(var event) = Make.event("e", about: "x", at: 5) else { return }
    (event.involvedKind, event.involvedName, event.involvedUID) = ("Node", "node-1", UID("node-1"))
    let snapshot = snapshot([.node(node), .event(event)])
    #expect(snapshot.events(about: ClusterObject.node(node).key).count == 1)
  }
}
