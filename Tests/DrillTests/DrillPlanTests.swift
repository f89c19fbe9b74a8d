import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillPlanTests {
  private func guardIDs(_ plan: DrillPlan) -> [String] { plan.refusals.map(\.guardID) }

  @Test(arguments: DrillKind.all.map(\.id))
  func `every drill can be planned for the application when it is well`(id: String) throws {
    let kind = try #require(DrillKind.named(id))
    let cluster = TestCluster()
    var plan = try DrillRig.plan(kind, in: cluster)
    // The demo scales its backend by itself.
    let isScaled = plan.reverting.contains { $0.contains("autoscaler") }
    #expect(plan.refusals.isEmpty || (kind.id == "D26" && isScaled), "\(plan.refusals)")
    for command in plan.trialCommands { plan.note(cluster.answer(command), to: command) }
    #expect(plan.trials.allSatisfy { $0.hasSuffix("accepted on trial") }, "\(plan.trials)")
    #expect(plan.lines.contains { $0.hasPrefix("expected within") } && plan.lines.contains("undo:"))
    let typed = "todotop-demo/todo"
    let wanted: DrillPlan.Confirmation =
      switch plan.level {
      case .healsItself: .key
      case .heldByGate: .typing(id)
      case .reachesUsers: .typing(typed)
      }
    #expect(plan.confirmation == wanted)
  }

  @Test func `settings that forbid it are named`() throws {
    let cluster = TestCluster()
    func ids(_ change: (inout DrillSetting) -> Void) throws -> [String] {
      guardIDs(try DrillRig.plan(.badImage, in: cluster, change))
    }
    #expect(try ids { $0.arming = Arming() } == ["G1"])
    #expect(try ids { $0.arming = Arming(readOnlyReason: "--read-only") } == ["G1"])
    #expect(try ids { $0.standing = .protected } == ["G2"])
    #expect(try ids { $0.cluster = DrillRecord.Cluster(uid: "", server: "", context: "x") } == ["G2"])
    #expect(try ids { $0.standing = .normal } == ["G4"])
    #expect(
      try ids {
        $0.standing = .normal; $0.isOptedIn = true
      }.isEmpty)
    #expect(try ids { $0.openDrill = "d-1" } == ["G5"])
    #expect(try ids { $0.rights = Rights(verbs: ["pods": ["*"]]) } == ["G11"])
    for limit in [0, 9, 901, 86_400, -1] {
      #expect(guardIDs(try DrillRig.plan(.badImage, in: cluster, limit: limit)) == ["G9"])
    }
  }

  @Test func `a target that vanished or was replaced since it was chosen is refused`() throws {
    let cluster = TestCluster()
    let setting = DrillRig.setting(at: cluster.now)
    let target = try #require(DrillKind.killPod.targets(in: cluster.snapshot(), setting.scope).first)
    let other = DrillTarget(target.object, uid: UID("other"), workload: target.workload, pods: target.pods)
    let plan = DrillPlan(
      .killPod, other, document: cluster.read(target.object), token: "1", setting: setting, in: try cluster.snapshot(),
      at: cluster.now)
    #expect(guardIDs(plan).contains("G5") && plan.change == nil)
    let gone = DrillTarget(
      ObjectKey(.pods, namespace: "todo", name: "gone"), uid: UID("x"), workload: target.workload)
    let empty = DrillPlan(
      .killPod, gone, document: nil, token: "1", setting: setting, in: try cluster.snapshot(), at: cluster.now)
    #expect(empty.refusal?.contains("is gone") == true)
  }

  @Test func `an application that is not well is left alone`() throws {
    let cluster = TestCluster()
    let patch = try #require(try DrillRig.plan(.badImage, in: cluster, named: "todo-backend").change?.patch)
    _ = cluster.answer(.patch(patch.object, patch.operations))
    cluster.advance(20)
    #expect(guardIDs(try DrillRig.plan(.killPod, in: cluster)).contains("G6"))
  }

  @Test func `names that are no names never get into a command`() throws {
    let kubectl = Kubectl(program: ["kubectl"], context: "demo")
    for name in ["--all", "a;rm", "$(id)", "../x", ""] {
      let object = DrillObject(.pods, namespace: "todo", name: name, uid: UID("u"))
      for command in [DrillCommand.read(object), .delete(object, byForce: true), .evict(object)] {
        #expect(throws: ChangeProblem.self) { try command.argv(for: kubectl) }
      }
    }
    let pod = DrillObject(.pods, namespace: "todo", name: "a", uid: UID("u"))
    #expect(throws: ChangeProblem.self) { try DrillCommand.endProcess(pod, container: "a b").argv(for: kubectl) }
  }
}
