import ClusterModel
import Testing

@testable import Playbook

/// A trap that charts of this kind have, the check of the built-in profile that must catch it, and what it looks like.
struct Trap: Sendable, CustomTestStringConvertible {
  let name: String
  let id: String
  let world: World
  var facts = Facts()
  var record = DeployRecord()
  /// Words of the evidence or the advice.
  let words: String

  var testDescription: String { "\(id) \(name)" }
}

private let template = FactQuestion.tool(
  .helmTemplate(chart: "/cache/sample/infra/helm/todo-app", release: "todo", namespace: "todo", values: []))
private let chart = "/cache/sample/infra/helm/todo-app"

private func backend(_ environment: String) -> String {
  rendered(environment: environment).replacing("metadata: {name: web}", with: "metadata: {name: todo-backend}")
}

/// The world of an ingress whose health path nobody but the page answers.
private let pageOnly: World = {
  guard case .ingress(var object) = ingress(service: "todo-frontend") else { return World() }
  var api = object.rules[0].paths[0]
  (api.path, api.backend.serviceName) = ("/v1", "todo-backend")
  object.rules[0].paths.append(api)
  return World(.ingress(object), ingressClass())
}()

/// A pod that is being deleted is no pod that is ready.
private let terminating = World(
  many: ownedPod { pod in
    pod.metadata.deletionTimestamp = World.now
    pod.containerStatuses[0].isReady = false
    pod.conditions = [Condition(type: "Ready", status: "False")]
  })

@Suite struct TrapTests {
  static let traps: [Trap] = [
    Trap(
      name: "the backend reads NEON_DB_URL, the chart sets DATABASE_URL", id: "4.6", world: World(),
      facts: facts([template: said(backend("{name: DATABASE_URL, value: x}"))]), words: "NEON_DB_URL"),
    Trap(
      name: "a rewrite to / with an /api prefix", id: "3.5", world: World(),
      facts: facts([
        template: said(
          """
          kind: Ingress
          metadata: {name: todo, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}
          spec: {rules: [{http: {paths: [{path: /api}, {path: /}]}}]}
          """)
      ]), words: "/api"),
    Trap(
      name: "a Secret by kubectl and by the chart", id: "4.5", world: World(),
      facts: facts([
        .tool(.ownership(secretKey)): said(#"{"metadata":{"name":"todo-secrets","labels":{}}}"#),
        template: said("kind: Secret\nmetadata: {name: todo-secrets}\n"),
      ]), words: "invalid ownership metadata"),
    Trap(
      name: "a value that the template requires is not given", id: "3.2b", world: World(),
      facts: facts([
        template: said(
          "", code: 1,
          error:
            "Error: execution error at (todo-app/templates/secret.yaml:12:19): secrets.create is true, so secrets.databaseUrl is needed.\n"
        )
      ]), words: "secrets.databaseUrl"),
    Trap(
      name: "a page's variable is set only at run time", id: "3.5c", world: World(),
      facts: facts([template: said(rendered(environment: "{name: NEXT_PUBLIC_API_URL, value: /api}"))]),
      words: "NEXT_PUBLIC_API_URL"),
    Trap(
      name: "docker ai looked for as a program", id: "6.1", world: World(),
      facts: facts(tool: .aiTool(.gordon), said("", code: 1, error: "docker: 'ai' is not a docker command.\n")),
      words: "not installed"),
    Trap(
      name: "a health score that is an echo", id: "6.4", world: World(deployment(available: 0)), words: "of 100: −25"),
    Trap(
      name: "zero downtime claimed with one replica", id: "5.2b", world: World(deployment(replicas: 1)), words: "has 1"),
    Trap(name: "zero downtime claimed and not measured", id: "7.2d", world: World(), words: "was not run"),
    Trap(name: "ready, said of a pod that is being deleted", id: "5.3", world: terminating, words: "on their way"),
    Trap(
      name: "the hosts line says 127.0.0.1", id: "2.9", world: World(ingress(), ingressClass()).inContext("minikube"),
      facts: facts([.host("todo.local"): .addresses(["127.0.0.1"]), .file("/etc/hosts"): .text("")]),
      words: "192.168.49.2 todo.local"),
    Trap(name: "the health path is answered by the page", id: "5.6b", world: pageOnly, words: "todo-frontend"),
    Trap(
      name: "a value that no template uses", id: "3.5b", world: World(),
      facts: facts([
        .file(chart + "/Chart.yaml"): .text("name: a\n"),
        .file(chart + "/values.yaml"): .text("backend: {replicas: 2}\n"),
        .file(chart + "/templates/_helpers.tpl"): .text(""),
        .file(chart + "/templates/deployment-backend.yaml"): .text("replicas: 2"),
      ]), words: "backend.replicas"),
    Trap(
      name: "an image that may not be pulled and is not loaded", id: "2.11-backend",
      world: World(
        many: ownedPod { pod in
          pod.containers[0].image = "todo-backend:v1.0.0"
          pod.containerStatuses[0].state = .waiting(reason: "ErrImageNeverPull", message: "")
        }), words: "ErrImageNeverPull"),
  ]

  @Test(arguments: traps)
  func `a trap is caught by its check`(trap: Trap) throws {
    var profile = try todoProfile()
    // What the user's own chart gives is known from helm alone.
    profile.sources.manifests = nil
    let check = try #require(profile.checks.first { $0.id == trap.id })
    let result = check.result(
      in: CheckContext(
        snapshot: trap.world.snapshot, facts: trap.facts, record: trap.record, profile: profile, now: World.now))
    // A tool that is not there is no failure, and a drill that was not run proves nothing.
    let wanted: CheckResult.State =
      switch trap.id {
      case "6.1": .skipped
      case "7.2d", "5.3": .unknown
      default: .fails
      }
    #expect(result.state == wanted, "\(result.evidence)")
    #expect((result.evidence + result.advice).contains(trap.words), "\(result.evidence) \(result.advice)")
  }
}
