import ClusterModel
import Testing

/// The snapshot keeps what is known, and does little for a small change.
@Suite struct SnapshotTests {
  let now = Timestamp(seconds: 1_800_000_000)

  @Test func `a list takes the place of all that was known of the kind`() {
    var snapshot = Snapshot()
    let first = snapshot.apply(.listed(.pods, [Make.pod("a"), Make.pod("b")]), at: now)
    #expect(first.added.count == 2 && first.changed.isEmpty && first.listedKinds == [.pods])
    #expect(first.transitions.isEmpty)
    let second = snapshot.apply(.listed(.pods, [Make.pod("b"), Make.pod("c"), Make.pod("a", version: "2")]), at: now)
    #expect(second.added == [Make.podKey("c")])
    #expect(second.changed == [Make.podKey("a")])
    #expect(second.removed.isEmpty)
    let third = snapshot.apply(.listed(.pods, [Make.pod("c")]), at: now)
    #expect(third.removed == [Make.podKey("a"), Make.podKey("b")])
    #expect(snapshot.pods.count == 1 && snapshot.totals(.all).count == 1)
    #expect(snapshot.totals(.namespace("n")).count == 1)
    let empty = snapshot.apply(.listed(.pods, []), at: now)
    #expect(empty.removed == [Make.podKey("c")])
    #expect(snapshot.totals(.all) == PodTotals() && snapshot.pods(onNode: "node-1").isEmpty)
  }

  @Test func `an unchanged object of a new list is not reported and costs no summary`() {
    var snapshot = Snapshot()
    _ = snapshot.apply(.listed(.pods, [Make.pod("a"), Make.pod("b")]), at: now)
    let work = snapshot.work
    var expected = SnapshotChange()
    expected.listedKinds = [.pods]
    #expect(snapshot.apply(.listed(.pods, [Make.pod("a"), Make.pod("b")]), at: now) == expected)
    #expect(snapshot.work == work)
  }

  @Test func `one pod among five thousand costs one summary of a pod and one of its workload`() {
    var snapshot = Snapshot()
    let (deployment, set) = Make.deployment("web", replicas: 5_000)
    _ = snapshot.apply(.listed(.deployments, [deployment]), at: now)
    _ = snapshot.apply(.listed(.replicaSets, [set]), at: now)
    let pods = (0..<5_000).map { Make.pod("web-1-\($0)", owner: set.metadata) }
    _ = snapshot.apply(.listed(.pods, pods), at: now)
    #expect(snapshot.pods(of: deployment.key).count == 5_000)
    let work = snapshot.work
    let change = snapshot.apply(.applied(Make.pod("web-1-77", owner: set.metadata, version: "9")), at: now)
    #expect(change.changed == [Make.podKey("web-1-77")] && change.added.isEmpty && change.removed.isEmpty)
    #expect(snapshot.work.podSummaries - work.podSummaries == 1)
    #expect(snapshot.work.workloadSummaries - work.workloadSummaries == 1)
  }

  @Test func `totals follow each pod as it comes, changes and goes`() {
    var snapshot = Snapshot()
    let good = Make.pod("a", cpu: 100, memory: 1 << 20)
    _ = snapshot.apply(.applied(good), at: now)
    _ = snapshot.apply(.applied(Make.pod("b", cpu: 50)), at: now)
    #expect(snapshot.totals(.all).requests.amounts == ResourceAmounts(cpuMillicores: 150, memoryBytes: 1 << 20))
    #expect(snapshot.totals(.all).requests.podsWithMemory == 1)
    _ = snapshot.apply(.applied(Make.pod("a", version: "2", phase: "Succeeded", cpu: 100)), at: now)
    #expect(snapshot.totals(.all).done == 1 && snapshot.totals(.all).good == 1)
    #expect(snapshot.totals(.node("node-1")).requests.amounts == ResourceAmounts(cpuMillicores: 50))
    _ = snapshot.apply(.deleted(Make.podKey("a"), UID("uid-a")), at: now)
    _ = snapshot.apply(.deleted(Make.podKey("b"), UID("uid-b")), at: now)
    #expect(snapshot.totals(.all) == PodTotals())
  }

  @Test func `pods that are bad, and those that turn bad by waiting, are counted up to a limit`() {
    var snapshot = Snapshot()
    let crashing = (0..<3).map { index in
      Make.pod("bad-\(index)") { pod in
        pod.containerStatuses[0].state = .waiting(reason: "CrashLoopBackOff", message: "")
        pod.containerStatuses[0].isReady = false
      }
    }
    let pending = Make.pod("slow", phase: "Pending", created: now) { pod in
      pod.containerStatuses[0].state = .waiting(reason: "ContainerCreating", message: "")
    }
    _ = snapshot.apply(.listed(.pods, crashing + [Make.pod("good"), pending]), at: now)
    let later = now.advanced(by: .seconds(86_400))
    for moment in [now, later] {
      let bad = snapshot.badPods(.all, at: moment).count
      #expect(bad == (moment == now ? 3 : 4))
      for limit in 0...5 { #expect(snapshot.badPodCount(.all, at: moment, upTo: limit) == min(bad, limit)) }
    }
    #expect(snapshot.badPodCount(.namespace("other"), at: now, upTo: 5) == 0)
  }

  @Test func `the end of a predecessor does not remove its successor`() {
    var snapshot = Snapshot()
    _ = snapshot.apply(.applied(Make.pod("a", uid: "new")), at: now)
    #expect(snapshot.apply(.deleted(Make.podKey("a"), UID("old")), at: now).removed.isEmpty)
    #expect(snapshot.pods.count == 1)
    #expect(snapshot.pods[uid: UID("new")] != nil)
  }

  @Test func `a stream keeps its last proof of life and since when it fails`() {
    var snapshot = Snapshot()
    #expect(snapshot.stream(.pods) == StreamStatus())
    _ = snapshot.apply(.streamChanged(.pods, .live), at: now)
    let later = now.advanced(by: .seconds(10))
    let failing = StreamState.retrying(reason: "gone", at: later)
    #expect(snapshot.apply(.streamChanged(.pods, failing), at: later).changedStreams == [.pods])
    _ = snapshot.apply(
      .streamChanged(.pods, .retrying(reason: "still", at: later)), at: later.advanced(by: .seconds(9)))
    #expect(snapshot.stream(.pods).failingSince == later)
    #expect(snapshot.age(of: .pods, at: later) == .seconds(10))
    // A heartbeat of the server says nothing of a stream that is broken.
    _ = snapshot.apply(.alive(nil), at: later)
    #expect(snapshot.age(of: .pods, at: later) == .seconds(10))
    _ = snapshot.apply(.streamChanged(.pods, .live), at: later)
    #expect(snapshot.stream(.pods).failingSince == nil && snapshot.age(of: .pods, at: later) == .zero)
    #expect(!snapshot.stream(.pods).hasList)
  }

  @Test func `a pod is found through its workload, node and selector, whatever came first`() throws {
    let (deployment, set) = Make.deployment("web", replicas: 1)
    let pod = Make.pod("web-1-a", owner: set.metadata, labels: ["app": "web"])
    let orders = [[pod, set, deployment], [deployment, set, pod], [set, deployment, pod]]
    for order in orders {
      var snapshot = Snapshot()
      for object in order { _ = snapshot.apply(.applied(object), at: now) }
      #expect(snapshot.pods(of: deployment.key) == [pod.key])
      #expect(snapshot.workload(ofPod: pod.key) == deployment.key)
      #expect(snapshot.pods(onNode: "node-1") == [pod.key])
      var selector = LabelSelector()
      selector.matchLabels = ["app": "web"]
      #expect(snapshot.pods(matching: selector, in: "n") == [pod.key])
      #expect(snapshot.replicaSets(of: deployment.key).count == 1)
      #expect(snapshot.workload(deployment.key, at: now)?.desired == 1)
    }
  }

  @Test func `events of one object and of all are bounded, the newest stay`() throws {
    var snapshot = Snapshot()
    _ = snapshot.apply(.applied(Make.pod("a")), at: now)
    for index in 0..<100 {
      _ = snapshot.apply(.applied(Make.event("e\(index)", about: "a", at: Int64(index))), at: now)
    }
    let events = snapshot.events(about: Make.podKey("a"))
    #expect(events.count == EventTable.limitPerObject)
    #expect(events.first?.metadata.name == "e99")
    for index in 0..<EventTable.limit + 50 {
      _ = snapshot.apply(.applied(Make.event("f\(index)", about: "p\(index)", at: 5)), at: now)
    }
    #expect(snapshot.events.count == EventTable.limit)
    #expect(snapshot.events.about(UID("uid-p\(EventTable.limit + 49)")).count == 1)
    #expect(snapshot.events.about(UID("uid-p0")).isEmpty)
  }

  @Test func `transitions tell the words before and after`() {
    var snapshot = Snapshot()
    _ = snapshot.apply(.applied(Make.pod("a")), at: now)
    let change = snapshot.apply(.applied(Make.pod("a", version: "2", phase: "Failed")), at: now)
    #expect(
      change.transitions == [
        StateTransition(key: Make.podKey("a"), before: "Running", after: "Failed", isBad: true)
      ])
  }

  @Test func `samples make a history; one that is repeated is not new, one that is missing is a gap`() {
    var snapshot = Snapshot()
    let start = now.advanced(by: .seconds(-600))
    _ = snapshot.apply(.applied(Make.pod("a", cpu: 100)), at: now)
    for second in [0, 15, 15, 30, 300] {
      let moment = start.advanced(by: .seconds(second))
      _ = snapshot.apply(.listed(.podMetrics, [Make.sample("a", cpu: 10 + second, at: moment)]), at: moment)
    }
    let end = start.advanced(by: .seconds(300))
    let series = snapshot.usageSeries(of: .pod(Make.podKey("a")), count: 6, step: .seconds(60), at: end)
    #expect(series.cpuMillicores == [10, 40, 40, nil, nil, 310])
    #expect(snapshot.usageSeries(of: .namespace("n"), count: 1, step: .seconds(60), at: end).cpuMillicores == [310])
    let usage = snapshot.usage(of: .pod(Make.podKey("a")), at: end)
    #expect(usage.used.cpuMillicores == 310 && usage.cpuShareOfRequest == 3.1 && usage.cpuShareOfLimit == nil)
    #expect(usage.availability == .available)
    #expect(
      snapshot.usage(of: .pod(Make.podKey("a")), at: end.advanced(by: .seconds(200))).availability
        == .stale(.seconds(200)))
    _ = snapshot.apply(.listed(.podMetrics, []), at: end)
    #expect(snapshot.totals(.all).usage.amounts == ResourceAmounts())
  }

  @Test func `missing numbers say why`() {
    var snapshot = Snapshot()
    _ = snapshot.apply(.applied(Make.pod("a", created: now)), at: now)
    let subject = UsageSubject.pod(Make.podKey("a"))
    #expect(snapshot.usage(of: subject, at: now).availability == .notYetRead)
    _ = snapshot.apply(.streamChanged(.podMetrics, .absent("no such group")), at: now)
    #expect(snapshot.usage(of: subject, at: now).availability == .notInstalled("no such group"))
    _ = snapshot.apply(.streamChanged(.podMetrics, .forbidden("no")), at: now)
    #expect(snapshot.usage(of: subject, at: now).availability == .forbidden("no"))
    _ = snapshot.apply(.streamChanged(.podMetrics, .live), at: now)
    _ = snapshot.apply(.listed(.podMetrics, [Make.sample("other", cpu: 1, at: now)]), at: now)
    #expect(snapshot.usage(of: subject, at: now.advanced(by: .seconds(5))).availability == .tooNew)
    #expect(snapshot.usage(of: subject, at: now.advanced(by: .seconds(90))).availability == .noSample)
  }
}
