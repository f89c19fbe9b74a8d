import ClusterModel
import Testing

@testable import Playbook

@Suite struct TourWalkTests {
  private static let start = Timestamp(seconds: 1_000)

  private static func tour(_ steps: String) throws -> Tour {
    try TourText(yaml: "steps:\n" + steps, file: "t.yaml", words: ["deploy"]).tour
  }

  private static let three = """
    - {title: First, say: a, checks: [a], minutes: 1}
    - {title: Tool, say: b, ask: gordon, prompts: [say something], minutes: 1}
    - {title: Last, say: c, minutes: 1}
    """

  private static func findings(
    _ state: CheckResult = .holds("ok"), missing: [AITool: String] = [:]
  ) -> TourWalk.Findings {
    TourWalk.Findings(results: ["a": state], missing: missing)
  }

  private static let failing = findings(.fails("no", advice: "do"))
  private static func at(_ seconds: Int64) -> Timestamp { start.advanced(by: .seconds(seconds)) }

  private static func walk(_ found: TourWalk.Findings = findings()) throws -> TourWalk {
    TourWalk(try tour(three), found, at: start)
  }

  @Test func `a step ends by itself once its checks hold and its time is over, and not before`() throws {
    var walk = try Self.walk(Self.failing)
    walk.take(.look, Self.findings(), at: Self.at(59))
    #expect(walk.index == 0)
    walk.take(.look, Self.failing, at: Self.at(61))
    #expect(walk.index == 0 && walk.stepLeft == .seconds(-1))
    walk.take(.look, Self.findings(), at: Self.at(62))
    #expect(walk.index == 1 && walk.steps[0].outcome == .held && walk.steps[0].spent == .seconds(62))
    #expect(walk.steps[0].found == [TourWalk.CheckFound(id: "a", state: .holds)])
    // A step without checks waits for the presenter.
    walk.take(.look, Self.findings(), at: Self.at(500))
    #expect(walk.index == 1)
  }

  @Test func `what a presenter passes over is skipped, what holds or has nothing to hold is not`() throws {
    var walk = try Self.walk()
    walk.take(.next, Self.failing, at: Self.at(5))
    #expect(walk.steps[0].outcome == .skipped && walk.skipped == 1)
    walk.take(.next, Self.findings(), at: Self.at(8))
    #expect(walk.steps[1].outcome == .told)
    walk.take(.back, Self.findings(), at: Self.at(9))
    walk.take(.back, Self.findings(), at: Self.at(10))
    #expect(walk.index == 0 && walk.steps[0].outcome == nil && walk.skipped == 0)
    walk.take(.next, Self.findings(), at: Self.at(12))
    #expect(walk.steps[0].outcome == .held && walk.steps[0].spent == .seconds(7))
    walk.take(.back, Self.findings(), at: Self.at(12))
    walk.take(.back, Self.findings(), at: Self.at(12))
    #expect(walk.index == 0)
  }

  @Test func `checks that are skipped here do not hold up a step, unknown ones do`() throws {
    for (result, outcome): (CheckResult, TourWalk.Outcome) in [
      (.skipped("no such cluster"), .held), (.unknown("not yet"), .skipped), (.manual(.manual, "said"), .held),
    ] {
      var walk = try Self.walk()
      walk.take(.next, Self.findings(result), at: Self.at(1))
      #expect(walk.steps[0].outcome == outcome)
    }
    var walk = try Self.walk()
    walk.take(.next, TourWalk.Findings(results: [:]), at: Self.at(1))
    #expect(walk.steps[0].outcome == .skipped)
  }

  @Test func `a step whose tool is not there is passed over with what stands in for it`() throws {
    let found = Self.findings(missing: [.gordon: "gordon is not installed; the Docker CLI stands in for it"])
    var walk = try Self.walk()
    walk.take(.next, found, at: Self.at(1))
    #expect(walk.index == 2)
    #expect(walk.steps[1].outcome == .missing("gordon is not installed; the Docker CLI stands in for it"))
    #expect(walk.steps[1].spent == .zero && walk.skipped == 0)
    walk.take(.back, found, at: Self.at(2))
    #expect(walk.index == 0)
    // Known too late: the step is left as soon as it is known.
    var late = try Self.walk()
    late.take(.next, Self.findings(), at: Self.at(1))
    #expect(late.index == 1)
    late.take(.look, found, at: Self.at(2))
    #expect(late.index == 2)
    // From first to last, even where there is nothing else.
    let only = try Self.tour("- {title: T, say: b, ask: gordon, prompts: [x], minutes: 1}\n")
    #expect(TourWalk(only, found, at: Self.start).state == .ended(isWhole: true))
  }

  @Test func `the clock runs on but for pauses, and a clock that was set back charges nothing`() throws {
    var walk = try Self.walk()
    walk.take(.pauseOrContinue, Self.findings(), at: Self.at(10))
    #expect(walk.state == .paused && walk.elapsed == .seconds(10))
    // Paused, nothing ends by itself, and keys still count.
    walk.take(.look, Self.findings(), at: Self.at(300))
    #expect(walk.index == 0 && walk.left == .seconds(890))
    walk.take(.pauseOrContinue, Self.findings(), at: Self.at(400))
    walk.take(.look, Self.findings(), at: Self.at(405))
    #expect(walk.elapsed == .seconds(15))
    walk.take(.look, Self.findings(), at: Self.at(100))
    walk.take(.look, Self.findings(), at: Self.at(101))
    #expect(walk.elapsed == .seconds(16))
    walk.take(.pauseOrContinue, Self.findings(), at: Self.at(101))
    walk.take(.next, Self.findings(), at: Self.at(102))
    #expect(walk.state == .paused && walk.index == 1)
  }

  @Test func `more than the whole time is negative, and the tour goes on all the same`() throws {
    var walk = try Self.walk(Self.failing)
    walk.take(.look, Self.failing, at: Self.at(930))
    #expect(walk.left == .seconds(-30) && clockText(walk.left) == "-0:30" && walk.isActive)
  }

  @Test func `only a whole tour is recorded, and none of which most was skipped counts as a rehearsal`() throws {
    var walk = try Self.walk()
    #expect(walk.run(isSimulated: false) == nil)
    var ended = walk
    ended.take(.end, Self.findings(), at: Self.at(5))
    #expect(ended.state == .ended(isWhole: false) && ended.run(isSimulated: false) == nil)
    ended.take(.next, Self.findings(), at: Self.at(6))
    #expect(ended.index == 0)
    for second in 1...3 { walk.take(.next, Self.findings(), at: Self.at(Int64(second) * 10)) }
    #expect(
      walk.run(isSimulated: true)
        == DeployRecord.Run(endedAt: Self.at(30), seconds: 30, isSuccess: true, isSimulated: true))
    let all = try Self.tour(
      "- {title: A, say: a, checks: [a], minutes: 1}\n- {title: B, say: a, checks: [a], minutes: 1}\n")
    var hurried = TourWalk(all, Self.failing, at: Self.start)
    hurried.take(.next, Self.failing, at: Self.at(1))
    hurried.take(.next, Self.failing, at: Self.at(2))
    let run = try #require(hurried.run(isSimulated: false))
    #expect(!run.isSuccess && run.note == "2 of 2 steps skipped")
  }

  @Test(arguments: [
    (0.0, "0:00"), (0.2, "0:01"), (59.5, "1:00"), (754, "12:34"), (-0.5, "0:00"), (-1, "-0:01"), (-95, "-1:35"),
  ])
  func `a clock says 0:00 when it is over, not before`(seconds: Double, words: String) {
    #expect(clockText(.milliseconds(Int64(seconds * 1_000))) == words)
  }

  // MARK: - The result

  @Test func `the result as Markdown has every step, criterion and question, and no markup of others`() throws {
    var walk = TourWalk(
      try Self.tour("- {title: \"A | <b>\", say: a, phase: 5, checks: [a], minutes: 1}\n"), Self.findings(),
      at: Self.start)
    walk.take(.next, Self.findings(), at: Self.at(75))
    var context = CheckContext(
      snapshot: Snapshot(), facts: Facts(), record: DeployRecord(), profile: .plain, now: Self.at(75))
    context.record.note(
      AIOperationEnd(exitCode: 0, duration: .seconds(2), firstLine: "fine | really", problem: nil), of: .kagent,
      isSimulated: false, at: Self.at(70))
    let text = TourReport(walk, in: context, isSimulated: true).markdown(
      application: "Todo", place: "context minikube, namespace todo", at: Self.at(75))
    #expect(text.hasPrefix("# Todo: tour\n"))
    #expect(text.contains("| 1 A \\| \\<b\\> | 5 | 1:00 | 1:15 | its checks held | a holds |"), "\(text)")
    #expect(text.contains("The tour reached its end in 1:15 of 15:00."))
    #expect(text.contains("This was a demo"))
    #expect(SuccessCriterion.all.allSatisfy { text.contains("| \($0.id) |") })
    #expect(text.contains("| kagent | 1 |") && text.contains("exit code 0: fine \\| really"))
  }
}
