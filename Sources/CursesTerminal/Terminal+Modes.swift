import CNcurses
import CellScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// Paste marks, and no reordering of text.
  ///
  /// A terminal that turns right-to-left text around by itself would move our borders with it. Here every letter
  /// stays in its cell, in the order in which it came.
  static let modesOn = "\u{1B}[?2004h\u{1B}[8l"
  static let modesOff = "\u{1B}[?2004l\u{1B}[8h"
  /// A lone ESC is taken for the key after this many milliseconds; curses' own second makes `esc` feel dead.
  private static let escapeDelayMilliseconds: Int32 = 25

  /// Sets keyboard and screen up; part of opening.
  ///
  /// - Parameter asks: Whether this type of terminal answers questions.
  func configure(asks: Bool) {
    raw()
    noecho()
    nonl()
    tcgetattr(output.descriptor, &programModes)
    // From here on curses writes to memory, where there are no modes to set: that is done here.
    output.capture(fileno(files.output))
    // A waiting key must not stop a frame half-way: what is cut off would come only with the next change.
    typeahead(-1)
    curs_set(0)
    set_escdelay(Terminal.escapeDelayMilliseconds)
    scrollok(cn_screen(), false)
    leaveok(cn_screen(), true)
    keypad(keyboard, true)
    nodelay(keyboard, true)
    define_key("\u{1B}[200~", cn_paste_begin())
    define_key("\u{1B}[201~", cn_paste_end())
    define_key("\u{1B}[0n", cn_answer())
    if usesMouse {
      mousemask(cn_mouse_buttons(), nil)
      mouseinterval(0)
    }
    // The first refresh switches to the alternate screen; what follows must come behind it.
    wrefresh(cn_screen())
    if hasMouse { output.add(Terminal.modesOn) }
    if asks { output.addQuestion() }
    output.flush()
  }

  /// Gives the terminal to another program for a while.
  package func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    leave()
  }

  /// Leaves the screen and puts the modes back, without waiting long for a terminal that does not read.
  func leave() {
    if !isHungUp { awaitAnswer() }
    // A frame that is cut off leaves curses wrong about the terminal: then all is reset, whatever it believes.
    let isCut = output.drop()
    if hasMouse { output.add(Terminal.modesOff) }
    endwin()
    if isCut {
      _ = output.drop()
      output.add(String(decoding: resetSequence, as: UTF8.self))
    }
    output.finish(milliseconds: Terminal.leaveMilliseconds)
    tcset(shellModes)
  }

  /// Takes an answer that is on its way, so that the shell does not get it as input.
  private func awaitAnswer() {
    while let due = output.flow.answerIsDue(leaving: steadyTime()) {
      var entry = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, Int32((due - steadyTime()) / 1_000_000) + 1) > 0 else { return }
      guard let input = readInput(), input != .pause else { return }
    }
  }

  private func tcset(_ modes: termios) {
    var modes = modes
    tcsetattr(output.descriptor, TCSANOW, &modes)
  }

  /// A terminal that does not read is waited for so long when it is given back.
  private static let leaveMilliseconds = 500

  /// Takes the terminal back and draws everything anew at the next `present`.
  package func resume() {
    guard isSuspended else { return }
    isSuspended = false
    tcset(programModes)
    adoptWindowSize()
    invalidate()
    werase(cn_screen())
    wrefresh(cn_screen())
    curs_set(0)
    if hasMouse { output.add(Terminal.modesOn) }
    output.flush()
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
    guard cn_window_size(output.descriptor, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
    let new = Size(
      columns: min(Int(columns), Screen.sizeMax.columns), rows: min(Int(rows), Screen.sizeMax.rows))
    guard new != size else { return nil }
    resizeterm(Int32(new.rows), Int32(new.columns))
    size = new
    invalidate()
    return new
  }

  /// What puts this type of terminal back in order, whatever was on the screen.
  static func resetBytes() -> [UInt8] {
    let off = cn_capability("kmous") == nil ? "" : modesOff + "\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1006l"
    let names: [String] = ["sgr0", "rmkx", "cnorm", "rmcup"]
    let capabilities = names.compactMap { cn_capability($0).map { String(cString: $0) } }
    return Array(off.utf8) + capabilities.flatMap { withoutDelays($0).utf8 }
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
