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
    for (title, scope) in helpSections {
      text += "\n## \(title)\n\n| key | what it does |\n|---|---|\n"
      for command in Command.all where command.scope == scope {
        let keys = command.keys.map { "`\($0)`" }.joined(separator: " ")
        text += "| \(keys) | \(command.summary) |\n"
      }
    }
    return text + "\n`ctrl-c` leaves at once, from anywhere.\n"
  }
}
