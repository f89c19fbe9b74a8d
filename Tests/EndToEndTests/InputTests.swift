import Foundation
import Testing

extension OneAfterTheOther {
  /// Keys, paste and mouse on a real terminal.
  @Suite struct InputTests {
    @Test func `the shell comes at ctrl-z and the screen at fg, as often as one likes`() throws {
      let screen = try Tmux(
        "set -m; '\(programPath)' demo; for i in 1 2 3 4; do echo at-the-shell; read x; fg >/dev/null; done",
        columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      for _ in 0..<3 {
        try screen.press("C-z")
        #expect(try screen.holds("the shell") { $0.contains("at-the-shell") && !$0.contains("╭") })
        try screen.press("Enter")
        #expect(try screen.holds("the whole screen") { $0.contains("╭ 1 Phases") && $0.contains("? help") })
        try screen.press("?")
        #expect(try screen.shows("╭ Keys"))
        try screen.press("Escape")
        #expect(try screen.shows("╭ 1 Phases"))
      }
      // From the line that is being typed too.
      try screen.press(":", "C-z")
      #expect(try screen.shows("at-the-shell"))
      try screen.press("Enter")
      #expect(try screen.shows("enter runs"))
      try screen.press("C-c")
      #expect(try screen.shows("ended"))
    }

    @Test func `what is pasted is text and never keys`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.paste("q\ny\n:quit\n")
      #expect(try screen.shows("pasted text is not taken as keys"))
      try screen.press(":")
      try screen.paste("the\nme light\n")
      #expect(try screen.shows(": theme light"))
      try screen.press("Enter")
      #expect(try screen.shows("theme light"))
      try screen.press("q")
      #expect(try screen.shows("Leave TodoTop?"))
      try screen.paste("y")
      #expect(try screen.shows("pasted text does not answer"))
      try screen.press("y")
      #expect(try screen.shows("ended 0"))
    }

    @Test func `a click selects, another one enters, and the wheel scrolls`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-frontend"))
      let row = try #require(try screen.screen().lastIndex { $0.contains("todo-frontend-") && $0.contains("Running") })
      try screen.mouse(button: 0, column: 60, row: row)
      #expect(
        try screen.holds("the row is selected") { Array($0.split(separator: "\n"))[row].contains("▸todo-frontend") })
      try screen.mouse(button: 0, column: 60, row: row)
      #expect(try screen.shows("Startup"))
      try screen.press("Escape")
      #expect(try screen.shows("╭ 1 Phases"))
      try screen.press("?")
      #expect(try screen.shows("╭ Keys"))
      for _ in 0..<80 { try screen.mouse(button: 65, column: 60, row: 20) }
      #expect(try screen.shows("With the mouse"))
    }

    @Test func `without mouse the terminal keeps it`() throws {
      let screen = try Tmux("'\(programPath)' demo --no-mouse", columns: 120, rows: 40)
      #expect(try screen.shows("todo-frontend"))
      #expect(try !screen.takesMouse())
      let other = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try other.shows("todo-frontend"))
      #expect(try other.takesMouse())
    }

    @Test func `another namespace is read while the demo goes on`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      try screen.type(":ns")
      try screen.press("Enter")
      #expect(try screen.shows("kube-system"))
      try screen.type("/kube-s")
      try screen.press("Enter")
      #expect(try screen.holds("kube-system is shown") { $0.contains("› kube-system") })
      #expect(try screen.holds("its pods are shown") { $0.contains("coredns") && !$0.contains("todo-backend") })
      try screen.type(":ns todo")
      try screen.press("Enter")
      #expect(try screen.shows("todo-backend"))
    }

    @Test func `a kubeconfig without a current context offers its contexts`() throws {
      let demo = try DemoProcess()
      let kubeconfig = try TemporaryFile(
        """
        apiVersion: v1
        kind: Config
        contexts:
        - {name: first, context: {cluster: demo, user: demo, namespace: todo}}
        - {name: second, context: {cluster: demo, user: demo, namespace: kube-system}}
        clusters: [{name: demo, cluster: {server: "\(demo.server)"}}]
        users: [{name: demo, user: {}}]
        """)
      for flag in ["", " --choose-context"] {
        let screen = try Tmux(
          "'\(programPath)' --kubeconfig '\(kubeconfig.url.path)'\(flag)", columns: 120, rows: 40)
        #expect(try screen.holds("both contexts") { $0.contains("first") && $0.contains("second") })
        try screen.press("j", "Enter")
        #expect(try screen.shows("second › kube-system"))
        try screen.press("C-c")
        #expect(try screen.shows("ended 0"))
      }
    }

    @Test func `a screen is saved for its owner alone and never over another file`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      let path = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString).svg").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try screen.type(":save \(path)")
      try screen.press("Enter")
      #expect(try screen.shows("is saved in"))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<svg"))
      try screen.type(":save \(path)")
      try screen.press("Enter")
      #expect(try screen.shows("is there already"))
    }
  }
}
