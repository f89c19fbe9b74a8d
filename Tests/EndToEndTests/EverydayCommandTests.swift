import Foundation
import Testing

/// The commands that people type every day, answered by the demo in Kubernetes' known words.
@Suite(.serialized) struct EverydayCommandTests {
  /// A command with its exit code, and a pattern for all it prints.
  private typealias Row = (command: String, exitCode: Int32, pattern: String)

  private static let changes: [Row] = [
    ("rollout restart deploy/D", 0, "deployment.apps/D restarted"),
    ("rollout status deploy/D --timeout=60s", 0, "(Waiting for .*)*deployment \"D\" successfully rolled out"),
    ("rollout history deploy/D", 0, "deployment.apps/D \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n"),
    ("rollout undo deploy/D", 0, "deployment.apps/D rolled back"),
    ("rollout pause deploy/D", 0, "deployment.apps/D paused"),
    ("rollout pause deploy/D", 1, "error: deployments.apps \"D\" is already paused"),
    ("rollout resume deploy/D", 0, "deployment.apps/D resumed"),
    ("rollout resume deploy/D", 1, "error: deployments.apps \"D\" is not paused"),
    ("set image deploy/D frontend=todo-frontend:v1.0.1", 0, "deployment.apps/D image updated"),
    ("set image deploy/D nope=x", 1, "error: unable to find container named \"nope\""),
    (
      "set resources deploy/D --limits=cpu=250m,memory=256Mi", 0,
      "deployment.apps/D resource requirements updated"
    ),
    ("set env deploy/D A=b", 0, "deployment.apps/D env updated"),
    ("scale deploy/D --replicas=2", 0, "deployment.apps/D scaled"),
    ("scale deploy/D --current-replicas=9 --replicas=1", 1, "error: Expected replicas to be 9, was 2"),
    ("wait --for=condition=Available deploy/D --timeout=60s", 0, "deployment.apps/D condition met"),
    ("rollout status deploy/D --timeout=60s", 0, "(Waiting for .*)*deployment \"D\" successfully rolled out"),
    ("label deploy/D x=y", 0, "deployment.apps/D labeled"),
    ("label deploy/D x=z", 1, "error: 'x' already has a value \\(y\\), and --overwrite is false"),
    ("label deploy/D x-", 0, "deployment.apps/D unlabeled"),
    ("annotate deploy/D a=b", 0, "deployment.apps/D annotated"),
    ("cordon N", 0, "node/N cordoned"), ("cordon N", 0, "node/N already cordoned"),
    ("get nodes", 0, ".*Ready,SchedulingDisabled.*"), ("uncordon N", 0, "node/N uncordoned"),
    ("edit deploy/D", 0, "Edit cancelled, no changes made."),
    ("apply -f FILE", 0, "(\\S+ (created|unchanged|configured)\n?)+"), ("diff -f FILE", 0, ""),
    ("apply --server-side -f FILE", 0, "(\\S+ serverside-applied\n?)+"),
    ("delete -f FILE --wait=false", 0, "(\\S+ \"\\S+\" deleted\n?)+"),
  ]

  private static let reads: [Row] = [
    ("get pods", 0, "NAME +READY   STATUS    RESTARTS   AGE\n.*"),
    ("get pods -o wide", 0, "NAME +READY .*NODE +NOMINATED NODE   READINESS GATES\n.*"),
    ("get deploy -o wide", 0, "NAME +READY   UP-TO-DATE   AVAILABLE   AGE +CONTAINERS +IMAGES +SELECTOR\n.*"),
    ("get deploy/D -o yaml", 0, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n.*"),
    ("get deploy/D -o json", 0, "\\{\n    \"apiVersion\": \"apps/v1\",.*"),
    ("get deploy/D -o name", 0, "deployment.apps/D"),
    ("get deploy/D -o jsonpath={.spec.replicas}", 0, "3"),
    ("get deploy -o custom-columns=A:.metadata.name", 0, "A\ntodo-backend\nD"),
    ("get events --sort-by=.lastTimestamp", 0, "LAST SEEN   TYPE +REASON +OBJECT +MESSAGE\n.*Scheduled.*"),
    ("get pods --sort-by=.status.startTime", 0, "NAME +READY .*Running.*"),
    ("top pods", 0, "NAME +CPU\\(cores\\)   MEMORY\\(bytes\\) +\n.*m +.*Mi.*"),
    ("top nodes", 0, "NAME +CPU\\(cores\\)   CPU\\(%\\) .*MEMORY\\(%\\) +\n.*"),
    ("wait --for=condition=Available deploy/D", 0, "deployment.apps/D condition met"),
    ("get pods -w --request-timeout=1s", 0, "NAME +READY .*"),
  ]

  @Test func `reading commands print what Kubernetes prints`() throws { try check(Self.reads) }

  @Test func `changing commands print what Kubernetes prints`() throws { try check(Self.changes) }

  @Test func `a pod goes at once when it is forced`() throws {
    let demo = try DemoProcess()
    let pod = try #require(try demo.podNames().first)
    let outcome = try demo.kubectl("delete", "pod", pod, "--grace-period=0", "--force")
    #expect(outcome.exitCode == 0 && outcome.output == "pod \"\(pod)\" force deleted\n")
    #expect(outcome.errors.hasPrefix("Warning: Immediate deletion does not wait for confirmation"))
    #expect(try demo.kubectl("get", "pod", pod).errors == "Error from server (NotFound): pods \"\(pod)\" not found\n")
  }

  /// Each command of the documents, made whole where it is only named, and what it prints here.
  private static let documented: [String: Row] = [
    "kubectl rollout status": ("rollout status deploy/D", 0, "deployment \"D\" successfully rolled out"),
    "kubectl rollout status --watch=false": (
      "rollout status --watch=false deploy/D", 0, "deployment \"D\" successfully rolled out"
    ),
    "kubectl get": ("get deploy/D -o name", 0, "deployment.apps/D"),
    "kubectl get pods": ("get pods", 0, "NAME +READY   STATUS    RESTARTS   AGE\n.*"),
    "kubectl get pods -A --no-headers": ("get pods -A --no-headers", 0, "ingress-nginx +.*"),
    "kubectl get pods,deployments,events -o json": (
      "get pods,deployments,events -o json", 0, "\\{\n    \"apiVersion\": \"v1\",\n    \"items\": \\[.*"
    ),
    "kubectl auth can-i --list": ("auth can-i --list", 0, "Resources +Non-Resource URLs +Resource Names +Verbs\n.*"),
    "kubectl get … -o json": ("get nodes -o json", 0, "\\{\n    \"apiVersion\": \"v1\",\n    \"items\": \\[.*"),
  ]
  /// Commands that ask no cluster, or not by themselves.
  private static let apart: Set<String> = ["kubectl todotop", "kubectl proxy", "kubectl config use-context"]

  @Test func `every kubectl command of the documents works with the demo`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var commands: Set<String> = []
    for name in ["README.md", "docs/snapshot.md"] {
      let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      for match in text.matches(of: #/`(kubectl [^`|\n]*)|(?m:^)(kubectl [^`|\n]*)/#) {
        commands.insert((match.1 ?? match.2 ?? "").trimmingCharacters(in: .whitespaces))
      }
    }
    #expect(commands.count > 3)
    let unknown = commands.subtracting(Self.documented.keys).subtracting(Self.apart)
    #expect(unknown.isEmpty, "say in this test what they print")
    try check(commands.compactMap { Self.documented[$0] })
  }

  private func check(_ rows: [Row]) throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let names = ["FILE": fixture("undo/config.json"), "D": "todo-frontend", "N": "todotop-demo"]
    for row in rows {
      let words = row.command.split(separator: " ").map { word in
        names.reduce(String(word)) { text, name in
          text == name.key || text.hasSuffix("/" + name.key) ? text.dropLast(name.key.count) + name.value : text
        }
      }
      let outcome = try run(
        ["kubectl", "--kubeconfig", demo.kubeconfig] + words, environment: ["EDITOR": "true"])
      var pattern = row.pattern
      for (word, value) in [("/D", "/todo-frontend"), ("\"D\"", "\"todo-frontend\""), ("/N", "/todotop-demo")] {
        pattern = pattern.replacing(word, with: value)
      }
      if pattern.hasSuffix("\nD") { pattern = pattern.dropLast() + "todo-frontend" }
      let printed = outcome.output + outcome.errors
      let isSame = try printed.wholeMatch(of: Regex("(?s)\(pattern)\\s*")) != nil
      #expect(outcome.exitCode == row.exitCode && isSame, "\(row.command): \(outcome.exitCode) \(printed)")
    }
  }
}
