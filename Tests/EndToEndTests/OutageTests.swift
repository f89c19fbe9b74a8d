import Foundation
import Testing

extension OneAfterTheOther {
  /// Somebody pulls the plug: the screen stays, says since when its data is old, and resumes.
  @Suite struct OutageTests {
    @Test func `a killed proxy is replaced`() throws {
      let demo = try DemoProcess()
      let screen = try start(demo.kubeconfig)
      let program = try #require(try screen.processID(of: "todotop"))
      let proxy = try #require(try proxies(of: program).first)
      kill(proxy.id, SIGKILL)
      try deletePod(demo)
      #expect(try eventually { try proxies(of: program).contains { $0.id != proxy.id } })
      try expectFreshAndWhole(demo, screen)
    }

    @Test func `a proxy that hangs is replaced`() throws {
      let demo = try DemoProcess()
      let screen = try start(demo.kubeconfig)
      let program = try #require(try screen.processID(of: "todotop"))
      let proxy = try #require(try proxies(of: program).first)
      kill(proxy.id, SIGSTOP)
      try deletePod(demo)
      #expect(try screen.shows(" old", within: 10))
      #expect(try eventually(within: 40) { try proxies(of: program).contains { $0.id != proxy.id } })
      try expectFreshAndWhole(demo, screen)
    }

    @Test func `a killed API is waited for`() throws {
      var demo: DemoProcess? = try DemoProcess("--seed", "3")
      let port = try #require(demo?.port)
      let kubeconfig = try TemporaryFile(try String(contentsOfFile: demo?.kubeconfig ?? "", encoding: .utf8))
      let screen = try start(kubeconfig.url.path)
      demo?.signal(SIGKILL)
      demo = nil
      #expect(try screen.shows(" old", within: 10))
      #expect(try screen.text().contains("todo-backend"))
      let again = try DemoProcess(port: port, "--seed", "3")
      try expectFreshAndWhole(again, screen)
    }

    @Test func `a frozen API is noticed within ten seconds and resumed`() throws {
      let demo = try DemoProcess()
      let screen = try start(demo.kubeconfig)
      demo.signal(SIGSTOP)
      #expect(try screen.holds("reason and age", within: 10) { $0.contains("no answer within") && $0.contains(" old") })
      #expect(try screen.text().contains("todo-backend"))
      demo.signal(SIGCONT)
      try deletePod(demo)
      try expectFreshAndWhole(demo, screen)
    }

    @Test(arguments: [[], ["--poll", "1s"]])
    func `an API that answers 500 in plain text is asked again every two seconds`(feed: [String]) throws {
      let demo = try DemoProcess()
      let gate = try Gate(before: demo)
      let kubeconfig = try gate.kubeconfig()
      let screen = try start(kubeconfig.url.path, feed)
      gate.become(.failing)
      let start = Date()
      try deletePod(demo)
      #expect(try screen.shows(" old", within: 10))
      #expect(try screen.text().contains("the gate is broken"))
      #expect(try screen.text().contains("todo-backend"))
      let times = [start] + gate.refusals + [Date()]
      let longest = zip(times, times.dropFirst()).map { $1.timeIntervalSince($0) }.max() ?? .infinity
      // Two seconds to wait, and what kubectl takes to start.
      #expect(longest < 4.5, "\(times)")
      gate.become(.open)
      try expectFreshAndWhole(demo, screen)
    }

    @Test func `keys are answered while the API is frozen`() throws {
      let demo = try DemoProcess()
      let screen = try start(demo.kubeconfig)
      demo.signal(SIGSTOP)
      try screen.press("?")
      #expect(try screen.shows("Keys", within: 1))
    }

    @Test(arguments: [[], ["--poll", "1s"]])
    func `no child outlives the program, even after kill -9`(feed: [String]) throws {
      let screen = try Tmux(
        "'\(programPath)' demo \(feed.joined(separator: " "))", columns: 160, rows: 45)
      #expect(try screen.shows("todo-backend"))
      let program = try #require(try screen.processID(of: "todotop"))
      let children = try descendants(of: program)
      #expect(children.count >= 2)
      kill(program, SIGKILL)
      #expect(try eventually(within: 5) { try children.allSatisfy { try !isRunning($0.id) } })
    }

    private func start(_ kubeconfig: String, _ feed: [String] = []) throws -> Tmux {
      let words = feed.joined(separator: " ")
      let screen = try Tmux(
        "'\(programPath)' --kubeconfig '\(kubeconfig)' -n todo \(words)", columns: 160, rows: 45)
      #expect(try screen.shows("todo-backend"))
      return screen
    }

    /// Something happens that the screen can only learn of afterwards.
    private func deletePod(_ demo: DemoProcess) throws {
      let name = try #require(try demo.podNames().first { $0.hasPrefix("todo-frontend") })
      #expect(try demo.kubectl("delete", "pod", name, "-n", "todo", "--wait=false").exitCode == 0)
    }

    /// The data is current, and the pods on the screen are those that kubectl sees, each once.
    private func expectFreshAndWhole(_ demo: DemoProcess, _ screen: Tmux) throws {
      #expect(try screen.holds("fresh data") { !$0.contains(" old") && $0.contains(" ● ") })
      var names: [String] = []
      var shown: [String] = []
      let isWhole = try eventually(within: 20) {
        names = try demo.podNames().sorted()
        shown = try podRows(screen).sorted()
        return shown == names
      }
      #expect(isWhole && names.count >= 4, "\(names) \(shown)")
    }

    /// The names in the rows of the pods' panel.
    private func podRows(_ screen: Tmux) throws -> [String] {
      let lines = try screen.screen()
      let top = try #require(lines.firstIndex { $0.contains("5 Pods") })
      let rows = lines[(top + 1)...].prefix { !$0.contains("6 River") }
      return rows.compactMap { row in
        row.split { " │▸".contains($0) }.map(String.init).first {
          $0.wholeMatch(of: /todo-[a-z]+-[a-z0-9]+-[a-z0-9]{5}/) != nil
        }
      }
    }
  }
}
