import CellScreen
import Testing

struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("作者", 4), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("👍🏽", 2),
    ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2), ("שלום", 4), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｱ", 1), ("Ａ", 2), ("…→✓✗▰│", 6), ("a\u{200B}b", 2), ("क्षि", 3), ("ไทย", 3), ("\u{3000}", 2), ("🫨", 2),
  ])
  func `width in columns`(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test func `drawing takes exactly the width that was told`() {
    for text in ["e\u{301}作👩‍👩‍👧x", "🇩🇪🇩x", "👍🏽❤\u{FE0F}", "שלום\u{202E}x"] {
      let screen = Screen(size: Size(columns: 20, rows: 1)) { canvas in
        #expect(canvas.write(text, at: .zero) == TextWidth.columns(of: text))
      }
      #expect(screen.cells.prefix { $0.glyph != .blank }.count == TextWidth.columns(of: text))
    }
  }

  @Test func `a wide glyph owns its cell and the one behind it`() {
    let screen = Screen(size: Size(columns: 4, rows: 1)) { $0.write("作x", at: .zero) }
    #expect(screen.cells.map(\.glyph.columns) == [2, 0, 1, 1])
    #expect(screen.cells[0].glyph.text == "作" && screen.cells[1].glyph.isContinuation)
  }

  @Test func `a joined emoji is kept whole`() {
    let screen = Screen(size: Size(columns: 2, rows: 1)) { $0.write("👩‍👩‍👧", at: .zero) }
    #expect(screen.cells[0].glyph.text == "👩‍👩‍👧")
  }

  @Test func `endless marks on one base are limited`() {
    let text = "a" + String(repeating: "\u{301}", count: 5_000) + "b"
    let screen = Screen(size: Size(columns: 3, rows: 1)) { $0.write(text, at: .zero) }
    #expect(screen.cells[0].glyph.scalars.count == Glyph.scalarsMax)
    #expect(screen.cells[1].glyph.text == "b")
  }

  @Test func `overwriting half of a wide glyph leaves no other half`() {
    let screen = Screen(size: Size(columns: 6, rows: 1)) { canvas in
      canvas.write("作者作", at: .zero)
      canvas.write("x", at: Position(column: 1, row: 0))
      canvas.write("者", at: Position(column: 3, row: 0))
    }
    #expect(screen.text() == " x 者\n")
    #expect(screen.cells.map(\.glyph.columns) == [1, 1, 1, 2, 0, 1])
  }
}
