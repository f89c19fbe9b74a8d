import ClusterModel
import Testing

@testable import Playbook

@Suite struct DeployWalkTests {
  private static let start = Timestamp(seconds: 1_000)
  private static let kind = CheckKind("made-up", "holds") { _, _ in .unknown("not asked") }

  private static func finding(
    _ id: String, _ result: CheckResult = .fails("missing", advice: "look"), _ remedy: Remedy? = nil
  ) -> DeployPlan.Finding {
    DeployPlan.Finding(Check(id: id, title: "title \(id)", kind: kind, remedy: remedy), result)
  }

  private static func run(_ word: String) -> Remedy { .run(.words([word])) }

  private static func command(_ word: String) -> RemedyCommand {
    RemedyCommand(words: [word], argv: [word], timeLimit: .seconds(10))
  }

  private static let commands: @Sendable (RemedyStep) -> Result<[RemedyCommand], RemedyProblem> = { step in
    switch step {
    case .words(let words): .success(words.map(command))
    case .deployChart: .failure(RemedyProblem("helm is needed: install it"))
    case .createSecret: .success([])
    }
  }

  private static func plan(_ findings: [(phase: Int, findings: [DeployPlan.Finding])]) -> DeployPlan {
    DeployPlan(findings, commands: commands)
  }

  private static let twoSteps = plan([
    (1, [finding("1.1", .holds("ok")), finding("1.3", run("build"))]), (4, [finding("4.1", run("secret"))]),
    (5, [finding("5.2", run("build")), finding("5.3"), finding("5.7", .unknown("not yet"))]),
  ])

  private static func finding(_ id: String, _ remedy: Remedy) -> DeployPlan.Finding {
    finding(id, .fails("missing", advice: "look"), remedy)
  }

  // MARK: - Planning

  @Test func `equal remedies run once, in the order of the phases`() {
    let plan = Self.twoSteps
    #expect(plan.steps.map(\.remedy) == [.words(["build"]), .words(["secret"])])
    #expect(plan.steps.map(\.checks) == [["1.3", "5.2"], ["4.1"]])
    #expect(plan.holding == ["1.1"])
    #expect(plan.advice.map(\.check) == ["5.3"])
    #expect(plan.goal == ["4.1", "5.2", "5.3", "5.7"])
  }

  @Test func `phases after the fifth are not walked`() {
    let plan = Self.plan([(6, [Self.finding("6.1", Self.run("showcase"))]), (7, [Self.finding("7.1")])])
    #expect(plan.steps.isEmpty && plan.advice.isEmpty && plan.goal.isEmpty)
  }

  @Test func `a remedy that has no commands becomes advice that says why`() {
    let plan = Self.plan([(5, [Self.finding("5.1", .run(.deployChart))])])
    #expect(plan.steps.isEmpty)
    #expect(plan.advice.map(\.text) == ["helm is needed: install it"])
  }

  // MARK: - Walking

  private static let good: [String: CheckResult] = ["1.3", "4.1", "5.2", "5.3", "5.7"].reduce(into: [:]) {
    $0[$1] = .holds("ok")
  }

  private static func good(but id: String, _ result: CheckResult) -> [String: CheckResult] {
    good.merging([id: result]) { _, new in new }
  }

  /// Walks to the point where the checks of the first step are looked at again.
  private static func verifyingFirst() -> DeployWalk {
    var walk = DeployWalk(twoSteps, firstNumber: 5)
    _ = walk.take(.begin, at: start)
    _ = walk.take(.ended(number: 5, problem: nil), at: start)
    return walk
  }

  @Test func `runs each step, looks at its checks again and ends when all hold`() {
    var walk = DeployWalk(Self.twoSteps, firstNumber: 5)
    #expect(walk.take(.begin, at: Self.start) == [.run(Self.command("build"), number: 5)])
    #expect(walk.take(.ended(number: 5, problem: nil), at: Self.start) == [.look(["1.3", "5.2", "4.1"])])
    walk.looked()
    let stillMissing = Self.good(but: "4.1", .fails("missing", advice: "look"))
    #expect(walk.take(.found(stillMissing), at: Self.start) == [.run(Self.command("secret"), number: 6)])
    #expect(walk.take(.ended(number: 6, problem: nil), at: Self.start) == [.look(["4.1"])])
    walk.looked()
    #expect(walk.take(.found(Self.good), at: Self.start) == [.look(["4.1", "5.2", "5.3", "5.7"])])
    walk.looked()
    #expect(walk.take(.found(Self.good), at: Self.start) == [])
    #expect(walk.state == .done)
    #expect(walk.steps.map(\.state) == [.done, .done])
  }

  @Test func `a step whose checks hold by then is passed over`() {
    var walk = Self.verifyingFirst()
    walk.looked()
    #expect(walk.take(.found(Self.good), at: Self.start) == [.look(Self.twoSteps.goal)])
    #expect(walk.steps.map(\.state) == [.done, .passedOver])
  }

  @Test func `what was known before the command does not count`() {
    var walk = Self.verifyingFirst()
    #expect(walk.take(.found(Self.good), at: Self.start) == [])
    #expect(walk.state == .verifying(step: 0))
  }

  @Test func `a check that still fails stops it, with its evidence, once patience ends`() {
    var walk = Self.verifyingFirst()
    walk.looked()
    let bad = Self.good(but: "1.3", .fails("no such image", advice: "build it"))
    #expect(walk.take(.found(bad), at: Self.start.advanced(by: DeployWalk.stepPatience)) == [])
    #expect(walk.isActive)
    _ = walk.take(.found(bad), at: Self.start.advanced(by: DeployWalk.stepPatience + .seconds(1)))
    #expect(walk.state == .stopped("1.3 still fails after its remedy: no such image"))
    #expect(walk.steps[1].state == .waiting)
  }

  @Test func `a check that cannot be known holds it up for a while only`() {
    var walk = Self.verifyingFirst()
    walk.looked()
    let unknown = Self.good(but: "1.3", .unknown("not read yet"))
    #expect(walk.take(.found(unknown), at: Self.start.advanced(by: DeployWalk.unknownPatience)) == [])
    #expect(walk.state == .verifying(step: 0))
    _ = walk.take(.found(unknown), at: Self.start.advanced(by: DeployWalk.unknownPatience + .seconds(1)))
    #expect(walk.state == .settling)
  }

  @Test func `an application that does not settle stops it`() {
    var walk = DeployWalk(Self.plan([(5, [Self.finding("5.3", .unknown("on their way"))])]), firstNumber: 1)
    #expect(walk.take(.begin, at: Self.start) == [.look(["5.3"])])
    walk.looked()
    let bad: [String: CheckResult] = ["5.3": .fails("1 of 2 is not ready", advice: "look")]
    _ = walk.take(.found(bad), at: Self.start.advanced(by: DeployWalk.settlingPatience + .seconds(1)))
    #expect(walk.state == .stopped("5.3 fails: 1 of 2 is not ready"))
  }

  @Test func `a command that fails stops it where it is`() {
    var walk = DeployWalk(Self.twoSteps, firstNumber: 1)
    _ = walk.take(.begin, at: Self.start)
    #expect(walk.take(.ended(number: 1, problem: "exit code 1"), at: Self.start) == [])
    #expect(walk.state == .stopped("exit code 1"))
    #expect(walk.steps.map(\.state) == [.failed("exit code 1"), .waiting])
  }

  @Test func `cancelling ends the command, and no other begins`() {
    var walk = DeployWalk(Self.twoSteps, firstNumber: 1)
    _ = walk.take(.begin, at: Self.start)
    #expect(walk.take(.cancel, at: Self.start) == [.stop])
    #expect(walk.take(.cancel, at: Self.start) == [])
    #expect(walk.take(.ended(number: 1, problem: nil), at: Self.start) == [])
    #expect(walk.state == .stopped("stopped by you"))
  }

  @Test func `answers of another walk's commands are nobody's`() {
    var walk = DeployWalk(Self.twoSteps, firstNumber: 8)
    _ = walk.take(.begin, at: Self.start)
    #expect(walk.take(.ended(number: 7, problem: nil), at: Self.start) == [])
    #expect(walk.state == .running(step: 0, command: 0))
  }

  @Test func `where everything holds nothing runs`() {
    var walk = DeployWalk(Self.plan([(5, [Self.finding("5.3", .holds("ok"))])]), firstNumber: 1)
    #expect(walk.take(.begin, at: Self.start) == [.look(["5.3"])])
    walk.looked()
    #expect(walk.take(.found(["5.3": .holds("ok")]), at: Self.start) == [])
    #expect(walk.state == .done)
  }

  @Test func `an application that nobody can judge is not deployed`() {
    let rollouts = CheckKind("rollouts-done", "rollouts are done") { _, _ in .unknown("reading them is forbidden") }
    let finding = DeployPlan.Finding(Check(id: "5.2", title: "rollouts", kind: rollouts), .unknown("forbidden"))
    var walk = DeployWalk(Self.plan([(5, [finding])]), firstNumber: 1)
    _ = walk.take(.begin, at: Self.start)
    walk.looked()
    let unknown: [String: CheckResult] = ["5.2": .unknown("reading them is forbidden")]
    _ = walk.take(.found(unknown), at: Self.start.advanced(by: DeployWalk.unknownPatience + .seconds(1)))
    #expect(walk.isActive)
    _ = walk.take(.found(unknown), at: Self.start.advanced(by: DeployWalk.settlingPatience + .seconds(1)))
    #expect(walk.state == .stopped("5.2 is not known: reading them is forbidden"))
  }
}
