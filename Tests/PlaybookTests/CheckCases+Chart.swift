import ClusterModel

@testable import Playbook

private let chartFolder = FactQuestion.folder("chart")
private let wholeChart = FactAnswer.entries([
  "Chart.yaml", "templates/_helpers.tpl", "templates/configmap.yaml", "templates/deployment-backend.yaml",
  "templates/ingress.yaml", "templates/secret.yaml", "templates/service.yaml", "values.yaml",
])
private let noHelm = facts([
  templateQuestion: .missing(program: "helm"), .tool(lintQuestion): .missing(program: "helm"),
])
private func template(_ output: String) -> Facts { facts([templateQuestion: said(output)]) }
private let lint = "==> Linting chart\n[INFO] Chart.yaml: icon is recommended\n\n1 chart(s) linted, 0 chart(s) failed\n"
private let badLint =
  "==> Linting chart\n[ERROR] templates/: parse error at (todo-app/templates/a.yaml:3): unexpected {{end}}\n\nError: 1 chart(s) linted, 1 chart(s) failed\n"
private let required = """
  Error: execution error at (todo-app/templates/secret.yaml:11:19): secrets.databaseUrl is required

  Use --debug flag to render out invalid YAML
  """
private func rewrite(_ path: String, target: String = "/") -> String {
  """
  kind: Ingress
  metadata: {name: todo, annotations: {nginx.ingress.kubernetes.io/rewrite-target: \(target)}}
  spec: {rules: [{host: todo.local, http: {paths: [{path: \(path)}]}}]}
  """
}
private let five = ["Service", "Service", "Ingress", "ConfigMap", "Deployment"].enumerated().map {
  "---\nkind: \($1)\nmetadata: {name: a\($0)}\n"
}.joined()
private let secretVariable = "{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: todo-secrets, key: DATABASE_URL}}}"

/// The profile of an application that comes with its manifests.
private let manifestProfile: Profile = {
  var profile = webProfile
  profile.sources.manifests = Sources.Place("todo.yaml", isSample: true)
  return profile
}()

private func values(_ text: String, template: String) -> Facts {
  facts([
    .file("chart/Chart.yaml"): .text("name: a\ndependencies: [{name: redis}]\n"),
    .file("chart/values.yaml"): .text(text), .file("chart/templates/a.yaml"): .text(template),
  ])
}

extension CheckCase {
  static let chartCases: [CheckCase] = [
    CheckCase(.chartFiles, .holds, World(), facts: facts([chartFolder: wholeChart]), profile: webProfile),
    CheckCase(.chartFiles, .fails, World(), facts: facts([chartFolder: .entries(["Chart.yaml"])]), profile: webProfile),
    CheckCase(.chartFiles, .fails, World(), facts: facts([chartFolder: .absent]), profile: webProfile),
    CheckCase(.chartFiles, .fails, World()),
    CheckCase(.chartFiles, .unknown, World(), profile: webProfile),

    CheckCase(.helmLint, .holds, World(), facts: facts(tool: lintQuestion, said(lint)), profile: webProfile),
    CheckCase(
      .helmLint, .fails, World(), facts: facts(tool: lintQuestion, said(badLint, code: 1)), profile: webProfile),
    CheckCase(.helmLint, .skipped, World(), facts: noHelm, profile: webProfile),
    CheckCase(.helmLint, .unknown, World(), profile: webProfile),

    CheckCase(.helmTemplate, .holds, World(), facts: template(rendered()), profile: webProfile),
    CheckCase(
      .helmTemplate, .fails, World(), facts: facts([templateQuestion: said("", code: 1, error: required)]),
      profile: webProfile),
    CheckCase(.helmTemplate, .fails, World(), facts: template("---\n# nothing\n"), profile: webProfile),
    CheckCase(.helmTemplate, .unknown, World(), facts: template("a: [\n"), profile: webProfile),
    CheckCase(.helmTemplate, .skipped, World(), facts: noHelm, profile: webProfile),
    CheckCase(
      .helmTemplate, .holds, World(),
      facts: facts([templateQuestion: .missing(program: "helm"), .file("todo.yaml"): .text(rendered())]),
      profile: manifestProfile),

    CheckCase(
      .renderedKinds, .holds, World(), facts: template(rendered(environment: secretVariable) + "\n" + five),
      profile: webProfile),
    CheckCase(.renderedKinds, .fails, World(), facts: template(rendered() + "\n" + five), profile: webProfile),
    CheckCase(.renderedKinds, .fails, World(), facts: template(rendered()), profile: webProfile),
    CheckCase(.renderedKinds, .skipped, World(), facts: noHelm, profile: webProfile),
    CheckCase(.renderedKinds, .unknown, World(), profile: webProfile),

    CheckCase(.renderedHardening, .holds, World(), facts: template(rendered()), profile: webProfile),
    CheckCase(.renderedHardening, .fails, World(), facts: template(rendered(hardening: false)), profile: webProfile),
    CheckCase(
      .renderedHardening, .fails, World(), facts: template(rendered(rest: "  strategy: {type: Recreate}")),
      profile: webProfile),
    CheckCase(
      .renderedHardening, .skipped, World(), facts: template(five.replacing("Deployment", with: "Job")),
      profile: webProfile),
    CheckCase(.renderedHardening, .unknown, World(), profile: webProfile),

    CheckCase(.rewriteTarget, .holds, World(), facts: template(rewrite("/", target: "/")), profile: webProfile),
    CheckCase(
      .rewriteTarget, .holds, World(), facts: template(rewrite("/api(/|$)(.*)", target: "/$2")), profile: webProfile),
    CheckCase(.rewriteTarget, .fails, World(), facts: template(rewrite("/api")), profile: webProfile),
    CheckCase(.rewriteTarget, .skipped, World(), facts: template(rendered()), profile: webProfile),
    CheckCase(.rewriteTarget, .unknown, World(), profile: webProfile),

    CheckCase(
      .valuesUsed, .holds, World(),
      facts: values(
        "a: {b: 1, c: [x]}\nd: 2\ne-f: {g: 1}\nredis: {h: 1}\n",
        template: "{{ toYaml .Values.a | nindent 4 }} {{- if .Values.d }} {{ index .Values \"e-f\" \"g\" }}"),
      profile: webProfile),
    CheckCase(
      .valuesUsed, .fails, World(),
      facts: values("a: {b: 1, c: 2}\n", template: "{{ .Values.a.b }} {{ .Values.a.cc }}"),
      profile: webProfile),
    CheckCase(.valuesUsed, .unknown, World(), profile: webProfile),
    CheckCase(.valuesUsed, .unknown, World(), facts: values("a: [\n", template: ""), profile: webProfile),
    CheckCase(.valuesUsed, .skipped, World()),

    CheckCase(.buildTimeVariables, .holds, World(), facts: template(rendered()), profile: webProfile),
    CheckCase(
      .buildTimeVariables, .holds, World(),
      facts: facts([
        templateQuestion: said(rendered(environment: "{name: VITE_API, value: /api}")),
        .file("Dockerfile"): .text("FROM a\nARG VITE_API\n"),
      ]), profile: webProfile),
    CheckCase(
      .buildTimeVariables, .fails, World(), facts: template(rendered(environment: "{name: VITE_API, value: /api}")),
      profile: webProfile),
    CheckCase(.buildTimeVariables, .unknown, World(), profile: webProfile),
    CheckCase(.buildTimeVariables, .skipped, World()),
  ]
}
