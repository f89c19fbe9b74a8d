import Foundation
import Testing

/// The failures that were recorded with a real cluster, provoked in the demo by the real kubectl.
@Suite(.serialized) struct RecordedErrorTests {
  /// What must be the case for a failure to show.
  private enum Setting {
    case plain
    case refusing([String])
    case unreachable
  }

  private static let settings: [(setting: Setting, names: [String])] = [
    (
      .plain,
      [
        "conflict-create", "empty-list-table", "notfound-kind", "notfound-ns", "notfound-path-raw", "notfound-pod-raw",
        "notfound-pod", "bad-context", "logs-prev-none", "logs-imagepull", "logs-init", "logs-pending", "logs-waiting",
        "rollout-status-timeout",
      ]
    ),
    (.refusing(["deployments"]), ["forbidden-list", "forbidden-list-json", "forbidden-raw", "forbidden-watch-raw"]),
    (.refusing(["deployments"]), ["forbidden-logs"]), (.refusing(["nodes"]), ["forbidden-nodes"]),
    (.refusing(["pods"]), ["forbidden-delete"]), (.refusing(["pods/log"]), ["forbidden-pod-logs"]),
    (
      .unreachable,
      ["connection-refused", "connection-refused-raw", "connection-refused-version", "connection-refused-watch"]
    ),
  ]

  @Test func `recorded failures have the same exit code and the same words`() throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let applied = try demo.kubectl("apply", "-f", fixture("describe/objects.json"))
    try #require(applied.exitCode == 0, "\(applied.errors)")
    let pod = try #require(demo.podNames().first { $0.hasPrefix("todo-frontend-") })
    let names = ["todo-frontend-cc95f485d-5j9pk": pod, "system:serviceaccount:todo:viewer": "demo"]
    for (setting, recordings) in Self.settings {
      try prepare(setting, demo)
      for name in recordings {
        let recorded = try command(name)
        let words = try #require(recorded.words).map { $0.replacing(words: names) }
        let expected = recorded.errors.replacing(words: names).withoutMoments
        var outcome = Outcome(exitCode: -1, output: "", errors: "")
        // Pods of the demo need a moment to fall ill.
        let isSame = try eventually(within: 15) {
          outcome = try kubectl(words, setting, demo)
          return outcome.exitCode == recorded.exitCode && outcome.errors.withoutMoments == expected
            && outcome.output.isEmpty == recorded.output.isEmpty
        }
        #expect(isSame, "\(name): \(outcome.exitCode) \(outcome.output) \(outcome.errors)")
      }
    }
  }

  @Test func `versions that are gone or not there yet are refused as recorded`() throws {
    let demo = try DemoProcess()
    let gone = try command("gone-410-watch-raw")
    let words = try #require(gone.words)
    let outcome = try kubectl(words, .plain, demo)
    let digits = #/\(\d+\)/#
    #expect(outcome.exitCode == gone.exitCode && outcome.errors == gone.errors)
    #expect(outcome.output.replacing(digits, with: "") == gone.output.replacing(digits, with: ""))
    let path = "/api/v1/namespaces/todo/pods?resourceVersion=999999999"
    let future = try run(["curl", "-s", "-i", demo.server + path])
    #expect(future.output.hasPrefix("HTTP/1.1 504") && future.output.contains("Retry-After: 1\r\n"))
    #expect(future.output.contains("Timeout: Too large resource version: 999999999, current: "))
    let page = try run(["curl", "-s", "-i", demo.server + "/api/v1/pods?limit=1&continue=" + Self.oldPage])
    #expect(page.output.hasPrefix("HTTP/1.1 410") && page.output.contains("\"reason\":\"Expired\""))
    #expect(page.output.contains("The provided continue parameter is too old to display a consistent list result."))
  }

  @Test func `logs of several containers and of the run before are there as recorded`() throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let applied = try demo.kubectl("apply", "-f", fixture("describe/objects.json"))
    try #require(applied.exitCode == 0, "\(applied.errors)")
    let several = try demo.kubectl("-n", "todo-broken", "logs", "deploy/todo-backend")
    #expect(several.exitCode == 0)
    #expect(several.errors.hasSuffix("Defaulted container \"backend\" out of: backend, log-sidecar\n"))
    var outcome = Outcome(exitCode: -1, output: "", errors: "")
    let hasCrashed = try eventually(within: 15) {
      outcome = try demo.kubectl("-n", "todo-broken", "logs", "deploy/crashloop", "--previous")
      return outcome.exitCode == 0
    }
    #expect(hasCrashed && !outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  private static let oldPage = "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhL2JcdTAwMDAifQ"

  private func command(_ name: String) throws -> RecordedCommand {
    let json = try recording("errors/\(name).json")
    return RecordedCommand(try #require(json as? [String: Any]), name: name)
  }

  private func kubectl(_ words: [String], _ setting: Setting, _ demo: DemoProcess) throws -> Outcome {
    var target = ["kubectl", "--kubeconfig", demo.kubeconfig]
    // Port 1 of this machine: nothing listens there.
    if case .unreachable = setting { target += ["--server", "http://127.0.0.1:1"] }
    return try run(target + words)
  }

  private func prepare(_ setting: Setting, _ demo: DemoProcess) throws {
    var refused: [String] = []
    if case .refusing(let kinds) = setting { refused = kinds }
    let body = String(decoding: try JSONSerialization.data(withJSONObject: ["refused": refused]), as: UTF8.self)
    let outcome = try run(
      ["curl", "-sf", "-H", "Content-Type: application/json", "-d", body, demo.server + "/demo/faults"])
    try #require(outcome.exitCode == 0)
  }
}

/// The path of a file that goes with the tests.
func fixture(_ path: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(path)").path
}
