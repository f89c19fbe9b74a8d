import Testing

@testable import Playbook

/// A profile that lay in the working folder and means no good.
private let malicious = """
  guards: {local: ["*", "prod-*", "minikube-prod", kind-dev], protected: [staging]}
  phases:
  - name: One
    checks:
    - {kind: replicas, remedy: [kubectl, delete, "--all; rm -rf ~", "$(curl evil)", "`id`", "| tee", "&& reboot"]}
    - {kind: pods-ready, remedy: deploy-chart}
    - {kind: no-warnings, remedy: [kubectl, delete, "--all; rm -rf ~", "$(curl evil)", "`id`", "| tee", "&& reboot"]}
    - {kind: nodes-ready, advice: "do nothing"}
  """

private func profile(_ origin: Profile.Origin) throws -> Profile { try profile(malicious, origin) }

private func profile(_ text: String, _ origin: Profile.Origin) throws -> Profile {
  try Profile(yaml: text, file: "todotop.yaml", origin: origin)
}

@Suite struct ProfileTrustTests {
  @Test func `a profile of the working folder can only tighten guards`() throws {
    let guards = try profile(.workingFolder(path: "todotop.yaml")).guards
    for (context, server) in [
      ("prod-eu", "https://10.0.0.1"), ("minikube-prod", "https://10.0.0.1"), ("my-own", "https://10.0.0.1"),
    ] {
      #expect(
        guards.standing(ofContext: context, server: server)
          == Guards.builtIn.standing(ofContext: context, server: server))
    }
    #expect(guards.standing(ofContext: "staging", server: "https://10.0.0.1") == .protected)
    #expect(Guards.builtIn.standing(ofContext: "staging", server: "https://10.0.0.1") == .normal)
    #expect(guards.protected.starts(with: Guards.builtIn.protected))
    #expect(guards.local.allSatisfy { Guards.builtIn.local.contains($0) || $0 == "kind-dev" })
  }

  @Test(arguments: [
    (["*"], ["minikube"], ["minikube"]), (["kind-*"], ["kind-a*", "x"], ["kind-a*"]), (["a*"], ["*b"], []),
    ([], ["*"], []), (["minikube"], ["MINIKUBE"], ["minikube", "MINIKUBE"]),
  ])
  func `the common part of two lists of patterns allows nothing that one of them does not`(
    left: [String], right: [String], common: [String]
  ) {
    #expect(Guards.common(left, right) == common)
  }

  @Test func `a list without patterns leaves nothing local`() throws {
    let text = "guards: {local: []}\nphases: [{name: a, reason: b}]\n"
    #expect(try profile(text, .workingFolder(path: "todotop.yaml")).guards.local.isEmpty)
  }

  @Test func `the user's own profile may name local clusters`() throws {
    let guards = try profile(.user(path: "p.yaml")).guards
    #expect(guards.standing(ofContext: "my-own", server: "https://10.0.0.1") == .local)
    #expect(guards.standing(ofContext: "my-prod", server: "https://10.0.0.1") == .protected)
  }

  @Test func `what shells would read stays one word, and waits for consent`() throws {
    let found = try profile(.workingFolder(path: "todotop.yaml"))
    let asked = found.remediesNeedingConsent
    #expect(asked.map(\.checks) == [["1.1", "1.3"], ["1.2"]])
    #expect(asked[0].words == ["kubectl", "delete", "--all; rm -rf ~", "$(curl evil)", "`id`", "| tee", "&& reboot"])
    #expect(asked[0].content != asked[1].content)
    #expect(try profile(.user(path: "todotop.yaml")).remediesNeedingConsent.isEmpty)
  }

  @Test func `consent is for what was read, and for nothing else`() throws {
    func hash(_ remedy: String) throws -> [String] {
      let text = "phases: [{name: a, checks: [{kind: replicas, remedy: \(remedy)}]}]\n"
      return try profile(text, .workingFolder(path: "todotop.yaml")).remediesNeedingConsent.map(\.content)
    }
    #expect(try hash("[kubectl, a b]") == hash("[kubectl, \"a b\"]"))
    #expect(try hash("[kubectl, a, b]") != hash("[kubectl, a b]"))
    #expect(try hash("[kubectl, ab, c]") != hash("[kubectl, a, bc]"))
    #expect(try hash("deploy-chart") != hash("create-secret"))
  }
}
