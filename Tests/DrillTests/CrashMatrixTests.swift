import ClusterModel
import Testing

@testable import Playbook

/// Whoever begins a drill may die at any point; whoever finds what is left puts it back exactly, once.
@Suite struct CrashMatrixTests {
  /// Those who may come across a drill that was left open.
  enum Rescuer: String, CaseIterable {
    case nextStart, undoCommand, watchdog
    /// It has nothing but the lock in the cluster.
    case secondMachine

    /// How long after the crash it comes.
    var delay: Double {
      switch self {
      case .nextStart: 60
      case .undoCommand: 5
      case .watchdog: 1
      case .secondMachine: 40
      }
    }
  }

  private let before = TestCluster()

  /// What is left at each point of a run at which it may stop: at the beginning, and after each thing it does.
  private func crashes(of plan: DrillPlan) throws -> [(place: String, left: DrillRig)] {
    var rig = DrillRig(TestCluster(copying: before))
    var course = DrillCourse(try DrillRig.record(plan, at: rig.cluster.now))
    var left: [(place: String, left: DrillRig)] = [("at the beginning", rig.copy)]
    rig.onStep = { rig, place in left.append((place, rig.copy)) }
    var isOver = rig.drive(&course, .begin)
    if !isOver { isOver = rig.wait(1, &course) || rig.drive(&course, .undo("a test")) || rig.wait(60, &course) }
    #expect(isOver && course.state == .restored, "\(course.state) \(course.notes)")
    try expectRestored(plan, rig.cluster, "the end")
    return left
  }

  /// Has a rescuer undo what is left.
  private func rescue(_ rescuer: Rescuer, _ left: DrillRig, _ record: DrillRecord) -> (DrillRig, DrillCourse) {
    var rig = DrillRig(left.copy.cluster, holder: "bob@two")
    rig.pass(rescuer.delay)
    let source: DrillCourse.Source = rescuer == .secondMachine ? .lock : .journal
    var course = DrillCourse(rescuing: record, from: source, form: nil)
    if !rig.drive(&course, .begin) { _ = rig.wait(120, &course) }
    return (rig, course)
  }

  /// What a rescuer has to go by; `nil` where it finds nothing.
  private func record(for rescuer: Rescuer, _ left: DrillRig) throws -> DrillRecord? {
    guard rescuer == .secondMachine else {
      // As it is read from the disk.
      return try left.journal.last.map { try DrillRecord(line: $0.line) }
    }
    guard let object = DrillLock.object(.lease, namespace: DrillRig.namespace),
      let document = left.cluster.read(object)
    else { return nil }
    return try DrillLock(.lease, document, namespace: DrillRig.namespace)?.record.get()
  }

  /// Whether the object that was patched is as before, and its fields belong to whom they belonged.
  private func expectRestored(_ plan: DrillPlan, _ cluster: TestCluster, _ context: String) throws {
    let change = try #require(plan.change)
    if let creation = change.creation { #expect(cluster.read(creation.object) == nil, "\(context)") }
    for pod in change.cleanup {
      let present = cluster.read(pod)
      let isSame = present?[pointer: "/metadata/uid"]?.asText == pod.uid.value
      #expect(
        !isSame || present?[pointer: "/metadata/deletionTimestamp"] != nil || isAsBefore(pod, present), "\(context)")
    }
    guard let patch = change.patch, !patch.isKept, change.cleanup.isEmpty else { return }
    // The taint of a node that was cordoned goes a moment later.
    cluster.advance(5)
    let (old, new) = (try #require(self.before.read(patch.object)), try #require(cluster.read(patch.object)))
    #expect(old["spec"]?.sorted == new["spec"]?.sorted, "\(context)")
    #expect(old[pointer: "/metadata/labels"]?.sorted == new[pointer: "/metadata/labels"]?.sorted, "\(context)")
    #expect(owners(old) == owners(new), "\(context)")
  }

  private func isAsBefore(_ pod: DrillObject, _ present: DocumentValue?) -> Bool {
    before.read(pod)?["spec"]?.sorted == present?["spec"]?.sorted
  }

  /// Who manages what, without times and without those who write the status.
  private func owners(_ document: DocumentValue) -> [String] {
    Ownership.entries(of: document).map { $0.with("time", .null).sorted.text }.sorted()
  }

  @Test(arguments: DrillKind.all.map(\.id), Rescuer.allCases)
  func `wherever it crashes, it is undone exactly and once, or was never done`(id: String, rescuer: Rescuer) throws {
    let kind = try #require(DrillKind.named(id))
    let plan = try DrillRig.plan(kind, in: before)
    let change = try #require(plan.change)
    let crashes = try crashes(of: plan)
    #expect(crashes.count > 10)
    for (place, left) in crashes {
      let context = "\(id) \(rescuer) crash \(place)"
      let cluster = left.copy.cluster
      let wasSent = change.commands.contains { cluster.accepted.contains($0) }
      guard let record = try record(for: rescuer, left) else {
        // Nothing was written down, so nothing was done; or it was closed and unlocked.
        if left.journal.isEmpty { #expect(cluster.accepted.isEmpty, "\(context)") }
        continue
      }
      let (rig, course) = rescue(rescuer, left, record)
      #expect(course.state.isFinal, "\(context): \(rig.trace)")
      try expectRestored(plan, rig.cluster, context)
      expectState(course, record, wasSent: wasSent, change, context)
      #expect(rig.cluster.accepted.count { $0.isUndo(of: change) } <= 1, "\(context): undone twice")
      // A second rescuer finds nothing left to do.
      let again = rescue(rescuer, rig, course.record).1
      #expect(again.state == course.state && again.undoneAt == nil, "\(context)")
    }
  }

  private func expectState(
    _ course: DrillCourse, _ record: DrillRecord, wasSent: Bool, _ change: DrillChange, _ context: String
  ) {
    guard change.hasInverse || change.patch != nil else {
      #expect([.restored, .neverInjected].contains(course.state), "\(context): \(course.state)")
      return
    }
    if !wasSent {
      #expect([.neverInjected, .aborted].contains(course.state), "\(context): \(course.state)")
    } else if course.state != .restored {
      // The pod of a drill that ends with deleting it may be gone by then; and who has only the lock cannot know that
      // it was undone already.
      #expect(
        (course.state == .targetGone && !change.cleanup.isEmpty) || !record.isInjected,
        "\(context): \(course.state)")
    }
  }

  @Test(arguments: ["D14", "D17", "D22", "D26", "D27", "D28", "D32"], Rescuer.allCases)
  func `a colleague's value is never overwritten`(id: String, rescuer: Rescuer) throws {
    let kind = try #require(DrillKind.named(id))
    let plan = try DrillRig.plan(kind, in: before)
    let patch = try #require(plan.change?.patch)
    let edit = try #require(patch.edits.first)
    for (place, left) in try crashes(of: plan) {
      let cluster = left.cluster
      guard let record = try record(for: rescuer, left),
        cluster.accepted.contains(.patch(patch.object, patch.operations)),
        !cluster.accepted.contains(.patch(patch.object, patch.inverse))
      else { continue }
      let theirs: DocumentValue =
        switch edit.after {
        case .number?: .number("1")
        case .bool?: .bool(false)
        default: .text(id == "D17" ? "999Mi" : "theirs")
        }
      let value =
        edit.path.contains("/env/")
        ? DocumentValue.object(("name", .text("DATABASE_URL")), ("value", theirs)) : theirs
      try cluster.colleague(patch.object, [PatchOperation(.replace, edit.path, .document(value))])
      let (rig, course) = rescue(rescuer, left, record)
      #expect(course.state == .conflict, "\(id) \(place): \(course.state)")
      #expect(rig.cluster.read(patch.object)?[pointer: edit.path]?.isSame(as: value) == true)
      let column = try #require(course.conflict.first { $0.path == edit.path })
      #expect(column.before?.sorted == edit.before?.sorted && column.ours?.sorted == edit.after?.sorted)
      #expect(column.writer.hasPrefix("kubectl-edit, 20"), "\(column.writer)")
    }
  }

  @Test(arguments: Rescuer.allCases)
  func `what somebody else put back is left alone`(rescuer: Rescuer) throws {
    let plan = try DrillRig.plan(.badImage, in: before)
    let patch = try #require(plan.change?.patch)
    let cluster = TestCluster(copying: before)
    var rig = DrillRig(cluster)
    var course = DrillCourse(try DrillRig.record(plan, at: cluster.now))
    #expect(!rig.drive(&course, .begin) && course.state == .active)
    let edit = try #require(patch.edits.first)
    try cluster.colleague(
      patch.object, [PatchOperation(.replace, edit.path, edit.before.map { .document($0) })])
    let record = try #require(try record(for: rescuer, rig))
    let count = cluster.accepted.count
    let (after, closed) = rescue(rescuer, rig, record)
    // The lock was written before the change was made: it cannot tell the two apart.
    #expect(closed.state == (rescuer == .secondMachine ? .neverInjected : .restoredByOther))
    #expect(after.cluster.accepted.count == count)
  }
}

extension DrillCommand {
  /// Whether it is the inverse of a change.
  fileprivate func isUndo(of change: DrillChange) -> Bool {
    guard let patch = change.patch, case .patch(patch.object, let operations) = self else { return false }
    return jsonText(operations) == jsonText(patch.inverse)
  }
}
