import Foundation
import Testing

/// What the real kubectl makes of commands in containers and of other questions it asks the demo.
@Suite(.serialized) struct ContainerCommandTests {
  private let demo: DemoProcess
  private let pod: String

  init() throws {
    demo = try DemoProcess()
    pod = try #require(try demo.podNames().first { $0.hasPrefix("todo-backend") })
  }

  private func exec(_ words: String..., flags: [String] = [], input: String? = nil) throws -> Outcome {
    try run(
      ["kubectl", "--kubeconfig", demo.kubeconfig, "-n", "todo", "exec"] + flags + [pod, "-c", "backend", "--"] + words,
      input: input)
  }

  @Test func `kubectl runs commands in containers, with their input and exit codes`() throws {
    let variables = try exec("env")
    #expect(variables.exitCode == 0 && variables.output.contains("HOSTNAME=\(pod)\n"))
    let code = try exec("sh", "-c", "exit 7")
    #expect(code.exitCode == 7 && code.errors == "command terminated with exit code 7\n")
    let shell = try exec("sh", flags: ["-i"], input: "echo one; echo two\nexit 4\n")
    #expect(shell.output == "one\ntwo\n" && shell.exitCode == 4)
    #expect(try exec("cat", flags: ["-i"], input: "as it came").output == "as it came")
    let missing = try exec("bash")
    #expect(missing.exitCode == 1)
    #expect(missing.errors.hasSuffix("exec: \"bash\": executable file not found in $PATH: unknown\n"))
  }

  @Test func `kubectl kills the first process of a container, which is restarted`() throws {
    #expect(try exec("sh", "-c", "kill 1").exitCode == 0)
    let path =
      "jsonpath={.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].lastState.terminated.exitCode}"
    let isRestarted = eventually(within: 30) {
      (try? demo.kubectl("-n", "todo", "get", "pod", pod, "-o", path).output) == "1 143"
    }
    #expect(isRestarted)
  }

  @Test func `dry runs of the server leave everything as it is`() throws {
    let before = try demo.podNames()
    let node = try demo.kubectl("get", "nodes", "-o", "name").output.split(separator: "\n").first.map(String.init)
    let drain = try demo.kubectl(
      "drain", try #require(node), "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--dry-run=server")
    #expect(drain.exitCode == 0 && drain.output.contains("drained (server dry run)"))
    #expect(try demo.kubectl("-n", "todo", "delete", "pod", pod, "--dry-run=server").exitCode == 0)
    #expect(try demo.podNames() == before)
    #expect(try demo.kubectl("get", try #require(node)).output.contains(" Ready "))
  }

  @Test func `kubectl learns who it is and what it may do, and faults take rights away`() throws {
    #expect(try demo.kubectl("auth", "whoami").output.contains("Username    demo"))
    #expect(try demo.kubectl("auth", "can-i", "create", "pods", "--subresource=exec", "-n", "todo").output == "yes\n")
    _ = try run(
      ["kubectl", "--kubeconfig", demo.kubeconfig, "create", "--raw", "/demo/faults", "-f", "-"],
      input: #"{"refused":["pods/exec"]}"#)
    #expect(try demo.kubectl("auth", "can-i", "create", "pods", "--subresource=exec", "-n", "todo").output == "no\n")
    #expect(
      try exec("ls").errors
        == "Error from server (Forbidden): pods \"\(pod)\" is forbidden: User \"demo\" cannot create resource "
        + "\"pods/exec\" in API group \"\" in the namespace \"todo\"\n")
  }

  @Test func `kubectl creates what it sends in protobuf or in older versions`() throws {
    let created = try [
      demo.kubectl(
        "-n", "todo", "create", "ingress", "web", "--rule=web.local/api*=todo-backend:8000", "--class=nginx"),
      demo.kubectl("-n", "todo", "autoscale", "deployment", "todo-frontend", "--min=2", "--max=5", "--cpu-percent=70"),
      demo.kubectl("-n", "todo", "create", "service", "clusterip", "plain", "--tcp=80:8080"),
      demo.kubectl("-n", "todo", "create", "cronjob", "tick", "--image=busybox:1.37", "--schedule=* * * * *"),
    ]
    for outcome in created { #expect(outcome.exitCode == 0, "\(outcome.errors)") }
    let rule =
      "jsonpath={.spec.rules[0].host} {.spec.rules[0].http.paths[0].path} {.spec.rules[0].http.paths[0].pathType}"
    #expect(try demo.kubectl("-n", "todo", "get", "ingress", "web", "-o", rule).output == "web.local /api Prefix")
    let target = "jsonpath={.spec.minReplicas} {.spec.metrics[0].resource.target.averageUtilization}"
    #expect(try demo.kubectl("-n", "todo", "get", "hpa", "todo-frontend", "-o", target).output == "2 70")
    #expect(
      try demo.kubectl("-n", "todo", "get", "service", "plain", "-o", "jsonpath={.spec.ports[0].targetPort}").output
        == "8080")
  }

  @Test func `a pod beyond a quota is refused in the recorded words`() throws {
    #expect(try demo.kubectl("-n", "todo", "create", "quota", "tight", "--hard=pods=1").exitCode == 0)
    let count = try demo.podNames().count
    let refused = try demo.kubectl("-n", "todo", "run", "extra", "--image=busybox:1.37")
    #expect(
      refused.errors
        == "Error from server (Forbidden): pods \"extra\" is forbidden: exceeded quota: tight, requested: pods=1, "
        + "used: pods=\(count), limited: pods=1\n")
    #expect(refused.exitCode == 1)
  }

  @Test func `a followed log ends when its container is restarted, and is then the previous one`() throws {
    let child = try run(
      [
        "sh", "-c",
        "kubectl --kubeconfig \(demo.kubeconfig) -n todo logs -f --tail=1 \(pod) & sleep 1; "
          + "kubectl --kubeconfig \(demo.kubeconfig) -n todo exec \(pod) -- kill 1; wait $!; echo ended $?",
      ])
    #expect(child.output.hasSuffix("ended 0\n"))
    // The run that ended is the previous one as soon as the next has begun.
    let isPrevious = eventually(within: 30) {
      (try? demo.kubectl("-n", "todo", "logs", pod, "--previous", "--tail=1", "--timestamps").output)?.hasPrefix("20")
        == true
    }
    #expect(isPrevious)
  }
}
