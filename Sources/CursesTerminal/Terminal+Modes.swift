import CNcurses
import CellScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  static let pasteOn = "\u{1B}[?2004h"
  static let pasteOff = "\u{1B}[?2004l"
  /// A lone ESC is taken for the key after this many milliseconds; curses' own second makes `esc` feel dead.
  private static let escapeDelayMilliseconds: Int32 = 25

  /// Sets keyboard and screen up; part of opening.
  func configure() {
    raw()
    noecho()
    nonl()
    curs_set(0)
    set_escdelay(Terminal.escapeDelayMilliseconds)
    scrollok(cn_screen(), false)
    leaveok(cn_screen(), true)
    keypad(keyboard, true)
    nodelay(keyboard, true)
    define_key("\u{1B}[200~", cn_paste_begin())
    define_key("\u{1B}[201~", cn_paste_end())
    if usesMouse {
      mousemask(cn_mouse_buttons(), nil)
      mouseinterval(0)
    }
    // The first refresh switches to the alternate screen; what follows must come behind it.
    wrefresh(cn_screen())
    send(Terminal.pasteOn)
  }

  /// Gives the terminal to another program for a while.
  package func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    send(Terminal.pasteOff)
    endwin()
  }

  /// Takes the terminal back and draws everything anew at the next `present`.
  package func resume() {
    guard isSuspended else { return }
    isSuspended = false
    adoptWindowSize()
    invalidate()
    werase(cn_screen())
    wrefresh(cn_screen())
    curs_set(0)
    send(Terminal.pasteOn)
  }

  /// Stops the program as ctrl-z does and returns when it is continued.
  package func stop() {
    suspend()
    cn_default_signal(SIGTSTP)
    kill(0, SIGTSTP)
    SignalPipe.handleAgain(SIGTSTP)
    resume()
  }

  /// Asks the terminal for its size.
  ///
  /// - Returns: The new size if it has changed.
  @discardableResult
  package func adoptWindowSize() -> Size? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard cn_window_size(outputDescriptor, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
    let new = Size(
      columns: min(Int(columns), Screen.sizeMax.columns), rows: min(Int(rows), Screen.sizeMax.rows))
    guard new != size else { return nil }
    resizeterm(Int32(new.rows), Int32(new.columns))
    size = new
    invalidate()
    return new
  }

  /// Writes a sequence that curses does not know.
  func send(_ sequence: String) {
    let bytes = Array(sequence.utf8)
    _ = write(outputDescriptor, bytes, bytes.count)
  }

  /// What puts this type of terminal back in order, whatever was on the screen.
  static func resetBytes() -> [UInt8] {
    let mouseOff = "\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1006l"
    let names: [String] = ["sgr0", "rmkx", "cnorm", "rmcup"]
    let capabilities = names.compactMap { cn_capability($0).map { String(cString: $0) } }
    return Array((pasteOff + mouseOff).utf8) + capabilities.flatMap { withoutDelays($0).utf8 }
  }

  /// A capability without its `$<5>` marks, which ask for padding on old terminals.
  static func withoutDelays(_ capability: String) -> String {
    var result = ""
    var rest = capability[...]
    while let character = rest.popFirst() {
      if character == "$", rest.first == "<", let end = rest.firstIndex(of: ">") {
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(character)
      }
    }
    return result
  }
}
