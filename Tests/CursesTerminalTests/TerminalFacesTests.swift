import CellScreen
import Testing

@testable import CursesTerminal

struct TerminalFacesTests {
  /// What a terminal would be told for each role, with the pairs it was asked for.
  private func faces(_ theme: Theme, colours: Int) -> (TerminalFaces, pairs: [(foreground: Int, background: Int)]) {
    var pairs: [(foreground: Int, background: Int)] = []
    let faces = TerminalFaces(theme: theme, colours: colours) { foreground, background in
      pairs.append((foreground, background))
      return Int16(pairs.count)
    }
    return (faces, pairs)
  }

  @Test(arguments: [Theme.dark, .light, .highContrast], [8, 16, 256])
  func `nothing is drawn in the colour of its own background`(theme: Theme, colours: Int) {
    let (_, pairs) = faces(theme, colours: colours)
    #expect(pairs.allSatisfy { $0.foreground != $0.background })
    #expect(pairs.allSatisfy { $0.foreground < colours && $0.background < colours })
    #expect(Set(pairs.map { "\($0)" }).count == pairs.count)
  }

  @Test(arguments: Theme.all, [0, 8, 16, 256])
  func `selection, danger and verdicts differ from plain text`(theme: Theme, colours: Int) {
    let (faces, _) = faces(colours == 0 ? .mono : theme, colours: colours)
    for style in [Style.plain.selected, .danger, .danger.selected, .verdictDown, .verdictHealthy, .match] {
      #expect(faces[style] != faces[.plain], "\(style.role)")
    }
    #expect(faces[.danger] != faces[.danger.selected])
  }

  @Test func `a terminal that runs out of pairs keeps its own colours`() {
    let faces = TerminalFaces(theme: .dark, colours: 256) { _, _ in nil }
    #expect(faces[.danger].pair == 0)
  }

  @Test func `plain text keeps the terminal's own colour`() {
    #expect(faces(.dark, colours: 256).0[.plain].pair == 0)
  }
}
