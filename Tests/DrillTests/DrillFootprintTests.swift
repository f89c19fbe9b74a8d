import ClusterModel
import Testing

@testable import Playbook

/// A lock is believed only as far as the drill that it names can have gone.
@Suite struct DrillFootprintTests {
  /// Parts of an object that a change depends on being there.
  private static let parts = ["resources", "env", "envFrom", "readinessProbe", "livenessProbe", "command"].map {
    "/spec/template/spec/containers/0/\($0)"
  }
  private static let removed =
    [[], parts, ["/spec/template/spec/containers/0/resources/requests"]]
    + [["/spec/template/metadata/annotations"], ["/metadata/annotations"], ["/spec/template/spec/hostAliases"]]

  /// The changes of a kind on every sample object, whole and with parts of it missing.
  private func changes(_ kind: DrillKind) throws -> [(target: DrillTarget, change: DrillChange)] {
    let cluster = TestCluster()
    let snapshot = try cluster.snapshot()
    return try kind.targets(in: snapshot, DrillRig.setting(at: cluster.now).scope).flatMap { target in
      let whole = try #require(cluster.read(target.object))
      return try Self.removed.map { paths in
        let document = paths.filter { whole[pointer: $0] != nil }.reduce(whole) { document, path in
          applying([PatchOperation(.remove, path)], to: document) ?? document
        }
        return (target, try kind.change(DrillMaterial(target, document, token: "8f3a", in: snapshot, at: cluster.now)))
      }
    }
  }

  @Test(arguments: DrillKind.all.map(\.id))
  func `whatever a drill does to whatever object is within its bounds`(id: String) throws {
    let changes = try changes(#require(DrillKind.named(id)))
    #expect(!changes.isEmpty)
    for (target, change) in changes {
      #expect(DrillFootprint.of(id).covers(change), "\(target.words): \(change.diff)")
    }
  }

  @Test(arguments: DrillKind.all.map(\.id))
  func `no other kind of drill could have made the change`(id: String) throws {
    for (target, change) in try changes(#require(DrillKind.named(id))) {
      let isStrikeAlone = change.patch == nil && change.creation == nil
      for other in DrillKind.all where other.id != id && other.footprint.covers(change) {
        // Blows to pods have nothing that is taken back, so one is as good as another.
        let isAlike = isStrikeAlone && other.footprint.strikesPods && other.footprint.resource == nil
        #expect(isAlike, "\(other.id) covers \(target.words): \(change.diff)")
      }
    }
  }

  /// The lock of a record, as the cluster would have it.
  private func lock(_ record: DrillRecord, at now: Timestamp) throws -> DrillLock {
    guard case .create(_, let manifest)? = DrillLock.taking(.lease, for: record, holder: "eve@three", at: now) else {
      throw CancellationError()
    }
    let metadata = try #require(manifest["metadata"]).with("uid", .text("l1"))
    return try #require(DrillLock(.lease, manifest.with("metadata", metadata), namespace: DrillRig.namespace))
  }

  /// A record that says it is of a kind, with edits of its author's choice.
  private func planted(
    _ id: String, _ resource: DrillResource, _ edits: [FieldEdit], isKept: Bool = false, cleanup: [DrillObject] = [],
    at now: Timestamp
  ) -> DrillRecord {
    let object = DrillObject(resource, namespace: "todo", name: "todo-frontend", uid: UID("u1"))
    let patch = DrillPatch(
      object, resourceVersion: "1", anchors: [], edits: edits, isKept: isKept, ownersBefore: [])
    return DrillRecord(
      id: "d-1", kind: id, target: "x", namespace: "todo", cluster: DrillRig.cluster,
      change: DrillChange(patch: patch, cleanup: cleanup), limitSeconds: 60, expectation: "", author: "eve@three",
      at: now)
  }

  @Test func `a planted record is not believed`() throws {
    let now = TestCluster().now
    let container = "/spec/template/spec/containers/0"
    let (evil, good) = (DocumentValue.text("evil"), DocumentValue.text("todo-frontend:v1.0.0"))
    let pod = DrillObject(.pods, namespace: "todo", name: "other", uid: UID("u2"))
    let missing = DocumentValue.text("todotop.invalid/x:1")
    let planted = [
      planted("D14", .deployments, [FieldEdit("/spec/replicas", from: .number(0), to: .number(2))], at: now),
      planted("D14", .deployments, [FieldEdit("\(container)/image", from: evil, to: good)], at: now),
      planted("D14", .deployments, [FieldEdit("\(container)/command", from: evil, to: nil)], at: now),
      planted("D14", .deployments, [FieldEdit("/spec/template/spec/hostPID", from: .bool(true), to: nil)], at: now),
      planted("D14", .pods, [FieldEdit("\(container)/image", from: evil, to: missing)], at: now),
      planted(
        "D14", .deployments, [FieldEdit("\(container)/image", from: evil, to: missing)], cleanup: [pod], at: now),
      planted(
        "D14", .deployments,
        [
          FieldEdit("\(container)/image", from: good, to: missing),
          FieldEdit("\(container)/args", from: evil, to: .list([])),
        ], at: now),
      planted("D32", .nodes, [FieldEdit("/spec/podCIDR", from: evil, to: good)], at: now),
      planted("D25", .deployments, [FieldEdit("/spec/paused", from: nil, to: .bool(true))], at: now),
      planted("D10", .pods, [FieldEdit("/spec/activeDeadlineSeconds", from: nil, to: .number(1))], at: now),
      planted("D02", .deployments, [FieldEdit("/spec/replicas", from: .number(9), to: .number(2))], at: now),
    ]
    for record in planted {
      // It is well made but for what it changes: only the record of this machine's own user may say so.
      #expect(throws: Never.self) { try DrillRecord(line: record.line) }
      guard case .failure(let problem) = try lock(record, at: now).record else {
        Issue.record("it is believed: \(record.line)")
        continue
      }
      #expect(problem.sentence.contains("drills of its kind do not make"), "\(problem.sentence)")
    }
    let honest = try DrillRig.record(DrillRig.plan(.badImage, in: TestCluster()), at: now)
    #expect(try lock(honest, at: now).record.get().line == honest.line)
  }

  @Test func `what nobody did as a drill is not undone by a lock that says so`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.scaleToZero, in: cluster)
    let object = try #require(plan.change?.patch?.object)
    let record = try lock(DrillRig.record(plan, at: cluster.now), at: cluster.now).record.get()
    // Somebody scaled it to zero on purpose.
    try cluster.colleague(object, [PatchOperation(.replace, "/spec/replicas", .number(0))])
    var rig = DrillRig(cluster, holder: "bob@two")
    rig.pass(60)
    var course = DrillCourse(rescuing: record, from: .lock, form: .lease)
    #expect(rig.drive(&course, .begin) && course.state == .conflict)
    #expect(cluster.accepted.isEmpty && cluster.read(object)?[pointer: "/spec/replicas"] == .number(0))
  }
}
