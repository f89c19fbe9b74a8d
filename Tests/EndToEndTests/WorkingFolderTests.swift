import Foundation
import Testing

extension OneAfterTheOther {
  /// What lies in the folder that the program is started in: the user's own application, or somebody's bad will.
  @Suite(.serialized) struct WorkingFolderTests {
    /// A profile that tries all it can; its remedy carries what a shell would act on.
    private static let malicious = """
      name: Todo
      namespace: todo
      guards: {local: ["*"], protected: []}
      phases:
      - name: Containerization
        checks:
        - {kind: docker-answers, id: 1.1, remedy: [docker, run, "a; touch was-run", "$(touch was-run)", "`touch was-run`"]}
      - {name: Minikube, reason: not here}
      - {name: Helm chart, reason: not here}
      - {name: Secrets, reason: not here}
      - {name: Deployment, reason: not here}
      """

    @Test func `the chart and the Dockerfiles of the folder are planned, not the sample's`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      let chart = "infra/helm/other-app"
      try scene.write("\(chart)/Chart.yaml", "apiVersion: v2\nname: other-app\nversion: 0.2.0\n")
      try scene.write(
        "\(chart)/values.yaml",
        """
        web: {image: {repository: other-web, tag: v3.1.0}}
        api: {image: {repository: other-api, tag: v2.0.0}}

        """)
      for name in ["web", "api"] {
        try scene.write("\(chart)/templates/\(name)-deployment.yaml", "kind: Deployment\n")
        try scene.write("infra/docker/\(name)/Dockerfile", "FROM python:3.13-slim\nUSER 1000\n")
      }
      try scene.standIn(
        "docker", "case \"$1\" in version) echo 28.2.2;; *) echo 'Error: No such image' >&2; exit 1;; esac")
      try scene.standIn(
        "helm", "case \"$1\" in version) echo v3.18.4;; *) echo 'Error: release: not found' >&2; exit 1;; esac")
      let outcome = try scene.todotop("deploy", "--dry-run", "--kubeconfig", demo.kubeconfig, "-n", "shop")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let commands = outcome.output.split(separator: "\n").filter { $0.hasPrefix("  $ ") }
      #expect(
        commands.contains { $0.contains(" upgrade --install other-app infra/helm/other-app ") }, "\(outcome.output)")
      for (name, image) in [("web", "other-web:v3.1.0"), ("api", "other-api:v2.0.0")] {
        #expect(
          commands.contains { $0.contains("docker build --tag \(image) --file infra/docker/\(name)/Dockerfile ") },
          "\(outcome.output)")
      }
      #expect(!commands.contains { $0.contains("todo-app") || $0.contains("todo-backend") }, "\(outcome.output)")
      #expect(try scene.calls("docker", "build").isEmpty && scene.calls("helm", "upgrade").isEmpty)
    }

    @Test func `a remedy of the folder's profile is shown word by word and runs for nobody who did not type`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      try scene.standIn(
        "docker",
        """
        case "$1" in
        run) : > '\(scene.kept)/engine';;
        version) [ -e '\(scene.kept)/engine' ] || exit 1; echo 28.2.2;;
        *) exit 1;;
        esac
        """)
      let words = ["docker", "run", "a; touch was-run", "$(touch was-run)", "`touch was-run`"]
      try scene.write("todotop.yaml", Self.malicious)
      for flags in [["--yes"], []] {
        let outcome = try scene.deploy(demo.kubeconfig, flags)
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("docker run 'a; touch was-run' '$(touch was-run)' '`touch was-run`'"))
        #expect(outcome.errors.contains("typing “run” at a terminal"), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
      }
      #expect(try scene.calls("docker", "run").isEmpty)
      // Once somebody typed it at a terminal it is agreed to, for as long as it stays the same.
      let screen = try Tmux(
        "cd '\(scene.work.path)' && PATH='\(scene.root.path)/bin' '\(programPath)' deploy -n todo"
          + " --kubeconfig '\(demo.kubeconfig)'", columns: 140, rows: 45,
        environment: scene.environment.filter { $0.key != "PATH" })
      #expect(try screen.shows("Type run to run this on context todotop-demo, namespace todo"))
      try screen.type("run")
      try screen.press("Enter")
      #expect(try screen.shows("deploy done in"))
      #expect(try scene.calls("docker", "run") == [words])
      let engine = "\(scene.kept)/engine"
      try FileManager.default.removeItem(atPath: engine)
      let agreed = try scene.deploy(demo.kubeconfig, ["--yes"])
      #expect(agreed.exitCode == 0, "\(agreed)")
      #expect(try scene.calls("docker", "run") == [words, words])
      try FileManager.default.removeItem(atPath: engine)
      try scene.write("todotop.yaml", Self.malicious.replacing("\"a; ", with: "\"b; "))
      let changed = try scene.deploy(demo.kubeconfig, ["--yes"])
      #expect(changed.exitCode == 1 && changed.errors.contains("typing “run” at a terminal"), "\(changed)")
      #expect(try scene.calls("docker", "run").count == 2)
      // A file that the user names is trusted; still nothing but one program sees the words.
      let named = try scene.deploy(demo.kubeconfig, ["--yes", "--profile", scene.write("own.yaml", Self.malicious)])
      #expect(named.exitCode == 0, "\(named.output)\(named.errors)")
      #expect(try scene.calls("docker", "run") == [words, words, words])
      #expect(!FileManager.default.fileExists(atPath: scene.work.appending(path: "was-run").path))
    }

    @Test func `guards of the folder's profile widen nothing`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess("--scenario", "bare"))
      try scene.write("todotop.yaml", Self.malicious)
      let text = try String(contentsOfFile: demo.kubeconfig, encoding: .utf8)
      try scene.standIn("docker", "exit 1")
      let protected = try scene.write("prod", text.replacing("todotop-demo", with: "shop-prod"))
      let refused = try scene.deploy(protected, ["--yes"])
      #expect(refused.exitCode == 1 && refused.errors.contains("typing “todo” at a terminal"), "\(refused.errors)")
      #expect(try scene.calls("docker", "run").isEmpty)
      let normal = try scene.write("normal", text.replacing("todotop-demo", with: "shop"))
      let screen = try Tmux(
        "cd '\(scene.work.path)' && '\(programPath)' --kubeconfig \(normal) -n todo", columns: 140, rows: 45,
        environment: scene.environment.filter { $0.key != "PATH" })
      #expect(try screen.shows("nothing is deployed"))
      #expect(try screen.shows("disarmed"))
    }

    @Test func `ten megabytes, a bomb of aliases and a remedy with a shell are refused, and watching goes on`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess())
      var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
      for level in 1...30 {
        bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
      }
      let aliases = String(repeating: "*a0, ", count: 2_000_000)
      let shell = Self.malicious.replacing("[docker, run, ", with: "[sh, -c, ")
      for (text, part) in [(bomb, "aliases"), ("\(bomb)b: [\(aliases)]\n", "KiB"), (shell, "cannot run sh")] {
        try scene.write("todotop.yaml", text)
        let before = try childSeconds()
        let validated = try scene.todotop("profile", "validate")
        #expect(try childSeconds() - before < 2)
        #expect(validated.exitCode == 2 && validated.output.isEmpty)
        #expect(
          validated.errors.contains(#/todotop\.yaml:\d+:\d+: /#) && validated.errors.contains(part), "\(validated)")
        let checked = try scene.todotop("check", "--kubeconfig", demo.kubeconfig, "-n", "todo")
        #expect(checked.output.contains("5 Deployment"), "\(checked)")
        #expect(checked.errors.contains(#/todotop\.yaml:\d+:\d+: .*is used instead/#), "\(checked.errors)")
        let watched = try scene.todotop("snapshot", "--kubeconfig", demo.kubeconfig, "-n", "todo")
        #expect(watched.output.contains("todo-backend"), "\(watched)")
        // Another application than the one that was meant is never deployed.
        let deployed = try scene.deploy(demo.kubeconfig, ["--yes"])
        #expect(deployed.exitCode == 2 && deployed.errors.contains(part), "\(deployed)")
      }
      #expect(try scene.calls("kubectl", "apply").isEmpty)
    }

    /// The processor time of all children that ended so far, in seconds.
    private func childSeconds() throws -> Double {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
      return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
    }
  }
}

extension PlaybookScene {
  /// Deploys to the namespace todo of a cluster, with nobody at the terminal.
  fileprivate func deploy(_ kubeconfig: String, _ flags: [String]) throws -> Outcome {
    try todotop(["deploy", "--kubeconfig", kubeconfig, "-n", "todo"] + flags)
  }
}
