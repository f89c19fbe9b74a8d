import ClusterModel

/// One of the fifteen criteria by which the deployment is judged, and what decides it.
package struct SuccessCriterion: Sendable, Identifiable {
  /// What decides a criterion.
  package enum Evidence: Sendable {
    /// All checks of these kinds, wherever the profile has them.
    case kinds([String])
    /// Drills that were recovered from without an error that users saw.
    case drills([String])
    /// A run that was recorded under a name.
    case run(String, what: String)
    /// A person, under the check of this id.
    case person(String)
  }

  /// The number people look it up by: `SC-003`.
  package let id: String
  package let title: String
  package let evidence: Evidence

  /// All fifteen, in order.
  package static let all: [SuccessCriterion] = [
    SuccessCriterion("SC-001", "images build in under 5 min each, without errors", .kinds(["build-time"])),
    SuccessCriterion("SC-002", "docker run serves the ports", .person("1.7")),
    SuccessCriterion("SC-003", "Helm deploys in under 3 min with one command", .kinds(["deploy-time"])),
    SuccessCriterion(
      "SC-004", "all pods run within 2 min, without a restart", .kinds(["pods-ready", "startup-times", "no-restarts"])),
    SuccessCriterion("SC-005", "reachable at its host within 30 s of the deploy", .kinds(["reach-time"])),
    SuccessCriterion("SC-006", "a user's whole way works", .person("5.13")),
    SuccessCriterion("SC-007", "pods restart and users see no error", .drills(["D01", "D02"])),
    SuccessCriterion("SC-008", "three operations with each AI tool", .kinds(["ai-operations"])),
    SuccessCriterion("SC-009", "health of 85 or more, nothing critical", .kinds(["health-score"])),
    SuccessCriterion("SC-010", "the demo takes less than 15 min", .kinds(["demo-time"])),
    SuccessCriterion("SC-011", "the audience is impressed", .person("SC-011")),
    SuccessCriterion("SC-012", "logs can be read", .kinds(["logs-readable"])),
    SuccessCriterion("SC-013", "health says 200 on all pods", .kinds(["pods-healthy"])),
    SuccessCriterion("SC-014", "within limits, nothing out of memory", .kinds(["within-limits", "no-out-of-memory"])),
    SuccessCriterion("SC-015", "one command on a fresh cluster", .run("fresh", what: "a deploy onto a fresh cluster")),
  ]

  private init(_ id: String, _ title: String, _ evidence: Evidence) {
    self.id = id
    self.title = title
    self.evidence = evidence
  }

  /// Judges it by what its checks found, what was recorded, and what a person said.
  package func result(in context: CheckContext) -> CheckResult {
    switch evidence {
    case .kinds(let names):
      let checks = context.profile.checks.filter { names.contains($0.kind.name) }
      return Self.together(checks.map { ($0.title, $0.result(in: context)) })
    case .drills(let drills):
      let results = drills.map { drill in
        (drill, Self.check(.drillProven, id, ["drill": .text(drill)]).result(in: context))
      }
      return Self.together(results)
    case .run(let name, let what):
      return Self.result(of: name, what, in: context)
    case .person(let id):
      let known = context.profile.checks.first { $0.id == id }
      return (known ?? Self.check(.manual, id, ["question": .text(title)])).result(in: context)
    }
  }

  private static func check(_ kind: CheckKind, _ id: String, _ parameters: [String: CheckParameters.Value]) -> Check {
    Check(id: id, title: kind.summary, kind: kind, parameters: CheckParameters(parameters))
  }

  private static func result(of name: String, _ what: String, in context: CheckContext) -> CheckResult {
    guard let run = context.record.runs[name] else { return .unknown("\(what) was not timed yet") }
    let took = Age.text(of: .seconds(min(max(run.seconds, 0), 1e9)))
    let result: CheckResult =
      run.isSuccess
      ? .holds("took \(took)") : .fails("\(what) failed: \(cut(run.note))", advice: "repeat it on a fresh cluster")
    return result.recorded(run, at: context.now)
  }

  /// Several results as one: the worst decides, and what is skipped counts only where all is.
  private static func together(_ results: [(title: String, result: CheckResult)]) -> CheckResult {
    let order: [CheckResult.State] = [.fails, .unknown, .stale, .holds, .manual, .skipped]
    for state in order {
      let same = results.filter { $0.result.state == state }
      guard let first = same.first else { continue }
      var result = first.result
      if results.count > 1 {
        result.evidence =
          state == .holds
          ? listed(same.map(\.result.evidence), limit: 3) : "\(first.title): \(first.result.evidence)"
      }
      // What was played decides nothing about the real thing.
      if results.contains(where: { $0.result.origin == .simulated }) { result.origin = .simulated }
      return result
    }
    return .skipped("the profile has no check for it")
  }
}
