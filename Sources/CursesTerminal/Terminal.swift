import CNcurses
import CellScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal that shows screens and gives keys.
///
/// A class, because there is one terminal and curses keeps its state in the process: two copies would fight over it.
/// It is used from one thread only.
package final class Terminal {
  /// How to open a terminal.
  package struct Options: Sendable {
    package var theme: Theme
    package var usesMouse: Bool
    /// Nil chooses by the locale.
    package var glyphs: GlyphSet?
    /// The value of TERM.
    package var type: String?
    /// Whether colours are not wanted (`NO_COLOR`).
    package var isColourless: Bool
    package var input: Int32
    package var output: Int32

    /// Makes options from the environment of the process.
    package init(theme: Theme = .dark, usesMouse: Bool = false, glyphs: GlyphSet? = nil) {
      self.theme = theme
      self.usesMouse = usesMouse
      self.glyphs = glyphs
      type = getenv("TERM").map { String(cString: $0) }
      // https://no-color.org: any value but an empty one.
      isColourless = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
      input = STDIN_FILENO
      output = STDOUT_FILENO
    }
  }

  /// What one `present` wrote.
  package struct Written: Equatable, Sendable {
    package let runs: Int
    package let cells: Int
  }

  /// How many columns and rows the terminal has.
  package internal(set) var size: Size
  /// Readable when keys are waiting; for `poll`.
  package let inputDescriptor: Int32
  /// The look in use: mono where the terminal shows no colours.
  package let theme: Theme
  package let glyphs: GlyphSet
  /// How many colours the terminal shows; 0 for none.
  package let colours: Int

  let outputDescriptor: Int32
  let usesMouse: Bool
  let faces: TerminalFaces
  /// Reads keys without touching the screen: reading from a window would repaint it.
  let keyboard: UnsafeMutablePointer<WINDOW>
  var decoder = KeyDecoder()
  var isSuspended = false
  var isHungUp = false
  private let device: OpaquePointer
  private let files: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
  private var shown: Screen?
  private var isClosed = false

  /// Opens the terminal and clears it.
  package static func open(_ options: Options = Options()) throws(TerminalError) -> Terminal {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
    guard let type = options.type, !type.isEmpty else { throw .typeNotSet }
    guard cn_find_type(type, options.output) == 1 else {
      throw type == "dumb" ? .typeTooSimple(type) : .typeUnknown(type)
    }
    guard cn_capability("cup") != nil else {
      cn_forget_type()
      throw .typeTooSimple(type)
    }
    let reset = resetBytes()
    cn_forget_type()
    cn_use_locale()
    var modes = termios()
    tcgetattr(options.output, &modes)
    guard let terminal = Terminal(options, type: type) else { throw .refused(type) }
    CrashGuard.arm(descriptor: terminal.outputDescriptor, reset: reset, modes: modes)
    return terminal
  }

  private init?(_ options: Options, type: String) {
    guard let input = fdopen(dup(options.input), "r"), let output = fdopen(dup(options.output), "w"),
      let device = newterm(type, output, input)
    else { return nil }
    self.device = device
    files = (input, output)
    inputDescriptor = fileno(input)
    outputDescriptor = fileno(output)
    usesMouse = options.usesMouse
    let isUnicode = String(cString: cn_codeset()) == "UTF-8"
    glyphs = options.glyphs ?? (isUnicode ? .unicode : .ascii)
    guard let keyboard = newpad(1, 1) else { return nil }
    self.keyboard = keyboard
    start_color()
    use_default_colors()
    let colours = options.isColourless || options.theme.isMono ? 0 : Int(cn_colours())
    self.colours = colours >= 8 ? colours : 0
    theme = self.colours == 0 ? .mono : options.theme
    faces = TerminalFaces(theme: theme, colours: self.colours, makePair: Terminal.pairMaker())
    size = Size(columns: Int(cn_columns()), rows: Int(cn_rows()))
    configure()
  }

  /// Shows a screen; writes nothing if it equals the one shown.
  @discardableResult
  package func present(_ screen: Screen) -> Written {
    guard !isClosed, !isSuspended, !isHungUp else { return Written(runs: 0, cells: 0) }
    if screen.size != shown?.size { werase(cn_screen()) }
    let diff = ScreenDiff(from: shown, to: screen)
    shown = screen
    if diff.runs.isEmpty { return Written(runs: 0, cells: 0) }
    for run in diff.runs where run.row < size.rows { write(run) }
    wrefresh(cn_screen())
    return Written(runs: diff.runs.count, cells: diff.cellCount)
  }

  /// Draws everything anew the next time, as after another program wrote to the terminal.
  package func invalidate() {
    shown = nil
    clearok(cn_screen(), true)
  }

  /// Gives the terminal back as it was; a second call does nothing.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    if !isSuspended {
      send(Terminal.pasteOff)
      endwin()
    }
    CrashGuard.disarm()
    delwin(keyboard)
    delscreen(device)
    fclose(files.input)
    fclose(files.output)
  }

  private func write(_ run: ScreenDiff.Run) {
    var text: [wchar_t] = []
    var column = run.column
    for cell in run.cells {
      // The terminal may be smaller than the screen until the next resize is seen.
      let room = size.columns - column
      if room <= 0 { break }
      let scalars = cell.glyph.columns > room ? [" "] : form(of: cell.glyph)
      text += scalars.map { wchar_t($0.value) }
      column += 1
    }
    let face = faces[run.style]
    cn_write(Int32(run.row), Int32(run.column), text, Int32(text.count), face.attributes, face.pair)
  }

  private func form(of glyph: Glyph) -> [Unicode.Scalar] {
    if glyphs == .ascii { return Array(asciiTwin(of: glyph).unicodeScalars) }
    return terminalScalars(of: glyph) { Int(cn_width($0.value)) }
  }

  /// Allocates colour pairs one after the other.
  private static func pairMaker() -> (Int, Int) -> Int16? {
    var next: Int16 = 1
    return { foreground, background in
      guard Int(next) < min(Int(cn_pairs()), Int(Int16.max)) else { return nil }
      guard init_pair(next, Int16(foreground), Int16(background)) != -1 else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
