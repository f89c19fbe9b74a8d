import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct ReadCommandTests {
  let target = ClusterTarget(kubectl: ["kubectl"], context: "c1", namespace: "todo")

  @Test func `every command names its context, namespace and time limit`() throws {
    let pod = LogTarget(namespace: "todo", pod: "web-1", container: "app")
    let previous = LogTarget(namespace: "todo", pod: "web-1", container: "app", isPrevious: true)
    let table: [(ReadCommand, [String])] = [
      (
        .proxy(socket: "/run/x/api.sock"),
        [
          "--context=c1", "proxy", "--unix-socket=/run/x/api.sock", "--reject-methods=^(POST|PUT|PATCH|DELETE)$",
          "--reject-paths=/pods/[^/]+/(exec|attach|portforward)$",
        ]
      ),
      (.clientVersion, ["version", "--client", "-o", "json"]),
      (.configuration, ["--context=c1", "config", "view", "--minify", "-o", "json"]),
      (
        .get([.pods, .deployments, .horizontalPodAutoscalers, .nodes]),
        [
          "--context=c1", "--namespace=todo", "--request-timeout=20s", "get",
          "pods,deployments.apps,horizontalpodautoscalers.v2.autoscaling,nodes", "--ignore-not-found", "-o", "json",
        ]
      ),
      (.getRaw(path: "/version"), ["--context=c1", "--request-timeout=20s", "get", "--raw=/version"]),
      (
        .logs(pod, LogOpening(.start(.tail(lines: 200)))),
        [
          "--context=c1", "--namespace=todo", "logs", "--container=app", "--follow", "--timestamps", "--tail=200",
          "pod/web-1",
        ]
      ),
      (
        .logs(pod, LogOpening(.at(Timestamp(nanoseconds: 1_795_228_192_500_000_000)))),
        [
          "--context=c1", "--namespace=todo", "logs", "--container=app", "--follow", "--timestamps",
          "--since-time=2026-11-21T02:29:52.500000000Z", "pod/web-1",
        ]
      ),
      (
        .logs(pod, LogOpening(.start(.since(seconds: 300)))),
        [
          "--context=c1", "--namespace=todo", "logs", "--container=app", "--follow", "--timestamps", "--since=300s",
          "pod/web-1",
        ]
      ),
      (
        .logs(previous, LogOpening(.start(.tail(lines: 20)), follows: false)),
        [
          "--context=c1", "--namespace=todo", "logs", "--container=app", "--timestamps", "--tail=20", "--previous",
          "--request-timeout=20s", "pod/web-1",
        ]
      ),
      (.namespaces, ["--context=c1", "--request-timeout=20s", "get", "namespaces", "-o", "name"]),
      (.contexts, ["config", "get-contexts", "-o", "name"]),
      (.rights, ["--context=c1", "--namespace=todo", "--request-timeout=20s", "auth", "can-i", "--list"]),
    ]
    for (command, words) in table { #expect(try command.argv(for: target) == ["kubectl"] + words) }
  }

  @Test func `a wrapper, a kubeconfig and all namespaces are carried along`() throws {
    let wrapped = ClusterTarget(
      kubectl: ["minikube", "kubectl", "--"], kubeconfig: "/home/a b/config", context: "x; rm -rf ~", namespace: nil)
    #expect(
      try ReadCommand.get([.pods]).argv(for: wrapped) == [
        "minikube", "kubectl", "--", "--kubeconfig=/home/a b/config", "--context=x; rm -rf ~", "--all-namespaces",
        "--request-timeout=20s", "get", "pods", "--ignore-not-found", "-o", "json",
      ])
  }

  @Test(arguments: ["--all", "-n", "a b", "", "A", "a/b", "a\n", "é", "a.", "../x"])
  func `names that no object can have are refused`(_ name: String) {
    for hostile in [
      LogTarget(namespace: name, pod: "p", container: "c"), LogTarget(namespace: "n", pod: name, container: "c"),
      LogTarget(namespace: "n", pod: "p", container: name),
    ] {
      #expect(throws: AccessProblem.self) {
        try ReadCommand.logs(hostile, LogOpening(.start(.usual))).argv(for: target)
      }
    }
    let hostile = ClusterTarget(kubectl: ["kubectl"], context: "c1", namespace: name)
    #expect(throws: AccessProblem.self) { try ReadCommand.get([.pods]).argv(for: hostile) }
    let options = options(namespace: name)
    #expect(throws: AccessProblem.self) { try ClusterTarget.resolve(options) }
  }

  func options(namespace: String) -> TargetOptions {
    var options = TargetOptions()
    options.namespace = namespace
    return options
  }

  @Test(arguments: ["version", "--all", "/a b", "/a\n", ""])
  func `a path that is none is refused`(_ path: String) {
    #expect(throws: AccessProblem.self) { try ReadCommand.getRaw(path: path).argv(for: target) }
  }
}
