import Foundation
import Testing

extension OneAfterTheOther {
  /// What each type of terminal gets: a picture that it can show, or one sentence.
  @Suite struct TerminalTypeTests {
    /// A type, and what it must never get.
    struct Case: CustomStringConvertible, Sendable {
      let type: String
      var isColoured = true
      /// It knows the private modes of xterm: paste marks and the mouse.
      var hasModes = true
      var description: String { type }
    }

    static let usable = [
      Case(type: "xterm"), Case(type: "xterm-256color"), Case(type: "screen"), Case(type: "screen-256color"),
      Case(type: "tmux-256color"), Case(type: "linux"), Case(type: "vt100", isColoured: false, hasModes: false),
      Case(type: "vt220", isColoured: false, hasModes: false), Case(type: "ansi", hasModes: false),
    ]

    @Test(arguments: usable, ["C.UTF-8", "C"])
    func `a usable type shows the screen and is given back`(subject: Case, locale: String) throws {
      let device = try Device(recordingCommand, environment: ["TERM": subject.type, "LC_ALL": locale])
      #expect(device.shows("todo-backend"))
      device.type("?")
      #expect(device.shows("Keys"))
      device.type("\u{3}")
      #expect(device.shows("ended 0\r\n"))
      device.read(for: 0.2)
      let text = device.text
      if locale == "C" { #expect(device.output.allSatisfy { $0 < 0x80 }) }
      if locale != "C" { #expect(text.contains("╭") && !text.contains("\u{FFFD}")) }
      // Without colours there is no sequence that sets one.
      #expect(hasColour(text) == subject.isColoured)
      #expect(text.contains("\u{1B}[?2004h") == subject.hasModes && text.contains("\u{1B}[?2004l") == subject.hasModes)
      // Lines are drawn as text: nothing switches to another character set and leaves it so.
      #expect(!text.contains("\u{E}") && !text.contains("\u{1B}(0"))
      for (on, off) in [("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?25l", "\u{1B}[?25h")] where text.contains(on) {
        let left = try #require(text.range(of: off, options: .backwards))
        #expect(text.range(of: on, range: left.upperBound..<text.endIndex) == nil, "\(on.debugDescription)")
      }
      #expect(text.contains(" icanon") && !text.contains("-icanon") && !text.contains("-echo "))
    }

    @Test(arguments: ["xterm-256color", "linux", "screen"])
    func `NO_COLOR is obeyed to the last sequence`(type: String) throws {
      let device = try Device(recordingCommand, environment: ["TERM": type, "NO_COLOR": "1"])
      #expect(device.shows("todo-backend"))
      device.type("\u{3}")
      #expect(device.shows("ended 0\r\n"))
      #expect(!hasColour(device.text))
    }

    @Test(arguments: ["dumb", "no-such-terminal", ""])
    func `a type that cannot show it is told so in one sentence`(type: String) throws {
      let device = try Device(recordingCommand, environment: ["TERM": type])
      #expect(device.shows("ended 2\r\n"))
      device.read(for: 0.2)
      let said = device.text.prefix { $0 != "\r\n" }
      #expect(said.hasPrefix("todotop: ") && said.contains("TERM"), "\(said)")
      #expect(!device.text.contains("\u{1B}"))
      #expect(device.text.contains(" icanon") && !device.text.contains("-icanon"))
    }

    /// Whether a sequence sets a colour, or takes one back.
    private func hasColour(_ text: String) -> Bool {
      text.matches(of: /\u{1B}\[([0-9;]*)m/).contains { match in
        match.output.1.split(separator: ";").compactMap { Int($0) }.contains { (30...49).contains($0) || $0 >= 90 }
      }
    }
  }
}
