import ClusterModel
import Foundation
import Playbook
import Testing

/// Every command by which the program changes a cluster, run by the real kubectl against the demo.
@Suite(.serialized) struct ChangeCommandRunTests {
  private static let frontend = ObjectKey(.deployments, namespace: "todo", name: "todo-frontend")
  private static let node = ObjectKey(.nodes, namespace: "", name: "todotop-demo")
  private static let other = UID("00000000-0000-0000-0000-000000000000")

  @Test func `workloads and nodes are changed as the commands say`() throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let uid = UID(try change(.uid(of: Self.frontend), demo).output)
    #expect(uid.value.count == 36)
    try change(.rolloutRestart(Self.frontend), demo)
    try waitForRollout(demo)
    #expect(try read("{.metadata.annotations.deployment\\.kubernetes\\.io/revision}", demo) == "2")
    #expect(try read("{.spec.template.metadata.annotations}", demo).contains("restartedAt"))
    try change(.rolloutUndo(Self.frontend, revision: 1), demo)
    try waitForRollout(demo)
    #expect(try read("{.metadata.annotations.deployment\\.kubernetes\\.io/revision}", demo) == "3")
    #expect(try !read("{.spec.template.metadata.annotations}", demo).contains("restartedAt"))
    let isSame = PatchOperation(.test, "/metadata/uid", .text(uid.value))
    let scaling = [
      PatchOperation(.test, "/spec/replicas", .number(3)), PatchOperation(.replace, "/spec/replicas", .number(4)),
    ]
    try change(.patch(Self.frontend, [isSame] + scaling), demo)
    try waitForRollout(demo)
    #expect(try read("{.spec.replicas} {.status.readyReplicas}", demo) == "4 4")
    // The value is no longer the one that was seen, and neither is the object.
    try refuse(.patch(Self.frontend, [isSame] + scaling), "rejected our request due to an error in our request", demo)
    let isOther = PatchOperation(.test, "/metadata/uid", .text(Self.other.value))
    try refuse(.patch(Self.frontend, [isOther, scaling[1]]), "rejected our request due to an error", demo)
    #expect(try read("{.spec.replicas}", demo) == "4")
    let image = "/spec/template/spec/containers/0/image"
    let newer = [
      PatchOperation(.test, image, .text("todo-frontend:v1.0.0")),
      PatchOperation(.replace, image, .text("todo-frontend:v1.0.1")),
    ]
    try change(.patch(Self.frontend, [isSame] + newer), demo)
    try waitForRollout(demo)
    #expect(try read("{.spec.template.spec.containers[0].image} {.status.updatedReplicas}", demo).hasSuffix("v1.0.1 4"))
    for isPaused in [true, false] {
      try change(.patch(Self.frontend, [isSame, PatchOperation(.add, "/spec/paused", .boolean(isPaused))]), demo)
      #expect(try read("{.spec.paused}", demo) == String(isPaused))
    }
    for isCordoned in [true, false] {
      let nodeUID = PatchOperation(.test, "/metadata/uid", .text(try change(.uid(of: Self.node), demo).output))
      try change(.patch(Self.node, [nodeUID, PatchOperation(.add, "/spec/unschedulable", .boolean(isCordoned))]), demo)
      let shown = try demo.kubectl("get", "node", Self.node.name).output
      #expect(shown.contains("Ready,SchedulingDisabled") == isCordoned)
    }
  }

  @Test func `pods are deleted and evicted by their UID, and by no other`() throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let pods = try demo.podNames().filter { $0.hasPrefix("todo-frontend-") }
      .map { ObjectKey(.pods, namespace: "todo", name: $0) }
    try #require(pods.count == 3)
    for byForce in [false, true] {
      try refuse(.delete(pods[0], Self.other, byForce: byForce), "the UID in the precondition", demo)
    }
    try refuse(.evict(pods[0], Self.other), "the UID in the precondition", demo)
    #expect(try demo.podNames().contains(pods[0].name))
    #expect(try read("{.metadata.deletionTimestamp}", demo, of: pods[0]).isEmpty)

    try change(.delete(pods[0], uid(of: pods[0], demo), byForce: true), demo)
    #expect(try demo.kubectl("get", "pod", pods[0].name).errors.contains("NotFound"))
    try change(.delete(pods[1], uid(of: pods[1], demo), byForce: false), demo)
    #expect(try isGone(pods[1], demo))
    try waitForRollout(demo)
    try change(.evict(pods[2], uid(of: pods[2], demo)), demo)
    #expect(try isGone(pods[2], demo))
    try waitForRollout(demo)

    let replicas = [PatchOperation(.replace, "/spec/replicas", .number(1))]
    try change(.patch(Self.frontend, replicas), demo)
    #expect(try eventually { try demo.podNames().count { $0.hasPrefix("todo-frontend-") } == 1 })
    let last = try #require(try demo.podNames().first { $0.hasPrefix("todo-frontend-") })
    let key = ObjectKey(.pods, namespace: "todo", name: last)
    try refuse(.evict(key, uid(of: key, demo)), "violate the pod's disruption budget", demo)
  }

  @Test func `a shell in a container takes commands and ends with their code`() throws {
    let demo = try DemoProcess()
    let name = try #require(try demo.podNames().first { $0.hasPrefix("todo-frontend-") })
    let shell = ChangeCommand.shell(ObjectKey(.pods, namespace: "todo", name: name), container: "frontend")
    let outcome = try run(shell.argv(for: kubectl(demo)), input: "echo here is $HOSTNAME\nexit 3\n")
    #expect(outcome.exitCode == 3, "\(outcome.errors)")
    #expect(outcome.output.contains("here is \(name)"))
  }

  /// Carries a command out and expects what kubectl prints of it.
  @discardableResult
  private func change(_ command: ChangeCommand, _ demo: DemoProcess) throws -> Outcome {
    let outcome = try run(command.argv(for: kubectl(demo)), input: command.input)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(command): \(outcome.errors)")
    let isSame = try outcome.output.wholeMatch(of: Regex("(?s)" + Self.output(of: command))) != nil
    #expect(isSame, "\(command): \(outcome.output.prefix(400))")
    return outcome
  }

  private func refuse(_ command: ChangeCommand, _ words: String, _ demo: DemoProcess) throws {
    let outcome = try run(command.argv(for: kubectl(demo)), input: command.input)
    #expect(outcome.exitCode == 1 && outcome.errors.contains(words), "\(command): \(outcome.errors)")
  }

  /// What kubectl prints when a command was carried out; a new one does not compile until it is here.
  private static func output(of command: ChangeCommand) -> String {
    let name = command.object.kind == .nodes ? "node/\(command.object.name)" : "deployment.apps/\(command.object.name)"
    return switch command {
    case .uid: "[0-9a-f-]{36}"
    case .rolloutRestart: "\(name) restarted\n"
    case .rolloutUndo: "\(name) rolled back\n"
    case .patch: "\(name) patched\n"
    case .delete: "\\{.*\"kind\": ?\"Pod\".*\"name\": ?\"\(command.object.name)\".*\\}\\s*"
    case .evict: "\\{.*\"kind\": ?\"Status\".*\"status\": ?\"Success\".*\\}\\s*"
    case .shell: ".*"
    }
  }

  private func kubectl(_ demo: DemoProcess) -> Kubectl {
    Kubectl(program: ["kubectl"], kubeconfig: demo.kubeconfig, context: "todotop-demo")
  }

  private func uid(of object: ObjectKey, _ demo: DemoProcess) throws -> UID {
    UID(try change(.uid(of: object), demo).output)
  }

  private func read(_ path: String, _ demo: DemoProcess, of object: ObjectKey = frontend) throws -> String {
    try demo.kubectl("get", object.kind.qualifiedResource, object.name, "--output=jsonpath=\(path)").output
  }

  private func isGone(_ pod: ObjectKey, _ demo: DemoProcess) throws -> Bool {
    try demo.kubectl("wait", "--for=delete", "pod/" + pod.name, "--timeout=60s").exitCode == 0
  }

  private func waitForRollout(_ demo: DemoProcess) throws {
    let outcome = try demo.kubectl("rollout", "status", "deployment/todo-frontend", "--timeout=60s")
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
  }
}
