import Foundation
import Testing

extension OneAfterTheOther {
  /// Numbered lines through restarts and outages: every one is there once, in order, and each break is said.
  @Suite struct LogTests {
    @Test(arguments: LiveTests.feeds)
    func `through a rollout every numbered line is there once, with seams where pods changed`(feed: [String]) throws {
      let demo = try numberedDemo()
      let old = Set(try backendPods(demo))
      let screen = try logs(demo.kubeconfig, feed)
      try demo.kubectl("rollout", "restart", "deployment/todo-backend", "-n", "todo")
      #expect(
        try demo.kubectl("rollout", "status", "deployment/todo-backend", "-n", "todo", "--timeout=90s").exitCode == 0)
      #expect(try eventually(within: 30) { try old.isDisjoint(with: backendPods(demo)) })
      #expect(try screen.shows(" gone"))
      Thread.sleep(forTimeInterval: 2)
      let saved = try save(screen)
      let new = Set(try backendPods(demo))
      #expect(Set(saved.numbers.keys) == old.union(new))
      for (pod, numbers) in saved.numbers {
        #expect(numbers.count > 10 && isWithoutGap(numbers), "\(pod): \(numbers.prefix(5)) … \(numbers.suffix(5))")
        // A pod that came is there from its first line.
        if new.contains(pod) { #expect(numbers.first == 0) }
      }
      let seams = saved.seams.joined(separator: " ")
      for pod in old {
        #expect(seams.contains("\(pod.suffix(5)) gone") || seams.contains("\(pod.suffix(5)), "), "\(seams)")
      }
      for pod in new { #expect(seams.contains(pod.suffix(5)), "\(seams)") }
      #expect(seams.contains("joined") && seams.contains("gone"))
    }

    @Test(arguments: LiveTests.feeds)
    func `after an outage of the API the seam says so, and no line is missing or doubled`(feed: [String]) throws {
      let demo = try numberedDemo()
      let gate = try Gate(before: demo)
      let kubeconfig = try gate.kubeconfig()
      let screen = try logs(kubeconfig.url.path, feed)
      for _ in 0..<2 {
        gate.become(.failing)
        Thread.sleep(forTimeInterval: 2)
        gate.become(.open)
        #expect(try screen.shows("reconnected after", within: 30))
        Thread.sleep(forTimeInterval: 3)
      }
      let saved = try save(screen)
      #expect(saved.numbers.count == 2)
      for (pod, numbers) in saved.numbers {
        #expect(numbers.count > 60 && isWithoutGap(numbers), "\(pod): \(numbers.prefix(5)) … \(numbers.suffix(5))")
        let all = try demo.kubectl("logs", pod, "-n", "todo").output
        #expect(all.contains("number \(numbers.last ?? -1)\n"))
      }
      #expect(
        saved.seams.contains { $0.contains("reconnected after") && $0.contains("gap possible") }, "\(saved.seams)")
    }

    @Test func `a crash shows its last lines by itself, in the logs and in the details`() throws {
      let screen = try Tmux("'\(programPath)' demo --scenario incident", columns: 140, rows: 45)
      #expect(try screen.shows("CrashLoopBackOff"))
      try screen.press("/")
      try screen.type("status:CrashLoop")
      try screen.press("Enter", "l")
      #expect(try screen.shows("died: exit code 1"))
      #expect(try screen.shows("KeyError: 'TODO_AGENT_MODEL'"))
      try screen.press("Escape")
      #expect(try screen.holds("no card") { !$0.contains("died: exit code 1") && $0.contains("Logs") })
      try screen.press("q", "Enter")
      #expect(try screen.shows("died: exit code 1"))
    }

    /// A demo whose backend writes numbered lines.
    private func numberedDemo() throws -> DemoProcess {
      let demo = try DemoProcess()
      try demo.kubectl("set", "image", "deployment/todo-backend", "backend=todo-backend:numbered", "-n", "todo")
      let status = try demo.kubectl(
        "rollout", "status", "deployment/todo-backend", "-n", "todo", "--timeout=90s")
      #expect(status.exitCode == 0, "\(status.errors)")
      #expect(try eventually(within: 30) { try backendPods(demo).count == 2 })
      return demo
    }

    private func backendPods(_ demo: DemoProcess) throws -> [String] {
      try demo.podNames().filter { $0.hasPrefix("todo-backend") }
    }

    /// The logs of the backend as a whole.
    private func logs(_ kubeconfig: String, _ feed: [String]) throws -> Tmux {
      let screen = try Tmux(
        "'\(programPath)' --kubeconfig '\(kubeconfig)' -n todo \(feed.joined(separator: " "))", columns: 160, rows: 45)
      #expect(try screen.shows("todo-backend"))
      try screen.press("4", "/")
      try screen.type("backend")
      try screen.press("Enter", "l")
      #expect(try screen.shows("number "))
      return screen
    }

    /// What the program saves: the numbers of each pod in their order, and the seams.
    private func save(_ screen: Tmux) throws -> (numbers: [String: [Int]], seams: [String]) {
      let url = FileManager.default.temporaryDirectory.appending(path: "todotop-test-\(UUID().uuidString).log")
      defer { try? FileManager.default.removeItem(at: url) }
      try screen.press(":")
      try screen.type("save \(url.path)")
      try screen.press("Enter")
      #expect(try screen.shows("saved in"))
      var numbers: [String: [Int]] = [:]
      var seams: [String] = []
      for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
        if line.hasPrefix("── ") { seams.append(String(line)) }
        let words = line.split(separator: " ")
        guard words.count == 4, words[2] == "number", let number = Int(words[3]) else { continue }
        numbers[String(words[1].prefix { $0 != "/" }), default: []].append(number)
      }
      return (numbers, seams)
    }

    private func isWithoutGap(_ numbers: [Int]) -> Bool {
      zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }
  }
}
