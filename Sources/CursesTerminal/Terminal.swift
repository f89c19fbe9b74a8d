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
    /// Whether all of the screen is shown; a slow line gets it a few rows at a time.
    package var isWhole = true
  }

  /// How many columns and rows the terminal has.
  package internal(set) var size: Size
  /// Readable when keys are waiting; for `poll`.
  package let inputDescriptor: Int32
  /// The look in use: mono where the terminal shows no colours.
  package internal(set) var theme: Theme
  package let glyphs: GlyphSet
  /// How many colours the terminal shows; 0 for none.
  package internal(set) var colours: Int

  let output: TerminalOutput
  let usesMouse: Bool
  /// The type says that the terminal sends what a mouse does; such a terminal knows paste marks as well.
  let hasMouse: Bool
  let isColourless: Bool
  var faces: TerminalFaces
  var hasStartedColours = false
  /// Reads keys without touching the screen: reading from a window would repaint it.
  let keyboard: UnsafeMutablePointer<WINDOW>
  var decoder = KeyDecoder()
  var letters = LetterAssembly()
  var isSuspended = false
  var isHungUp = false
  let shellModes: termios
  var programModes: termios
  let resetSequence: [UInt8]
  private let device: OpaquePointer
  let files: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
  private var shown: Screen?
  private var nextRow = 0
  var isClosed = false

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
    let abilities = Abilities()
    cn_forget_type()
    cn_use_locale()
    var modes = termios()
    tcgetattr(options.output, &modes)
    guard let terminal = Terminal(options, type: type, abilities, modes) else { throw .refused(type) }
    CrashGuard.arm(descriptor: terminal.output.descriptor, reset: abilities.reset, modes: modes)
    return terminal
  }

  /// What the type of terminal says of itself, read before curses opens it.
  private struct Abilities {
    let reset = Terminal.resetBytes()
    let hasMouse = cn_capability("kmous") != nil
    /// It tells where its cursor is, so it answers questions in general.
    let answers = cn_capability("u7").map { String(cString: $0) == "\u{1B}[6n" } ?? false
  }

  private init?(_ options: Options, type: String, _ abilities: Abilities, _ modes: termios) {
    guard let input = fdopen(dup(options.input), "r"), let output = fdopen(dup(options.output), "w"),
      let device = newterm(type, output, input)
    else { return nil }
    self.device = device
    files = (input, output)
    inputDescriptor = fileno(input)
    self.output = TerminalOutput(device: options.output)
    shellModes = modes
    programModes = modes
    resetSequence = abilities.reset
    hasMouse = abilities.hasMouse
    usesMouse = options.usesMouse && abilities.hasMouse
    isColourless = options.isColourless
    let isUnicode = String(cString: cn_codeset()) == "UTF-8"
    glyphs = options.glyphs ?? (isUnicode ? .unicode : .ascii)
    guard let keyboard = newpad(1, 1) else { return nil }
    self.keyboard = keyboard
    colours = 0
    theme = .mono
    faces = TerminalFaces(theme: .mono, colours: 0, makePair: Terminal.pairMaker())
    size = Size(columns: Int(cn_columns()), rows: Int(cn_rows()))
    use(options.theme)
    configure(asks: abilities.answers)
  }

  /// Whether the last frame is written, and shown as far as can be known: painting before that only makes a queue.
  package var isReady: Bool { output.isReady }

  /// Whether a full screen takes seconds; then it is good to paint what is worth it.
  package var isSlow: Bool { output.flow.isSlow }

  /// What to wait for until more can be written; nil if nothing waits.
  package var blockedDescriptor: Int32? { output.isEmpty ? nil : output.descriptor }

  /// Writes what waits to be written, as far as the terminal takes it.
  package func flush() { output.flush() }

  /// Shows a screen; writes nothing if it equals the one shown.
  ///
  /// It never waits for the terminal. On a slow line only some of the changed rows are written, those of the selection
  /// first; call it again with the newest screen when the terminal ``isReady``.
  @discardableResult
  package func present(_ screen: Screen) -> Written {
    guard !isClosed, !isSuspended, !isHungUp else { return Written(runs: 0, cells: 0) }
    let frameBytes = output.flow.frameBytes
    if shown?.size != screen.size {
      werase(cn_screen())
      // What a slow line has not got yet is blank.
      shown = frameBytes == nil ? nil : Screen(size: screen.size) { _ in }
    }
    let diff = ScreenDiff(from: shown, to: screen)
    if diff.runs.isEmpty {
      shown = screen
      return Written(runs: 0, cells: 0)
    }
    let part = frameBytes.map { urgentPart(of: diff, to: screen, bytes: $0) } ?? diff
    let isWhole = part.runs.count == diff.runs.count
    shown = isWhole ? screen : shown?.replacing(rows: Set(part.runs.map(\.row)), from: screen)
    var last: ScreenDiff.Run?
    for run in part.runs where run.row < size.rows {
      write(run, style: last.flatMap { blankStyle(of: run, behind: $0) } ?? run.style)
      last = run
    }
    wrefresh(cn_screen())
    output.flush()
    return Written(runs: part.runs.count, cells: part.cellCount, isWhole: isWhole)
  }

  /// What a slow line can take at once: rows that the selection came to or left, then the others in turn.
  private func urgentPart(of diff: ScreenDiff, to screen: Screen, bytes: Int) -> ScreenDiff {
    let urgent = Set(
      diff.runs.map(\.row).filter { row in
        let isSelected = screen.row(row).contains { $0.style.isSelected }
        return shown?.row(row).contains { $0.style.isSelected } != isSelected
      })
    let part = diff.part(cellsMax: bytes / Terminal.bytesPerCell, first: urgent, startingAt: nextRow)
    nextRow = (part.runs.last { !urgent.contains($0.row) }?.row ?? nextRow) + 1
    return part
  }

  /// About what a changed cell costs with its colours, by measurement.
  private static let bytesPerCell = 3

  /// Draws everything anew the next time, as after another program wrote to the terminal.
  package func invalidate() {
    shown = nil
    clearok(cn_screen(), true)
  }

  /// Gives the terminal back as it was; a second call does nothing.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    if !isSuspended { leave() }
    CrashGuard.disarm()
    delwin(keyboard)
    delscreen(device)
    fclose(files.input)
    fclose(files.output)
    output.end()
  }

  /// The style of a few blanks behind other text: the text's, if that looks the same.
  ///
  /// Each change of colour costs as much as a dozen letters.
  private func blankStyle(of run: ScreenDiff.Run, behind last: ScreenDiff.Run) -> Style? {
    guard run.row == last.row, run.column == last.column + last.cells.count, run.cells.count <= Terminal.blanksMax,
      faces.blanksLookEqual(run.style, last.style), run.cells.allSatisfy({ $0.glyph == .blank })
    else { return nil }
    return last.style
  }

  /// More blanks than this are erased by curses, which needs them plain.
  private static let blanksMax = 6

  private func write(_ run: ScreenDiff.Run, style: Style) {
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
    let face = faces[style]
    cn_write(Int32(run.row), Int32(run.column), text, Int32(text.count), face.attributes, face.pair)
  }

  private func form(of glyph: Glyph) -> [Unicode.Scalar] {
    if glyphs == .ascii { return Array(asciiTwin(of: glyph).unicodeScalars) }
    return terminalScalars(of: glyph) { Int(cn_width($0.value)) }
  }

  /// Allocates colour pairs one after the other.
  static func pairMaker() -> (Int, Int) -> Int16? {
    var next: Int16 = 1
    return { foreground, background in
      guard Int(next) < min(Int(cn_pairs()), Int(Int16.max)) else { return nil }
      guard init_pair(next, Int16(foreground), Int16(background)) != -1 else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
