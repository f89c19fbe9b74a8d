import Foundation
import Testing

extension OneAfterTheOther {
  /// The tour in a real terminal, from its first step to its result.
  @Suite struct TourRunTests {
    @Test func `the tour runs to its end in the demo, tools of the machine are left alone, and its result is kept`()
      throws
    {
      let scene = try PlaybookScene()
      for tool in ["kubectl-ai", "kagent", "docker"] { try scene.standIn(tool, "echo --llm-provider invoke") }
      let screen = try open(scene, "demo --speed 10")
      try begin(screen)
      for step in 1...8 {
        #expect(try screen.shows("\(step)/14"))
        if step > 1 { #expect(try screen.holds("checks") { $0.contains("all hold") || $0.contains("no check ends") }) }
        try screen.press("n")
      }
      #expect(try screen.shows("12/14"))
      let text = try screen.text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for words in ["the Docker CLI stands in for it", "kubectl stands in for it", "the health score stands in for it"]
      {
        #expect(text.contains(words), "\(text)")
      }
      #expect(try screen.holds("checks") { $0.contains("all hold") })
      for step in 13...14 {
        try screen.press("n")
        #expect(try screen.shows("\(step)/14"))
      }
      try screen.press("n")
      #expect(try screen.shows("reached its end in 0:"))
      #expect(try !screen.text().contains("skipped by the presenter"))
      try screen.press("C-s")
      #expect(try screen.shows("the result of the tour is saved in"))

      let folder = scene.root.appending(path: "state/todotop")
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "md" }
      let file = try #require(files.first)
      #expect(files.count == 1)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let report = try String(contentsOf: file, encoding: .utf8)
      for words in [
        "# Todo AI Chatbot: tour", "The tour reached its end", "This was a demo", "| 6 Deploy | 5 | 2:00 |",
      ] {
        #expect(report.contains(words), "\(report)")
      }
      // The record of a demo is its own; the criterion that is decided by it tells of it.
      #expect(
        report.contains(#/SC-010 \| the demo takes less than 15 min \| holds \(simulated\) \| took \d+s/#), "\(report)")
      let others = try scene.calls().filter { $0[0] != "kubectl" }
      #expect(others.isEmpty, "\(others)")
    }

    @Test func `a tour of one's own goes on by itself as its checks hold and its times are over`() throws {
      let scene = try PlaybookScene()
      try scene.write(
        "mine.yaml",
        """
        name: Mine
        steps:
        - {title: First, say: One thing., checks: [5.2], minutes: 0.05}
        - {title: Second, say: Another., checks: [5.3], minutes: 0.05}
        """)
      let screen = try open(scene, "demo --speed 10 --tour mine.yaml")
      try begin(screen)
      #expect(try screen.shows("One thing."))
      #expect(try screen.shows("Another."))
      #expect(try screen.shows("reached its end in 0:0"))
    }

    @Test func `a broken tour is one sentence with its place, and the cluster is watched all the same`() throws {
      let scene = try PlaybookScene()
      try scene.write("mine.yaml", "steps:\n- {title: A, say: b, minutes: 1, do: deplyo}\n")
      let screen = try open(scene, "demo --tour mine.yaml")
      #expect(try screen.shows("mine.yaml:2:38: there is no command :deplyo; did you mean \"deploy\"?"))
      try begin(screen)
      #expect(try screen.shows("1/14"))
    }

    private func open(_ scene: PlaybookScene, _ words: String) throws -> Tmux {
      let environment = scene.environment.filter { $0.key != "PATH" }
      let path = "PATH='\(scene.root.path)/bin:/usr/local/bin:/usr/bin:/bin'"
      return try Tmux(
        "cd '\(scene.work.path)' && \(path) '\(programPath)' \(words)", columns: 120, rows: 40, environment: environment
      )
    }

    private func begin(_ screen: Tmux) throws {
      #expect(try screen.shows("HEALTHY"))
      try screen.type(":tour")
      try screen.press("Enter")
    }
  }
}
