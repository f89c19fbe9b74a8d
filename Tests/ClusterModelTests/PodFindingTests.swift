import ClusterModel
import Testing

/// What is wrong with a pod, in states the recordings do not have, and how long it is given.
@Suite struct PodFindingTests {
  static let now = Timestamp(seconds: 1_800_000_000)
  static func ago(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(-seconds)) }

  func snapshot(_ object: ClusterObject, _ events: [ClusterObject] = []) -> Snapshot {
    var snapshot = Snapshot()
    _ = snapshot.apply(.applied(object), at: Self.now)
    for event in events { _ = snapshot.apply(.applied(event), at: Self.now) }
    return snapshot
  }

  func pod(scheduled seconds: Int, _ state: ContainerState, restarts: Int = 0, last: ContainerState = .absent)
    -> ClusterObject
  {
    Make.pod("a") {
      $0.phase = "Running"
      $0.conditions[0].lastTransitionTime = Self.ago(seconds)
      $0.conditions[1].status = "False"
      $0.conditions[1].lastTransitionTime = Self.ago(seconds)
      $0.containers[0].image = "web:1"
      $0.containers[0].limits.memoryBytes = 64 << 20
      $0.containerStatuses[0].isReady = false
      $0.containerStatuses[0].restartCount = restarts
      $0.containerStatuses[0].state = state
      $0.containerStatuses[0].lastState = last
    }
  }

  static func ended(_ code: Int, _ reason: String, ago seconds: Int) -> ContainerState {
    var end = Termination()
    (end.exitCode, end.reason, end.finishedAt) = (code, reason, ago(seconds))
    return .terminated(end)
  }

  /// The waiting reason and message, how long ago it was scheduled, the headline, and whether it is bad by now.
  @Test(arguments: [
    ("ErrImageNeverPull", "", 1, "container app: image web:1 is not on the node and may not be pulled", true),
    (
      "ErrImagePull", "dial tcp: lookup r: no such host", 5,
      "container app cannot pull web:1: the registry's host name is unknown", false
    ),
    (
      "ErrImagePull", "dial tcp: lookup r: no such host", 16,
      "container app cannot pull web:1: the registry's host name is unknown", true
    ),
    (
      "ImagePullBackOff", "failed to pull: toomanyrequests: slow down", 30,
      "container app cannot pull web:1: too many requests to the registry", false
    ),
    (
      "ImagePullBackOff", "failed to pull: toomanyrequests: slow down", 61,
      "container app cannot pull web:1: too many requests to the registry", true
    ),
    (
      "CreateContainerConfigError", "configmap \"m\" not found", 20,
      "container app cannot start: configmap \"m\" not found", true
    ),
    (
      "CreateContainerConfigError", "failed to sync secret cache: timed out", 20,
      "container app cannot start: failed to sync secret cache: timed out", false
    ),
    ("Odd", "", 10, "container app waits: Odd", false),
    ("ContainerCreating", "", 10, "", false),
    ("ContainerCreating", "", 130, "node node-1 has not made its containers yet", true),
  ])
  func `a waiting container`(_ reason: String, _ message: String, _ seconds: Int, _ headline: String, _ isBad: Bool) {
    let snapshot = snapshot(pod(scheduled: seconds, .waiting(reason: reason, message: message)))
    let summary = snapshot.podSummary(Make.podKey("a"))
    #expect(summary?.headline(at: Self.now) == headline)
    #expect(summary?.health(at: Self.now) == (isBad ? .bad : .progressing))
    #expect(snapshot.totals(.all, at: Self.now).bad == (isBad ? 1 : 0))
  }

  @Test func `a container that ran out of memory names its limit`() {
    let crashing = pod(
      scheduled: 600, .waiting(reason: "CrashLoopBackOff", message: ""), restarts: 3,
      last: Self.ended(137, "OOMKilled", ago: 5))
    let finding = snapshot(crashing).findings(ofPod: Make.podKey("a"), at: Self.now).first
    #expect(finding?.headline == "container app runs out of memory (limit 64Mi), restarted 3 times")
    #expect(finding?.severity == .failure && finding?.since == Self.ago(5))
    #expect(finding?.detail.contains("SIGKILL") == true)
  }

  @Test func `the first crashes are suspect, the third is not`() {
    for (restarts, expected) in [(1, PodHealth.progressing), (3, .bad)] {
      let crashing = pod(
        scheduled: 30, .waiting(reason: "CrashLoopBackOff", message: ""), restarts: restarts,
        last: Self.ended(1, "Error", ago: 5))
      #expect(snapshot(crashing).podSummary(Make.podKey("a"))?.health(at: Self.now) == expected)
    }
  }

  @Test func `a pod that crashed again and again is believed only after it ran for a while`() {
    let object = Make.pod("a") {
      $0.containerStatuses[0].restartCount = 5
      $0.containerStatuses[0].state = .running(startedAt: Self.ago(3))
      $0.containerStatuses[0].lastState = Self.ended(1, "Error", ago: 20)
    }
    let snapshot = snapshot(object)
    #expect(snapshot.totals(.all).good == 1)
    #expect(snapshot.totals(.all, at: Self.now).bad == 1)
    #expect(snapshot.findings(ofPod: Make.podKey("a"), at: Self.now).count == 1)
    #expect(snapshot.totals(.all, at: Self.now.advanced(by: .seconds(60))).bad == 0)
  }

  @Test func `a volume that cannot be mounted is found in the events`() {
    var event = KubernetesEvent()
    if case .event(let made) = Make.event("e", about: "a", at: 0, reason: "FailedMount") { event = made }
    event.message = "MountVolume.SetUp failed for volume \"cfg\" : secret \"s\" not found"
    event.firstTimestamp = Self.ago(70)
    let creating = pod(scheduled: 80, .waiting(reason: "ContainerCreating", message: ""))
    let summary = snapshot(creating, [.event(event)]).podSummary(Make.podKey("a"))
    #expect(summary?.headline(at: Self.now) == "cannot mount volume cfg: secret \"s\" not found")
    #expect(summary?.health(at: Self.now) == .bad)
  }

  @Test func `a deleted pod is fine until its grace period is over`() {
    let object = Make.pod("a") { $0.metadata.deletionTimestamp = Self.now }
    let snapshot = snapshot(object)
    #expect(snapshot.findings(ofPod: Make.podKey("a"), at: Self.now).isEmpty)
    let later = Self.now.advanced(by: .seconds(11))
    #expect(
      snapshot.findings(ofPod: Make.podKey("a"), at: later).first?.headline
        == "terminating longer than its grace period")
    #expect(snapshot.podSummary(Make.podKey("a"))?.health(at: later) == .bad)
  }

  @Test func `a pod that starts normally is progressing, one whose Job is done is done`() {
    let starting = pod(scheduled: 5, .running(startedAt: Self.ago(3)))
    #expect(snapshot(starting).podSummary(Make.podKey("a"))?.health(at: Self.now) == .progressing)
    let done = snapshot(Make.pod("a", phase: "Succeeded"))
    #expect(done.podSummary(Make.podKey("a"))?.health(at: Self.now) == .done)
    #expect(done.findings(ofPod: Make.podKey("a"), at: Self.now).isEmpty)
  }

  @Test func `a lost node is named`() {
    let object = Make.pod("a") { $0.phase = "Unknown" }
    #expect(
      snapshot(object).podSummary(Make.podKey("a"))?.headline(at: Self.now)
        == "node node-1 does not answer; the state of the pod is unknown")
  }

  @Test func `pods that cannot be made are told by their workload`() {
    let (deployment, set) = Make.deployment("web", replicas: 1) { ($0.availableReplicas, $0.updatedReplicas) = (0, 0) }
    guard case .replicaSet(var replicaSet) = set else { return }
    var condition = Condition(type: "ReplicaFailure", status: "True")
    condition.message = "pods \"web-1-x\" is forbidden: exceeded quota: compute"
    condition.lastTransitionTime = Self.ago(60)
    replicaSet.conditions = [condition]
    let snapshot = Recordings.snapshot(of: [deployment, .replicaSet(replicaSet)], at: Self.now)
    let row = snapshot.workload(deployment.key, at: Self.now)
    #expect(row?.headline == "cannot make pods: exceeded quota: compute" && row?.health == .down)
  }
}
