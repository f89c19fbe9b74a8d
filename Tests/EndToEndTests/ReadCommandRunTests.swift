import ClusterAccess
import ClusterModel
import Foundation
import Testing

/// Every command that the program itself sends to kubectl, run by the real one against the demo.
@Suite(.serialized) struct ReadCommandRunTests {
  @Test func `each command that reads is answered`() throws {
    let demo = try DemoProcess()
    let pod = try #require(demo.podNames().first { $0.hasPrefix("todo-frontend-") })
    let container = LogTarget(namespace: "todo", pod: pod, container: "frontend")
    let socket = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString).sock").path
    defer { try? FileManager.default.removeItem(atPath: socket) }
    let commands: [ReadCommand] = [
      .proxy(socket: socket), .clientVersion, .configuration, .oneContext, .get(ResourceKind.allCases),
      .getRaw(path: "/version"),
      .logs(container, LogOpening(.start(.tail(lines: 20)))),
      .logs(container, LogOpening(.start(.since(seconds: 3_600)))),
      .rights, .namespaces, .contexts, .describe(ObjectKey(.pods, namespace: "todo", name: pod)),
      .clusterUID, .secretShape(name: "todo-secrets", namespace: "todo"),
      .ownership(ObjectKey(.secrets, namespace: "todo", name: "todo-secrets")),
    ]
    let target = ClusterTarget(
      kubectl: ["kubectl"], kubeconfig: demo.kubeconfig, context: "todotop-demo", namespace: "todo")
    for command in commands {
      let expected = Self.expectation(of: command)
      let outcome = try run(command.argv(for: target), seconds: expected.isEndless ? 3 : 60)
      // What never ends by itself is ended, which shows as 124.
      #expect(outcome.exitCode == (expected.isEndless ? 124 : 0), "\(command): \(outcome.errors)")
      #expect(outcome.errors.isEmpty, "\(command)")
      let isSame = try outcome.output.wholeMatch(of: Regex("(?s)" + expected.pattern)) != nil
      #expect(isSame, "\(command): \(outcome.output.prefix(400))")
    }
  }

  /// What a command prints; a new one does not compile until it is here.
  private static func expectation(of command: ReadCommand) -> (pattern: String, isEndless: Bool) {
    switch command {
    case .proxy: ("Starting to serve on \\S+\n", true)
    case .clientVersion: ("\\{\n  \"clientVersion\": \\{.*\\}\n", false)
    case .configuration: ("\\{\n    \"kind\": \"Config\",.*\"server\": \"http://127.0.0.1:.*", false)
    case .oneContext: ("\\{\n    \"kind\": \"Config\",.*\"contexts\": \\[.*\"name\": \"todotop-demo\".*", false)
    case .get: ("\\{\n    \"apiVersion\": \"v1\",\n    \"items\": \\[.*\"kind\": \"Pod\".*", false)
    case .getRaw: ("\\{.*\"gitVersion\": ?\"v1\\.32\\..*", false)
    case .logs: ("(\\d{4}-\\d\\d-\\d\\dT\\S+Z [^\n]*\n)+", true)
    case .rights: ("Resources +Non-Resource URLs +Resource Names +Verbs\n\\*\\.\\* +.*", false)
    case .describe: ("Name: +todo-frontend-.*\nEvents:.*", false)
    case .namespaces: ("(namespace/\\S+\n)+", false)
    case .contexts: ("todotop-demo\n", false)
    case .clusterUID: ("[0-9a-f-]{36}", false)
    case .secretShape: ("([A-Z_]+\t\\d+\tok\n){3}", false)
    case .ownership: ("\\{\"app\":.*\\}\ntodo\ntodo\n\\[\\{.*\"f:data\":.*\\]", false)
    }
  }
}
