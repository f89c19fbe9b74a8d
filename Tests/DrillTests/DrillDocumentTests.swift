import Foundation
import Playbook
import Testing

@Suite struct DrillDocumentTests {
  /// `docs/drills.md` holds the catalogue as it is; recorded with `TODOTOP_RECORD=1`.
  @Test func `the catalogue of the documentation is the list of kinds`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/drills.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let (head, tail) = ("<!-- catalogue -->\n", "<!-- /catalogue -->")
    let start = try #require(text.range(of: head)).upperBound
    let end = try #require(text.range(of: tail)).lowerBound
    if ProcessInfo.processInfo.environment["TODOTOP_RECORD"] == "1" {
      try (text[..<start] + Self.catalogue + text[end...]).write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.lastPathComponent); look at it")
    } else {
      #expect(text[start..<end] == Self.catalogue, "record it with TODOTOP_RECORD=1")
    }
  }

  private static var catalogue: String {
    let rows = DrillKind.all.map { kind in
      "| \(kind.id) `\(kind.name)` | L\(kind.level.rawValue) | \(kind.title) | \(kind.symptom.words) "
        + "(within \(kind.symptom.window.components.seconds) s) | \(kind.notRestored.joined(separator: "; ")) |"
    }
    return (["| drill | level | what is done | what is expected | not restored |", "|---|---|---|---|---|"] + rows)
      .joined(separator: "\n") + "\n"
  }
}
