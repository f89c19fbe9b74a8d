import ClusterModel
import Testing

@testable import Playbook

private let words = ["deploy", "criteria", "present", "usage", "phases", "ingress", "restart", "sort", "drill"]

private func problem(_ yaml: String) -> String? {
  do throws(ProfileProblem) {
    _ = try TourText(yaml: yaml, file: "t.yaml", words: words)
    return nil
  } catch {
    return error.description
  }
}

/// A tour of one step, whose members begin at 2:4.
private func one(_ step: String) -> String { "steps:\n- {\(step)}\n" }

private let usual = "title: A, say: b"

@Suite struct TourReadingTests {
  @Test(arguments: [
    ("", "t.yaml:1:1: the file is empty; a tour has steps"),
    ("name: x\n", "t.yaml:1:1: the key \"steps\" is missing here"),
    ("steps: []\n", "t.yaml:1:8: at least one of the steps is expected here"),
    ("steps: [{title: A, say: b, minutes: 1}]\n---\nx\n", "t.yaml:3:1: a tour is one document, not several"),
    (
      one("titles: A, say: b, minutes: 1"),
      "t.yaml:2:4: there is no key \"titles\"; there are title, phase, say, show, do, ask, prompts, checks, minutes; did you mean \"title\"?"
    ),
    (one("say: b, minutes: 1"), "t.yaml:2:3: the key \"title\" is missing here"),
    (one("title: A, minutes: 1"), "t.yaml:2:3: the key \"say\" is missing here"),
    (one(usual), "t.yaml:2:3: the key \"minutes\" is missing here"),
    (one("\(usual), minutes: 0"), "t.yaml:2:31: a number above 0 and up to 15 is expected here"),
    (one("\(usual), minutes: soon"), "t.yaml:2:31: a number is expected here, not \"soon\""),
    (
      one("\(usual), minutes: 9}\n- {title: B, say: c, minutes: 8"),
      "t.yaml:2:1: the steps take 17:00 in all; a tour takes 15:00 at most"
    ),
    (
      one("\(usual), minutes: 1, do: deplyo"),
      "t.yaml:2:38: there is no command :deplyo; did you mean \"deploy\"?"
    ),
    (
      one("\(usual), minutes: 1, do: deploy, show: ls"),
      "t.yaml:2:38: a step has one of show, do and ask, not several"
    ),
    (
      one("\(usual), minutes: 1, ask: gordan, prompts: [a]"),
      "t.yaml:2:39: there is no AI tool \"gordan\"; there are gordon, kubectl-ai, kagent; did you mean \"gordon\"?"
    ),
    (one("\(usual), minutes: 1, ask: gordon"), "t.yaml:2:3: the key \"prompts\" is missing here"),
    (
      one("\(usual), minutes: 1, ask: gordon, prompts: [--skip-permissions]"),
      "t.yaml:2:57: a prompt begins with a letter, so that no program takes it for an option"
    ),
    (
      one("\(usual), minutes: 1, prompts: [a]"),
      "t.yaml:2:43: prompts are for a step that says which tool to ask"
    ),
    (one("\(usual), minutes: 1, phase: 0"), "t.yaml:2:41: a number from 1 to 20 is expected here, not 0"),
  ])
  func `a broken tour is told with its place, what was expected and the nearest word`(yaml: String, words: String) {
    #expect(problem(yaml) == words)
  }

  @Test func `a text that is too long, too many steps and something that is no YAML are refused`() {
    #expect(problem(one("title: A, say: \(String(repeating: "b", count: 601)), minutes: 1"))?.contains("600") == true)
    let many = "steps:\n" + String(repeating: "- {title: A, say: b, minutes: 0.1}\n", count: 61)
    #expect(problem(many)?.contains("more than 60 steps") == true)
    #expect(problem("steps: [")?.hasPrefix("t.yaml:") == true)
  }

  @Test func `a check that the profile does not have is told, with the nearest that it has`() throws {
    let text = try TourText(yaml: one("\(usual), minutes: 1, checks: [5.2, 5.33]"), file: "t.yaml", words: words)
    let profile = try todoProfile()
    #expect(
      text.problem(with: profile)?.description
        == "t.yaml:2:48: the profile has no check \"5.33\"; did you mean \"5.3\"?")
    // Of an unknown profile nothing is left that could end the step.
    #expect(text.tour.resolved(for: profile).steps[0].checks == ["5.2"])
  }

  @Test func `an id that stands for a check of each image becomes several`() throws {
    let text = try TourText(yaml: one("\(usual), minutes: 1, checks: [1.3, 1.4]"), file: "t.yaml", words: words)
    let profile = try todoProfile()
    #expect(text.problem(with: profile) == nil)
    #expect(Set(text.tour.resolved(for: profile).steps[0].checks) == ["1.3-backend", "1.3-frontend", "1.4"])
  }

  @Test func `a broken file never prevents a tour: the built-in one takes its place, with one sentence`() throws {
    let builtIn = resource("tour.yaml")
    let known = words + ["tour"]
    let profile = try todoProfile()
    let broken = TourChoice(own: .init(path: "own.yaml", text: "steps: 3"), builtIn: builtIn, words: known)
    let (tour, notice) = try #require(broken.tour(for: profile))
    #expect(tour.name == "Todo AI Chatbot")
    #expect(notice == "own.yaml:1:8: a list is expected here, not \"3\"; the built-in tour is used instead")
    #expect(broken.notice == notice)
    let unreadable = TourChoice(own: .init(path: "gone.yaml", text: nil), builtIn: builtIn, words: known)
    #expect(unreadable.notice.hasPrefix("gone.yaml:1:1: this cannot be read"))
    let own = TourChoice(
      own: .init(path: "own.yaml", text: "name: Mine\n" + one("\(usual), minutes: 1")), builtIn: builtIn, words: known)
    #expect(own.tour(for: profile)?.tour.name == "Mine" && own.notice.isEmpty)
    #expect(TourChoice().tour(for: profile) == nil)
  }

  // MARK: - The tour that comes with the program

  private static func builtIn() throws -> Tour {
    try TourText(yaml: resource("tour.yaml"), file: "tour.yaml", words: words).tour
  }

  @Test func `the built-in tour goes through every phase in less than a quarter of an hour`() throws {
    let tour = try Self.builtIn()
    #expect(Set(tour.steps.compactMap(\.phase)) == Set(1...7))
    #expect(tour.time <= Tour.limit)
    #expect(tour.tools == [.gordon, .kubectlAI, .kagent])
    for step in tour.steps {
      if case .ask(_, let prompts) = step.action { #expect(prompts.count == 3) }
    }
  }

  @Test func `its checks are those of the built-in profile, and in the phase of their step`() throws {
    let text = try TourText(yaml: resource("tour.yaml"), file: "tour.yaml", words: words)
    let profile = try todoProfile()
    #expect(text.problem(with: profile) == nil)
    for step in text.tour.resolved(for: profile).steps {
      let phase = profile.phases.first { $0.id == step.phase }
      for id in step.checks { #expect(phase?.checks.contains { $0.id == id } == true, "\(step.title): \(id)") }
    }
  }

  @Test func `what to say is two or three sentences that have room on a small terminal`() throws {
    for step in try Self.builtIn().steps {
      #expect(step.say.count <= 225, "\(step.title): \(step.say.count)")
      #expect((2...4).contains(step.say.count { $0 == "." || $0 == "?" }), "\(step.title)")
    }
  }
}
