import CNcurses
import CellScreen
import Testing

@testable import CursesTerminal

struct KeyDecoderTests {
  private func keys(_ inputs: [KeyDecoder.Input]) -> [Key] {
    var decoder = KeyDecoder()
    return inputs.flatMap { decoder.handle($0) }
  }

  private func scalars(_ text: String) -> [KeyDecoder.Input] { text.unicodeScalars.map { .scalar($0.value) } }

  @Test func `a lone escape is the key, and one with a sequence behind it is not`() {
    #expect(keys(scalars("\u{1B}") + [.pause]) == [.escape])
    #expect(keys(scalars("\u{1B}j") + [.pause]) == [.escape, .char("j")])
    #expect(keys(scalars("\u{1B}\u{1B}") + [.pause]) == [.escape, .escape])
    #expect(keys(scalars("\u{1B}[1;5Xj") + [.pause]) == [.char("j")])
  }

  @Test func `half a sequence waits for its rest`() {
    #expect(keys(scalars("\u{1B}[1") + [.pause] + scalars(";5X") + [.pause] + scalars("j")) == [.char("j")])
  }

  @Test func `a key that curses knows ends a broken sequence`() {
    #expect(keys(scalars("\u{1B}[1") + [.code(KEY_UP)]) == [.up])
  }

  @Test func `a paste keeps its text and drops keys in it`() {
    let inside: [KeyDecoder.Input] = [.code(KEY_UP), .pause] + scalars("\u{1B}[31m:q")
    let end: [KeyDecoder.Input] = [.code(cn_paste_end())]
    #expect(keys([.code(cn_paste_begin())] + inside + end) == [.paste("\u{1B}[31m:q")])
  }

  @Test func `ctrl-c ends a paste whose end was lost`() {
    #expect(keys([.code(cn_paste_begin())] + scalars("a\u{03}b")) == [.paste("a"), .char("b")])
  }

  @Test func `a paste without end stays within its limit`() {
    let flood = Array(repeating: KeyDecoder.Input.scalar(0x61), count: KeyDecoder.pasteScalarsMax + 100)
    let result = keys([.code(cn_paste_begin())] + flood + [.code(cn_paste_end())])
    #expect(result == [.paste(String(repeating: "a", count: KeyDecoder.pasteScalarsMax))])
  }

  @Test func `control letters and C1 controls`() {
    #expect(
      keys([.scalar(0), .scalar(0x04), .scalar(0x1A), .scalar(0x1C), .scalar(0x9B), .scalar(0xD800)])
        == [.ctrl(" "), .ctrl("d"), .ctrl("z"), .ctrl("\\")])
  }

  @Test func `numbers that mean nothing are ignored`() {
    #expect(keys([.code(KEY_RESIZE), .code(KEY_MOUSE), .code(9_999), .code(-5)]) == [])
  }
}
