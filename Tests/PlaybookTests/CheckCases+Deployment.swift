import ClusterModel

@testable import Playbook

private let status = ToolQuestion.helmStatus(release: "todo", namespace: "todo")
private let history = ToolQuestion.helmHistory(release: "todo", namespace: "todo")
private func release(_ word: String) -> Facts {
  facts([
    .tool(status): said(
      #"{"name":"todo","info":{"status":"\#(word)","description":"Upgrade"},"version":5,"namespace":"todo"}"#),
    .tool(history): said(
      #"[{"revision":4,"status":"deployed","chart":"todo-app-0.1.0"},{"revision":5,"status":"\#(word)"}]"#),
  ])
}
private let notInstalled = said("", code: 1, error: "Error: release: not found\n")

private func routed(_ path: String, _ service: String, more: Bool = true) -> World {
  guard case .ingress(var object) = ingress(service: "page") else { return World() }
  var rule = object.rules[0]
  rule.paths[0].path = "/"
  if more {
    var api = rule.paths[0]
    (api.path, api.backend.serviceName) = (path, service)
    rule.paths.append(api)
  }
  object.rules = [rule]
  return World(.ingress(object), ingressClass())
}

private let probed = changed(pod()) { (pod: inout Pod) in
  var probe = Probe()
  probe.summary = "GET /health/ready :http"
  pod.containers[0].readinessProbe = probe
  var port = ContainerPort()
  (port.name, port.number) = ("http", 8000)
  pod.containers[0].ports = [port]
}
private let health = ToolQuestion.podHealth(pod: "web-1", namespace: "todo", port: 8000, path: "/health/ready")

private func restarted(secondsAgo: Int64, reason: String = "Error") -> ClusterObject {
  changed(pod()) { (pod: inout Pod) in
    var end = Termination()
    (end.reason, end.exitCode) = (reason, 137)
    end.finishedAt = World.now.advanced(by: .seconds(-secondsAgo))
    pod.containerStatuses[0].restartCount = 1
    pod.containerStatuses[0].lastState = .terminated(end)
  }
}
private let log = ToolQuestion.logTail(podLog, lines: 500)

extension CheckCase {
  static let deploymentCases: [CheckCase] = [
    CheckCase(.helmRelease, .holds, World(), facts: release("deployed"), profile: webProfile),
    CheckCase(.helmRelease, .fails, World(), facts: release("pending-upgrade"), profile: webProfile),
    CheckCase(.helmRelease, .fails, World(), facts: release("pending-install"), profile: webProfile),
    CheckCase(.helmRelease, .fails, World(), facts: release("failed"), profile: webProfile),
    CheckCase(.helmRelease, .fails, World(), facts: facts(tool: status, notInstalled), profile: webProfile),
    CheckCase(
      .helmRelease, .skipped, World(), facts: facts(tool: status, .missing(program: "helm")), profile: webProfile),
    CheckCase(.helmRelease, .unknown, World(), facts: facts(tool: status, .late(seconds: 5)), profile: webProfile),

    CheckCase(.replicas, .holds, World(deployment())), CheckCase(.replicas, .fails, World(deployment(replicas: 1))),
    CheckCase(.replicas, .fails, World(pod())), CheckCase(.replicas, .unknown, World()),

    CheckCase(.noRestarts, .holds, World(pod())), CheckCase(.noRestarts, .fails, World(restarted(secondsAgo: 60))),
    CheckCase(.noRestarts, .holds, World(restarted(secondsAgo: 7_200)), record: recorded("deploy")),
    CheckCase(.noRestarts, .unknown, World()),

    CheckCase(.noOutOfMemory, .holds, World(restarted(secondsAgo: 60))),
    CheckCase(.noOutOfMemory, .fails, World(restarted(secondsAgo: 60, reason: "OOMKilled"))),
    CheckCase(.noOutOfMemory, .holds, World(restarted(secondsAgo: 90_000, reason: "OOMKilled"))),
    CheckCase(.noOutOfMemory, .unknown, World()),

    CheckCase(.deployTime, .holds, World(), record: recorded("deploy", seconds: 170)),
    CheckCase(.deployTime, .fails, World(), record: recorded("deploy", seconds: 190)),
    CheckCase(.deployTime, .stale, World(), record: recorded("deploy", hoursAgo: 30)),
    CheckCase(.deployTime, .unknown, World()),
    CheckCase(.reachTime, .holds, World(), record: recorded("reach", seconds: 4)),
    CheckCase(.reachTime, .fails, World(), record: recorded("reach", seconds: 40)),
    CheckCase(.reachTime, .unknown, World()),
    CheckCase(.demoTime, .holds, World(), record: recorded("demo", seconds: 840)),
    CheckCase(.demoTime, .fails, World(), record: recorded("demo", seconds: 1_000)),
    CheckCase(.demoTime, .unknown, World()),

    CheckCase(.withinLimits, .holds, used(memoryBytes: 1 << 29)),
    CheckCase(.withinLimits, .fails, used(memoryBytes: 1 << 30)),

    CheckCase(.healthRoute, .holds, routed("/api", "api"), profile: webProfile),
    CheckCase(.healthRoute, .fails, routed("/apix", "api"), profile: webProfile),
    CheckCase(.healthRoute, .holds, routed("/", "page", more: false), profile: webProfile),
    CheckCase(.healthRoute, .unknown, World(), profile: webProfile),
    CheckCase(.healthRoute, .skipped, World(deployment())),

    CheckCase(.podsHealthy, .holds, World(probed), facts: facts(tool: health, said("{\"status\":\"ready\"}"))),
    CheckCase(
      .podsHealthy, .fails, World(probed),
      facts: facts(
        tool: health,
        said(
          "", code: 1,
          error: "Error from server (ServiceUnavailable): the server is currently unable to handle the request\n"))),
    CheckCase(
      .podsHealthy, .unknown, World(probed),
      facts: facts(
        tool: health, said("", code: 1, error: "Error from server (Forbidden): pods \"web-1\" is forbidden\n"))),
    CheckCase(.podsHealthy, .unknown, World(probed)), CheckCase(.podsHealthy, .skipped, World(pod())),

    CheckCase(.logsReadable, .holds, World(pod()), facts: facts(tool: log, said("GET / 200\nstarted\n"))),
    CheckCase(
      .logsReadable, .fails, World(pod()), facts: facts(tool: log, said("a\nconnect postgresql://u:geheim@db/x\n"))),
    CheckCase(.logsReadable, .fails, World(pod()), facts: facts(tool: log, said("JWT_SECRET=•••\n"))),
    CheckCase(
      .logsReadable, .fails, World(pod()),
      facts: facts(tool: log, said("", code: 1, error: "error: container not found\n"))),
    CheckCase(.logsReadable, .unknown, World(pod())), CheckCase(.logsReadable, .unknown, World()),

    CheckCase(.noLeftovers, .holds, World(deployment()), facts: facts(tool: .ownership(webKey), said(ownership("")))),
    CheckCase(
      .noLeftovers, .fails, World(deployment()),
      facts: facts(
        tool: .ownership(webKey),
        said(
          ownership("", more: #",{"manager":"todotop","operation":"Update","fieldsV1":{"f:spec":{"f:replicas":{}}}}"#)))
    ),
    // What was applied without helm is no leftover.
    CheckCase(
      .noLeftovers, .holds, World(deployment()),
      facts: facts(
        tool: .ownership(webKey),
        said(
          ownership(
            "", more: #",{"manager":"todotop","operation":"Apply","fieldsV1":{"f:spec":{"f:replicas":{}}}}"#)))),
    CheckCase(.noLeftovers, .unknown, World(deployment())), CheckCase(.noLeftovers, .unknown, World()),
  ]

  private static func used(memoryBytes: Int) -> World {
    World(many: ownedPod() + [podMetrics(memoryBytes: memoryBytes)])
  }
}
