import ClusterAccess
import ClusterModel
import Foundation
import Operations
import Playbook
import Testing

extension OneAfterTheOther {
  /// Remedies as they are run: by the real kubectl, on a cluster on which nothing is deployed.
  @Suite(.serialized) struct RemedyRunTests {
    private func context(_ facts: [FactQuestion: Fact], manifests: String) -> CheckContext {
      var sources = Sources()
      sources.manifests = Sources.Place(manifests, isSample: true)
      sources.chart = Sources.Place("chart", isSample: true)
      sources.release = "todo"
      let profile = Profile(
        origin: .builtIn, name: "Todo", namespace: "todo",
        workloads: ["todo-backend", "todo-frontend"].map { ObjectKey(.deployments, namespace: "todo", name: $0) },
        sources: sources,
        secret: Profile.SecretKeys(name: "todo-secrets", required: ["DATABASE_URL"], optional: ["OPENAI_API_KEY"]),
        phases: [])
      var known = Facts()
      known.merge(facts)
      return CheckContext(
        snapshot: Snapshot(), facts: known, record: DeployRecord(), profile: profile, now: Timestamp(nanoseconds: 1))
    }

    @Test func `the sample comes up without helm, and a second time nothing changes`() throws {
      let demo = try DemoProcess("--scenario", "bare", "--speed", "5")
      let programs = ToolPrograms(
        kubectl: Kubectl(program: ["kubectl"], kubeconfig: demo.kubeconfig, context: "todotop-demo"), isPlayed: true)
      let manifests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Resources/infra/manifests/todo.yaml").path
      let facts = FactReader(programs) { Timestamp(nanoseconds: 1) }.answers([.file(manifests)])
      let context = context(facts, manifests: manifests)
      var pods: [String] = []
      for round in 1...2 {
        var said: [String] = []
        for step in [RemedyStep.createSecret, .deployChart] {
          for command in try commands(for: step, in: context, programs: programs).get() {
            let end = RemedyRunner(command).run(said: { said.append($0) })
            #expect(end.problem == nil, "\(command.words): \(end.problem ?? "")")
          }
        }
        #expect(said.contains("deployment \"todo-backend\" successfully rolled out"))
        #expect(!said.contains { $0.contains("not-a-real-password") })
        let names = try demo.podNames().sorted()
        #expect(names.count == 4)
        if round == 2 { #expect(names == pods) }
        pods = names
      }
      // What another manager wrote is not taken away, and the reason is the line that says so.
      _ = try demo.kubectl(
        "scale", "deployment/todo-backend", "-n", "todo", "--replicas=3")
      let apply = try commands(for: .deployChart, in: context, programs: programs).get()[1]
      let end = RemedyRunner(apply).run(said: { _ in })
      #expect(end.exitCode == 1)
      #expect(end.problem?.contains("conflict") == true, "\(end.problem ?? "")")
    }
  }
}
