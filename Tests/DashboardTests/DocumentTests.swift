import Foundation
import TestSupport
import Testing

@testable import Dashboard

@Suite struct DocumentTests {
  /// `docs/keys.md` is made from the list of commands.
  @Test func `docs keys is what the program's own help says`() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/keys.md")
    if isRecording {
      try text().write(to: url, atomically: true, encoding: .utf8)
      Issue.record("Recorded \(url.path); run again without TODOTOP_RECORD.")
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == text())
  }

  private func text() -> String {
    var text = "# Keys\n\nMade from the program's list of commands, as its help (`?`) is.\n"
    for (title, commands) in helpSections {
      let isMouse = commands.isEmpty
      text += "\n## \(title)\n\n"
      text += isMouse ? "| mouse | what it does |\n|---|---|\n" : "| key | word | what it does |\n|---|---|---|\n"
      for command in commands {
        let keys = command.keys.map { "`\($0)`" }.joined(separator: " ")
        let argument = command.argument.map { " \($0.name)" } ?? ""
        let words = command.words.map { "`:\($0)\(argument)`" }.joined(separator: " ")
        text += "| \(keys) | \(words) | \(command.summary) |\n"
      }
      if isMouse { for (act, what) in mouseLines { text += "| \(act) | \(what) |\n" } }
    }
    return text + "\n`ctrl-c` leaves at once, from anywhere.\n"
  }
}
