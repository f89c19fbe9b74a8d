import ClusterModel
import Testing

@testable import Playbook

/// Drives courses against a test cluster, without threads, files or processes.
struct DrillRig {
  static let clusterUID = "0c1d2e3f-0000-4000-8000-00000000cafe"
  static let cluster = DrillRecord.Cluster(uid: clusterUID, server: "https://127.0.0.1:8443", context: "todotop-demo")
  static let namespace = "todo"
  static let workloads = ["todo-backend", "todo-frontend"].map {
    ObjectKey(.deployments, namespace: namespace, name: $0)
  }

  static var profile: Profile {
    Profile(origin: .builtIn, name: "Todo", namespace: namespace, workloads: workloads, phases: [])
  }

  static func setting(at now: Timestamp) -> DrillSetting {
    var arming = Arming()
    arming.arm(for: .local, at: now)
    return DrillSetting(
      arming: arming, standing: .local, cluster: cluster, namespace: namespace, profile: profile, rights: nil)
  }

  /// The plan of a kind for its first target, or for the one of that name.
  static func plan(
    _ kind: DrillKind, in cluster: TestCluster, named name: String? = nil, limit: Int = 120,
    _ change: (inout DrillSetting) -> Void = { _ in }
  ) throws -> DrillPlan {
    let snapshot = try cluster.snapshot()
    var setting = setting(at: cluster.now)
    change(&setting)
    let targets = kind.targets(in: snapshot, setting.scope)
    let target = try #require(
      targets.first { target in
        // The backend is scaled by an autoscaler, which stands in the way of some drills.
        name.map { target.object.name == $0 } ?? (target.workload?.name == "todo-frontend")
      } ?? targets.first, "\(kind.id) has no target")
    return DrillPlan(
      kind, target, document: cluster.read(target.object), limitSeconds: limit, token: "8f3a", setting: setting,
      in: snapshot, at: cluster.now)
  }

  static func record(_ plan: DrillPlan, at now: Timestamp) throws -> DrillRecord {
    try #require(
      plan.record(cluster: cluster, namespace: namespace, author: "ann@one", at: now), "\(plan.refusal ?? "")")
  }

  private(set) var cluster: TestCluster
  let holder: String
  /// What the journal holds: the states in their order.
  private(set) var journal: [DrillRecord] = []
  private(set) var lock: (form: DrillLock.Form, object: DrillObject)?
  private(set) var trace: [String] = []
  /// Why nothing can be written to the disk; `nil` where it can.
  var diskProblem: String?
  /// Called after each thing that was done and before anybody knows: the points at which the program may be killed.
  var onStep: ((DrillRig, _ place: String) -> Void)?
  /// What is answered in the cluster's place; `nil` from it leaves the answer to the cluster.
  var answering: ((DrillCommand, TestCluster) -> DrillAnswer?)?
  private var uptime = Duration.seconds(1_000)

  init(_ cluster: TestCluster, holder: String = "ann@one") {
    self.cluster = cluster
    self.holder = holder
  }

  /// The same with a cluster of its own.
  var copy: DrillRig {
    var copy = self
    copy.cluster = TestCluster(copying: cluster)
    return copy
  }

  /// How far the clock on the wall was set.
  private var wallStep = Duration.zero

  /// Now, by both clocks.
  var moment: DrillMoment { DrillMoment(wall: cluster.now.advanced(by: wallStep), uptime: uptime) }

  mutating func pass(_ seconds: Double) {
    cluster.advance(seconds)
    uptime += .milliseconds(Int(seconds * 1_000))
  }

  /// Sets the clock on the wall of this machine; no time passes, and the cluster has a clock of its own.
  mutating func setClock(by step: Duration) { wallStep += step }

  /// Does one thing that a course asks for.
  mutating func perform(_ output: DrillCourse.Output) -> DrillCourse.Input? {
    switch output {
    case .write(let record):
      trace.append("write \(record.state.rawValue)")
      if let diskProblem { return .notWritten(diskProblem) }
      journal.append(record)
      return .written
    case .lock(let record): return takeLock(record)
    case .startGuard:
      trace.append("guard")
      return .guarded
    case .send(let command):
      trace.append("send \(Self.verb(command))")
      return .answered(answering?(command, cluster) ?? cluster.answer(command))
    case .look(let object):
      trace.append("look")
      return cluster.isReachable ? .looked(cluster.read(object)) : .notLooked("no answer")
    case .renewLock:
      if let lock { _ = cluster.answer(DrillLock.renewing(lock.form, lock.object, at: cluster.now)) }
    case .unlock:
      trace.append("unlock")
      if let lock { _ = cluster.answer(.delete(lock.object, byForce: false)) }
    case .dismissGuard: trace.append("dismiss")
    case .finished(let state): trace.append("finished \(state.rawValue)")
    }
    return nil
  }

  private mutating func takeLock(_ record: DrillRecord) -> DrillCourse.Input {
    trace.append("lock")
    for form in DrillLock.Form.allCases {
      guard let command = DrillLock.taking(form, for: record, holder: holder, at: cluster.now) else { break }
      switch cluster.answer(command) {
      case .done(let document):
        let uid = UID(document?[pointer: "/metadata/uid"]?.asText ?? "")
        if let object = command.object { lock = (form, object.with(uid)) }
        return .locked(form)
      case .forbidden: continue
      case .taken: return .lockTaken(by: "bob@two")
      case let answer: return .lockFailed(answer.words)
      }
    }
    return .locked(.local)
  }

  private static func verb(_ command: DrillCommand) -> String {
    switch command {
    case .patch: "patch"
    case .create: "create"
    case .delete: "delete"
    case .evict: "evict"
    case .endProcess: "exec"
    default: "read"
    }
  }

  /// Drives a course until it waits or is closed; gives back whether it is closed.
  ///
  /// - Parameter stop: Asked before each output, and again after it was done but before the course knows: `true` is a
  ///   crash at that point.
  @discardableResult
  mutating func drive(
    _ course: inout DrillCourse, _ input: DrillCourse.Input,
    stop: (_ isDone: Bool, DrillCourse.Output) -> Bool = { _, _ in false }
  ) -> Bool {
    var outputs = course.take(input, at: moment)
    while !outputs.isEmpty {
      let output = outputs.removeFirst()
      if stop(false, output) { return true }
      let result = perform(output)
      onStep?(self, "right after \(trace.count), \(trace.last ?? "nothing")")
      if case .finished = output { return true }
      if stop(true, output) { return true }
      if let result { outputs += course.take(result, at: moment) }
    }
    return false
  }

  /// Lets seconds pass, one after the other, until the course is closed.
  mutating func wait(
    _ seconds: Int, _ course: inout DrillCourse, stop: (Bool, DrillCourse.Output) -> Bool = { _, _ in false }
  ) -> Bool {
    for _ in 0..<seconds {
      pass(1)
      if drive(&course, .tick, stop: stop) { return true }
    }
    return false
  }
}
