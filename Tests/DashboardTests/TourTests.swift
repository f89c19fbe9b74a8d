import CellScreen
import ClusterModel
import Foundation
import Playbook
import TestSupport
import Testing

@testable import Dashboard

/// The tour on the screen: keys and ticks in, state, effects and screens out.
@Suite struct TourTests {
  static let sizes = GoldenTests.sizes

  private static let text = """
    name: Example
    steps:
    - {title: First, say: Say this. And that., do: criteria, checks: ["1.1"], minutes: 1}
    - {title: Ask it, phase: 6, say: Now we ask., ask: kubectl-ai, prompts: [show pods, show more], minutes: 1}
    - {title: Typed, say: Look here., show: docker image ls, minutes: 1}
    """

  private static func check(_ id: String, holds: Bool) -> Check {
    Check(
      id: id, title: "title \(id)",
      kind: CheckKind("made-up", "made up") { _, _ in holds ? .holds("fine") : .fails("broken", advice: "repair it") })
  }

  /// The recorded application, armed, with a tour of three steps; what kubectl-ai says of itself can be given.
  static func ready(
    holds: Bool = true, tool: FactAnswer? = .ended(code: 0, output: "--llm-provider", errorText: ""),
    size: Size = ActingTests.size
  ) throws -> DashboardState {
    var state = try ActingTests.armed()
    state.size = size
    var profile = Profile.plain
    profile.phases = [Phase(1, "One", [check("1.1", holds: holds)])]
    state.use(profile, notice: "")
    state.touring.choice = TourChoice(own: .init(path: "own.yaml", text: text), builtIn: "", words: Command.allWords)
    if let tool { state.facts.merge([.tool(.aiTool(.kubectlAI)): Fact(tool, readAt: state.now)]) }
    return state
  }

  private static func ticked(_ state: DashboardState, after seconds: Int64) -> (
    state: DashboardState, effects: [Effect]
  ) {
    var state = state
    let effects = reduce(&state, .ticked, at: state.now.advanced(by: .seconds(seconds)))
    return (state, effects)
  }

  // MARK: - The course

  @Test func `:tour begins it with its clock, and the panels below stay what they are`() throws {
    let state = try press(":tour<enter>", in: Self.ready()).state
    let text = draw(state).text()
    for words in ["Say this. And that.", ":criteria", "1.1", "all hold", "1/3", "step 1:00 of 1:00", "Pods", "River"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(draw(Self.ticked(state, after: 15).state).text().contains("step 0:45"))
    let moved = try press("jj", in: state).state
    #expect(moved.selectedRow(in: Panel.pods) != nil && moved.showsTour)
  }

  @Test func `n goes on, backspace back, space stops the clock, and n before a check holds is a skip`() throws {
    var state = try press(":tour<enter>n", in: Self.ready(holds: false)).state
    #expect(state.tourWalk?.index == 1 && state.tourWalk?.steps[0].outcome == .skipped)
    state = try press("<backspace>", in: state).state
    #expect(state.tourWalk?.index == 0)
    #expect(try press("<backspace>", in: state).state.notice == "this is the first step")
    state = try press(" ", in: state).state
    let later = Self.ticked(state, after: 100).state
    #expect(later.tourWalk?.elapsed == .zero && draw(later).text().contains("paused"))
    #expect(try press(" ", in: later).state.tourWalk?.state == .running)
    #expect(try press("<enter>", in: later).state.tourWalk?.index == 1)
  }

  @Test func `a step goes on by itself once its checks hold and its time is over`() throws {
    let good = try press(":tour<enter>", in: Self.ready()).state
    #expect(Self.ticked(good, after: 59).state.tourWalk?.index == 0)
    #expect(Self.ticked(good, after: 61).state.tourWalk?.index == 1)
    let bad = try press(":tour<enter>", in: Self.ready(holds: false)).state
    #expect(Self.ticked(bad, after: 61).state.tourWalk?.index == 0)
    #expect(draw(bad).text().contains("title 1.1: broken"))
  }

  @Test func `a step whose tool is not there is skipped, and what stands in for it is said`() throws {
    let state = try press(":tour<enter>n", in: Self.ready(tool: .missing(program: "kubectl-ai"))).state
    #expect(state.tourWalk?.index == 2)
    #expect(state.notice == "skipped: kubectl-ai is not installed; kubectl stands in for it")
  }

  @Test func `the end shows the result, and the record has the demo`() throws {
    var state = try press(":tour<enter>n", in: Self.ready()).state
    state = Self.ticked(state, after: 70).state
    let (after, effects) = try press("nn", in: state)
    #expect(after.views == [.tourResult] && after.tourWalk == nil)
    let run = try #require(after.deployRecord.runs[DeployRecord.demo])
    #expect(run.isSuccess && run.seconds == 70)
    #expect(effects == [.saveRecord(after.deployRecord)])
    let text = draw(after).text()
    for words in ["reached its end in 1:10 of 15:00", "1:10", "its checks held", "SC-010"] {
      #expect(text.contains(words) || after.tourMarkdown?.contains(words) == true, "\(words)")
    }
    #expect(try press("<esc>", in: after).state.views.isEmpty)
    #expect(try press("<esc>:tour-result<enter>", in: after).state.views == [.tourResult])
    guard case .saveReport(let report, path: "")? = try press("<ctrl-s>", in: after).effects.first else {
      Issue.record("ctrl-s writes the result")
      return
    }
    #expect(report.contains("| 1 First |") && report.contains("SC-015"))
    #expect(try press(":save x.md<enter>", in: after).effects == [.saveReport(report, path: "x.md")])
  }

  @Test func `ended before its last step nothing is recorded, but the result is shown`() throws {
    let (state, effects) = try press(":tour<enter>ne", in: Self.ready())
    #expect(state.views == [.tourResult] && effects.isEmpty && state.deployRecord.runs.isEmpty)
    #expect(draw(state).text().contains("ended in step 2 of 3"))
  }

  @Test func `x does what the step shows: a word of the program, nothing for a text, a question for a tool`() throws {
    let state = try press(":tour<enter>", in: Self.ready()).state
    let opened = try press("x", in: state).state
    #expect(opened.views == [.criteria] && draw(opened).text().contains("step 1:00"))
    #expect(try press("x<esc>n", in: state).state.tourWalk?.index == 1)
    #expect(
      try press("nnx", in: state).state.notice == "“docker image ls” is shown, not run: type it in another terminal")
    #expect(try press("nx", in: state).state.acting.question != nil)
  }

  @Test func `:tour hides it while its clock runs, and shows it again; without it its keys are others'`() throws {
    let hidden = try press(":tour<enter>:tour<enter>", in: Self.ready()).state
    #expect(!hidden.showsTour && hidden.tourWalk != nil && !draw(hidden).text().contains("Say this"))
    #expect(Self.ticked(hidden, after: 61).state.tourWalk?.index == 1)
    #expect(try press("<enter>", in: hidden).state.views == [.details])
    #expect(try press(":tour<enter>", in: hidden).state.showsTour)
  }

  @Test func `a broken tour and none at all are one sentence`() throws {
    var state = try Self.ready()
    state.touring.choice = TourChoice(
      own: .init(path: "own.yaml", text: "steps: 3"), builtIn: Self.text, words: Command.allWords)
    let after = try press(":tour<enter>", in: state).state
    #expect(after.notice == "own.yaml:1:8: a list is expected here, not \"3\"; the built-in tour is used instead")
    #expect(after.tourWalk?.tour.name == "Example")
    state.touring.choice = TourChoice()
    #expect(try press(":tour<enter>", in: state).state.notice == "there is no tour here")
    #expect(try press(":tour-result<enter>", in: state).state.notice == "no tour was begun yet; :tour begins it")
  }

  // MARK: - AI tools

  private static func asked(_ effects: [Effect]) -> AIOperation? {
    effects.lazy.compactMap { if case .askTool(let operation) = $0 { operation } else { nil } }.first
  }

  @Test func `the question shows the exact words, where it may look, and what it could do`() throws {
    let state = try press(":ai kubectl-ai show pods<enter>", in: Self.ready()).state
    let text = draw(state).text()
    for words in [
      "Ask kubectl-ai?", "kubectl-ai --quiet", "only read", "KUBECONFIG", "works with your rights", "goes to the model",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let (after, effects) = try press("y", in: state)
    let operation = try #require(Self.asked(effects))
    #expect(operation.prompt == "show pods, in namespace todo; only read, do not change anything")
    #expect(after.acting.question == nil)
    #expect(try Self.asked(press("<esc>", in: state).effects) == nil)
    #expect(try Self.asked(press("<enter>", in: state).effects) == nil)
  }

  @Test func `what a tool answered is counted, and the next question is the next of its list`() throws {
    let state = try press(":tour<enter>nxy", in: Self.ready())
    let operation = try #require(Self.asked(state.effects))
    #expect(operation.prompt.hasPrefix("show pods,"))
    var after = state.state
    let end = AIOperationEnd(exitCode: 0, duration: .seconds(4), firstLine: "two pods", problem: nil)
    let effects = reduce(&after, .toolEnded(operation, end), at: after.now.advanced(by: .seconds(4)))
    #expect(effects == [.saveRecord(after.deployRecord)])
    #expect(after.deployRecord.runs["ai kubectl-ai 1"]?.note == "exit code 0: two pods")
    #expect(after.notice == "kubectl-ai answered in 4s" && draw(after).text().contains("“show more”"))
    #expect(after.river.entries.first?.subject == "kubectl-ai")
    #expect(try Self.asked(press("xy", in: after).effects)?.prompt.hasPrefix("show more,") == true)
    let failed = AIOperationEnd(
      exitCode: nil, duration: .zero, firstLine: "", problem: "kubectl-ai was ended by ctrl-c")
    _ = reduce(&after, .toolEnded(operation, failed), at: after.now)
    #expect(after.deployRecord.runs["ai kubectl-ai 2"]?.isSuccess == false)
    #expect(after.notice == "kubectl-ai was ended by ctrl-c")
  }

  @Test func `disarmed, read-only or without one namespace no tool is asked`() throws {
    var state = try Self.ready()
    state.acting.arming.disarm()
    #expect(try press(":ai kubectl-ai<enter>", in: state).state.notice.contains("ctrl-t allows changes"))
    state.acting.arming = Arming(readOnlyReason: "started with --read-only")
    #expect(try press(":ai kubectl-ai<enter>", in: state).state.notice == "started with --read-only")
    state = try Self.ready()
    _ = try press(":ai kubectl-ai<enter>", in: state)
    var connection = state.snapshot.connection
    connection.namespace = nil
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    #expect(try press(":ai kubectl-ai<enter>", in: state).state.acting.question == nil)
  }

  @Test func `where others depend on the cluster the namespace is typed`() throws {
    var state = try Self.ready()
    state.profile.guards.protected = ["*"]
    state.judgeStanding()
    let asking = try press(":ai kubectl-ai<enter>", in: state).state
    #expect(asking.acting.question?.wordToType == "todo")
    #expect(try Self.asked(press("y<enter>", in: asking).effects) == nil)
    #expect(try Self.asked(press("todo<enter>", in: asking).effects) != nil)
  }

  @Test(arguments: [
    (":ai<enter>", ":ai TOOL, or :ai TOOL PROMPT; there are gordon, kubectl-ai, kagent"),
    (":ai gordan<enter>", "no AI tool gordan; did you mean gordon?"),
    (":ai kubectl-ai --skip-permissions<enter>", "a prompt begins with a letter and has at most 500 characters"),
    (":ai kagent<enter>", "kagent is looked for; try again"),
  ])
  func `what cannot be asked is one sentence with the next step`(script: String, notice: String) throws {
    let (state, effects) = try press(script, in: Self.ready())
    #expect(state.notice == notice && Self.asked(effects) == nil && state.acting.question == nil)
  }

  // MARK: - On the screen

  /// A tour that is under way, as goldens show it.
  static func touring(_ scene: Scene, _ size: Size, keys: String) throws -> DashboardState {
    var state = scene.make(size)
    state.touring.choice = TourChoice(
      own: nil, builtIn: try String(contentsOf: tourFile, encoding: .utf8), words: Command.allWords)
    state.facts.merge(
      AITool.allCases.reduce(into: [:]) {
        $0[.tool(.aiTool($1))] = Fact(.missing(program: $1.rawValue), readAt: state.now)
      })
    state = try press(":tour<enter>", in: state).state
    state = ticked(state, after: 21).state
    return try press(keys, in: state).state
  }

  private static let tourFile = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Resources/tour.yaml").standardized

  struct Look: Sendable, CustomTestStringConvertible {
    let name: String
    let scene: Scene
    let keys: String

    var testDescription: String { name }
  }

  static let looks = [
    Look(name: "begun", scene: .todo, keys: ""), Look(name: "deploy", scene: .busy, keys: "nnnnn"),
    Look(name: "paused", scene: .broken, keys: "n "), Look(name: "presented", scene: .todo, keys: "nnP"),
    Look(name: "view", scene: .todo, keys: "nnnn:criteria<enter>"), Look(name: "result", scene: .todo, keys: "nnne"),
    Look(name: "masked", scene: .todo, keys: "nnnH"),
  ]

  static var names: [String] {
    looks.flatMap { look in sizes.map { "tour-\(look.name)-\($0.columns)x\($0.rows)" } }
  }

  @Test(arguments: looks, sizes)
  func `the tour is as recorded`(look: Look, size: Size) throws {
    expectGolden(
      draw(try Self.touring(look.scene, size, keys: look.keys)),
      named: "tour-\(look.name)-\(size.columns)x\(size.rows)",
      headline: "tour \(look.name) in scene \(look.scene.name)")
  }

  @Test(arguments: sizes + [Size(columns: 40, rows: 12), Size(columns: 120, rows: 36), Size(columns: 300, rows: 20)])
  func `the strip covers nothing, and leaves every panel that is shown some rows`(size: Size) throws {
    for keys in ["", "P", "z", "Pz", "<enter>x", "Plx"] {
      let state = try Self.touring(.todo, size, keys: keys)
      let layout = Layout(of: state)
      let places = [layout.tour, layout.tabs, layout.footer] + layout.panels.map(\.rect)
      for (index, place) in places.enumerated() {
        for other in places.dropFirst(index + 1) { #expect(place.intersection(other).isEmpty, "\(keys)") }
      }
      #expect(layout.panels.allSatisfy { $0.rect.rows >= 3 }, "\(keys) \(layout.panels)")
      #expect(draw(state).size == size)
    }
  }

  @Test(arguments: sizes) func `time left and title are in large letters`(size: Size) throws {
    let state = try Self.touring(.todo, size, keys: "")
    let rows = Layout(of: state).tour
    let cells = (rows.top..<rows.top + 3).flatMap { draw(state).row($0) }
    let blocks: Set<Glyph> = ["█", "▀", "▄"]
    #expect(cells.count { blocks.contains($0.glyph) } > 60)
  }
}
