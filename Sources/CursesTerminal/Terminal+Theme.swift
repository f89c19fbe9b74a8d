import CNcurses
import CellScreen

extension Terminal {
  /// Shows everything in another theme from the next `present` on; one without colours where the terminal has none.
  package func use(_ wanted: Theme) {
    let wantsColours = !isColourless && !wanted.isMono
    if wantsColours { startColours() }
    let all = wantsColours ? Int(cn_colours()) : 0
    colours = all >= 8 ? all : 0
    theme = colours == 0 ? .mono : wanted
    faces = TerminalFaces(theme: theme, colours: colours, makePair: Terminal.pairMaker())
    invalidate()
  }

  /// Lets curses know that colours are used, once: it sends colour sequences from then on.
  func startColours() {
    guard !hasStartedColours else { return }
    hasStartedColours = true
    start_color()
    use_default_colors()
  }
}
