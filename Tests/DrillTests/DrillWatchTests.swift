import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillWatchTests {
  /// Does a drill as the screen would, second by second; undoes it after some, and watches until it has recovered.
  private func run(
    _ kind: DrillKind, named name: String, undoAfter: Int = 20,
    isGood: (DrillWatch, Snapshot) -> Bool = { _, _ in true }
  ) throws -> (watch: DrillWatch, course: DrillCourse) {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(kind, in: cluster, named: name)
    var watch = DrillWatch(plan, DrillRig.setting(at: cluster.now).scope)
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    _ = rig.drive(&course, .begin)
    for second in 0..<150 where !watch.measures.isRecoveryHeld {
      rig.pass(1)
      let snapshot = try cluster.snapshot()
      watch.take(
        DrillProbe("todo.local/", at: cluster.now, isGood: isGood(watch, snapshot), latency: .milliseconds(8)))
      for input in watch.take(snapshot, course, at: cluster.now) { _ = rig.drive(&course, input) }
      if second == undoAfter, course.record.change.hasInverse { _ = rig.drive(&course, .undo("the test")) }
      if course.state == .active { _ = rig.drive(&course, .tick) }
    }
    return (watch, course)
  }

  @Test func `a pod that is killed is seen, replaced, and the drill has passed`() throws {
    let plan = try DrillRig.plan(.evictPod, in: TestCluster())
    let (watch, course) = try run(.killPod, named: plan.target.object.name)
    #expect(course.state == .restored && course.record.note == "it healed by itself")
    #expect(watch.evidence.hasSuffix("is ending") && watch.measures.timeToSignal == .seconds(1))
    #expect(watch.conditions.allSatisfy { $0.holds })
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .passed, "\(verdict.reasons) \(watch.measures.timeToRecover ?? .zero)")
  }

  @Test func `a bad image is held back by the gate, undone, and the drill has passed`() throws {
    let (watch, course) = try run(.badImage, named: "todo-frontend")
    #expect(course.state == .restored && watch.evidence.contains("ErrImagePull"), "\(watch.evidence)")
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .passed, "\(verdict.reasons) \(watch.conditions.filter { !$0.holds })")
  }

  @Test func `an eviction that its budget refuses is what was to be seen`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.evictPod, in: cluster)
    var watch = DrillWatch(plan, DrillRig.setting(at: cluster.now).scope)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    course.injectedAt = DrillCourse.Moment(wall: cluster.now, uptime: .zero)
    _ = watch.take(try cluster.snapshot(), course, at: cluster.now)
    #expect(watch.measures.signalAt == nil)
    course.notes.append(DrillCourse.budgetKept)
    _ = watch.take(try cluster.snapshot(), course, at: cluster.now)
    #expect(watch.measures.signalAt == cluster.now && watch.evidence.contains("refused the eviction"))
  }

  @Test func `where the network keeps no policies, a partition has no effect and has not passed`() throws {
    let (watch, course) = try run(.partition, named: "todo-frontend")
    #expect(course.state == .restored)
    #expect(watch.verdict(course, isStopped: false).word == .noEffect)
  }

  @Test func `a drill that does more than was promised is stopped`() throws {
    let (watch, course) = try run(.badImage, named: "todo-frontend", undoAfter: 100) { watch, _ in
      watch.measures.startedAt == nil
    }
    #expect(course.state == .restored && course.record.note.contains("requests in a row failed"))
    #expect(watch.verdict(course, isStopped: true).word == .aborted)
  }

  @Test func `a Service without endpoints is seen on the screen in time`() throws {
    let (watch, course) = try run(.brokenSelector, named: "todo-frontend") { _, snapshot in
      snapshot.readyEndpoints(of: ObjectKey(.services, namespace: "todo", name: "todo-frontend")) > 0
    }
    #expect(course.state == .restored && watch.evidence == "todo-frontend has no ready endpoint")
    #expect(try #require(watch.measures.timeToScreen) <= .seconds(10))
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .passed, "\(verdict.reasons)")
  }
}
