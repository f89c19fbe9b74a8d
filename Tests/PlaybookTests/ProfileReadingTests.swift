import Testing

@testable import Playbook

/// What is wrong with a profile, as a person reads it.
private func problem(_ yaml: String, _ origin: Profile.Origin = .user(path: "p.yaml")) -> String? {
  do throws(ProfileProblem) {
    _ = try ProfileText(yaml: yaml, file: "p.yaml", origin: origin)
    return nil
  } catch {
    return error.description
  }
}

/// A profile of one check, whose line begins at 3:5.
private func one(_ check: String) -> String { "phases:\n- name: One\n  checks: [\(check)]\n" }

@Suite struct ProfileReadingTests {
  @Test(arguments: [
    ("", "p.yaml:1:1: the file is empty; a profile has phases"),
    ("name: x\n", "p.yaml:1:1: the key \"phases\" is missing here"),
    ("phases: []\n", "p.yaml:1:9: at least one of the phases is expected here"),
    ("phases: 3\n", "p.yaml:1:9: a list is expected here, not \"3\""),
    ("phases:\n- name: One\n  checks: []\n", "p.yaml:3:11: at least one of the checks is expected here"),
    ("phases:\n- name: One\n", "p.yaml:2:3: a phase has checks, or a reason why it has none"),
    (
      "phases:\n\t- name: x\n",
      "p.yaml:2:1: not YAML: while scanning for the next token: found character that cannot start any token"
    ),
    (
      "nam: x\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:1: there is no key \"nam\"; there are name, namespace, workloads, hosts, guards, sources, secret, drills, phases; did you mean \"name\"?"
    ),
    ("a: &a [*a]\n", "p.yaml:1:8: the alias *a stands for a value that contains it"),
    (
      "namespace: Todo_1\nphases: [{name: a, reason: b}]\n", "p.yaml:1:12: \"Todo_1\" cannot be the name of a namespace"
    ),
    (
      "workloads: [pod/x]\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:13: there is no kind of workload \"pod\"; there are daemonset, deployment, job, statefulset"
    ),
    (
      "workloads: [web]\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:13: a workload such as deployment/web is expected here, not \"web\""
    ),
    (
      "hosts: [{host: todo.local, paths: [{path: api}]}]\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:43: a path that begins with / is expected here, not \"api\""
    ),
    (
      "hosts: [{host: todo.local, paths: [{path: /, expect: 99}]}]\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:54: a number from 100 to 599 is expected here, not 99"
    ),
    (
      "guards: {lokal: []}\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:10: there is no key \"lokal\"; there are local, protected; did you mean \"local\"?"
    ),
    (
      "sources: {chart: --output}\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:18: a path is expected here, not \"--output\": write ./--output for a file of that name"
    ),
    ("sources: {release: A}\nphases: [{name: a, reason: b}]\n", "p.yaml:1:20: \"A\" cannot be the name of a release"),
    (
      "sources: {images: [{name: a, image: \"-x\"}]}\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:37: an image such as todo-backend:v1.0.0 is expected here, not \"-x\""
    ),
    (
      "secret: {name: s, required: [\"a b\"]}\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:30: \"a b\" cannot be a key of a Secret"
    ),
    (
      "name: \"a\\nb\"\nphases: [{name: a, reason: b}]\n",
      "p.yaml:1:7: this text has a line break or another control character"
    ),
    ("phases: [{name: a, reason: b}]\n---\nname: x\n", "p.yaml:3:1: a profile is one document, not several"),
  ])
  func `what is wrong is said with its place`(yaml: String, expected: String) {
    #expect(problem(yaml) == expected)
  }

  @Test(arguments: [
    ("{id: 1.1}", "p.yaml:3:12: the key \"kind\" is missing here"),
    ("{kind: manuel}", "did you mean \"manual\"?"),
    ("{kind: manual}", "p.yaml:3:12: a check of kind manual needs \"question\""),
    ("{kind: manual, question: [a]}", "p.yaml:3:37: a text is expected here, not a list"),
    ("{kind: build-time, image: a, minutes: soon}", "p.yaml:3:50: a number is expected here, not \"soon\""),
    ("{kind: build-time, image: a, minutes: -1}", "p.yaml:3:50: a number from 0 to 1000000 is expected here"),
    ("{kind: build-time, image: a, minuts: 3}", "did you mean \"minutes\"?"),
    ("{kind: minikube-addons, addons: ingress}", "p.yaml:3:44: a list is expected here, not \"ingress\""),
    (
      "{kind: replicas, id: a b}",
      "p.yaml:3:33: an id of letters, digits, dots and dashes is expected here, not \"a b\""
    ),
    ("{kind: replicas}, {kind: replicas, id: 1.1}", "p.yaml:3:30: the id \"1.1\" comes twice, first on line 3"),
    ("{kind: replicas, remedy: []}", "p.yaml:3:37: at least one of the words is expected here"),
    (
      "{kind: replicas, remedy: deploy}",
      "p.yaml:3:37: a list of words, or one of deploy-chart and create-secret, is expected here, not \"deploy\""
    ),
    ("{kind: replicas, remedy: [kubectl, \"${charrt}\"]}", "did you mean \"chart\"?"),
    (
      "{kind: replicas, remedy: [kubectl, \"${chart\"]}",
      "p.yaml:3:47: the placeholder \"${chart\" has no end; write $${ for ${ itself"
    ),
    ("{kind: replicas, remedy: [kubectl, \"${image.image}\"]}", "there is no placeholder \"image.image\""),
    ("{kind: replicas, each: pod}", "p.yaml:3:35: there is no list to go through \"pod\"; there are image"),
    ("{kind: replicas, remedy: [kubectl], advice: x}", "p.yaml:3:37: a check has a remedy or advice, not both"),
    (
      "{kind: replicas, remedy: [sh, -c, \"rm -rf /\"]}",
      "p.yaml:3:37: a remedy cannot run sh: it names the program itself, and each of its words"
    ),
    ("{kind: replicas, remedy: [/bin/bash, -c, x]}", "p.yaml:3:37: a remedy cannot run bash"),
    ("{kind: replicas, remedy: [sudo, kubectl]}", "a remedy cannot run sudo"),
    ("{kind: replicas, remedy: [\"${chart}\", x]}", "p.yaml:3:37: a remedy begins with the name of a program"),
  ])
  func `what is wrong with a check is said with its place`(check: String, expected: String) {
    let said = problem(one(check))
    #expect(said?.contains(expected) == true, "\(said ?? "nothing")")
  }

  @Test func `a profile has its limits`() {
    func phases(_ count: Int) -> String { "phases:\n" + String(repeating: "- {name: a, reason: b}\n", count: count) }
    #expect(problem(phases(ProfileLimits.phases)) == nil)
    #expect(problem(phases(ProfileLimits.phases + 1))?.contains("there are more than 20 phases") == true)
    func checks(_ count: Int) -> String {
      one((1...count).map { "{kind: replicas, id: a\($0)}" }.joined(separator: ", "))
    }
    #expect(problem(checks(ProfileLimits.checksPerPhase)) == nil)
    #expect(problem(checks(ProfileLimits.checksPerPhase + 1))?.contains("more than 100 checks") == true)
    let words = (0...ProfileLimits.words).map { "w\($0)" }.joined(separator: ", ")
    #expect(problem(one("{kind: replicas, remedy: [\(words)]}"))?.contains("more than 64 words") == true)
    let long = String(repeating: "x", count: ProfileLimits.textLength + 1)
    #expect(problem("name: \(long)\nphases: [{name: a, reason: b}]\n")?.contains("longer than 1000 characters") == true)
    #expect(problem("name: \(String(repeating: "x", count: 300_000))")?.contains("larger than 262144 bytes") == true)
  }

  @Test func `aliases that stand for billions are refused before they are written out`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(problem(text)?.contains("there are more than 20000 values") == true)
    let many = "a: &a x\nb: [" + Array(repeating: "*a", count: 1_000).joined(separator: ", ") + "]\n"
    #expect(problem(many)?.contains("there are more than 100 aliases") == true)
  }

  @Test func `what is not said is as usual`() throws {
    let profile = try Profile(
      yaml: one("{kind: server-version}, {kind: host-resolves, title: \"it's ${release}\"}"), file: "p.yaml",
      origin: .user(path: "p.yaml"))
    #expect(profile.checks.map(\.id) == ["1.1", "1.2"])
    #expect(profile.checks[0].title == CheckKind.serverVersion.summary)
    #expect(profile.checks[0].parameters.text("minimum") == "1.28")
    #expect(profile.guards == .builtIn)
    #expect(profile.namespace == nil)
  }

  @Test func `no kind has a parameter of the name of a key that all checks have`() {
    for kind in CheckKind.all {
      #expect(Set(kind.parameters.map(\.name)).isDisjoint(with: CheckText.commonKeys), "\(kind.name)")
    }
    #expect(Set(CheckKind.all.map(\.name)).count == CheckKind.all.count)
  }
}
