import ClusterModel
import Testing

@testable import Playbook

@Suite struct ProfileChoiceTests {
  private let builtIn = ProfileChoice.BuiltIn(
    todo: resource("profiles/todo.yaml"), generic: resource("profiles/generic.yaml"))
  private let good = "name: Mine\nphases: [{name: a, reason: b}]\n"

  private var elsewhere: World {
    var connection = World().snapshot.connection
    connection.namespace = "default"
    return World().with(.connectionChanged(connection))
  }

  private func choice(named: String? = nil, inFolder: String? = nil, _ world: World) -> ProfileChoice {
    ProfileChoice(
      named: named.map { ProfileChoice.File(path: "my.yaml", text: $0) },
      inFolder: inFolder.map { ProfileChoice.File(path: "./todotop.yaml", text: $0) }, builtIn: builtIn,
      found: FoundSources(sample: sampleFolder), snapshot: world.snapshot)
  }

  @Test func `the file that was named comes first, then the folder's, then what the cluster looks like`() {
    let todo = World(deployment(labels: ["app.kubernetes.io/part-of": "todo"]))
    #expect(choice(named: good, todo).profile.origin == .user(path: "my.yaml"))
    #expect(choice(inFolder: good, todo).profile.origin == .workingFolder(path: "./todotop.yaml"))
    #expect(choice(todo).profile.name == "Todo AI Chatbot")
    #expect(choice(todo).notice.isEmpty)
    #expect(choice(World(deployment())).profile.name.isEmpty)
    // Its own namespace with nothing in it is where it is to be deployed; another one is not.
    #expect(choice(World()).profile.name == "Todo AI Chatbot")
    #expect(choice(elsewhere).profile.checks.count == Profile.plain.checks.count)
  }

  @Test func `two that match are both named`() {
    let both = choice(named: good, inFolder: good, World())
    #expect(both.profile.origin == .user(path: "my.yaml"))
    #expect(both.notice == "my.yaml is used; ./todotop.yaml would match too")
  }

  @Test func `a broken profile never prevents watching`() {
    let broken = choice(named: "phasen: []\n", elsewhere)
    #expect(broken.profile.checks.count == Profile.plain.checks.count)
    #expect(broken.problem?.line == 1)
    #expect(broken.notice.hasPrefix("my.yaml:1:1: there is no key \"phasen\""))
    #expect(broken.notice.hasSuffix("did you mean \"phases\"?; the generic profile is used instead"))
    let second = choice(named: "phasen: []\n", inFolder: good, World())
    #expect(second.profile.name == "Mine")
    #expect(second.notice.hasSuffix("./todotop.yaml is used instead"))
  }
}
