import ClusterModel
import Testing

@testable import Playbook

/// A change whose answer is lost may have been made: it is undone if it was, and never closed as if it was not.
@Suite struct LostAnswerTests {
  /// What kubectl says although the server may have made the change.
  static let lost = [
    "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
    "Unable to connect to the server: EOF", "error: unexpected EOF",
    "Unable to connect to the server: read tcp 10.0.0.2:5000->10.0.0.1:443: read: connection reset by peer",
    "Unable to connect to the server: http2: client connection lost",
    "Unable to connect to the server: something that was never seen before",
    "Error from server: etcdserver: request timed out",
    "Error from server (Timeout): the server was unable to return a response in the time allotted",
    """
    Error from server (InternalError): Internal error occurred: failed calling webhook "w": Post \
    "https://w.todo.svc:443/": dial tcp 10.0.0.9:443: connect: connection refused
    """,
    "command terminated with exit code 137", "",
  ]

  /// What proves that nothing was done.
  static let undelivered = [
    "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    "Unable to connect to the server: dial tcp: lookup nowhere: no such host",
    "Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout",
    "Unable to connect to the server: net/http: TLS handshake timeout",
    "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
  ]

  static let refused = [
    "Error from server (BadRequest): the body could not be read: unexpected EOF",
    "The Deployment \"web\" is invalid: spec.replicas: Invalid value: -1",
    "Error from server (NotFound): namespaces \"todo\" not found", "command terminated with exit code 127",
  ]

  private let pod = DrillObject(.pods, namespace: "todo", name: "web", uid: UID("a"))

  @Test func `only words that prove it say that nothing was done`() {
    let change = DrillCommand.delete(pod, byForce: false)
    for text in Self.lost {
      guard case .unknown = DrillAnswer(failure: text, of: change) else {
        Issue.record("\(text) is \(DrillAnswer(failure: text, of: change))")
        continue
      }
    }
    for text in Self.undelivered { #expect(DrillAnswer(failure: text, of: change) == .unreachable(text)) }
    for text in Self.refused { #expect(DrillAnswer(failure: text, of: change) == .refused(text)) }
    // A warning before the line that counts proves nothing.
    let warned =
      "E1121 memcache.go:265] dial tcp 10.0.0.1:443: connection refused\nUnable to connect to the server: EOF"
    #expect(DrillAnswer(failure: warned, of: change) == .unknown("Unable to connect to the server: EOF"))
    // What only reads has changed nothing, whatever became of the answer.
    for text in Self.lost {
      if case .unknown = DrillAnswer(failure: text, of: .read(pod)) { Issue.record("\(text)") }
    }
  }

  /// A drill of which the answer to the change is not what the server said.
  private func drill(
    _ id: String, _ cluster: TestCluster, isMade: Bool, _ text: String
  ) throws -> (rig: DrillRig, course: DrillCourse, change: DrillChange) {
    let plan = try DrillRig.plan(try #require(DrillKind.named(id)), in: cluster)
    let change = try #require(plan.change)
    var rig = DrillRig(cluster)
    rig.answering = { command, cluster in
      guard change.commands.contains(command) else { return nil }
      if isMade { guard case .done = cluster.answer(command) else { return nil } }
      return DrillAnswer(failure: text, of: command)
    }
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    if !rig.drive(&course, .begin), course.state != .active { _ = rig.wait(60, &course) }
    return (rig, course, change)
  }

  @Test(arguments: ["D07", "D14", "D17", "D22", "D26", "D27", "D28", "D30"], lost)
  func `a change that was made is undone, one that was not is known not to be`(id: String, text: String) throws {
    let before = TestCluster()
    let (rig, course, change) = try drill(id, TestCluster(copying: before), isMade: true, text)
    #expect(course.state == .restored, "\(course.state) \(course.notes)")
    let commands = rig.cluster.accepted
    #expect(change.commands.allSatisfy { commands.contains($0) })
    if let patch = change.patch, change.cleanup.isEmpty {
      #expect(rig.cluster.read(patch.object)?["spec"]?.sorted == before.read(patch.object)?["spec"]?.sorted)
    }
    if let creation = change.creation { #expect(rig.cluster.read(creation.object) == nil) }
    let (other, undone, _) = try drill(id, TestCluster(copying: before), isMade: false, text)
    #expect(undone.state == .neverInjected, "\(undone.state) \(undone.notes)")
    #expect(other.trace.suffix(3) == ["unlock", "dismiss", "finished NEVER_INJECTED"])
  }

  @Test(arguments: undelivered + refused)
  func `a change that was proved not to be made is given up at once`(text: String) throws {
    let (_, course, _) = try drill("D14", TestCluster(), isMade: false, text)
    #expect(course.state == .aborted && course.record.note.contains("nothing was done"), "\(course.state)")
  }

  @Test(arguments: [137, 143])
  func `a process that takes the command with it has been ended`(code: Int) {
    let text = "command terminated with exit code \(code)"
    let strike = DrillCommand.endProcess(pod, container: "web")
    #expect(DrillAnswer(failure: text, of: strike) == .done(nil))
    #expect(DrillAnswer(failure: text, of: .delete(pod, byForce: false)) == .unknown(text))
    // What the shell itself says is no sign of an end.
    for code in [1, 126, 127] {
      let text = "command terminated with exit code \(code)"
      #expect(DrillAnswer(failure: text, of: strike) == .refused(text))
    }
  }

  @Test(arguments: ["D02", "D04", "D05", "D06"], lost)
  func `a blow whose answer is lost is looked for, and never closed as not struck`(id: String, text: String) throws {
    let cluster = TestCluster()
    let sent = DrillRig(cluster).moment
    var (rig, course, _) = try drill(id, cluster, isMade: true, text)
    #expect(course.state == .active && course.record.isInjected, "\(course.state) \(course.notes)")
    #expect(course.injectedAt == sent)
    rig.pass(5)
    #expect(rig.drive(&course, .recovered) && course.state == .restored && course.record.note == "it healed by itself")
  }

  @Test func `a blow that nobody answered counts from its sending`() throws {
    let cluster = TestCluster()
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.killProcess, in: cluster), at: cluster.now))
    _ = rig.drive(&course, .begin) { isDone, output in
      if case .send = output { isDone } else { false }
    }
    let sent = rig.moment
    rig.pass(15)
    #expect(!rig.drive(&course, .answered(.unknown("kubectl did not answer within 15 s"))))
    #expect(course.state == .active && course.injectedAt == sent, "\(course.state)")
    #expect(course.notes.last?.contains("it counts as made until its time is over") == true)
  }

  @Test func `a change that arrives late is waited for, and undone, whoever wrote the field before`() throws {
    let cluster = TestCluster()
    let name = DrillRig.workloads[1]
    let object = try #require(DrillObject(name, uid: UID("")))
    // The same program scaled it earlier: the field is noted as ours.
    guard case .done = cluster.answer(.patch(object, [PatchOperation(.replace, "/spec/replicas", .number(4))])) else {
      throw CancellationError()
    }
    cluster.advance(60)
    let plan = try DrillRig.plan(.scaleToZero, in: cluster)
    let patch = try #require(plan.change?.patch)
    let now = try #require(cluster.read(object))
    #expect(Ownership(now).isOurs(["/spec/replicas"], in: now))
    #expect(patch.standing(in: now) == .before(isOurs: false))
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    let isKilled = rig.drive(&course, .begin) { isDone, output in
      if case .send = output { !isDone } else { false }
    }
    #expect(isKilled && course.state == .injecting)
    rig.pass(1)
    var rescue = DrillCourse(rescuing: try #require(rig.journal.last), from: .journal, form: nil)
    #expect(!rig.drive(&rescue, .begin) && !rig.wait(10, &rescue))
    // A slow rule of the server lets it through now.
    guard
      case .done = cluster.answer(
        .patch(patch.object, patch.with(resourceVersion: version(cluster, object)).operations))
    else { throw CancellationError() }
    #expect(rig.wait(40, &rescue) && rescue.state == .restored, "\(rescue.state) \(rescue.notes)")
    #expect(cluster.read(object)?[pointer: "/spec/replicas"] == .number(4))
  }

  private func version(_ cluster: TestCluster, _ object: DrillObject) -> String {
    cluster.read(object)?[pointer: "/metadata/resourceVersion"]?.asText ?? ""
  }

  @Test func `what may be on its way is counted from its sending, not from the beginning of the drill`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    let patch = try #require(plan.change?.patch)
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    _ = rig.drive(&course, .begin) { _, output in
      if case .startGuard = output { true } else { false }
    }
    // The watchdog takes long to answer, the machine is slow.
    rig.pass(40)
    _ = rig.drive(&course, .guarded) { _, output in
      if case .send = output { true } else { false }
    }
    #expect(course.state == .injecting)
    #expect(!rig.drive(&course, .answered(.unknown("EOF"))) && !rig.wait(20, &course) && course.state == .undoing)
    let object = patch.object
    _ = cluster.answer(.patch(object, patch.with(resourceVersion: version(cluster, object)).operations))
    #expect(rig.wait(10, &course) && course.state == .restored, "\(course.state)")
  }

  @Test func `a drill of several commands counts from the first that was acknowledged`() throws {
    let cluster = TestCluster()
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.noRoom, in: cluster), at: cluster.now))
    _ = rig.drive(&course, .begin) { isDone, output in
      if case .send(.delete) = output { !isDone } else { false }
    }
    let first = try #require(course.injectedAt)
    rig.pass(10)
    #expect(!rig.drive(&course, .answered(.done(nil))) && course.state == .active)
    #expect(course.injectedAt == first)
  }
}
