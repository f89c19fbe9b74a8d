import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillWatchTests {
  /// Does a drill as the screen would, second by second; undoes it after some, and watches until it has recovered.
  private func run(
    _ kind: DrillKind, named name: String, undoAfter: Int = 20, clockSetBy step: Int64 = 0,
    meanwhile: (DrillCourse, TestCluster) throws -> Void = { _, _ in },
    isGood: (DrillWatch, Snapshot) -> Bool = { _, _ in true }
  ) throws -> (watch: DrillWatch, course: DrillCourse) {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(kind, in: cluster, named: name)
    var watch = DrillWatch(plan, DrillRig.setting(at: cluster.now).scope)
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    _ = rig.drive(&course, .begin)
    for second in 0..<150 where !watch.measures.isRecoveryHeld {
      if second == 4 { rig.setClock(by: .seconds(step)) }
      if second == undoAfter - 5 { try meanwhile(course, cluster) }
      rig.pass(1)
      let snapshot = try cluster.snapshot(stampedAt: rig.moment.wall)
      watch.take(
        DrillProbe("todo.local/", at: rig.moment, isGood: isGood(watch, snapshot), latency: .milliseconds(8)))
      for input in watch.take(snapshot, course, at: rig.moment) { _ = rig.drive(&course, input) }
      if second == undoAfter, course.record.change.hasInverse { _ = rig.drive(&course, .undo("the test")) }
      if course.state == .active { _ = rig.drive(&course, .tick) }
    }
    _ = watch.take(try cluster.snapshot(stampedAt: rig.moment.wall), course, at: rig.moment)
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

  @Test func `what answered before must answer three times again, also where no ingress leads`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.brokenSelector, in: cluster)
    let change = try #require(plan.change)
    let (path, snapshot) = ("service todo-backend, through the API", try cluster.snapshot())
    var row = DrillRow()
    for good in 0...3 {
      if good > 0 { row.take(DrillProbe(path, at: DrillRig(cluster).moment, isGood: true, latency: .zero)) }
      let found = plan.baseline.conditions(
        after: change, in: snapshot, users: [path: row], answered: [path], at: cluster.now)
      #expect(found.first { $0.title == "\(path) answers" }?.holds == (good == 3))
    }
    let unasked = plan.baseline.conditions(after: change, in: snapshot, users: [path: row], at: cluster.now)
    #expect(!unasked.contains { $0.title.hasPrefix(path) })
  }

  @Test func `an eviction that its budget refuses is what was to be seen`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.evictPod, in: cluster)
    var watch = DrillWatch(plan, DrillRig.setting(at: cluster.now).scope)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    let now = DrillRig(cluster).moment
    course.injectedAt = now
    _ = watch.take(try cluster.snapshot(), course, at: now)
    #expect(watch.measures.signalAt == nil)
    course.notes.append(DrillCourse.budgetKept)
    _ = watch.take(try cluster.snapshot(), course, at: now)
    #expect(watch.measures.signalAt == now && watch.evidence.contains("refused the eviction"))
  }

  @Test func `where the network keeps no policies, a partition has no effect and has not passed`() throws {
    let (watch, course) = try run(.partition, named: "todo-frontend")
    #expect(course.state == .restored)
    #expect(watch.verdict(course, isStopped: false).word == .noEffect)
  }

  @Test func `a drill that does more than was promised is stopped`() throws {
    let (watch, course) = try run(
      .badImage, named: "todo-frontend", undoAfter: 100, isGood: { watch, _ in watch.measures.startedAt == nil })
    #expect(course.state == .restored && course.record.note.contains("requests in a row failed"))
    #expect(watch.verdict(course, isStopped: true).word == .aborted)
  }

  /// Whether the frontend's Service leads anywhere.
  private static func isServed(_: DrillWatch, _ snapshot: Snapshot) -> Bool {
    snapshot.readyEndpoints(of: ObjectKey(.services, namespace: "todo", name: "todo-frontend")) > 0
  }

  @Test(arguments: ["D02", "D06", "D14", "D27", "D30"], [-3_600, 3_600] as [Int64])
  func `a clock that is set in the middle of a drill changes no figure`(id: String, step: Int64) throws {
    let kind = try #require(DrillKind.named(id))
    let plan = try DrillRig.plan(kind, in: TestCluster(), named: id == "D27" ? "todo-frontend" : nil)
    let name = plan.target.object.name
    let calm = try run(kind, named: name, isGood: Self.isServed)
    let moved = try run(kind, named: name, clockSetBy: step, isGood: Self.isServed)
    func figures(_ measures: DrillMeasures) -> [Duration?] {
      [
        measures.timeToSignal, measures.timeToUndo, measures.timeToRecover, measures.timeToRecoverAfterUndo,
        // Whether a pod takes too long to start is told by its age, for which the screen asks the clock on the wall.
        ["D27", "D30"].contains(id) ? measures.timeToScreen : nil,
      ]
    }
    #expect(figures(moved.watch.measures) == figures(calm.watch.measures))
    #expect(moved.watch.measures.paths == calm.watch.measures.paths && moved.watch.evidence == calm.watch.evidence)
    #expect(moved.course.state == calm.course.state && moved.course.notes == calm.course.notes)
    let verdicts = [calm, moved].map { $0.watch.verdict($0.course, isStopped: false) }
    #expect(verdicts[0] == verdicts[1] && verdicts[0].word != .aborted)
    #expect(calm.watch.measures.clockStep == nil && moved.watch.measures.clockStep == .seconds(step))
  }

  @Test(arguments: ["D14", "D27"])
  func `what somebody else put back is judged by what was promised`(id: String) throws {
    let kind = try #require(DrillKind.named(id))
    let (watch, course) = try run(
      kind, named: "todo-frontend",
      meanwhile: { course, cluster in
        let patch = try #require(course.record.change.patch)
        try cluster.colleague(patch.object, patch.inverse)
      }, isGood: Self.isServed)
    #expect(course.state == .restoredByOther && watch.measures.timeToUndo == .seconds(21))
    #expect(watch.measures.timeToRecoverAfterUndo.map { $0 < .seconds(20) } == true)
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .passed, "\(verdict.reasons) \(watch.conditions.filter { !$0.holds })")
    let report = DrillReport(course.record, watch.kind, watch.measures, verdict, watch.prediction, isSimulated: true)
    #expect(report.markdown.contains("- state: RESTORED_BY_OTHER, somebody else put it back\n- note: put back by "))
  }

  @Test func `a target that is gone for good has not recovered`() throws {
    let (watch, course) = try run(.badImage, named: "todo-frontend") { course, cluster in
      _ = cluster.answer(.delete(try #require(course.record.change.subject), byForce: false))
    }
    #expect(course.state == .targetGone && watch.measures.timeToUndo == .seconds(21))
    #expect(watch.conditions.contains { $0.title == "deployment/todo-frontend is there" && !$0.holds })
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .failed && verdict.reasons.contains("it did not recover while it was watched"))
  }

  @Test func `a Service without endpoints is seen on the screen in time`() throws {
    let (watch, course) = try run(.brokenSelector, named: "todo-frontend", isGood: Self.isServed)
    #expect(course.state == .restored && watch.evidence == "todo-frontend has no ready endpoint")
    #expect(try #require(watch.measures.timeToScreen) <= .seconds(10))
    let verdict = watch.verdict(course, isStopped: false)
    #expect(verdict.word == .passed, "\(verdict.reasons)")
  }
}
