import Foundation
import Testing

extension OneAfterTheOther {
  /// The program on a real terminal.
  @Suite struct ScreenTests {
    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `borders are whole and nothing stands over the edge`(columns: Int, rows: Int) throws {
      let screen = try Tmux("'\(programPath)' demo", columns: columns, rows: rows)
      #expect(try screen.shows("todo-backend"))
      let lines = try screen.screen()
      #expect(lines.count >= rows - 1)
      let corners = lines.map { line in (line.filter { $0 == "╭" }.count, line.filter { $0 == "╮" }.count) }
      #expect(corners.allSatisfy { $0.0 == $0.1 })
      #expect(corners.contains { $0.0 > 0 })
      let boxes = lines.filter { $0.hasPrefix("│") || $0.hasPrefix("╭") || $0.hasPrefix("╰") }
      #expect(boxes.allSatisfy { $0.count == columns }, "\(boxes.map(\.count))")
      #expect(lines.last { !$0.isEmpty }?.contains("help") == true)
    }

    @Test func `every way out gives the terminal back`() throws {
      for leave in ["q", "ctrl-c", "TERM", "HUP", "SEGV", "ABRT"] {
        let screen = try Tmux("'\(programPath)' demo", columns: 100, rows: 30)
        #expect(try screen.shows("todo-backend"))
        let program = try #require(try screen.processID(of: "todotop"))
        let children = try descendants(of: program)
        switch leave {
        case "q": try screen.press("q", "y")
        case "ctrl-c": try screen.press("C-c")
        default: try run(["kill", "-\(leave)", "\(program)"])
        }
        #expect(try screen.shows("ended"), "\(leave)")
        let text = try screen.text()
        #expect(!text.contains("╭"), "the screen is left after \(leave)")
        #expect(text.contains(" icanon") && text.contains(" echo ") || text.contains("echo\n"), "\(leave): \(text)")
        // The demo ends with the program.
        #expect(try eventually(within: 5) { try children.allSatisfy { try !isRunning($0.id) } }, "\(leave)")
      }
    }

    @Test func `keys do what help says`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.press("?")
      #expect(try screen.shows("╭ Keys"))
      try screen.press("Escape")
      try screen.press("/")
      try screen.type("frontend")
      #expect(try screen.shows("match frontend"))
      try screen.press("Enter")
      try screen.press("l")
      #expect(try screen.shows("Logs"))
      #expect(try screen.shows("GET ", within: 20))
      try screen.press("q")
      try screen.press("Enter")
      #expect(try screen.shows("Startup"))
      try screen.press("Escape", "Escape")
      try screen.press("1", "z")
      #expect(try screen.shows("2.2"))
    }

    @Test func `another size is taken at once, down to one cell`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.resize(columns: 30, rows: 8)
      #expect(try screen.shows("40×12"))
      try screen.resize(columns: 1, rows: 1)
      try screen.resize(columns: 200, rows: 50)
      #expect(try screen.shows("todo-backend"))
    }

    @Test func `a terminal that is closed ends the program and all its children`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 100, rows: 30)
      #expect(try screen.shows("todo-backend"))
      let program = try #require(try screen.processID(of: "todotop"))
      let processes = [program] + (try descendants(of: program).map(\.id))
      #expect(processes.count >= 5)
      try screen.close()
      #expect(try eventually(within: 5) { try processes.allSatisfy { try !isRunning($0) } })
    }

    @Test(arguments: ["xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt100"])
    func `usual terminals can show it`(type: String) throws {
      let screen = try Tmux("TERM=\(type) '\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      #expect(try screen.screen().filter { $0.contains("╮") && $0.contains("╭") }.count >= 3)
      try screen.press("C-c")
      #expect(try screen.shows("ended 0"))
    }

    @Test func `text from outside cannot reach the terminal's controls`() throws {
      let demo = try DemoProcess()
      let hostile = "\\033]0;stolen\\007\\033[2J\\033[31m\\r\\bred \\302\\233H \\342\\200\\256 \\377 is-harmless"
      let kubectl = try TemporaryFile.script(
        "case \"$*\" in *' logs '*) printf '2026-11-21T05:00:00Z \(hostile)\\n'; exec sleep 60;; esac; exec kubectl \"$@\""
      )
      let screen = try Tmux(
        "'\(programPath)' --kubeconfig '\(demo.kubeconfig)' -n todo --poll 1s --kubectl '\(kubectl.url.path)'",
        columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.press("l")
      #expect(try screen.shows("is-harmless"))
      #expect(try screen.text().contains("Logs"))
      #expect(try screen.title() != "stolen")
    }

    @Test func `a terminal that cannot show it is told so`() throws {
      for type in ["dumb", "no-such-terminal", ""] {
        let screen = try Tmux("TERM='\(type)' '\(programPath)' demo", columns: 100, rows: 20)
        let isTold = try screen.shows("ended 2")
        let text = try screen.text()
        #expect(isTold && text.contains("TERM"), "\(type): \(text)")
      }
    }

    @Test func `without UTF-8 signs are drawn in ASCII`() throws {
      let screen = try Tmux("LC_ALL=C '\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      #expect(try screen.text().unicodeScalars.allSatisfy(\.isASCII))
    }

    @Test func `ctrl-z stops and fg comes back`() throws {
      let screen = try Tmux(
        "set -m; '\(programPath)' demo; echo stopped-or-ended; fg >/dev/null", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.press("C-z")
      #expect(try screen.shows("todo-backend"))
      try screen.press("C-c")
      #expect(try screen.shows("ended"))
    }
  }
}
