import Foundation
import Testing

extension OneAfterTheOther {
  /// Names in every script and out of every script: what a terminal makes of them stays in its column.
  @Suite struct TortureTests {
    static let names = [
      "plain-ascii-name", "e\(String(repeating: "\u{301}", count: 50))-fifty-marks", "\u{301}begins with a mark",
      "👨\u{200D}👩\u{200D}👧\u{200D}👦 family", "👍🏽 skin 🏽", "🇩🇪🇫 flags 🇬", "❤\u{FE0F} heart ❤\u{FE0E}",
      "1\u{FE0F}\u{20E3} keycap ▶\u{FE0F} ⌚ ⏰ ✅ ©\u{FE0F} 🫨 🛜", String(repeating: "作", count: 90),
      "a" + String(repeating: "作", count: 90), "שלום \u{202E}\u{202D}rtl\u{2066}x\u{2069} العربية",
      "zero\u{200B}\u{200D}\u{2060}\u{FEFF}width", "\u{200D}\u{200D}", "private \u{E000}\u{F0000} use",
      "tab\tand\nline\rends", "क्षि กำ 각 각", "한글 ＡＢ \u{3000}wide", "⸻ ⸺ ﷽", "𓀀 𝅳 \u{E0041} tag",
      "ำຳ \u{302A}\u{302E} marks", "soft\u{AD} \u{61C} \u{180E}", "\u{1B}[2Jhostile\u{9B}31m\u{7}",
    ]

    /// A recording of one pod a name.
    private func recording() throws -> TemporaryFile {
      let scene = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "DashboardTests/Fixtures/Scenes/todo-pods.json")
      var list = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: scene)) as? [String: Any])
      let pod = try #require((list["items"] as? [[String: Any]])?.first)
      list["items"] = try Self.names.enumerated().map { index, name in
        var pod = pod
        var metadata = try #require(pod["metadata"] as? [String: Any])
        metadata["name"] = name
        metadata["uid"] = "torture-\(index)"
        pod["metadata"] = metadata
        return pod
      }
      return try TemporaryFile(String(decoding: JSONSerialization.data(withJSONObject: list), as: UTF8.self))
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `every row ends where it must, as tmux has laid it out`(columns: Int, rows: Int) throws {
      let file = try recording()
      let screen = try Tmux("'\(programPath)' --from '\(file.url.path)'", columns: columns, rows: rows)
      #expect(try screen.shows("plain-ascii-name"))
      try screen.press("5", "z")
      #expect(try screen.holds("pods alone", within: 5) { !$0.contains("╮╭") && $0.contains("5 Pods") })
      let text = try screen.screen()
      let ends = try screen.columnsOfRows(rows)
      #expect(ends.count == rows)
      let framed = zip(text, ends).filter { $0.0.hasPrefix("│") || $0.0.hasPrefix("╭") || $0.0.hasPrefix("╰") }
      #expect(framed.count >= rows - 8)
      for (line, end) in framed {
        #expect(end == columns && "│╮╯▐".contains(line.last ?? " "), "\(line)")
      }
      // What steers the layout of text never arrives; letters of all directions do.
      let scalars = text.joined().unicodeScalars
      #expect(scalars.allSatisfy { !$0.properties.isBidiControl && $0 != "\u{FEFF}" })
      #expect(columns < 120 || text.contains { $0.contains("שלום") })
    }
  }
}
