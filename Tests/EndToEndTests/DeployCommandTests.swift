import Foundation
import Subprocess
import Testing

extension OneAfterTheOther {
  /// `todotop deploy` on clusters on which nothing is deployed.
  @Suite(.serialized) struct DeployCommandTests {
    @Test func `the demo comes up in one go, and what is played says so`() throws {
      let scene = try PlaybookScene()
      let outcome = try scene.todotop("deploy", "--demo", "--scenario", "bare", "--yes", "--speed", "5")
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("deploy the application: done in"))
      for line in outcome.output.split(separator: "\n") where line.hasPrefix("$ ") {
        let isPlayed = line.hasPrefix("$ docker ") || line.hasPrefix("$ minikube ")
        #expect(isPlayed || line.hasPrefix("$ kubectl "), "\(line)")
        #expect(line.hasSuffix("(played by the demo)") == isPlayed, "\(line)")
      }
      #expect(!outcome.output.contains("not-a-real-password"))
    }

    @Test func `phases 4 and 5 are observed to hold, and a second deploy changes nothing`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      let (profile, values) = (try scene.writeProfile(), try scene.writeSecrets())
      let first = try deploy(scene, demo, profile, values)
      #expect(first.exitCode == 0, "\(first.output)\(first.errors)")
      for value in PlaybookScene.secretValues {
        #expect(!first.output.contains(value) && !first.errors.contains(value))
      }
      let report = try scene.todotop(
        "check", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--profile", profile, "--format", "json")
      let lines = try checkLines(report)
      let judged = lines.filter { $0.value.phase == 4 || $0.value.phase == 5 }
      let open = judged.filter { $0.value.state != "holds" }
      // Without helm there is no release, without git no history; the last is for a person.
      #expect(open.keys.sorted() == ["4.4", "5.1", "5.13"], "\(open)")
      #expect(!open.values.contains { $0.state == "fails" })
      let unseen = judged.filter { $0.value.state == "holds" && $0.value.origin != "observed" }
      #expect(unseen.keys.sorted() == ["5.4", "5.4b"] && unseen.values.allSatisfy { $0.origin == "recorded" })
      #expect(
        try scene.calls().joined().allSatisfy { word in !PlaybookScene.secretValues.contains { word.contains($0) } })

      let before = try generations(demo)
      let changes = try scene.calls("kubectl", "apply").count
      let second = try deploy(scene, demo, profile, values)
      #expect(second.exitCode == 0 && second.output.contains("Nothing is to be run"), "\(second.output)")
      #expect(try generations(demo) == before && !before.isEmpty)
      #expect(try scene.calls("kubectl", "apply").count == changes)
    }

    @Test func `killed in the middle and run again it goes on where it stopped`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      let (profile, values) = (try scene.writeProfile(), try scene.writeSecrets())
      let child = try scene.started(
        "deploy", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--profile", profile, "--secrets", values, "--yes")
      var capture = OutputCapture(limitBytes: 1 << 20)
      let isBegun = eventually(within: 60) {
        capture.take(from: child.output)
        return String(decoding: capture.bytes, as: UTF8.self).contains("create the Secret: done in")
      }
      #expect(isBegun, "\(String(decoding: capture.bytes, as: UTF8.self))")
      // The child itself is the keeper before the program.
      let program = try #require(try childProcesses(of: child.processID).first?.id)
      kill(program, SIGKILL)
      #expect(try eventually { try !isRunning(program) })
      child.stop()
      let uid = try demo.kubectl("-n", "todo", "get", "secret", "todo-secrets", "-o", "jsonpath={.metadata.uid}").output

      let again = try deploy(scene, demo, profile, values)
      #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
      #expect(again.output.contains("Plan: 1 step ") && !again.output.contains("create the Secret"), "\(again.output)")
      #expect(again.output.contains("deploy the application: done in"))
      let now = try demo.kubectl("-n", "todo", "get", "secret", "todo-secrets", "-o", "jsonpath={.metadata.uid}").output
      #expect(!uid.isEmpty && now == uid)
    }

    private func deploy(
      _ scene: PlaybookScene, _ demo: DemoProcess, _ profile: String, _ values: String
    ) throws -> Outcome {
      try scene.todotop(
        "deploy", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--profile", profile, "--secrets", values, "--yes")
    }

    private func generations(_ demo: DemoProcess) throws -> String {
      try demo.kubectl(
        "-n", "todo", "get", "deployments,services,ingresses,configmaps,secrets", "-o",
        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation} {.metadata.uid}{\"\\n\"}{end}"
      ).output
    }
  }
}
