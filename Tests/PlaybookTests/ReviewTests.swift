import ClusterModel
import Testing

@testable import Playbook

private func context(
  _ world: World, facts: Facts = Facts(), record: DeployRecord = DeployRecord(), profile: Profile = webProfile
) -> CheckContext {
  CheckContext(snapshot: world.snapshot, facts: facts, record: record, profile: profile, now: World.now)
}

@Suite struct ReviewTests {
  @Test func `nothing wrong is 100 points`() {
    let score = HealthScore(of: context(healthy, profile: .plain))
    #expect(score.points == 100, "\(score.deductions)")
    #expect(score.isGood)
  }

  @Test func `every point that is taken away is shown with its reason`() {
    let world = World(many: [deployment(image: "web:latest", available: 0, replicas: 1), pod(), node(isReady: false)])
    let score = HealthScore(of: context(world, profile: .plain))
    #expect(score.points == max(0, 100 - score.deductions.map(\.points).reduce(0, +)))
    #expect(
      score.deductions.map(\.sentence) == [
        "web is unavailable", "node node-1 is not ready", "web has 1 replica", "web web lacks a probe",
        "web has no disruption budget", "web:latest has no version",
      ])
    #expect(score.deductions.map(\.points) == [25, 25, 10, 10, 3, 3])
    #expect(!score.isGood)
  }

  @Test func `a fourth critical fault is shown and costs nothing more`() {
    let nodes = (1...5).map { number -> ClusterObject in
      guard case .node(var object) = node(isReady: false) else { return node() }
      object.metadata.name = "node-\(number)"
      object.metadata.uid = UID("node-\(number)")
      return .node(object)
    }
    let score = HealthScore(of: context(World(many: nodes), profile: .plain))
    #expect(score.points == 25)
    #expect(score.deductions.count == 5)
  }

  @Test func `a good score with something critical is not good`() {
    let score = HealthScore(of: context(World(node(isReady: false)), profile: .plain))
    #expect(score.points == 75 && !score.isGood)
  }

  @Test func `there are fifteen criteria, each decided by something`() throws {
    let profile = try todoProfile()
    #expect(SuccessCriterion.all.map(\.id) == (1...15).map { "SC-0" + ($0 < 10 ? "0" : "") + "\($0)" })
    for criterion in SuccessCriterion.all {
      switch criterion.evidence {
      case .kinds(let names):
        for name in names { #expect(profile.checks.contains { $0.kind.name == name }, "\(criterion.id) \(name)") }
      case .person(let id) where !id.hasPrefix("SC"):
        #expect(profile.checks.first { $0.id == id }?.kind.name == "manual")
      default: break
      }
    }
  }

  @Test func `a criterion is as its worst check`() throws {
    let profile = try todoProfile()
    func result(_ id: String, _ context: CheckContext) throws -> CheckResult {
      try #require(SuccessCriterion.all.first { $0.id == id }).result(in: context)
    }
    var record = recorded("build backend", seconds: 30)
    #expect(try result("SC-001", context(World(), record: record, profile: profile)).state == .unknown)
    record.runs.merge(recorded("build frontend", seconds: 60).runs) { $1 }
    let both = try result("SC-001", context(World(), record: record, profile: profile))
    #expect(both.state == .holds && both.origin == .recorded)
    record.runs.merge(recorded("build frontend", seconds: 600).runs) { $1 }
    #expect(try result("SC-001", context(World(), record: record, profile: profile)).state == .fails)
    record.runs.merge(recorded("build frontend", seconds: 60, isSimulated: true).runs) { $1 }
    #expect(try result("SC-001", context(World(), record: record, profile: profile)).origin == .simulated)
    #expect(try result("SC-015", context(World(), record: recorded("fresh"), profile: profile)).state == .holds)
    #expect(try result("SC-011", context(World(), profile: profile)).origin == .manual)
    #expect(
      try result("SC-007", context(World(), record: recorded("drill D01 web"), profile: profile)).state == .unknown)
    #expect(try result("SC-001", context(World(), profile: .plain)).state == .skipped)
  }

  @Test(
    arguments: [
      ("GET /healthz 200", nil), ("DATABASE_URL=postgresql://u:pw@host/db", "a URL with a password"),
      ("postgresql://u:***@host/db", nil), ("postgresql://host/db", nil),
      ("OPENAI_API_KEY=sk1234567", "OPENAI_API_KEY="),
      ("\"jwt_secret\": \"abcdefg\"", "jwt_secret="), ("PASSWORD=", nil), ("PASSWORD=$PASSWORD", nil),
      ("token: eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc", "a web token"), ("TODO_KEY: ok", nil),
      ("-----BEGIN RSA PRIVATE KEY-----", "a private key"), ("API_KEY={{ .Values.key }}", nil),
    ] as [(String, String?)])
  func `a line that tells a secret is known by its form`(line: String, pattern: String?) {
    #expect(secretPattern(in: line[...]) == pattern)
  }

  @Test func `a check about others takes what they found in the same round`() {
    var context = context(World(deployment(replicas: 1)), profile: .plain)
    context.profile.phases = [
      Phase(1, "One", [Check(id: "1.1", title: "", kind: .replicas)]),
      Phase(2, "Two", [Check(id: "2.1", title: "", kind: .phasesHold)]),
    ]
    #expect(context.profile.checks[1].result(in: context).state == .fails)
    context.judged["1.1"] = .holds("2")
    #expect(context.profile.checks[1].result(in: context).state == .holds)
  }

  @Test func `a log that is read twice is read once`() {
    let question = FactQuestion.tool(.logTail(podLog, lines: 500))
    var known = facts([question: said("a\nKeyError: 'NEON_DB_URL'\n")])
    #expect(known.log(of: podLog, lines: 500)?.missingVariables == ["NEON_DB_URL"])
    known.keep([])
    #expect(known.log(of: podLog, lines: 500) == nil)
  }
}
