import Testing

@testable import CursesTerminal

@Suite struct CompactedAttributesTests {
  /// What curses writes, and what says the same.
  static let cases = [
    ("plain text é", "plain text é"),
    ("\u{1B}[39m\u{1B}(B\u{1B}[mx", "\u{1B}[mx"),
    ("\u{1B}(B\u{1B}[0;1m\u{1B}[38;5;80mx", "\u{1B}[0;1;38;5;80mx"),
    ("\u{1B}[38;5;80m\u{1B}[48;5;236mx", "\u{1B}[38;5;80;48;5;236mx"),
    ("\u{1B}[31m\u{1B}[0m", "\u{1B}[m"),
    // What follows text counts from there.
    ("\u{1B}[31mx\u{1B}[32my", "\u{1B}[31mx\u{1B}[32my"),
    // Moving and erasing happen in the attributes of their time.
    ("\u{1B}[39;49m\u{1B}[5X\u{1B}[2;3H\u{1B}[31mx", "\u{1B}[39;49m\u{1B}[5X\u{1B}[2;3H\u{1B}[31mx"),
    ("\u{1B}[m\u{F}x", "\u{1B}[m\u{F}x"),
    // Not ours to change: other sequences, private ones and halves.
    ("\u{1B}[?25l\u{1B}[>4;1m\u{1B}[3", "\u{1B}[?25l\u{1B}[>4;1m\u{1B}[3"),
    ("\u{1B}", "\u{1B}"),
    ("", ""),
  ]

  @Test(arguments: cases)
  func `attributes that follow each other are one sequence`(written: String, compacted: String) {
    #expect(String(decoding: compactedAttributes(Array(written.utf8)), as: UTF8.self) == compacted)
  }

  @Test func `no sequence grows beyond what a terminal takes`() {
    let many = String(repeating: "\u{1B}[38;5;201m", count: 100)
    let sequences = String(decoding: compactedAttributes(Array(many.utf8)), as: UTF8.self).split(separator: "m")
    #expect(sequences.allSatisfy { $0.split(separator: ";").count <= 16 })
    #expect(sequences.count < 100)
  }
}
