import CellScreen
import Testing

struct ThemeTests {
  /// Lines and tracks are no text: WCAG 1.4.11 asks for 3 : 1.
  private static let graphics: Set<StyleRole> = [.border, .borderNormal, .borderLocal, .barTrack, .scrollbar]

  private static let styles = StyleRole.allCases.flatMap { [Style($0), Style($0).selected, Style($0).emphasized] }

  @Test(arguments: [Theme.dark, .light, .highContrast])
  func `every pair of colours is readable`(theme: Theme) throws {
    for style in ThemeTests.styles {
      if style.isSelected, [.border, .borderNormal, .borderLocal, .scrollbar].contains(style.role) { continue }
      let face = theme.face(for: style)
      let contrast = try #require(face.foreground).contrast(with: face.background ?? theme.background)
      let wanted = ThemeTests.graphics.contains(style.role) ? 3 : theme == .highContrast ? 7 : 4.5
      #expect(contrast >= wanted, "\(theme.name) \(style.role) selected \(style.isSelected): \(contrast)")
    }
  }

  @Test(arguments: [Theme.dark, .light, .highContrast])
  func `text stays readable in 256 colours`(theme: Theme) throws {
    for style in ThemeTests.styles where !ThemeTests.graphics.contains(style.role) {
      let face = theme.face(for: style)
      let foreground = RGB.xterm256(try #require(face.foreground).xterm256)
      let background = face.background.map { RGB.xterm256($0.xterm256) } ?? theme.background
      let contrast = foreground.contrast(with: background)
      #expect(contrast >= 4, "\(theme.name) \(style.role) selected \(style.isSelected): \(contrast)")
    }
  }

  @Test func `contrast is what WCAG says`() {
    #expect(abs(RGB(0x000000).contrast(with: RGB(0xFFFFFF)) - 21) < 0.01)
    #expect(abs(RGB(0x777777).contrast(with: RGB(0xFFFFFF)) - 4.478) < 0.01)
  }

  @Test func `mono keeps danger, selection and verdicts apart from plain text without colour`() {
    let plain = Theme.mono.face(for: .plain)
    for style in StyleRole.allCases.map({ Style($0) }) {
      let face = Theme.mono.face(for: style)
      #expect(face.foreground == nil && face.background == nil)
    }
    for style in [Style.danger, .warning, .muted, .verdictDown, .changed, .match, .plain.selected, .danger.selected] {
      #expect(Theme.mono.face(for: style) != plain)
    }
    #expect(Theme.mono.face(for: .verdictDown.selected).isInverse)
  }

  @Test func `colours find their kind among 16`() {
    #expect(Theme.dark.face(for: .danger).foreground?.ansi16 == 9)
    #expect(Theme.dark.face(for: .good).foreground?.ansi16 == 10)
    #expect(Theme.dark.face(for: .warning).foreground?.ansi16 == 11)
    #expect(Theme.dark.face(for: .rolling).foreground?.ansi16 == 12)
    #expect(Theme.light.face(for: .danger).foreground?.ansi16 == 1)
  }

  @Test func `every role has a letter of its own`() {
    #expect(Set(StyleRole.allCases.map(\.letter)).count == StyleRole.allCases.count)
  }

  @Test func `themes are found by name`() {
    #expect(Theme.all.map(\.name).compactMap(Theme.named) == Theme.all)
    #expect(Theme.named("pink") == nil)
  }
}
