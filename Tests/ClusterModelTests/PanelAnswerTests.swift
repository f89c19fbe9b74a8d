import ClusterModel
import Testing

/// What the panels of usage, ingress and river say beyond what kubectl says.
@Suite struct HeadroomTests {
  let now = Timestamp(seconds: 1_800_000_000)

  func usage(used: ResourceAmounts, requests: ResourceAmounts, limits: ResourceAmounts) -> Usage {
    var usage = Usage()
    (usage.used, usage.requests, usage.limits) = (used, requests, limits)
    return usage
  }

  @Test func `a node has left what its pods do not request, anything else what it does not use of its limit`() {
    let usage = usage(
      used: ResourceAmounts(cpuMillicores: 500, memoryBytes: 90),
      requests: ResourceAmounts(cpuMillicores: 3_000, memoryBytes: 20),
      limits: ResourceAmounts(cpuMillicores: 4_000, memoryBytes: 100))
    #expect(usage.headroom(of: .node("n")) == ResourceAmounts(cpuMillicores: 1_000, memoryBytes: 80))
    #expect(usage.headroom(of: .namespace("n")) == ResourceAmounts(cpuMillicores: 3_500, memoryBytes: 10))
    #expect(usage.requestedShare == 0.75)
    #expect(usage.risksMemoryKill)
  }

  @Test func `what is unset leaves nothing to say, and what is promised twice is less than nothing`() {
    let unset = usage(used: ResourceAmounts(cpuMillicores: 5), requests: ResourceAmounts(), limits: ResourceAmounts())
    #expect(unset.headroom(of: .namespace(nil)) == ResourceAmounts())
    #expect(unset.requestedShare == nil && !unset.risksMemoryKill)
    let over = usage(
      used: ResourceAmounts(), requests: ResourceAmounts(cpuMillicores: 5_000),
      limits: ResourceAmounts(cpuMillicores: 4_000))
    #expect(over.headroom(of: .node("n")).cpuMillicores == -1_000)
    let absurd = usage(
      used: ResourceAmounts(), requests: ResourceAmounts(cpuMillicores: .max),
      limits: ResourceAmounts(cpuMillicores: .min))
    #expect(absurd.headroom(of: .node("n")).cpuMillicores == nil)
  }

  @Test func `memory is at risk from nine tenths of its limit on`() {
    for (used, isAtRisk) in [(89, false), (90, true), (101, true)] {
      let usage = usage(
        used: ResourceAmounts(memoryBytes: used), requests: ResourceAmounts(), limits: ResourceAmounts(memoryBytes: 100)
      )
      #expect(usage.risksMemoryKill == isAtRisk, "\(used)")
    }
  }

  @Test func `a workload's history outlives its pods`() {
    let (deployment, set) = Make.deployment("web", replicas: 1)
    var snapshot = Recordings.snapshot(of: [deployment, set], at: now)
    guard case .replicaSet(let owner) = set else { return }
    for (index, pod) in ["web-1-a", "web-1-b"].enumerated() {
      let moment = now.advanced(by: .seconds(60 * (index + 1)))
      _ = snapshot.apply(.listed(.pods, [Make.pod(pod, owner: owner.metadata)]), at: moment)
      _ = snapshot.apply(.listed(.podMetrics, [Make.sample(pod, cpu: 10 * (index + 1), at: moment)]), at: moment)
    }
    let end = now.advanced(by: .seconds(120))
    let series = snapshot.usageSeries(of: .workload(deployment.key), count: 3, step: .seconds(60), at: end)
    #expect(series.cpuMillicores == [nil, 10, 20])
    _ = snapshot.apply(.deleted(deployment.key, UID("")), at: end)
    #expect(
      snapshot.usageSeries(of: .workload(deployment.key), count: 1, step: .seconds(60), at: end).cpuMillicores.isEmpty)
  }
}

@Suite struct RolloutMomentTests {
  let now = Timestamp(seconds: 1_800_000_000)

  func set(_ revision: Int, made: Timestamp, restartedAt: String? = nil) -> ClusterObject {
    var set = ReplicaSet()
    set.metadata = Make.metadata("web-\(revision)")
    set.metadata.creationTimestamp = made
    set.metadata.annotations = ["deployment.kubernetes.io/revision": "\(revision)"]
    set.metadata.owners = [OwnerReference(kind: "Deployment", name: "web", uid: UID("uid-web"), isController: true)]
    if let restartedAt { set.template.annotations = ["kubectl.kubernetes.io/restartedAt": restartedAt] }
    return .replicaSet(set)
  }

  @Test func `ReplicaSets tell when rollouts began, and which of them only restarted`() {
    let (deployment, _) = Make.deployment("web", replicas: 1)
    let restart = "2027-01-15T07:50:01Z"
    let objects = [
      deployment, set(1, made: now.advanced(by: .seconds(-86_400))),
      set(2, made: now.advanced(by: .seconds(-600)), restartedAt: restart),
      set(3, made: now.advanced(by: .seconds(-60)), restartedAt: restart),
    ]
    let snapshot = Recordings.snapshot(of: objects, at: now)
    let since = now.advanced(by: .seconds(-900))
    for subject in [UsageSubject.workload(deployment.key), .namespace("n"), .namespace(nil)] {
      let moments = snapshot.rolloutMoments(of: subject, since: since)
      #expect(moments.map(\.revision) == [2, 3])
      #expect(moments.map(\.isRestart) == [true, false])
    }
    #expect(snapshot.rolloutMoments(of: .node("node-1"), since: since).isEmpty)
    #expect(snapshot.rolloutMoments(of: .namespace("other"), since: since).isEmpty)
  }
}

@Suite struct RolloutStepTests {
  let now = Timestamp(seconds: 1_800_000_000)

  /// The steps of a Deployment that is first whole at revision 1 with two pods.
  func steps(_ looks: [(inout Deployment) -> Void]) -> [RolloutStep] {
    var snapshot = Recordings.snapshot(of: [Make.deployment("web", replicas: 2).0], at: now)
    return looks.enumerated().flatMap { index, look in
      let object = Make.deployment("web", replicas: 2, version: "\(index + 2)", look).0
      return snapshot.apply(.applied(object), at: now.advanced(by: .seconds(10 * index))).transitions.compactMap(\.step)
    }
  }

  let revision2: (inout Deployment) -> Void = {
    $0.metadata.annotations = ["deployment.kubernetes.io/revision": "2"]
  }

  @Test func `a rollout begins with its revision and ends when everything is there`() {
    let seen = steps([
      {
        revision2(&$0)
        $0.metadata.generation = 2
      },
      {
        revision2(&$0)
        ($0.updatedReplicas, $0.statusReplicas) = (1, 3)
      }, { revision2(&$0) }, { revision2(&$0) },
    ])
    #expect(seen == [.began(revision: "2"), .finished(.seconds(20))])
  }

  @Test func `one that was over when it was seen, or failed, says so once`() {
    #expect(steps([revision2, revision2]) == [.finished(nil)])
    let failed: (inout Deployment) -> Void = {
      revision2(&$0)
      $0.updatedReplicas = 1
      var condition = Condition(type: "Progressing", status: "False")
      condition.reason = "ProgressDeadlineExceeded"
      $0.conditions = [condition]
    }
    #expect(steps([failed, failed]) == [.failed])
  }

  @Test func `scaling and lost pods are no rollouts`() {
    let scaled = steps([
      {
        $0.replicas = 3
        $0.metadata.generation = 2
      },
      { ($0.replicas, $0.updatedReplicas, $0.statusReplicas, $0.availableReplicas) = (3, 3, 3, 2) },
      { ($0.replicas, $0.updatedReplicas, $0.statusReplicas, $0.availableReplicas) = (3, 3, 3, 3) },
    ])
    #expect(scaled == [.scaled(from: 2, to: 3), .restored(desired: 3)])
    #expect(
      steps([{ $0.availableReplicas = 1 }, { _ in }]) == [.lost(available: 1, desired: 2), .restored(desired: 2)])
  }
}

@Suite struct CertificateTests {
  let now = Timestamp(seconds: 1_800_000_000)

  /// Seconds left, how that is, and the words for it.
  @Test(arguments: [
    (64 * 86_400, ServerCertificate.Life.fine, "64 d left"), (14 * 86_400, .fine, "14 d left"),
    (14 * 86_400 - 1, .soon, "13 d left"), (3 * 86_400, .soon, "3 d left"), (3 * 86_400 - 1, .urgent, "2 d left"),
    (5 * 3_600, .urgent, "5 h left"), (1, .urgent, "0 h left"), (0, .expired, "expired 0s ago"),
    (-7_200, .expired, "expired 120m ago"),
  ])
  func `a certificate is judged by the time it has left`(left: Int, life: ServerCertificate.Life, words: String) {
    let certificate = ServerCertificate(expiresAt: now.advanced(by: .seconds(left)), isSelfSigned: false)
    #expect(certificate.life(at: now) == life)
    #expect(certificate.words(at: now) == words)
    #expect(ServerCertificate(expiresAt: now, isSelfSigned: true).words(at: now).hasSuffix("self-signed"))
  }

  @Test(arguments: [(-10, IngressLayer.State.fails), (86_400, .holds)])
  func `an expired certificate is a failing layer`(left: Int, state: IngressLayer.State) throws {
    let secure = Make.ingress("web", to: "web") {
      var entry = IngressTLS()
      entry.secretName = "cert"
      $0.tls = [entry]
    }
    let certificate = ServerCertificate(expiresAt: now.advanced(by: .seconds(left)), isSelfSigned: true)
    for (ingress, expected) in [(secure, state), (Make.ingress("web", to: "web"), .skipped)] {
      var snapshot = Recordings.snapshot(of: [ingress, .secret(Make.metadata("cert"))], at: now)
      var probe = ProbeResult(host: "todo.local", path: "/", at: now, status: 200, latency: .milliseconds(1))
      probe.certificate = certificate
      _ = snapshot.apply(.probed(probe), at: now)
      // An answer that failed shows no certificate: the last one counts.
      _ = snapshot.apply(
        .probed(ProbeResult(host: "todo.local", path: "/", at: now, status: nil, latency: .zero)), at: now)
      let path = try #require(snapshot.ingressViews(in: "n", at: now).first?.paths.first)
      #expect(path.layers.first { $0.id == .tls }?.state == expected)
      #expect(path.certificate == (expected == .skipped ? nil : certificate))
    }
  }
}

@Suite struct ProbeSummaryTests {
  let now = Timestamp(seconds: 1_800_000_000)
  let target = ProbeTarget(host: "h", path: "/")

  /// A snapshot with answers so many seconds before now, each with status and milliseconds.
  func snapshot(_ answers: [(age: Int, status: Int?, milliseconds: Int)]) -> Snapshot {
    var snapshot = Snapshot()
    for answer in answers {
      let at = now.advanced(by: .seconds(-answer.age))
      _ = snapshot.apply(
        .probed(
          ProbeResult(
            host: "h", path: "/", at: at, status: answer.status, latency: .milliseconds(answer.milliseconds))),
        at: at)
    }
    return snapshot
  }

  @Test func `answers fall into steps that end now, and a step without one is empty`() {
    let probes = snapshot([(50, 200, 9), (31, 200, 8), (14, 404, 20), (5, 503, 7), (0, nil, 2_000)]).probes
    let buckets = probes.buckets(of: target, count: 3, step: .seconds(15), endingAt: now)
    #expect(buckets.map(\.answers) == [1, 0, 3])
    #expect(buckets.map(\.failures) == [0, 0, 2])
    #expect(buckets.map(\.refusals) == [0, 0, 1])
    #expect(buckets.map(\.slowest) == [.milliseconds(8), nil, .milliseconds(20)])
    #expect(probes.buckets(of: target, count: 0, step: .seconds(15), endingAt: now).isEmpty)
  }

  @Test func `availability and latency are those of the window`() throws {
    let answers = (0..<100).reversed().map { (age: $0, status: $0 < 2 ? Int?.none : 200, milliseconds: 100 - $0) }
    let probes = snapshot([(1_000, nil, 1)] + answers).probes
    let summary = try #require(probes.summary(of: target, since: now.advanced(by: .seconds(-99)), at: now))
    #expect(summary.answers == 100 && summary.failures == 2 && summary.availability == 0.98)
    #expect(summary.median == .milliseconds(49) && summary.p95 == .milliseconds(94))
    #expect(summary.slowest == .milliseconds(98) && summary.covered == .seconds(99))
    #expect(probes.summary(of: target, since: now.advanced(by: .seconds(1)), at: now) == nil)
  }
}
