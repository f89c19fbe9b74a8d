import ClusterModel
import Testing

/// One word and one sentence, worst first.
@Suite struct VerdictTests {
  let now = Timestamp(seconds: 1_800_000_000)
  let scope = ApplicationScope(namespace: "n")

  func verdict(_ objects: [ClusterObject], _ change: (inout Snapshot) -> Void = { _ in }) -> Verdict {
    var snapshot = Recordings.snapshot(of: objects, at: now)
    change(&snapshot)
    return snapshot.verdict(of: scope, at: now)
  }

  /// A Deployment with its Service, endpoints and ingress.
  func application(available: Int = 2, ready: [Bool] = [true, true], _ change: (inout Deployment) -> Void = { _ in })
    -> [ClusterObject]
  {
    let (deployment, set) = Make.deployment("web", replicas: 2) {
      ($0.availableReplicas, $0.readyReplicas) = (available, available)
      var condition = Condition(type: "Available", status: available > 0 ? "True" : "False")
      condition.lastTransitionTime = Timestamp(seconds: 1_799_500_000)
      $0.conditions = [condition]
      change(&$0)
    }
    return [
      deployment, set, Make.service("web", selecting: ["app": "web"]), Make.slice(of: "web", ready: ready),
      Make.ingress("web", to: "web"), Make.ingressClass,
      Make.pod("web-1-a", owner: set.metadata, labels: ["app": "web"]),
    ]
  }

  func brokenPod(_ name: String, reason: String = "InvalidImageName", owner: ObjectMetadata? = nil) -> ClusterObject {
    Make.pod(name, owner: owner) {
      $0.conditions[1].status = "False"
      $0.containerStatuses[0].isReady = false
      $0.containerStatuses[0].state = .waiting(reason: reason, message: "")
    }
  }

  @Test func `before the first list nothing is claimed`() {
    let snapshot = Snapshot()
    #expect(snapshot.verdict(of: scope, at: now) == Verdict(.unknown, "no complete list of pods yet"))
  }

  @Test func `an empty namespace says that nothing is deployed`() {
    #expect(verdict([]).reason == "nothing is deployed in namespace n")
    #expect(verdict([]).word == .unknown)
  }

  @Test func `old data is no basis for a verdict`() {
    let snapshot = Recordings.snapshot(of: application(), at: now)
    let later = now.advanced(by: .seconds(300))
    let verdict = snapshot.verdict(of: scope, at: later)
    #expect(verdict.word == .unknown && verdict.reason == "nothing was heard of the pods for 5m")
  }

  @Test func `all that is wanted is there`() {
    let verdict = verdict(application())
    #expect(verdict == Verdict(.healthy, "the workload is available", usersNote: "users fine"))
  }

  @Test func `a serving workload without any pod available is down`() {
    let verdict = verdict(application(available: 0, ready: [false]) { $0.updatedReplicas = 2 })
    #expect(verdict.word == .down)
    #expect(verdict.reason.hasPrefix("web has no pod available"))
    #expect(verdict.usersNote == "users get errors")
  }

  @Test func `a workload nobody is led to degrades and does not bring down`() {
    let objects = application(available: 0).filter { $0.kind == .deployments || $0.kind == .replicaSets }
    #expect(verdict(objects).word == .degraded)
  }

  @Test func `a first rollout has nothing available yet, and that is no fault`() {
    let objects = application(available: 0) { $0.conditions = [] }
    #expect(verdict(objects.filter { $0.kind == .deployments || $0.kind == .replicaSets }).word == .rolling)
  }

  @Test func `a path whose service has no ready endpoint is down`() {
    let verdict = verdict(application(ready: [false, false]))
    #expect(verdict.word == .down)
    #expect(verdict.reason == "todo.local/: service web has no ready endpoint of 2")
  }

  @Test func `requests that fail twice in a row are down, once is not`() {
    let failing = ProbeResult(host: "todo.local", path: "/", at: now, status: 503, latency: .zero)
    let once = verdict(application()) { _ = $0.apply(.probed(failing), at: now) }
    #expect(once.word == .degraded && once.usersNote == "some requests fail")
    let twice = verdict(application()) {
      _ = $0.apply(.probed(failing), at: now)
      _ = $0.apply(.probed(failing), at: now)
    }
    #expect(twice.word == .down && twice.reason == "todo.local/ answers HTTP 503" && twice.since == now)
  }

  @Test func `a rollout without trouble is rolling`() {
    let verdict = verdict(application { $0.updatedReplicas = 1 })
    #expect(verdict.word == .rolling)
    #expect(verdict.reason == "web: 1 of 2 new, 2 available")
    #expect(verdict.usersNote == "users fine")
  }

  @Test func `a rollout with a broken pod is degraded, and users are fine`() {
    let (_, set) = Make.deployment("web", replicas: 2)
    let verdict = verdict(application { $0.updatedReplicas = 1 } + [brokenPod("web-1-b", owner: set.metadata)])
    #expect(verdict.word == .degraded && verdict.usersNote == "users fine")
    #expect(verdict.reason == "web: pod b: container app: \"\" is no valid image name")
  }

  @Test func `an exceeded deadline is degraded`() {
    let verdict = verdict(
      application {
        var condition = Condition(type: "Progressing", status: "False")
        condition.reason = "ProgressDeadlineExceeded"
        $0.conditions = [condition]
      })
    #expect(verdict.word == .degraded && verdict.reason == "web: the rollout exceeded its progress deadline")
  }

  @Test func `a pod lost without a rollout is degraded, a pod not there yet after scaling is rolling`() {
    var snapshot = Recordings.snapshot(of: application(), at: now)
    let (lost, _) = Make.deployment("web", replicas: 2, version: "2") { $0.availableReplicas = 1 }
    _ = snapshot.apply(.applied(lost), at: now)
    #expect(snapshot.verdict(of: scope, at: now).word == .degraded)
    #expect(snapshot.verdict(of: scope, at: now).reason == "web: 1 of 2 pods available")
    let (scaled, _) = Make.deployment("web", replicas: 3, version: "3") {
      $0.availableReplicas = 2
      ($0.metadata.generation, $0.observedGeneration) = (2, 2)
    }
    _ = snapshot.apply(.applied(scaled), at: now)
    #expect(snapshot.verdict(of: scope, at: now).word == .rolling)
  }

  @Test func `a broken pod without a controller degrades a namespace, but not named workloads`() {
    let objects = application() + [brokenPod("lonely")]
    #expect(verdict(objects).reason == "pod lonely: container app: \"\" is no valid image name")
    let named = ApplicationScope(
      namespace: "n", workloads: [ObjectKey(.deployments, namespace: "n", name: "web")])
    #expect(Recordings.snapshot(of: objects, at: now).verdict(of: named, at: now).word == .healthy)
  }

  @Test func `a named workload that is not there is told`() {
    let web = ObjectKey(.deployments, namespace: "n", name: "web")
    let api = ObjectKey(.deployments, namespace: "n", name: "api")
    let snapshot = Recordings.snapshot(of: application(), at: now)
    let some = snapshot.verdict(of: ApplicationScope(namespace: "n", workloads: [web, api]), at: now)
    #expect(some.word == .degraded && some.reason == "api is not deployed")
    let none = snapshot.verdict(of: ApplicationScope(namespace: "n", workloads: [api]), at: now)
    #expect(none.word == .unknown && none.reason == "api is not deployed in namespace n")
  }

  @Test(arguments: [
    ("todo", "todo.local/: class: class nginx does not exist"),
    ("broken", "crashloop: pod z2zw2: container app keeps crashing: exit code 2, restarted 16 times (and 4 more)"),
  ])
  func `the recorded namespaces get their verdict`(_ folder: String, _ reason: String) throws {
    let verdict = try Recordings.snapshot(folder).verdict(
      of: ApplicationScope(namespace: folder == "todo" ? "todo" : "todo-broken"), at: try Recordings.now(folder))
    #expect(verdict.word == .degraded)
    #expect(verdict.reason == reason)
    #expect(verdict.subject != nil)
  }
}

/// The first layer that is broken is named.
@Suite struct IngressLayerTests {
  let now = Timestamp(seconds: 1_800_000_000)

  func firstFailing(_ objects: [ClusterObject]) -> String? {
    let view = Recordings.snapshot(of: objects, at: now).ingressViews(in: "n", at: now).first
    return view?.firstFailing.map { "\($0.id): \($0.detail)" }
  }

  var whole: [ClusterObject] {
    [
      Make.ingressClass, Make.service("web", selecting: ["app": "web"]), Make.slice(of: "web", ready: [true, false]),
      Make.pod("web-1-a", labels: ["app": "web"]),
    ]
  }

  @Test func `a path that is whole has no failing layer`() throws {
    let snapshot = Recordings.snapshot(of: whole + [Make.ingress("web", to: "web")], at: now)
    let path = try #require(snapshot.ingressViews(in: "n", at: now).first?.paths.first)
    #expect(path.firstFailing == nil && path.readyEndpoints == 1 && path.totalEndpoints == 2)
    #expect(path.layers.map(\.id) == IngressLayer.ID.allCases)
    #expect(snapshot.ingressViews(in: "n", hosts: ["other.local"], at: now).isEmpty)
  }

  @Test func `each broken layer is the first that is named`() {
    #expect(firstFailing(whole + [Make.ingress("web", to: "nobody")]) == "service: service nobody does not exist")
    #expect(firstFailing(whole + [Make.ingress("web", to: "web", port: 81)]) == "service: service web has no port 81")
    #expect(
      firstFailing(whole + [Make.ingress("web", to: "web") { $0.className = "x" }])
        == "ingressClass: class x does not exist")
    #expect(
      firstFailing(whole + [Make.ingress("web", to: "web") { $0.className = nil }])
        == "ingressClass: no class is named, and no class is the default")
    #expect(
      firstFailing(whole + [Make.ingress("web", to: "web") { $0.addresses = [] }])
        == "address: no controller gave it an address for 11d")
    let tls = Make.ingress("web", to: "web") {
      var entry = IngressTLS()
      entry.secretName = "cert"
      $0.tls = [entry]
    }
    #expect(firstFailing(whole + [tls]) == "tls: secret cert does not exist")
    let redirect = Make.ingress("web", to: "web") {
      $0.metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"] = "true"
    }
    #expect(firstFailing(whole + [redirect]) == "tls: redirects to HTTPS and has no certificate")
    let rewrite = Make.ingress("web", to: "web") {
      $0.metadata.annotations["nginx.ingress.kubernetes.io/rewrite-target"] = "/"
      $0.rules[0].paths[0].path = "/api"
    }
    #expect(firstFailing(whole + [rewrite]) == "rewrite: every request below /api is rewritten to /")
    #expect(
      firstFailing([Make.ingressClass, Make.service("web", selecting: ["a": "b"]), Make.ingress("web", to: "web")])
        == "selector: service web selects no pod (a=b)")
  }
}
