import ClusterModel

@testable import Playbook

private let notFound = said("", code: 1, error: "Error from server (NotFound): secrets \"todo-secrets\" not found\n")
private let forbidden = said(
  "", code: 1, error: "Error from server (Forbidden): secrets is forbidden: User \"x\" cannot get\n")
private func shape(_ lines: String) -> Facts { facts(tool: secretQuestion, said(lines)) }
private let committed = ToolQuestion.committedSecrets(folder: ".")
private let owner = ToolQuestion.ownership(secretKey)

private func owned(_ managers: [String], labels: String = "", annotations: String = "") -> FactAnswer {
  let entries = managers.map {
    #"{"manager":"\#($0)","operation":"Update","fieldsV1":{"f:data":{".":{},"f:DATABASE_URL":{}}}}"#
  }
  return said(
    #"{"metadata":{"name":"todo-secrets","labels":{\#(labels)},"annotations":{\#(annotations)},"managedFields":[\#(entries.joined(separator: ","))]}}"#
  )
}
private let helmLabel = #""app.kubernetes.io/managed-by":"Helm""#
private let chartSecret = "kind: Secret\nmetadata: {name: todo-secrets}\n"

private let webOwner = FactQuestion.tool(.ownership(webKey))
private let backend: [String: CheckParameters.Value] = [
  "workload": .text("web"), "variables": .texts(["DATABASE_URL", "NEON_DB_URL"]),
]
/// A world whose pod ended with an error and waits for its next try.
private let crashing = World(
  many: ownedPod { pod in
    pod.containerStatuses[0].state = .waiting(reason: "CrashLoopBackOff", message: "back-off")
    pod.containerStatuses[0].isReady = false
  })
private func crashLog(_ text: String) -> Facts {
  var target = podLog
  target.isPrevious = true
  return facts([.tool(.logTail(target, lines: 500)): said(text), webOwner: said(ownership(literal("DATABASE_URL")))])
}

extension CheckCase {
  static let secretCases: [CheckCase] = [
    CheckCase(
      .secretKeys, .holds, World(), facts: shape("DATABASE_URL\t83\tok\nOPENAI_API_KEY\t0\tok\n"), profile: webProfile),
    CheckCase(.secretKeys, .fails, World(), facts: shape("OPENAI_API_KEY\t51\tok\n"), profile: webProfile),
    CheckCase(.secretKeys, .fails, World(), facts: shape("DATABASE_URL\t0\tok\n"), profile: webProfile),
    CheckCase(.secretKeys, .fails, World(), facts: shape("DATABASE_URL\t8\tplaceholder\n"), profile: webProfile),
    CheckCase(
      .secretKeys, .fails, World(),
      facts: facts([
        .tool(secretQuestion): said("DATABASE_URL\t83\tok\n"),
        templateQuestion: said(
          rendered(environment: "{name: JWT, valueFrom: {secretKeyRef: {name: todo-secrets, key: JWT_SECRET}}}")),
      ]), profile: webProfile),
    CheckCase(.secretKeys, .fails, World(), facts: facts(tool: secretQuestion, notFound), profile: webProfile),
    CheckCase(.secretKeys, .unknown, World(), facts: facts(tool: secretQuestion, forbidden), profile: webProfile),
    CheckCase(.secretKeys, .skipped, World()),

    CheckCase(
      .noLiteralSecrets, .holds, World(deployment()),
      facts: facts([webOwner: said(ownership(fromSecret("JWT_SECRET") + "," + literal("LOG_LEVEL")))])),
    CheckCase(
      .noLiteralSecrets, .fails, World(deployment()), facts: facts([webOwner: said(ownership(literal("JWT_SECRET")))])),
    CheckCase(
      .noLiteralSecrets, .fails, World(),
      facts: facts([
        templateQuestion: said(rendered(environment: "{name: DATABASE_URL, value: \"postgresql://u:p@h/d\"}"))
      ]),
      profile: webProfile),
    CheckCase(.noLiteralSecrets, .unknown, World(deployment()), profile: webProfile),
    CheckCase(.noLiteralSecrets, .skipped, World()),

    CheckCase(
      .noCommittedSecrets, .holds, World(), facts: facts(tool: committed, said("", code: 1)), profile: webProfile),
    CheckCase(
      .noCommittedSecrets, .fails, World(), facts: facts(tool: committed, said("backend/.env:3:URL with a password\n")),
      profile: webProfile),
    CheckCase(
      .noCommittedSecrets, .skipped, World(),
      facts: facts(
        tool: committed,
        said("", code: 128, error: "fatal: not a git repository (or any of the parent directories): .git\n")),
      profile: webProfile),
    CheckCase(
      .noCommittedSecrets, .unknown, World(), facts: facts(tool: committed, .late(seconds: 5)), profile: webProfile),

    CheckCase(.singleOwner, .holds, World(), facts: facts(tool: owner, owned(["kubectl-create"])), profile: webProfile),
    CheckCase(
      .singleOwner, .holds, World(), facts: facts(tool: owner, owned(["helm"], labels: helmLabel)), profile: webProfile),
    CheckCase(
      .singleOwner, .fails, World(), facts: facts(tool: owner, owned(["helm", "kubectl-patch"], labels: helmLabel)),
      profile: webProfile),
    CheckCase(
      .singleOwner, .fails, World(),
      facts: facts([.tool(owner): owned(["kubectl-create"]), templateQuestion: said(chartSecret)]), profile: webProfile),
    CheckCase(
      .singleOwner, .fails, World(),
      facts: facts(
        tool: owner, owned(["helm"], labels: helmLabel, annotations: #""meta.helm.sh/release-name":"other""#)),
      profile: webProfile),
    CheckCase(.singleOwner, .skipped, World(), facts: facts(tool: owner, notFound), profile: webProfile),
    CheckCase(.singleOwner, .unknown, World(), profile: webProfile),

    CheckCase(
      .environmentComplete, .holds, World(deployment()), backend,
      facts: facts([webOwner: said(ownership(fromSecret("DATABASE_URL") + "," + fromSecret("NEON_DB_URL")))])),
    CheckCase(
      .environmentComplete, .fails, World(deployment()), backend,
      facts: facts([webOwner: said(ownership(fromSecret("DATABASE_URL")))])),
    CheckCase(
      .environmentComplete, .fails, crashing, facts: crashLog("Traceback\nKeyError: 'NEON_DB_URL'\n")),
    CheckCase(.environmentComplete, .unknown, crashing, facts: crashLog("Segmentation fault\n")),
    CheckCase(
      .environmentComplete, .fails, World(), backend,
      facts: facts([templateQuestion: said(rendered(environment: "{name: DATABASE_URL, value: x}"))]),
      profile: webProfile),
    CheckCase(.environmentComplete, .unknown, World(), backend, profile: webProfile),
    CheckCase(.environmentComplete, .skipped, World(deployment()), backend),
  ]
}
