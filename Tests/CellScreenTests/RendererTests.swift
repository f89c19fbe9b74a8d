import CellScreen
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct RendererTests {
  static let goldens = ["showcase", "showcase-80x24"]

  @Test func `the whole picture is as it was`() {
    expectGolden(showcase(), named: "showcase")
    expectGolden(showcase(Size(columns: 80, rows: 24)), named: "showcase-80x24")
    expectNoUnclaimedGoldens(claimed: RendererTests.goldens)
  }

  @Test func `a golden holds selection, roles and what mono makes of them`() {
    let screen = Screen(size: Size(columns: 4, rows: 4)) { canvas in
      canvas.write("ab", at: .zero, style: .danger.emphasized)
      canvas.write("cd", at: Position(column: 0, row: 1), style: .plain.selected)
    }
    #expect(
      screen.golden("scene") == """
        scene  4x4
        |ab  |
        |cd  |
        |    | ×2
        --- styles
        |dd..|
        |....| ×3
        . plain  d danger
        --- mono: the sum of 1 bold  2 dim  4 underlined  8 inverse
        |55..|
        |88..|
        |....| ×2
        --- marks: s selected  e emphasized  b both
        |ee..| row 0
        |ss..| row 1

        """)
  }

  @Test(arguments: Theme.all)
  func `pictures are well-formed XML`(theme: Theme) throws {
    let screen = Screen(size: Size(columns: 40, rows: 3)) { canvas in
      canvas.box(title: "<a href=\"x\">&'", titleRight: "作者 👩‍👩‍👧").write("\u{1B}[31m\u{0}]]>", at: .zero)
    }
    for picture in [screen, showcase()] {
      let parser = XMLParser(data: Data(picture.svg(theme: theme, title: "a < b & \u{7}c").utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
  }

  @Test func `plain text keeps wide glyphs and trims ends`() {
    let screen = Screen(size: Size(columns: 10, rows: 2)) { $0.write("作 é ✓", at: .zero) }
    #expect(screen.text() == "作 é ✓\n\n")
    #expect(screen.text(glyphs: .ascii) == "?? ? v\n\n")
  }

  @Test func `coloured text resets at each row end and holds no other controls`() {
    let text = showcase().ansi(theme: .dark)
    for line in text.split(separator: "\n") { #expect(line.hasSuffix("\u{1B}[0m")) }
    #expect(!showcase().ansi(theme: .mono, colours: .none).contains("38;"))
    #expect(showcase().ansi(theme: .dark, colours: .indexed16).contains(";91m"))
  }
}
