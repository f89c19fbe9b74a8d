import CellScreen
import ClusterModel
import Playbook
import Testing

@testable import Dashboard

/// From F5 to the last check, without a cluster: keys and answers in, effects and screens out.
@Suite struct DeployTests {
  private static let version = FactQuestion.tool(.dockerVersion)

  /// A condition that what docker says decides.
  private static let kind = CheckKind(
    "docker-says", "docker says good", questions: { _, _, _ in [version] }
  ) { _, context in
    switch context.facts[tool: .dockerVersion] {
    case .ended(0, "good", _): return .holds("it says good")
    case nil: return .unknown("not asked yet")
    default: return .fails("it says nothing good", advice: "repair it")
    }
  }

  private static func profile(_ origin: Profile.Origin = .builtIn) -> Profile {
    func check(_ id: String, _ remedy: Remedy?) -> Check {
      Check(id: id, title: "title \(id)", kind: kind, remedy: remedy)
    }
    return Profile(
      origin: origin, name: "Example", namespace: "todo",
      phases: [
        Phase(1, "First", [check("1.1", .run(.words(["docker", "pull", "a b"]))), check("1.2", .advice("do it"))]),
        Phase(5, "Last", [check("5.1", .run(.words(["kubectl", "apply", "-f", "x"])))]),
      ])
  }

  /// The recorded application with a profile of three checks, armed, as if it were watched.
  private static func ready(_ profile: Profile = profile(), docker: String? = "bad") throws -> DashboardState {
    var state = try ActingTests.armed()
    state.profile = profile
    state.deploying.programs = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], context: "minikube"))
    var connection = state.snapshot.connection
    connection.isReachable = true
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    guard let docker else { return state }
    return answered(docker, state).state
  }

  private static func answered(
    _ docker: String, _ state: DashboardState, alsoCluster: Bool = false
  ) -> (state: DashboardState, effects: [Effect]) {
    var state = state
    var facts = [version: Fact(.ended(code: 0, output: docker, errorText: ""), readAt: state.now)]
    if alsoCluster {
      facts[.tool(.clusterUID)] = Fact(.ended(code: 0, output: "uid", errorText: ""), readAt: state.now)
    }
    let effects = reduce(&state, .factsRead(facts), at: state.now)
    return (state, effects)
  }

  /// The plan as it is shown once all is looked up.
  private static func planned(_ state: DashboardState? = nil, docker: String = "bad") throws -> DashboardState {
    let state = try state ?? ready()
    return answered(docker, try press("<F5>", in: state).state, alsoCluster: true).state
  }

  private static func run(in effects: [Effect]) -> (command: RemedyCommand, number: Int)? {
    effects.lazy.compactMap { if case .runRemedy(let command, let number) = $0 { (command, number) } else { nil } }
      .first
  }

  private static func text(_ state: DashboardState) -> String { draw(state).text() }

  // MARK: - The plan

  @Test func `F5 shows what would run, word for word, and what is left for a person`() throws {
    let (state, effects) = try press("<F5>", in: Self.ready())
    #expect(effects == [.readFacts([Self.version])])
    let text = Self.text(state)
    #expect(text.contains("Plan: 2 steps"))
    #expect(text.contains("$ docker pull 'a b'"))
    #expect(text.contains("kubectl --context=minikube --namespace=todo apply -f x"))
    #expect(text.contains("1.2 title 1.2  → do it"))
  }

  @Test func `nothing runs before a question was answered with yes`() throws {
    let (asked, effects) = try press("<enter>", in: Self.planned())
    #expect(Self.run(in: effects) == nil)
    #expect(asked.acting.question != nil)
    #expect(Self.text(asked).contains("Run 2 steps?"))
    let (left, none) = try press("<esc>", in: asked)
    #expect(none.isEmpty && left.deploying.walk == nil)
  }

  @Test func `disarmed nothing is asked`() throws {
    var state = try Self.ready()
    state.acting.arming.disarm()
    let after = try press("<enter>", in: Self.planned(state)).state
    #expect(after.acting.question == nil && after.notice.contains("ctrl-t"))
  }

  @Test func `a recording cannot be deployed to`() throws {
    var state = try Self.ready()
    var connection = state.snapshot.connection
    connection.feed = .recording
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    #expect(try press("<F5>", in: state).state.notice == "a recording cannot be changed")
  }

  // MARK: - The walk

  @Test func `runs step by step, looks again after each and ends when all holds`() throws {
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    #expect(first.command.words == ["docker", "pull", "a b"])
    effects = reduce(&state, .remedySaid(number: first.number, ["layer 1", "\u{1B}[31mred"]), at: state.now)
    #expect(Self.text(state).contains("layer 1") && !state.deploying.output.lines.joined().contains("\u{1B}"))
    effects = reduce(&state, .remedyEnded(number: first.number, problem: nil), at: state.now)
    #expect(effects == [.readFacts([Self.version])])
    // The second step's check holds by then, too: it is passed over, and the end is waited for.
    (state, effects) = Self.answered("good", state)
    #expect(effects == [.readFacts([Self.version])])
    (state, effects) = Self.answered("good", state)
    #expect(state.deploying.walk?.state == .done)
    #expect(Self.text(state).contains("Deployed"))
    #expect(state.river.entries.contains { $0.text.hasPrefix("done in") })
  }

  @Test func `a command that fails stops it, and what was wrong is saved`() throws {
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    effects = reduce(
      &state, .remedyEnded(number: first.number, problem: "docker ended with exit code 1"), at: state.now)
    let evidence = effects.compactMap { if case .saveEvidence(let text) = $0 { text } else { nil } }
    #expect(evidence.count == 1 && evidence[0].contains("because: docker ended with exit code 1"))
    #expect(Self.text(state).contains("Stopped after"))
    let words = try press("<enter>", in: state).state.notice
    #expect(words == "it has ended; F5 plans anew")
  }

  @Test func `ctrl-x ends the command, and the next F5 plans anew`() throws {
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    (state, effects) = try press("<ctrl-x>", in: state)
    #expect(effects.contains(.stopRemedy))
    _ = reduce(&state, .remedyEnded(number: first.number, problem: "docker was ended by you"), at: state.now)
    #expect(Self.text(state).contains("stopped by you"))
    #expect(Self.text(try press("<F5>", in: state).state).contains("Plan: 2 steps"))
  }

  @Test func `where all holds there is nothing to run`() throws {
    let state = try press("<enter>", in: Self.planned(Self.ready(docker: "good"), docker: "good")).state
    #expect(Self.text(state).contains("Nothing is to be run"))
    #expect(state.notice == "nothing is to be done")
  }

  @Test func `what a command said of an older walk is dropped`() throws {
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    effects = reduce(&state, .remedyEnded(number: first.number + 1, problem: "no"), at: state.now)
    #expect(effects.isEmpty && state.deploying.walk?.isActive == true)
  }

  @Test func `what was asked before the command ended does not count as seen after it`() throws {
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    let later = state.now.advanced(by: .seconds(5))
    let old = Fact(.ended(code: 0, output: "good", errorText: ""), readAt: state.now)
    _ = reduce(&state, .remedyEnded(number: first.number, problem: nil), at: later)
    effects = reduce(&state, .factsRead([Self.version: old]), at: later)
    #expect(effects.isEmpty && state.deploying.walk?.state == .verifying(step: 0))
    let new = Fact(.ended(code: 0, output: "good", errorText: ""), readAt: later)
    effects = reduce(&state, .factsRead([Self.version: new]), at: later)
    #expect(state.deploying.walk?.state == .settling)
    // And an old answer that comes late does not take the place of a newer one.
    let late = Fact(.ended(code: 0, output: "bad", errorText: ""), readAt: old.readAt)
    _ = reduce(&state, .factsRead([Self.version: late]), at: later)
    #expect(state.facts[Self.version] == new)
  }

  @Test func `while answers are on their way nothing is asked, and without the cluster nothing counts as done`() throws
  {
    let early = try press("<F5><enter>", in: Self.ready()).state
    #expect(early.acting.question == nil && early.notice.contains("on their way"))
    var (state, effects) = try press("<enter>y", in: Self.planned())
    let first = try #require(Self.run(in: effects))
    _ = reduce(&state, .remedyEnded(number: first.number, problem: nil), at: state.now)
    var connection = state.snapshot.connection
    connection.isReachable = false
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    (state, effects) = Self.answered("good", state)
    #expect(state.deploying.walk?.state == .verifying(step: 0))
    #expect(try press(":ns other<enter>", in: state).state.notice.contains("a deploy is under way"))
  }

  @Test func `a profile of another namespace is not deployed into this one`() throws {
    var profile = Self.profile()
    profile.namespace = "shop"
    let state = try Self.ready(profile)
    #expect(try press("<F5>", in: state).state.notice.contains("belongs into namespace shop, not todo"))
    // Nor is the remedy of one of its checks.
    let asked = try press("1j<enter>", in: state).state
    #expect(asked.acting.question == nil && asked.notice.contains("belongs into namespace shop"))
  }

  // MARK: - Single checks and foreign profiles

  @Test func `enter on a check that fails asks for its remedy alone`() throws {
    let (asked, _) = try press("1j<enter>", in: Self.ready())
    guard case .deploy(let plan)? = asked.acting.question?.intent else {
      Issue.record("nothing is asked: \(asked.notice)")
      return
    }
    #expect(plan.steps.map(\.checks) == [["1.1"]])
  }

  @Test func `d shows a check in full`() throws {
    let text = try Self.text(press("1jd", in: Self.ready()).state)
    #expect(text.contains("1.1 title 1.1") && text.contains("it says nothing good"))
    #expect(text.contains("docker pull 'a b'"))
  }

  @Test func `commands of a profile in the working folder are agreed to by a word, once per content`() throws {
    let foreign = Self.profile(.workingFolder(path: "./todotop.yaml"))
    let (asked, _) = try press("<enter>", in: Self.planned(Self.ready(foreign)))
    #expect(Self.text(asked).contains("the commands come from ./todotop.yaml"))
    #expect(try Self.run(in: press("y<enter>", in: asked).effects) == nil)
    let (agreed, effects) = try press("run<enter>", in: asked)
    #expect(Self.run(in: effects) != nil)
    #expect(effects.contains { if case .saveRecord(let record) = $0 { record.consents.count == 2 } else { false } })
    // Another time a key is enough; with other words it is asked again.
    var again = try Self.ready(foreign)
    again.deployRecord.consents = agreed.deployRecord.consents
    #expect(try Self.run(in: press("<enter>y", in: Self.planned(again)).effects) != nil)
    again.deployRecord.consents = ["something else"]
    #expect(try Self.run(in: press("<enter>y", in: Self.planned(again)).effects) == nil)
  }

  @Test func `answers that are old are read again, and each question is asked once at a time`() throws {
    var state = try Self.ready(docker: nil)
    var connection = state.snapshot.connection
    connection.isReachable = true
    connection.feed = .watch
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    #expect(reduce(&state, .ticked, at: state.now) == [.readFacts([Self.version])])
    #expect(reduce(&state, .ticked, at: state.now) == [])
    state = Self.answered("good", state).state
    #expect(reduce(&state, .ticked, at: state.now.advanced(by: .seconds(599))) == [])
    #expect(reduce(&state, .ticked, at: state.now.advanced(by: .seconds(601))) == [.readFacts([Self.version])])
  }
}
