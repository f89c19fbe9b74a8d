import CellScreen
import Foundation
import Testing

struct GlyphSetTests {
  @Test func `every twin is ASCII and as wide as its glyph`() {
    for glyph in glyphsWithTwins {
      let twin = asciiTwin(of: glyph)
      #expect(twin.utf8.count == glyph.columns && twin.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(glyph.text)")
    }
  }

  @Test func `every sign in our sources has a twin`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
    for target in ["CellScreen", "Dashboard"] {
      let files = FileManager.default.enumerator(at: sources.appending(path: target), includingPropertiesForKeys: nil)
      for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          let code = line.trimmingCharacters(in: .whitespaces)
          if code.hasPrefix("//") { continue }
          for scalar in code.unicodeScalars where !scalar.isASCII {
            let glyph = Glyph(unicodeScalarLiteral: scalar)
            #expect(glyphsWithTwins.contains(glyph), "\(scalar) in \(file.lastPathComponent) has no ASCII twin")
          }
        }
      }
    }
  }

  @Test func `data from outside becomes a question mark for each column`() {
    let screen = Screen(size: Size(columns: 12, rows: 1)) { $0.write("é作👩‍👩‍👧a…", at: .zero) }
    #expect(screen.text(glyphs: .ascii) == "?????a~\n")
  }
}
