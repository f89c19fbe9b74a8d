import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillCourseTests {
  private static func isSend(_ output: DrillCourse.Output) -> Bool { if case .send = output { true } else { false } }

  private func begun(
    _ kind: DrillKind, _ cluster: TestCluster = TestCluster(), limit: Int = 120
  ) throws -> (DrillRig, DrillCourse) {
    var rig = DrillRig(cluster)
    let record = try DrillRig.record(DrillRig.plan(kind, in: cluster, limit: limit), at: cluster.now)
    var course = DrillCourse(record)
    _ = rig.drive(&course, .begin)
    return (rig, course)
  }

  @Test func `every state is written down before anything is done in it`() throws {
    var (rig, course) = try begun(.badImage)
    #expect(
      rig.trace == [
        "write RECORDED", "lock", "write LOCKED", "guard", "write GUARDED", "write INJECTING", "send patch",
        "write ACTIVE",
      ])
    rig.pass(20)
    #expect(rig.drive(&course, .undo("you")))
    #expect(
      rig.trace.dropFirst(8) == [
        "write UNDOING", "look", "send patch", "look", "send patch", "write RESTORED", "unlock",
        "dismiss",
        "finished RESTORED",
      ])
    #expect(course.undoneAt != nil && course.record.note == "undone: you")
  }

  @Test func `what heals by itself is closed when it has recovered, with nothing sent`() throws {
    var (rig, course) = try begun(.killPod)
    #expect(course.state == .active && rig.trace.contains("send delete"))
    rig.pass(30)
    #expect(rig.drive(&course, .recovered))
    #expect(course.state == .restored && rig.trace.filter { $0.hasPrefix("send") }.count == 1)
  }

  @Test func `with a full disk nothing is begun`() throws {
    let cluster = TestCluster()
    var rig = DrillRig(cluster)
    rig.diskProblem = "no space left on device"
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.badImage, in: cluster), at: cluster.now))
    #expect(rig.drive(&course, .begin))
    #expect(course.state == .aborted && cluster.accepted.isEmpty)
    #expect(course.record.note.contains("no space left on device; nothing was done"))
  }

  @Test func `a disk that fills up meanwhile does not keep the undo back`() throws {
    var (rig, course) = try begun(.badImage)
    rig.diskProblem = "no space left on device"
    #expect(rig.drive(&course, .undo("you")))
    #expect(course.state == .restored && course.notes.contains { $0.contains("no space left") })
  }

  @Test func `a lock of somebody else stops it; without the right to one it goes on with a warning`() throws {
    let cluster = TestCluster()
    let (_, first) = try begun(.badImage, cluster)
    #expect(first.state == .active && first.form == .lease)
    var rig = DrillRig(cluster)
    var second = DrillCourse(first.record)
    #expect(rig.drive(&second, .begin))
    #expect(second.state == .aborted && second.record.note.contains("bob@two"))

    let other = TestCluster()
    other.forbidden = ["create leases.coordination.k8s.io"]
    #expect(try begun(.badImage, other).1.form == .configMap)
    let third = TestCluster()
    third.forbidden = ["create leases.coordination.k8s.io", "create configmaps"]
    let (_, local) = try begun(.badImage, third)
    #expect(local.form == .local && local.state == .active)
    #expect(local.notes.contains { $0.contains("other machines do not see this drill") })
  }

  @Test func `without a watchdog that answers nothing is done`() throws {
    let cluster = TestCluster()
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.badImage, in: cluster), at: cluster.now))
    let moment = DrillRig(cluster).moment
    _ = course.take(.begin, at: moment)
    _ = course.take(.written, at: moment)
    _ = course.take(.locked(.lease), at: moment)
    _ = course.take(.written, at: moment)
    _ = course.take(.notGuarded("it said nothing"), at: moment)
    #expect(course.take(.written, at: moment) == [.unlock, .finished(.aborted)])
  }

  @Test func `an object that was changed since the plan is not hit`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    let patch = try #require(plan.change?.patch)
    try cluster.colleague(
      patch.object,
      [PatchOperation(.replace, "/spec/minReadySeconds", .number(1))].map {
        PatchOperation(.add, $0.path, $0.value)
      })
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    #expect(rig.drive(&course, .begin))
    #expect(course.state == .aborted && course.record.note.contains("somebody changed it meanwhile"))
  }

  @Test func `it is undone at the limit, and a sleep beyond it ends it on waking`() throws {
    var (rig, course) = try begun(.badImage, limit: 10)
    #expect(course.timeLeft(at: rig.moment) == .seconds(10))
    rig.pass(9)
    #expect(!rig.drive(&course, .tick) && course.state == .active)
    rig.pass(1)
    #expect(rig.drive(&course, .tick) && course.state == .restored)
    #expect(course.record.note == "undone: the time limit of 10 s")

    var (asleep, slept) = try begun(.badImage, limit: 60)
    asleep.pass(3_600)
    #expect(asleep.drive(&slept, .tick) && slept.state == .restored)
    #expect(slept.record.note.contains("over since 3540 s: the machine slept"), "\(slept.record.note)")
  }

  @Test(arguments: [-3_600, 0, 3_600])
  func `a clock that is set neither shortens nor prolongs it`(step: Int64) throws {
    var (rig, course) = try begun(.badImage, limit: 60)
    rig.pass(30)
    rig.setClock(by: .seconds(step))
    #expect(!rig.drive(&course, .tick) && course.timeLeft(at: rig.moment) == .seconds(30))
    rig.pass(29)
    #expect(!rig.drive(&course, .tick) && course.state == .active)
    rig.pass(1)
    #expect(rig.drive(&course, .tick) && course.state == .restored)
    #expect(course.record.note == "undone: the time limit of 60 s", "\(course.record.note)")
    let start = try #require(course.injectedAt)
    #expect(course.undoneAt?.since(start) == .seconds(60) && course.closedAt?.since(start) == .seconds(60))
  }

  @Test(arguments: [-3_600, 0, 3_600])
  func `a clock that is set while a cluster is away changes nothing of the way back`(step: Int64) throws {
    var (rig, course) = try begun(.badImage)
    rig.cluster.isReachable = false
    #expect(!rig.drive(&course, .undo("you")))
    rig.setClock(by: .seconds(step))
    #expect(!rig.wait(100, &course))
    let looks = rig.trace.filter { $0 == "look" }.count
    #expect((6...9).contains(looks), "\(looks)")
    rig.cluster.isReachable = true
    #expect(rig.wait(40, &course) && course.state == .restored)
  }

  @Test(arguments: [
    (DrillObservation(isHarmless: true, failuresInRow: 8), true),
    (DrillObservation(isHarmless: true, failuresInRow: 7), false),
    (DrillObservation(isHarmless: false, failuresInRow: 100), false),
    (DrillObservation(isHarmless: false, unreachableFor: .seconds(11)), true),
    (DrillObservation(isHarmless: false, unreachableFor: .seconds(10)), false),
    (DrillObservation(isHarmless: true, harmElsewhere: ["pod/other was restarted"]), true),
  ])
  func `it is stopped when it does more than was said`(observation: DrillObservation, isStopped: Bool) throws {
    var (rig, course) = try begun(.badImage)
    #expect(rig.drive(&course, .observed(observation)) == isStopped)
    #expect(course.state == (isStopped ? .restored : .active))
  }

  @Test func `a cluster that goes away is waited for, longer each time, and undone when it is back`() throws {
    var (rig, course) = try begun(.badImage)
    rig.cluster.isReachable = false
    #expect(!rig.drive(&course, .undo("you")))
    #expect(!rig.wait(100, &course) && course.state == .undoing)
    let looks = rig.trace.filter { $0 == "look" }.count
    #expect((6...9).contains(looks), "\(looks)")
    rig.cluster.isReachable = true
    #expect(rig.wait(40, &course) && course.state == .restored)
  }

  @Test func `an undo that the object changes under is tried again and again, after a pause each time`() throws {
    var (rig, course) = try begun(.badImage)
    let inverse = try #require(course.record.change.patch?.inverse)
    var left = 8
    rig.answering = { command, _ in
      guard case .patch(_, let operations) = command, jsonText(operations) == jsonText(inverse), left > 0 else {
        return nil
      }
      left -= 1
      return .changed
    }
    #expect(!rig.drive(&course, .undo("you")) && left == 7, "one try at once")
    #expect(rig.wait(180, &course) && course.state == .restored && left == 0, "\(course.state) \(left)")
    #expect(course.notes.contains("the undo is not accepted"))
    #expect(!course.notes.contains { $0.contains("--force-conflicts") })
  }

  @Test func `fields are given back although the status is written meanwhile`() throws {
    for seconds in [2.0, 60] {
      var (rig, course) = try begun(.badImage)
      let end = rig.cluster.now.advanced(by: .milliseconds(Int64(seconds * 1_000)))
      rig.answering = { command, cluster in
        guard case .patch(_, let operations) = command, cluster.now < end,
          operations.contains(where: { $0.path == "/metadata/managedFields" })
        else { return nil }
        return .changed
      }
      let isOver = rig.drive(&course, .undo("you")) || rig.wait(60, &course)
      #expect(isOver && course.state == .restored)
      // It is not worth more than a few tries.
      #expect(course.notes.contains { $0.contains("--force-conflicts") } == (seconds > 10), "\(course.notes)")
    }
  }

  @Test func `an answer that is lost counts as done until the object says otherwise`() throws {
    for isMade in [true, false] {
      let cluster = TestCluster()
      let plan = try DrillRig.plan(.badImage, in: cluster)
      let record = try DrillRig.record(plan, at: cluster.now)
      var rig = DrillRig(cluster)
      var course = DrillCourse(record)
      _ = rig.drive(&course, .begin) { isDone, output in !isDone && Self.isSend(output) }
      let patch = try #require(plan.change?.patch)
      if isMade { _ = cluster.answer(.patch(patch.object, patch.operations)) }
      #expect(!rig.drive(&course, .answered(.unknown("EOF"))) || isMade)
      if !isMade { #expect(rig.wait(60, &course)) }
      #expect(course.state == (isMade ? .restored : .neverInjected), "\(course.state)")
    }
  }

  @Test func `a wish to undo while the change is on its way is kept`() throws {
    let cluster = TestCluster()
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.badImage, in: cluster), at: cluster.now))
    var rig = DrillRig(cluster)
    var closed = rig.drive(&course, .begin) { isDone, output in isDone && Self.isSend(output) }
    #expect(closed && rig.trace.last == "send patch")
    _ = course.take(.undo("the program ends"), at: rig.moment)
    closed = rig.drive(&course, .answered(.done(nil)))
    #expect(closed && course.state == .restored && course.record.note == "undone: the program ends")
  }

  @Test func `an eviction that a budget refuses is what the budget is for`() throws {
    let cluster = TestCluster()
    var course = DrillCourse(try DrillRig.record(DrillRig.plan(.evictPod, in: cluster), at: cluster.now))
    let moment = DrillRig(cluster).moment
    for input in [DrillCourse.Input.begin, .written, .locked(.local), .written, .guarded, .written, .written] {
      _ = course.take(input, at: moment)
    }
    #expect(course.state == .injecting)
    _ = course.take(.answered(.budget), at: moment)
    _ = course.take(.written, at: moment)
    #expect(course.state == .active && course.record.note.contains("budget refused"))
  }

  @Test func `a target that is gone by the time of the undo closes it`() throws {
    var (rig, course) = try begun(.badImage)
    let object = try #require(course.record.change.subject)
    _ = rig.cluster.answer(.delete(object, byForce: false))
    rig.pass(5)
    #expect(rig.drive(&course, .undo("you")) && course.state == .targetGone)
    #expect(course.undoneAt == rig.moment && course.closedAt == rig.moment)
  }

  @Test(arguments: [
    ("D14", "kubectl-edit, 20"), ("D26", "kubectl-edit, 20"), ("D27", "kubectl-edit, 20"), ("D28", "kubectl-edit, 20"),
    // A field that was taken away again is nobody's.
    ("D22", "somebody whom the object does not name"),
  ])
  func `what somebody else put back counts as undone since it was seen, and says who it was`(
    id: String, who: String
  ) throws {
    let kind = try #require(DrillKind.named(id))
    var (rig, course) = try begun(kind)
    let patch = try #require(course.record.change.patch)
    try rig.cluster.colleague(patch.object, patch.inverse)
    rig.pass(5)
    let sent = rig.trace.count { $0.hasPrefix("send") }
    #expect(rig.drive(&course, .undo("you")) && course.state == .restoredByOther, "\(course.state)")
    #expect(course.undoneAt == rig.moment && rig.trace.count { $0.hasPrefix("send") } == sent)
    #expect(course.record.note.hasPrefix("put back by \(who)"), "\(course.record.note)")
  }

  @Test func `an object of the drill that somebody else deleted is said to be`() throws {
    var (rig, course) = try begun(.partition)
    let creation = try #require(course.record.change.creation)
    _ = rig.cluster.answer(.delete(creation.object, byForce: false))
    rig.pass(5)
    #expect(rig.drive(&course, .undo("you")) && course.state == .restoredByOther)
    #expect(course.undoneAt == rig.moment && course.record.note.hasSuffix("was deleted by somebody else"))
  }

  @Test func `an undo whose answer is lost counts since it was seen to be made`() throws {
    var (rig, course) = try begun(.badImage)
    let inverse = try #require(course.record.change.patch?.inverse)
    rig.answering = { command, cluster in
      guard case .patch(_, let operations) = command, jsonText(operations) == jsonText(inverse) else { return nil }
      _ = cluster.answer(command)
      return .unknown("EOF")
    }
    #expect(!rig.drive(&course, .undo("you")) && course.undoneAt == nil)
    #expect(rig.wait(10, &course) && course.state == .restored && course.undoneAt != nil)
  }
}
