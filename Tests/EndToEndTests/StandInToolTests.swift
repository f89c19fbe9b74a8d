import Foundation
import Testing

extension OneAfterTheOther {
  /// Deploys with stand-ins for docker, Minikube and helm: how they are called, and what comes of what they say.
  @Suite(.serialized) struct StandInToolTests {
    /// Phases that need nothing but a release, so that only helm counts.
    private static let releaseOnly = """
      name: Todo
      namespace: todo
      workloads: [deployment/todo-frontend, deployment/todo-backend]
      sources: {release: todo}
      secret: {name: todo-secrets, required: [DATABASE_URL]}
      phases:
      - {name: Containerization, reason: not here}
      - {name: Minikube, reason: not here}
      - {name: Helm chart, reason: not here}
      - {name: Secrets, reason: not here}
      - name: Deployment
        checks:
        - {kind: helm-release, id: 5.1, remedy: deploy-chart}
      """

    @Test(arguments: [("v3.18.4", "--atomic"), ("v4.0.1", "--rollback-on-failure")])
    func `docker, Minikube and helm get exactly the words of the plan, and no secret`(
      version: String, rollback: String
    ) throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      try putStandIns(scene, demo, helm: version)
      let (profile, values) = (try scene.writeProfile(), try scene.writeSecrets())
      let outcome = try scene.todotop(
        "deploy", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--profile", profile, "--secrets", values, "--yes")
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")

      let upgrades = try scene.calls("helm", "upgrade")
      let chart = try #require(upgrades.first?.dropFirst(6).first)
      #expect(chart.hasSuffix("/infra/helm/todo-app"))
      #expect(
        upgrades == [
          [
            "helm", "--kubeconfig=\(demo.kubeconfig)", "--kube-context=todotop-demo", "upgrade", "--install", "todo",
            chart, "-n", "todo", "--create-namespace", "--wait", rollback, "--timeout", "5m", "--set",
            "secrets.existingSecret=todo-secrets",
          ]
        ])
      let sample = chart.dropLast("/infra/helm/todo-app".count)
      for name in ["backend", "frontend"] {
        let image = "todo-\(name):v1.0.0"
        #expect(
          try scene.calls("docker", "build").contains([
            "docker", "build", "--tag", image, "--file", "\(sample)/infra/docker/\(name)/Dockerfile",
            "\(sample)/app/\(name)",
          ]))
        #expect(try scene.calls().contains(["minikube", "-p", "todotop-demo", "image", "load", image]))
      }
      // What was planned is what was called.
      #expect(outcome.output.contains("$ helm " + upgrades[0].dropFirst().joined(separator: " ")))
      for word in try scene.calls().joined() + [outcome.output, outcome.errors] {
        #expect(!PlaybookScene.secretValues.contains { word.contains($0) }, "\(word)")
      }
      #expect(try scene.calls("kubectl", "apply").count == 2)
    }

    @Test func `a helm that fails is told with its reason, and what was wrong is kept for its owner alone`() throws {
      let (scene, outcome) = try deploy(
        helm: """
          *upgrade*) echo 'Error: INSTALLATION FAILED: context deadline exceeded' >&2; exit 1;;
          *) echo 'Error: release: not found' >&2; exit 1;;
          """)
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.output.contains("helm ended with exit code 1: Error: INSTALLATION FAILED: context deadline exceeded"),
        "\(outcome.output)")
      let kept = scene.stateFiles("evidence")
      #expect(kept.count == 1)
      let text = try String(contentsOf: try #require(kept.first), encoding: .utf8)
      #expect(text.contains("INSTALLATION FAILED: context deadline exceeded"), "\(text)")
      let mode = try FileManager.default.attributesOfItem(atPath: kept[0].path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try scene.calls("helm", "upgrade").count == 1)
    }

    @Test func `a release that is in the middle of something is left alone, and the way out is said`() throws {
      let (scene, outcome) = try deploy(
        helm: """
          *status*) echo '{"name":"todo","version":5,"info":{"status":"pending-upgrade"}}';;
          *history*) echo '[{"revision":4,"status":"deployed"},{"revision":5,"status":"pending-upgrade"}]';;
          *) exit 1;;
          """)
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.contains("pending-upgrade") && outcome.output.contains("helm rollback todo 4 -n todo"))
      #expect(!outcome.output.contains("\n$ "), "\(outcome.output)")
      #expect(try scene.calls("helm", "upgrade").isEmpty && scene.calls("helm", "rollback").isEmpty)
      #expect(try scene.calls("kubectl", "apply").isEmpty)
    }

    /// Deploys the release with a stand-in for helm that answers as the cases say.
    private func deploy(helm cases: String) throws -> (scene: PlaybookScene, outcome: Outcome) {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      try scene.standIn("helm", "case \"$*\" in\nversion*) echo v3.18.4;;\n\(cases)\nesac")
      let profile = try scene.write("release.yaml", Self.releaseOnly)
      return (
        scene,
        try scene.todotop("deploy", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--profile", profile, "--yes")
      )
    }

    /// Stand-ins that remember what was built, loaded and installed; helm's has kubectl apply what the chart gives.
    private func putStandIns(_ scene: PlaybookScene, _ demo: DemoProcess, helm version: String) throws {
      let kept = scene.kept
      try scene.standIn(
        "docker",
        """
        case "$1 $2" in
        'version '*) echo 28.2.2;;
        'image inspect')
          [ -e "\(kept)/built-$3" ] || { echo "Error response from daemon: No such image: $3" >&2; exit 1; }
          echo '[{"Id":"sha256:1","RepoTags":["'"$3"'"],"Size":50000000,"Config":{"User":"1000","Env":[]}}]';;
        'build '*) : > "\(kept)/built-$3";;
        *) exit 1;;
        esac
        """)
      try scene.standIn(
        "minikube",
        """
        case "$*" in
        *status*) echo '{"Name":"todotop-demo","Host":"Running","Kubelet":"Running","APIServer":"Running","Kubeconfig":"Configured"}';;
        *'addons list'*) echo '{"ingress":{"Status":"enabled"},"metrics-server":{"Status":"enabled"}}';;
        *'image ls'*)
          printf '['; comma=
          for file in "\(kept)"/loaded-*; do
            [ -e "$file" ] || continue
            printf '%s{"repoTags":["docker.io/library/%s"],"size":"50000000"}' "$comma" "${file##*/loaded-}"; comma=,
          done
          echo ']';;
        *'image load'*) : > "\(kept)/loaded-$5";;
        *) exit 1;;
        esac
        """)
      let manifests = try #require(
        try scene.todotop("profile", "print", "--profile", "todo").output.split(separator: "\n")
          .first { $0.contains("manifests: ") }?.split(separator: " ").dropFirst().first)
      try scene.standIn(
        "helm",
        """
        case "$*" in
        version*) echo \(version);;
        *status*)
          [ -e "\(kept)/installed" ] || { echo 'Error: release: not found' >&2; exit 1; }
          echo '{"name":"todo","namespace":"todo","version":1,"info":{"status":"deployed"}}';;
        *history*)
          [ -e "\(kept)/installed" ] || { echo 'Error: release: not found' >&2; exit 1; }
          echo '[{"revision":1,"status":"deployed"}]';;
        lint*) echo '1 chart(s) linted, 0 chart(s) failed';;
        template*) while IFS= read -r line; do printf '%s\\n' "$line"; done < '\(manifests)';;
        *upgrade*)
          : > "\(kept)/installed"
          '\(scene.root.path)/bin/kubectl' --kubeconfig '\(demo.kubeconfig)' -n todo apply -f '\(manifests)' --server-side \
            > /dev/null || exit 1
          for name in todo-backend todo-frontend; do
            '\(scene.root.path)/bin/kubectl' --kubeconfig '\(demo.kubeconfig)' -n todo rollout status "deployment/$name" \
              || exit 1
          done;;
        *) exit 1;;
        esac
        """)
    }
  }
}
