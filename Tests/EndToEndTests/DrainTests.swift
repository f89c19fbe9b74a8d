import Foundation
import Testing

/// `kubectl drain` against the demo, which evicts pod by pod as far as budgets allow.
@Suite(.serialized) struct DrainTests {
  @Test func `a node is drained to its end, with evictions repeated until the budget allows them`() throws {
    // More pods bring a second node, onto which the first one's pods can go.
    let demo = try DemoProcess(port: 0, "--pods", "30", "--speed", "10")
    let outcome = try demo.kubectl("drain", "todotop-demo", "--ignore-daemonsets", "--timeout=90s")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("node/todotop-demo cordoned\n"))
    #expect(outcome.output.hasSuffix("node/todotop-demo drained\n"))
    #expect(outcome.errors.contains("Warning: ignoring DaemonSet-managed Pods: kube-system/kube-proxy-"))
    let retried =
      #/error when evicting pods/"todo-\S+" .*\(will retry after 5s\): Cannot evict pod as it would violate/#
    #expect(outcome.errors.contains(retried), "\(outcome.errors)")
    let left = try demo.kubectl(
      "get", "pods", "-A", "--field-selector=spec.nodeName=todotop-demo", "--no-headers",
      "-o", "custom-columns=NAME:.metadata.name")
    // What the node runs by itself stays, and so does what a DaemonSet puts there again.
    let names = left.output.split(separator: "\n").map(String.init)
    #expect(names.count == 5 && names.allSatisfy { $0.hasSuffix("-todotop-demo") || $0.hasPrefix("kube-proxy-") })
    #expect(try demo.kubectl("uncordon", "todotop-demo").exitCode == 0)
    #expect(try demo.kubectl("rollout", "status", "deployment/todo-frontend", "--timeout=60s").exitCode == 0)
  }
}
