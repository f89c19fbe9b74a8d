import CellScreen
import Testing

struct SanitizeTests {
  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[?25l\u{1B}[2Jx", "x"), ("\u{1B}]52;c;c2VjcmV0\u{07}x", "x"),
    ("\u{1B}]0;title\u{1B}\\x", "x"), ("\u{1B}P1$r\u{1B}\\x", "x"), ("\u{1B}(Bx\u{1B}7", "x"), ("\u{1B}cx", "x"),
    ("\u{9B}31mx", "x"), ("\u{9D}0;t\u{9C}x", "x"), ("a\tb\nc\r\nd\re", "a b c d e"),
    ("a\u{0}b\u{7}", "a\u{FFFD}b\u{FFFD}"),
    ("a\u{7F}b", "a\u{FFFD}b"), ("a\u{85}b", "a\u{FFFD}b"), ("a\u{202E}b\u{2066}c\u{200F}\u{61C}", "abc"),
    ("a\u{200B}\u{FEFF}\u{2060}\u{AD}b", "ab"), ("a\u{200D}b\u{FE0F}", "ab"), ("a\u{E000}b", "a\u{FFFD}b"),
    ("a\u{378}b", "a\u{FFFD}b"), ("a\u{10FFFF}b", "a\u{FFFD}b"), ("a\u{A0}b\u{2003}c\u{2028}d", "a b c d"),
    ("\u{301}x", "\u{FFFD}x"), ("\u{1B}", ""), ("\u{1B}[", ""), ("x\u{1B}[31", "x"), ("\u{1B}[31作", "作"),
    ("\u{1B}\u{1B}[31mx", "x"), ("\u{E0001}\u{E0061}x", "x"), ("\u{115F}\u{3164}x", "x"),
  ])
  func `outside text comes out harmless`(text: String, expected: String) {
    #expect(sanitized(text) == expected)
    #expect(drawn(text) == drawn(expected))
  }

  private func drawn(_ text: String) -> String {
    Screen(size: Size(columns: 20, rows: 1)) { $0.write(text, at: .zero) }.text()
  }

  @Test func `a sequence that never ends does not hide the rest without a sign`() {
    #expect(sanitized("ok \u{1B}]52;c;all of this") == "ok \u{FFFD}")
  }

  @Test func `invalid UTF-8 is visible`() {
    let text = String(decoding: [0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] as [UInt8], as: UTF8.self)
    let result = sanitized(text)
    #expect(result.hasPrefix("a\u{FFFD}") && result.contains("("))
  }

  @Test func `no scalar at all reaches a cell that could steer a terminal`() {
    for value in UInt32(0)...0x3_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for kept in sanitized(String(Character(scalar))).unicodeScalars {
        let category = kept.properties.generalCategory
        #expect(![.control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator].contains(category))
      }
    }
  }

  @Test func `a long line costs only what is shown`() {
    let line = String(repeating: "作", count: 2_000_000)
    let clock = ContinuousClock()
    let screen = Screen(size: Size(columns: 10, rows: 100)) { canvas in
      let time = clock.measure {
        for row in 0..<100 { canvas.write(line, at: Position(column: 0, row: row)) }
      }
      // A hundred readings of the whole line would take many seconds.
      #expect(time < .seconds(1))
    }
    #expect(screen.text().hasPrefix("作作作作…\n"))
  }
}
