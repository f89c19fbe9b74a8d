import Foundation
import Testing

extension OneAfterTheOther {
  /// Questions to stand-ins for AI tools: how they are called, what they see, and what comes back.
  @Suite struct AIToolRunTests {
    /// Writes down what a tool sees of the cluster, and answers.
    private static let answer = """
      printf '%s\\n' "$KUBECONFIG" > "$KEPT/path"
      cat "$KUBECONFIG" > "$KEPT/kubeconfig"
      stat -c %a "$KUBECONFIG" > "$KEPT/mode"
      printf '\\n\\033[31mtwo pods\\033[0m are fine\\nand more\\n'
      """

    private static let googles = """
      case "$1" in
      version) echo 0.0.24;;
      --help) echo '      --llm-provider string   LLM provider';;
      *hang*) exit 9;;
      --quiet)
        case "$2" in
        hang*) trap '' INT; exec sleep 3142;;
        fail*) echo no key >&2; exit 3;;
        esac
        \(answer);;
      esac
      """

    @Test func `a tool sees one context with its namespace, gets exactly the words that were shown, and is counted`()
      throws
    {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess())
      try scene.standIn("kubectl-ai", "KEPT='\(scene.kept)'\n" + Self.googles)
      let screen = try open(scene, demo)
      try ask(screen, ":ai kubectl-ai say why", "kubectl-ai --quiet")
      #expect(try screen.shows("two pods are fine"))
      #expect(try screen.shows("enter comes back to the screen"))
      try screen.press("Enter")
      #expect(try screen.shows("kubectl-ai answered in"))
      #expect(try screen.shows("Workloads"))

      #expect(
        try asked(scene, "kubectl-ai") == [
          ["kubectl-ai", "--quiet", "say why, in namespace todo; only read, do not change anything"]
        ])
      let path = try kept(scene, "path")
      #expect(path != demo.kubeconfig && !FileManager.default.fileExists(atPath: path))
      #expect(try kept(scene, "mode") == "600")
      let seen = try #require(
        try JSONSerialization.jsonObject(with: Data(kept(scene, "kubeconfig").utf8)) as? [String: Any])
      let contexts = try #require(seen["contexts"] as? [[String: Any]])
      #expect(contexts.count == 1 && contexts[0]["name"] as? String == "todotop-demo")
      #expect((contexts[0]["context"] as? [String: Any])?["namespace"] as? String == "todo")
      let record = try record(scene)
      #expect(record.contains(#""ai kubectl-ai 1""#) && record.contains("exit code 0: two pods are fine"), "\(record)")

      try ask(screen, ":ai kubectl-ai fail", "kubectl-ai --quiet")
      #expect(try screen.shows("no key"))
      try screen.press("Enter")
      #expect(try screen.shows("kubectl-ai ended with exit code 3"))
      #expect(try self.record(scene).contains("exit code 3"))
    }

    @Test func `a tool that hangs and hears no ctrl-c is ended by the second, and the terminal is as before`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess())
      try scene.standIn("kubectl-ai", "KEPT='\(scene.kept)'\n" + Self.googles)
      let screen = try open(scene, demo)
      try ask(screen, ":ai kubectl-ai hang", "kubectl-ai --quiet")
      #expect(try eventually(within: 10) { try isHanging() })
      try screen.press("C-c")
      Thread.sleep(forTimeInterval: 0.5)
      #expect(try isHanging())
      try screen.press("C-c")
      #expect(try screen.shows("kubectl-ai was ended by ctrl-c"))
      #expect(try eventually(within: 5) { try !isHanging() })
      try screen.press("Enter")
      #expect(try screen.shows("Workloads"))
      #expect(try record(scene).contains("was ended by ctrl-c"))
      try screen.press("F10")
      try screen.press("y")
      #expect(try screen.shows("ended 0"))
      #expect(try screen.holds("a terminal that echoes") { $0.contains(" echo ") && $0.contains(" icanon") })
    }

    @Test func `the other kubectl-ai only prints, Gordon and kagent get their own words`() throws {
      let (scene, demo) = (try PlaybookScene(), try DemoProcess())
      let kept = "KEPT='\(scene.kept)'\n"
      try scene.standIn(
        "kubectl-ai",
        "case \"$1\" in version) exit 1;; --help) echo '  --require-confirmation (default true)';; *) echo yes;; esac")
      try scene.standIn(
        "docker", kept + "case \"$1 $2\" in 'ai version') echo v1.9;; 'ai '*) \(Self.answer);; *) exit 1;; esac")
      try scene.standIn(
        "kagent", kept + "case \"$1\" in --help) echo '  invoke  Invoke an agent';; invoke) \(Self.answer);; esac")
      let screen = try open(scene, demo)
      for (words, shown) in [
        (":ai kubectl-ai", "kubectl-ai --raw"), (":ai gordon", "docker ai -C"),
        (":ai kagent", "kagent invoke --agent k8s-agent --task"),
      ] {
        try ask(screen, words, shown)
        #expect(try screen.shows("enter comes back"))
        try screen.press("Enter")
        #expect(try screen.shows("answered in"))
      }
      let raw = try asked(scene, "kubectl-ai")
      #expect(raw.count == 1 && raw[0].count == 3 && raw[0][1] == "--raw" && raw[0][2].hasSuffix("do not apply it"))
      let gordon = try #require(try asked(scene, "docker").first)
      #expect(gordon.prefix(3) == ["docker", "ai", "-C"] && gordon.count == 5)
      #expect(gordon[4] == "rate my Dockerfiles; only read, do not change any file, image or container")
      let kagent = try asked(scene, "kagent")
      #expect(
        kagent == [
          [
            "kagent", "invoke", "--agent", "k8s-agent", "--task",
            "check the health of the application, in namespace todo; only read, do not change anything",
          ]
        ])
      for word in try scene.calls().joined() {
        #expect(!word.contains("--skip-permissions") && !word.contains("=false"))
      }
      let record = try record(scene)
      for tool in ["gordon", "kubectl-ai", "kagent"] { #expect(record.contains("\"ai \(tool) 1\"")) }
    }

    // MARK: - The way there

    private func open(_ scene: PlaybookScene, _ demo: DemoProcess) throws -> Tmux {
      let environment = scene.environment.filter { $0.key != "PATH" }
      let path = "PATH='\(scene.root.path)/bin:/usr/local/bin:/usr/bin:/bin'"
      // The shell that starts it hears ctrl-c too, and is to live on.
      let screen = try Tmux(
        "trap : INT; cd '\(scene.work.path)' && \(path) '\(programPath)' --kubeconfig '\(demo.kubeconfig)' -n todo --profile todo",
        columns: 140,
        rows: 45, environment: environment)
      #expect(try screen.shows("Workloads"))
      return screen
    }

    /// Asks until it is known what the tool is, and agrees once the question can have been read.
    private func ask(_ screen: Tmux, _ line: String, _ shown: String) throws {
      let isAsked = try eventually(within: 30) {
        try screen.press("Escape")
        try screen.type(line)
        try screen.press("Enter")
        return try eventually(within: 3) { try screen.text().contains("works with your rights") }
      }
      let text = try screen.text()
      try #require(isAsked, "\(text)")
      #expect(try screen.shows(shown))
      Thread.sleep(forTimeInterval: 0.5)
      try screen.press("y")
    }

    /// The calls that ask a question, not those that ask what the tool is.
    private func asked(_ scene: PlaybookScene, _ tool: String) throws -> [[String]] {
      try scene.calls().filter { $0[0] == tool && $0.contains { $0.contains("only ") } }
    }

    private func kept(_ scene: PlaybookScene, _ name: String) throws -> String {
      try String(contentsOfFile: "\(scene.kept)/\(name)", encoding: .utf8).trimmingCharacters(
        in: .whitespacesAndNewlines)
    }

    private func record(_ scene: PlaybookScene) throws -> String {
      try scene.stateFiles("records").map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    }

    private func isHanging() throws -> Bool { try run(["pgrep", "-f", "sleep 3142"]).exitCode == 0 }
  }
}
