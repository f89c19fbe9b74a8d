import ClusterModel

@testable import Playbook

private let gordon: [String: CheckParameters.Value] = ["tool": .text("gordon")]
private let tool = ToolQuestion.aiTool(.gordon)
private let noPlugin = said("", code: 1, error: "docker: 'ai' is not a docker command.\nSee 'docker --help'\n")

private func operations(_ count: Int) -> DeployRecord {
  var record = DeployRecord()
  for number in 0..<count { record.runs.merge(recorded("ai gordon \(number)").runs) { $1 } }
  return record
}

private func lock() -> ClusterObject { .configMap(metadata("todotop-drill")) }
private let drill: [String: CheckParameters.Value] = ["drill": .text("D02")]
private let question: [String: CheckParameters.Value] = ["question": .text("does it answer")]

private func marked(hoursAgo: Int64) -> DeployRecord {
  var record = DeployRecord()
  record.marks["1.1"] = World.now.advanced(by: .seconds(-3_600 * hoursAgo))
  return record
}

/// A profile whose second phase asks whether the first holds.
private func twoPhases(_ first: CheckKind) -> Profile {
  var profile = Profile.plain
  profile.phases = [
    Phase(1, "One", [Check(id: "9.9", title: "", kind: first)]),
    Phase(2, "Two", [Check(id: "1.1", title: "", kind: .phasesHold)]),
  ]
  return profile
}

/// A profile that asks so in its first phase.
private let onePhase: Profile = {
  var profile = Profile.plain
  profile.phases = [Phase(1, "One", [Check(id: "1.1", title: "", kind: .phasesHold)])]
  return profile
}()

/// A good world: two replicas, a budget, probes, limits, nothing that warns.
let healthy: World = {
  var budget = PodDisruptionBudget()
  budget.metadata = metadata("web")
  budget.selector.matchLabels = ["app": "web"]
  let web = changed(deployment()) { (deployment: inout Deployment) in
    var probe = Probe()
    probe.summary = "GET /health :8000"
    deployment.template.containers[0].readinessProbe = probe
    deployment.template.containers[0].livenessProbe = probe
  }
  return World(web, pod(), node(), .podDisruptionBudget(budget))
}()

extension CheckCase {
  static let reviewCases: [CheckCase] = [
    CheckCase(.aiTool, .holds, World(), gordon, facts: facts(tool: tool, said("Docker AI Agent v1.9.3\n"))),
    CheckCase(.aiTool, .fails, World(), gordon, facts: facts(tool: tool, said("", code: 2, error: "please sign in\n"))),
    CheckCase(
      .aiTool, .fails, World(), ["tool": .text("kagent")],
      facts: facts(tool: .aiTool(.kagent), said("some other program\n"))),
    CheckCase(
      .aiTool, .holds, World(), ["tool": .text("kubectl-ai")],
      facts: facts(tool: .aiTool(.kubectlAI), said("version: 0.0.24\nFlags:\n  --llm-provider string\n"))),
    CheckCase(
      .aiTool, .fails, World(), ["tool": .text("kubectl-ai")],
      facts: facts(tool: .aiTool(.kubectlAI), said("version: 9\n"))),
    CheckCase(
      .aiTool, .holds, World(), ["tool": .text("kagent")],
      facts: facts(tool: .aiTool(.kagent), said("kagent\nAvailable Commands:\n  invoke  Invoke an agent\n"))),
    CheckCase(.aiTool, .skipped, World(), gordon, facts: facts(tool: tool, noPlugin)),
    CheckCase(.aiTool, .skipped, World(), gordon, facts: facts(tool: tool, .missing(program: "docker"))),
    CheckCase(.aiTool, .unknown, World(), gordon), CheckCase(.aiTool, .unknown, World(), ["tool": .text("clippy")]),

    CheckCase(.aiOperations, .holds, World(), gordon, record: operations(3)),
    CheckCase(.aiOperations, .fails, World(), gordon, facts: facts(tool: tool, said("v1\n")), record: operations(2)),
    CheckCase(.aiOperations, .skipped, World(), gordon, facts: facts(tool: tool, noPlugin)),
    CheckCase(.aiOperations, .unknown, World(), gordon),

    CheckCase(
      .documents, .holds, World(),
      facts: facts([.folder("."): .entries(["README.md", "docs/QUICKSTART.md", "script/demo"])]), profile: webProfile),
    CheckCase(.documents, .fails, World(), facts: facts([.folder("."): .entries(["README.md"])]), profile: webProfile),
    CheckCase(.documents, .unknown, World(), profile: webProfile), CheckCase(.documents, .skipped, World()),

    CheckCase(.drillProven, .holds, World(), drill, record: recorded("drill D02 web")),
    CheckCase(
      .drillProven, .fails, World(), drill, record: recorded("drill D02 web", isSuccess: false, note: "not back")),
    CheckCase(
      .drillProven, .fails, World(deployment()), drill.merging(["workloads": .text("each")]) { $1 },
      record: recorded("drill D02 api")),
    CheckCase(.drillProven, .stale, World(), drill, record: recorded("drill D02 web", hoursAgo: 48)),
    CheckCase(.drillProven, .unknown, World(), drill, record: recorded("drill D020 web")),

    CheckCase(.noOpenDrill, .holds, World(deployment())), CheckCase(.noOpenDrill, .fails, World(lock())),
    CheckCase(.noOpenDrill, .unknown, World()),

    CheckCase(.healthScore, .holds, healthy), CheckCase(.healthScore, .fails, World(deployment(available: 0))),
    CheckCase(.healthScore, .unknown, World()),

    CheckCase(.phasesHold, .holds, World(deployment()), profile: twoPhases(.replicas)),
    CheckCase(.phasesHold, .fails, World(deployment(replicas: 1)), profile: twoPhases(.replicas)),
    CheckCase(.phasesHold, .unknown, World(), profile: twoPhases(.replicas)),
    CheckCase(.phasesHold, .skipped, World(), profile: onePhase),

    CheckCase(.manual, .unknown, World(), question),
    CheckCase(.manual, .manual, World(), question, record: marked(hoursAgo: 2)),
    CheckCase(.manual, .stale, World(), question, record: marked(hoursAgo: 25)),
  ]
}
