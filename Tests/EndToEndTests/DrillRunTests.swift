import ClusterModel
import Foundation
import Operations
import Playbook
import Synchronization
import Testing

extension OneAfterTheOther {
  /// One drill of each shape, done and undone by the real kubectl.
  @Suite struct DrillRunTests {
    @Test(arguments: ["D02", "D06", "D14", "D26", "D27", "D28", "D29", "D30", "D32"])
    func `a drill is seen, undone, and leaves the object and its owners as they were`(id: String) throws {
      let rig = try DrillProcessRig()
      let kind = try #require(DrillKind.named(id))
      let plan = try rig.plan(kind)
      try #require(plan.refusals.isEmpty, "\(plan.refusals)")
      let subject = try #require(plan.change?.subject)
      let before = plan.change?.creation == nil ? try rig.state(of: subject) : (spec: "", owners: [])
      let record = try rig.record(plan)
      let seen = Mutex<String?>(nil)
      let runner = DrillRunner()
      var states: [DrillState] = []
      let course = runner.run(record, with: rig.tools()) { course in
        if states.last != course.state { states.append(course.state) }
        guard course.state == .active, let started = course.injectedAt?.wall else { return }
        let evidence = try? rig.evidence(plan, since: started)
        seen.withLock { $0 = $0 ?? evidence ?? nil }
        let isOver = rig.now.since(started) > .seconds(12)
        if seen.withLock({ $0 }) != nil || isOver {
          runner.send(plan.change?.hasInverse == true ? .undo("a test") : .recovered)
        }
      }
      #expect(course.state == .restored, "\(course.state) \(course.notes)")
      // The demo's network keeps no policies: the drill must say that it had no effect.
      #expect((seen.withLock { $0 } == nil) == (id == "D30"), "\(seen.withLock { $0 } ?? "nothing seen")")
      #expect(states.first == .recorded && states.contains(.active))
      if course.record.change.hasInverse, course.record.change.creation == nil {
        #expect(try eventually(within: 30) { try rig.state(of: subject).spec == before.spec })
        #expect(try rig.state(of: subject).owners == before.owners)
      }
      #expect(try rig.demo.kubectl("-n", "todo", "get", "leases", "todotop-drill").errors.contains("NotFound"))
      #expect(try rig.demo.kubectl("-n", "todo", "get", "networkpolicies", "-o", "name").output.isEmpty)
      #expect(rig.folder.read().records.map(\.state) == [.restored])
      let reasons = "jsonpath={range .items[*]}{.reason} {end}"
      let events = try rig.demo.kubectl("get", "events", "-A", "-o", reasons).output.split(separator: " ")
      #expect(events.contains("DrillStarted") && events.contains("DrillUndone"))
    }

    @Test func `the watchdog undoes what its process left, once, and says so`() throws {
      let rig = try DrillProcessRig()
      let (record, subject, before) = try rig.abandoned("D14")
      #expect(try rig.state(of: subject).spec != before.spec)
      let rescue = DrillRescue(rig.tools(holder: "dog@one"))
      var hasAnswered = false
      let words = rescue.watch(rig.folder.path(of: record.id)) { hasAnswered = true }
      #expect(hasAnswered && words == "\(record.id): undone: all is as before")
      #expect(try rig.state(of: subject).spec == before.spec)
      #expect(try rig.state(of: subject).owners == before.owners)
      #expect(rescue.find(in: "todo").open.isEmpty)
    }

    @Test func `another machine undoes it by the lock alone, as soon as its holder is silent`() throws {
      let rig = try DrillProcessRig()
      let (record, subject, before) = try rig.abandoned("D27")
      let other = DrillRescue(rig.tools(holder: "bob@two", folder: try rig.newFolder()))
      let early = try #require(other.find(in: "todo").open.first)
      #expect(early.record.id == record.id && early.source == .lock && early.obstacle.contains("ann@one"))
      #expect(try other.undo(early) == nil)
      try rig.silenceLock()
      let found = try #require(other.find(in: "todo").open.first)
      #expect(try other.undo(found)?.state == .restored)
      #expect(try rig.state(of: subject).spec == before.spec && rig.state(of: subject).owners == before.owners)
      // The first machine comes back and finds that it is done.
      let first = DrillRescue(rig.tools())
      let left = try #require(first.find(in: "todo").open.first)
      #expect(try first.undo(left)?.state == .restoredByOther)
      #expect(first.find(in: "todo").open.isEmpty)
    }

    @Test func `a colleague's image stays, and the conflict names the three values`() throws {
      let rig = try DrillProcessRig()
      let (_, subject, _) = try rig.abandoned("D14")
      try rig.demo.kubectl("-n", "todo", "set", "image", "deployment/\(subject.name)", "*=todo-frontend:v1.0.1")
      let rescue = DrillRescue(rig.tools())
      let found = try #require(rescue.find(in: "todo").open.first)
      let course = try #require(try rescue.undo(found))
      #expect(course.state == .conflict)
      let column = try #require(course.conflict.first)
      #expect(column.before == .text("todo-frontend:v1.0.0") && column.now == .text("todo-frontend:v1.0.1"))
      #expect(column.writer.hasPrefix("kubectl-set, 20"))
      let image = "jsonpath={.spec.template.spec.containers[0].image}"
      #expect(
        try rig.demo.kubectl("-n", "todo", "get", "deployment", subject.name, "-o", image).output
          == "todo-frontend:v1.0.1")
    }

    @Test func `the journal of another cluster is refused`() throws {
      let rig = try DrillProcessRig()
      _ = try rig.abandoned("D14", clusterUID: "another")
      let findings = DrillRescue(rig.tools()).find(in: nil)
      #expect(findings.open.isEmpty && findings.notes.contains { $0.contains("belongs to another cluster") })
    }
  }
}

/// A demo cluster with what drills need around it.
private final class DrillProcessRig {
  let demo: DemoProcess
  let folder: JournalFolder
  private let root = FileManager.default.temporaryDirectory.appending(path: "todotop-drills-\(UUID().uuidString)")

  init() throws {
    demo = try DemoProcess(port: 0, "--speed", "5")
    folder = try JournalFolder(root.path + "/one")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func newFolder() throws -> JournalFolder { try JournalFolder(root.path + "/two") }

  var now: Timestamp { Timestamp(seconds: 0).advanced(by: .milliseconds(Int(Date().timeIntervalSince1970 * 1_000))) }

  var kubectl: Kubectl { Kubectl(program: ["kubectl"], kubeconfig: demo.kubeconfig, context: "todotop-demo") }

  func tools(holder: String = "ann@one", folder: JournalFolder? = nil) -> DrillRunner.Tools {
    DrillRunner.Tools(kubectl: kubectl, folder: folder ?? self.folder, holder: holder, watchdog: [])
  }

  /// What a feed would have told by now, with an answer of the ingress.
  func snapshot() throws -> Snapshot {
    var snapshot = Snapshot()
    var connection = Connection(feed: .watch)
    connection.namespace = "todo"
    connection.isReachable = true
    _ = snapshot.apply(.connectionChanged(connection), at: now)
    let kinds = ResourceKind.allCases.filter { $0.isWatched && !$0.isMetadataOnly }
    let names = kinds.filter { $0 != .horizontalPodAutoscalers }.map(\.qualifiedResource).joined(separator: ",")
    let output = try demo.kubectl("-n", "todo", "get", names, "-o", "json").output
    var decoder = ClusterDecoder()
    let dump = try Array(output.utf8).withUnsafeBytes { try decoder.dump($0) }
    for kind in kinds {
      _ = snapshot.apply(.streamChanged(kind, .live), at: now)
      _ = snapshot.apply(.listed(kind, dump.objects.filter { $0.kind == kind }), at: now)
    }
    for path in ["/", "/api/health"] {
      let outcome = try run([
        "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: todo.local", demo.server + path,
      ])
      let result = ProbeResult(
        host: "todo.local", path: path, at: now, status: Int(outcome.output), latency: .milliseconds(5))
      _ = snapshot.apply(.probed(result), at: now)
    }
    return snapshot
  }

  private var scene: (snapshot: Snapshot, at: Timestamp)?

  func plan(_ kind: DrillKind) throws -> DrillPlan {
    let cluster = DrillRecord.Cluster(
      uid: try #require(DrillKubectl(kubectl).clusterUID()), server: demo.server, context: "todotop-demo")
    var arming = Arming()
    arming.arm(for: .local, at: now)
    let snapshot = try snapshot()
    let setting = DrillSetting(
      arming: arming, standing: .local, cluster: cluster, namespace: "todo",
      profile: Profile(origin: .builtIn, name: "Todo", namespace: "todo", phases: []), rights: nil)
    let targets = kind.targets(in: snapshot, setting.scope)
    let target = try #require(
      targets.first { $0.workload?.name == "todo-frontend" || $0.workload == nil } ?? targets.first, "no target")
    guard
      case .success(let document?) = DrillKubectl(kubectl).read(
        try #require(DrillObject(target.object, uid: target.uid)))
    else { throw CocoaError(.fileReadUnknown) }
    let plan = DrillPlan(
      kind, target, document: document, token: "8f3a", setting: setting, in: snapshot, at: now)
    let tried = DrillKubectl(kubectl).trying(plan)
    #expect(tried.trials.allSatisfy { $0.hasSuffix("accepted on trial") }, "\(tried.trials)")
    return tried
  }

  func record(_ plan: DrillPlan, clusterUID: String? = nil) throws -> DrillRecord {
    let uid = try clusterUID ?? #require(DrillKubectl(kubectl).clusterUID())
    let cluster = DrillRecord.Cluster(uid: uid, server: demo.server, context: "todotop-demo")
    return try #require(plan.record(cluster: cluster, namespace: "todo", author: "ann@one", at: now))
  }

  /// What is seen of a symptom now.
  func evidence(_ plan: DrillPlan, since started: Timestamp) throws -> String? {
    plan.kind.symptom.evidence(in: DrillScene(try snapshot(), plan.target, plan.baseline, since: started))
  }

  /// The specification of an object, and who manages its fields.
  func state(of object: DrillObject) throws -> (spec: String, owners: [String]) {
    let text = try demo.kubectl(
      "-n", "todo", "get", object.typedName, "-o", "json", "--show-managed-fields"
    ).output
    let document = try DocumentValue.read(Array(text.utf8))
    guard case .list(let entries)? = document["metadata"]?["managedFields"] else { return ("", []) }
    let owners = entries.filter { $0["subresource"] == nil }.map { entry in
      "\(entry["manager"]?.asText ?? "") \(entry["operation"]?.asText ?? "") \(entry["fieldsV1"]?.sorted.text ?? "")"
    }
    return (document["spec"]?.sorted.text ?? "", owners.sorted())
  }

  /// A drill whose process ended right after the change was made.
  func abandoned(
    _ id: String, clusterUID: String? = nil
  ) throws -> (DrillRecord, DrillObject, (spec: String, owners: [String])) {
    let plan = try plan(try #require(DrillKind.named(id)))
    let subject = try #require(plan.change?.subject)
    let before = try state(of: subject)
    let record = try record(plan, clusterUID: clusterUID)
    let path = folder.path(of: record.id)
    var lines = ""
    // The journal as it was when the process ended.
    let runner = DrillRunner()
    _ = runner.run(record, with: tools()) { course in
      guard course.state == .active, lines.isEmpty else { return }
      lines = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      guard lines.contains("ACTIVE") else { return lines = "" }
      runner.send(.undo("a test"))
    }
    // What its end undid is done again.
    let patch = try #require(plan.change?.patch)
    let version = try DocumentValue.read(
      Array(demo.kubectl("-n", "todo", "get", subject.typedName, "-o", "json").output.utf8))
    let again = patch.with(resourceVersion: version["metadata"]?["resourceVersion"]?.asText ?? "")
    guard case .done = DrillKubectl(kubectl).run(.patch(again.object, again.operations)) else {
      throw CocoaError(.fileReadUnknown)
    }
    let lock = try #require(DrillLock.taking(.lease, for: record, holder: "ann@one", at: now))
    guard case .done = DrillKubectl(kubectl).run(lock) else { throw CocoaError(.fileReadUnknown) }
    try lines.write(toFile: path, atomically: true, encoding: .utf8)
    return (record, subject, before)
  }

  /// Makes the last heartbeat an old one.
  func silenceLock() throws {
    let patch = #"[{"op":"replace","path":"/spec/renewTime","value":"2020-01-01T00:00:00.000000Z"}]"#
    let outcome = try demo.kubectl(
      "-n", "todo", "patch", "lease", "todotop-drill", "--type=json", "-p", patch)
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
  }
}
