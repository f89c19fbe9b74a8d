import CNcurses
import CellScreen
import Foundation
import Testing

@testable import CursesTerminal

/// One after the other: curses keeps its state in the process.
@Suite(.serialized)
struct TerminalTests {
  private func screen(_ text: String, columns: Int = 80, rows: Int = 24) -> Screen {
    Screen(size: Size(columns: columns, rows: rows)) { $0.write(text, at: .zero, style: .danger) }
  }

  @Test func `an equal frame writes no byte`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    #expect(terminal.present(screen("hello")).runs > 0)
    #expect(String(decoding: pty.output(), as: UTF8.self).contains("hello"))
    #expect(terminal.present(screen("hello")) == Terminal.Written(runs: 0, cells: 0))
    #expect(pty.output().isEmpty)
    #expect(terminal.present(screen("hellO")) == Terminal.Written(runs: 1, cells: 1))
    let change = pty.output()
    #expect(change.contains(UInt8(ascii: "O")))
    #expect(change.count < 40)
  }

  @Test func `opening and closing leave the terminal as it was`() throws {
    let pty = try #require(Pty())
    var before = termios()
    tcgetattr(pty.slave, &before)
    let terminal = try Terminal.open(pty.options())
    let opened = String(decoding: pty.output(), as: UTF8.self)
    #expect(opened.contains("\u{1B}[?1049h") && opened.contains("\u{1B}[?2004h") && opened.contains("\u{1B}[?25l"))
    var during = termios()
    tcgetattr(pty.slave, &during)
    #expect(during.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
    terminal.present(screen("x"))
    terminal.close()
    terminal.close()
    let closed = String(decoding: pty.output(), as: UTF8.self)
    #expect(
      closed.contains("\u{1B}[?1049l") && closed.contains("\u{1B}[?2004l") && closed.contains("\u{1B}[?12l\u{1B}[?25h"))
    var after = termios()
    tcgetattr(pty.slave, &after)
    #expect(after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag && after.c_oflag == before.c_oflag)
  }

  @Test func `keys arrive in order and without waiting`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    #expect(terminal.readKeys() == [])
    pty.type("jé作\r\t\u{14}\u{1B}OP\u{1B}[15~\u{1B}OA\u{1B}[Z\u{7F}")
    #expect(
      terminal.readKeys() == [
        .char("j"), .char("é"), .char("作"), .enter, .tab, .ctrl("t"), .function(1), .function(5), .up, .backTab,
        .backspace,
      ])
    pty.type("\u{1B}")
    #expect(terminal.readKeys() == [.escape])
  }

  @Test func `a paste is one value and its contents are no keys`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    pty.type("a\u{1B}[200~qq\r:q")
    #expect(terminal.readKeys() == [.char("a")])
    pty.type("!\u{1B}[201~b")
    #expect(terminal.readKeys() == [.paste("qq\n:q!"), .char("b")])
  }

  @Test func `unknown sequences and invalid bytes are no keys`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    pty.type([0xFF, 0xC3] + Array("\u{1B}[99;99Xk".utf8))
    #expect(terminal.readKeys().filter { $0 != .char("k") } == [])
    pty.type("j")
    #expect(terminal.readKeys() == [.char("j")])
  }

  @Test func `a closed terminal is told once`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    pty.hangUp()
    #expect(terminal.readKeys() == [.hangup])
    #expect(terminal.readKeys() == [])
    #expect(terminal.present(screen("x")).runs == 0)
    terminal.close()
  }

  @Test(arguments: [Size(columns: 1, rows: 1), Size(columns: 500, rows: 50), Size(columns: 7, rows: 90)])
  func `any size can be shown, also a screen of another size`(size: Size) throws {
    let pty = try #require(Pty(columns: size.columns, rows: size.rows))
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    #expect(terminal.size == size)
    for shown in [size, Size(columns: 80, rows: 24), Size(columns: 500, rows: 100), Size(columns: 0, rows: 0)] {
      terminal.present(screen(String(repeating: "作é", count: 300), columns: shown.columns, rows: shown.rows))
    }
    pty.resize(columns: 33, rows: 9)
    #expect(terminal.readKeys() == [.resize(Size(columns: 33, rows: 9))])
    #expect(terminal.size == Size(columns: 33, rows: 9))
    terminal.present(screen("after", columns: 33, rows: 9))
    #expect(String(decoding: pty.output(), as: UTF8.self).contains("after"))
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "screen", "xterm", "linux", "vt100", "ansi"])
  func `common terminals show every role`(type: String) throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options(type: type))
    defer { terminal.close() }
    terminal.present(
      Screen(size: terminal.size) { canvas in
        for (index, role) in StyleRole.allCases.enumerated() {
          let place = Position(column: index / 20 * 25, row: index % 20)
          canvas.write("\(role)", at: place, style: Style(role, isSelected: index % 2 == 0))
        }
      })
    // Terminals without colours pad and underline in their own ways; the words are there all the same.
    let output = String(decoding: pty.output(), as: UTF8.self)
    for role in StyleRole.allCases { #expect(output.contains("\(role)"), "\(role)") }
  }

  @Test func `without UTF-8 only ASCII is written`() throws {
    let pty = try #require(Pty())
    var options = pty.options(type: "vt100")
    options.glyphs = .ascii
    let terminal = try Terminal.open(options)
    defer { terminal.close() }
    #expect(terminal.theme == .mono)
    terminal.present(
      Screen(size: Size(columns: 20, rows: 3)) { $0.box(title: "作者 é", titleRight: "✓").write("→ ×", at: .zero) })
    let output = pty.output()
    #expect(output.allSatisfy { $0 < 0x80 })
    #expect(String(decoding: output, as: UTF8.self).contains("???? ?"))
  }

  @Test func `a suspended terminal is silent and comes back whole`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    defer { terminal.close() }
    terminal.present(screen("hello"))
    terminal.suspend()
    _ = pty.output()
    terminal.present(screen("other"))
    #expect(pty.output().isEmpty)
    terminal.resume()
    terminal.present(screen("hello"))
    #expect(String(decoding: pty.output(), as: UTF8.self).contains("hello"))
  }

  @Test func `a terminal that cannot be used says why and what to do`() throws {
    let pty = try #require(Pty())
    #expect(throws: TerminalError.typeNotSet) { try Terminal.open(pty.options(type: nil)) }
    #expect(throws: TerminalError.typeUnknown("no-such")) { try Terminal.open(pty.options(type: "no-such")) }
    #expect(throws: TerminalError.typeTooSimple("dumb")) { try Terminal.open(pty.options(type: "dumb")) }
    var options = pty.options()
    options.input = open("/dev/null", O_RDONLY)
    #expect(throws: TerminalError.notATerminal) { try Terminal.open(options) }
    close(options.input)
  }

  @Test func `the reset bytes leave the alternate screen and show the cursor`() throws {
    let pty = try #require(Pty())
    let terminal = try Terminal.open(pty.options())
    terminal.close()
    #expect(Terminal.withoutDelays("\u{1B}[m$<5/>x$y") == "\u{1B}[mx$y")
  }
}
