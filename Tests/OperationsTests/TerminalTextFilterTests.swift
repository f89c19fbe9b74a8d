import Testing

@testable import Operations

@Suite struct TerminalTextFilterTests {
  @Test(arguments: [
    ("plain ä € 作 é text\n\tand a tab", "plain ä € 作 é text\n\tand a tab"),
    ("a\u{1B}[31mred\u{1B}[0m b", "ared b"), ("\u{1B}]0;title\u{07}after", "after"),
    ("\u{1B}]52;c;aGFjaw==\u{1B}\\x", "x"), ("\u{1B}Pq#0\u{1B}\\x", "x"), ("\u{1B}(Bx\u{1B}7y", "xy"),
    ("over\rwritten\u{08}", "overwritten"), ("bell\u{07}\u{7F}", "bell"), ("\u{9B}31mx \u{A0}y", "31mx \u{A0}y"),
    ("\u{1B}[31\nnext", "next"), ("end\u{1B}", "end"), ("end\u{1B}[12", "end"),
  ])
  func `only text, line ends and tabs are left, wherever the pieces are cut`(text: String, left: String) {
    let bytes = Array(text.utf8)
    for size in 1...max(1, bytes.count) {
      var filter = TerminalTextFilter()
      var found: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        found += filter.filtered(bytes[start..<min(bytes.count, start + size)])
      }
      #expect(String(decoding: found, as: UTF8.self) == left)
    }
  }
}
