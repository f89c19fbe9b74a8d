import CellScreen
import Testing

@testable import CursesTerminal

struct TerminalTextTests {
  /// The width that the C library gives: no joined emoji, no emoji selector, narrow halves of flags.
  private func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300..<0x370, 0x200D, 0xFE0F: 0
    case 0x1F1E6...0x1F1FF: 1
    case 0x4E00..<0xA000, 0x1F300...0x1FAFF: 2
    case 0xE000: -1
    default: 1
    }
  }

  private func written(_ text: String) -> String {
    let screen = Screen(size: Size(columns: 10, rows: 1)) { $0.write(text, at: .zero) }
    var view = String.UnicodeScalarView()
    for cell in screen.cells { view += terminalScalars(of: cell.glyph, width: width) }
    return String(String(view).trimmingSuffix(" "))
  }

  @Test func `marks stay on their base`() { #expect(written("e\u{301}x") == "e\u{301}x") }

  @Test func `a joined emoji becomes its first picture`() { #expect(written("👩‍👩‍👧x") == "👩x") }

  @Test func `a flag stays two letters that a terminal may join`() { #expect(written("🇩🇪x") == "🇩🇪x") }

  @Test func `an emoji by selector gets its second column as a blank`() {
    #expect(written("❤\u{FE0F}x") == "❤ x")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> Substring {
    var rest = self[...]
    while rest.last == character { rest.removeLast() }
    return rest
  }
}
