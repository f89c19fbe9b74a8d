import Testing

@testable import CursesTerminal

@Suite struct LetterAssemblyTests {
  private func letters(_ bytes: [UInt8]) -> String {
    var assembly = LetterAssembly()
    var text = String.UnicodeScalarView()
    for byte in bytes { assembly.add(byte).map { text.append($0) } }
    return String(text)
  }

  @Test func `letters of every length arrive`() {
    #expect(letters(Array("aé作😀z".utf8)) == "aé作😀z")
  }

  @Test func `what is no letter is dropped and takes nothing with it`() {
    #expect(letters([0xE4, 0xBD, 0x03]) == "\u{3}")
    #expect(letters([0xFF, 0x80, 0xC0, 0xAF, 0x61]) == "a")
    // A surrogate, and a letter longer than it must be.
    #expect(letters([0xED, 0xA0, 0x80, 0xE0, 0x80, 0x80, 0x62]) == "b")
    #expect(letters([0xE4, 0xC3, 0xA9]) == "é")
  }
}
