/// The form of the lines a container logs.
enum LogStyle: String, Sendable {
  /// Access lines of nginx.
  case nginx
  /// A Python backend behind uvicorn.
  case uvicorn
  /// One JSON object a line, as an ingress controller set up for it logs.
  case json
  case coredns
  /// A line now and then.
  case quiet
  /// Numbered lines, 20 a second: what reads them can be checked for gaps and repeats.
  case numbered
  /// Numbered lines, 20,000 a second.
  case flood

  /// The annotation by which a pod logs in another form than its image does.
  static let annotation = "demo.todotop/log"

  /// Mean seconds between two lines.
  var secondsBetweenLines: Double {
    switch self {
    case .nginx: 1.3
    case .uvicorn: 0.9
    case .json: 1.1
    case .coredns: 20
    case .quiet: 30
    case .numbered: 0.05
    case .flood: 0.00005
    }
  }

  /// What is logged at the start, one line each half second.
  func openingLines(image: String) -> [String] {
    switch self {
    case .nginx:
      ["/docker-entrypoint.sh: Configuration complete; ready for start up", "nginx/1.27.3 started, 2 workers"]
    case .uvicorn:
      [
        "INFO:     Started server process [1]", "INFO:     Waiting for application startup.",
        "INFO:     app.database: connecting to db.example.invalid:5432",
        "INFO:     Application startup complete.",
        "INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
      ]
    case .json: [#"{"level":"info","msg":"NGINX Ingress controller","release":"v1.12.1"}"#]
    case .coredns: [".:53", "CoreDNS-1.11.3", "linux/amd64, go1.21.11, a6338e9"]
    case .quiet, .numbered, .flood: ["\(image) started"]
    }
  }

  /// The last words of a container that crashes.
  static let stackTrace = [
    "ERROR:    Traceback (most recent call last):",
    "  File \"/app/.venv/lib/python3.11/site-packages/starlette/routing.py\", line 693, in lifespan",
    "    async with self.lifespan_context(app) as maybe_state:",
    "  File \"/app/main.py\", line 41, in lifespan", "    settings = Settings()",
    "  File \"/app/settings.py\", line 18, in __init__", "    self.model_name = os.environ[\"TODO_AGENT_MODEL\"]",
    "  File \"<frozen os>\", line 679, in __getitem__", "KeyError: 'TODO_AGENT_MODEL'",
    "ERROR:    Application startup failed. Exiting.",
  ]

  /// One line at a moment, the `number`-th of its kind; `chance` picks what happened.
  func line(_ number: Int, at moment: Moment, chance: RandomSource) -> String {
    var chance = chance
    switch self {
    case .nginx: return nginxLine(at: moment, &chance)
    case .uvicorn: return uvicornLine(&chance)
    case .json: return jsonLine(at: moment, &chance)
    case .coredns:
      return "[INFO] 10.244.0.\(chance.next() % 40 + 2):40312 - \(chance.next() % 60_000) "
        + "\"A IN todo-backend.todo.svc.cluster.local. udp 58 false 512\" NOERROR qr,aa,rd 110 0.000\(chance.next() % 900 + 100)s"
    case .numbered: return "number \(number)"
    case .flood: return "number \(number) is one of many lines that come faster than anybody could read them"
    case .quiet: return "I\(moment.textOfAccessLog.prefix(2)) sync complete in \(chance.next() % 40 + 2)ms"
    }
  }

  private static let pages = [
    "/", "/", "/tasks", "/chat", "/assets/index-4f1c2b.js", "/assets/app.css", "/favicon.ico",
  ]
  private static let calls = [
    "GET /api/tasks", "GET /api/tasks", "GET /api/tasks", "POST /api/tasks", "PATCH /api/tasks/17/complete",
    "POST /api/chat", "GET /api/health", "DELETE /api/tasks/12",
  ]

  private func nginxLine(at moment: Moment, _ chance: inout RandomSource) -> String {
    let page = Self.pages[Int(chance.next() % UInt64(Self.pages.count))]
    let status = chance.fraction() < 0.03 ? 404 : chance.fraction() < 0.15 ? 304 : 200
    let agent = chance.fraction() < 0.3 ? "kube-probe/1.32" : "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0"
    let path = agent.hasPrefix("kube") ? "/healthz" : page
    let size = status == 304 ? 0 : chance.next() % 48_000 + 300
    return
      "10.244.0.\(chance.next() % 30 + 2) - - [\(moment.textOfAccessLog)] \"GET \(path) HTTP/1.1\" \(status) \(size) "
      + "\"http://todo.local/\" \"\(agent)\""
  }

  private func uvicornLine(_ chance: inout RandomSource) -> String {
    let call = Self.calls[Int(chance.next() % UInt64(Self.calls.count))]
    let roll = chance.fraction()
    if roll < 0.02 { return "WARNING:  app.agent: model answered slowly (\(chance.next() % 3000 + 1500) ms), retrying" }
    if roll < 0.08 { return "INFO:     app.database: pool size 5, \(chance.next() % 4 + 1) in use" }
    let status = roll < 0.1 ? "422 Unprocessable Entity" : call.hasPrefix("POST /api/tasks") ? "201 Created" : "200 OK"
    return
      "INFO:     10.244.0.\(chance.next() % 30 + 2):\(chance.next() % 20_000 + 40_000) - \"\(call) HTTP/1.1\" \(status)"
  }

  private func jsonLine(at moment: Moment, _ chance: inout RandomSource) -> String {
    let call = Self.calls[Int(chance.next() % UInt64(Self.calls.count))].split(separator: " ")
    let status = chance.fraction() < 0.02 ? 502 : 200
    return "{\"time\":\"\(moment.text)\",\"host\":\"todo.local\",\"method\":\"\(call[0])\",\"path\":\"\(call[1])\","
      + "\"status\":\(status),\"duration_ms\":\(chance.next() % 120 + 4),\"upstream\":\"todo-todo-backend-http\"}"
  }
}
