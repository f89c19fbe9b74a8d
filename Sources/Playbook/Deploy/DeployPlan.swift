/// What a deploy would do: each remedy once, in the order of the phases, with the checks that it should make hold.
package struct DeployPlan: Hashable, Sendable {
  /// One remedy and what it is for.
  package struct Step: Hashable, Sendable {
    package let remedy: RemedyStep
    /// The checks that it should make hold, by id.
    package let checks: [String]
    /// What it is for, in the words of its first check.
    package let title: String
    package let commands: [RemedyCommand]
  }

  /// What only a person can do about a check that fails.
  package struct Advice: Hashable, Sendable {
    package let check: String
    package let title: String
    package let text: String
  }

  package let steps: [Step]
  /// The checks that hold, by id.
  package let holding: [String]
  /// What is left for a person.
  package let advice: [Advice]
  /// The checks that must hold at the end, by id.
  package let goal: [String]
  /// Those of them without which nobody knows whether the application runs: unknown is not enough.
  package let core: [String]

  /// The phases that a deploy walks.
  package static let phases = 1...5
  /// The phases that must hold at its end: what a person can leave undone lies before them.
  package static let goalPhases = 4...5

  /// Kinds that are known only when a deploy is over, or when a person says so, or that look back at its begin.
  private static let kindsNotAwaited: Set<String> = ["manual", "deploy-time", "reach-time", "no-warnings"]

  private static let coreKinds: Set<String> = ["rollouts-done", "pods-ready"]

  /// A check and what it found.
  package struct Finding: Sendable {
    package let check: Check
    package let result: CheckResult

    /// A check and its result.
    package init(_ check: Check, _ result: CheckResult) {
      self.check = check
      self.result = result
    }
  }

  /// Plans what makes all checks of the phases hold that do not.
  ///
  /// - Parameter commands: The commands of a remedy, or in a sentence why there are none.
  package init(
    _ findings: [(phase: Int, findings: [Finding])], commands: (RemedyStep) -> Result<[RemedyCommand], RemedyProblem>
  ) {
    let walked = findings.filter { Self.phases.contains($0.phase) }
    let all = walked.flatMap(\.findings)
    holding = all.filter { $0.result.isGood }.map(\.check.id)
    goal = walked.filter { Self.goalPhases.contains($0.phase) }.flatMap(\.findings).map(\.check)
      .filter { !Self.kindsNotAwaited.contains($0.kind.name) }.map(\.id)
    core = all.filter { Self.coreKinds.contains($0.check.kind.name) }.map(\.check.id)
    (steps, advice) = Self.steps(for: all.filter { $0.result.state == .fails }, commands)
  }

  /// Plans the remedy of one check.
  package init(_ finding: Finding, commands: (RemedyStep) -> Result<[RemedyCommand], RemedyProblem>) {
    (holding, goal, core) = ([], [finding.check.id], [])
    (steps, advice) = Self.steps(for: [finding], commands)
  }

  private static func steps(
    for failing: [Finding], _ commands: (RemedyStep) -> Result<[RemedyCommand], RemedyProblem>
  ) -> ([Step], [Advice]) {
    var steps: [Step] = []
    var advice: [Advice] = []
    for finding in failing {
      let check = finding.check
      func advise(_ text: String) { advice.append(Advice(check: check.id, title: check.title, text: text)) }
      switch check.remedy {
      case .run(let remedy):
        if let index = steps.firstIndex(where: { $0.remedy == remedy }) {
          let step = steps[index]
          steps[index] = Step(
            remedy: remedy, checks: step.checks + [check.id], title: step.title, commands: step.commands)
          continue
        }
        switch commands(remedy) {
        case .success(let all):
          // What an earlier step does, such as making the namespace, is not done again.
          let commands = all.filter { command in !steps.contains { $0.commands.contains(command) } }
          steps.append(
            Step(remedy: remedy, checks: [check.id], title: remedy.title ?? check.title, commands: commands))
        case .failure(let problem): advise(problem.sentence)
        }
      case .advice(let text): advise(text)
      case nil: advise(finding.result.advice)
      }
    }
    return (steps, advice)
  }
}

extension CheckResult {
  /// Whether nothing is left to do for it.
  package var isGood: Bool { state == .holds || state == .manual }
}

extension RemedyStep {
  /// What it does, in words; `nil` where only the check says what it is for.
  fileprivate var title: String? {
    switch self {
    case .words: nil
    case .deployChart: "deploy the application"
    case .createSecret: "create the Secret"
    }
  }
}
