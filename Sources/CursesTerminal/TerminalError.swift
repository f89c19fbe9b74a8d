/// Why a terminal cannot show the screen; each case says what to do next.
package enum TerminalError: Error, Equatable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// The variable TERM has no value.
  case typeNotSet
  /// The terminal type is not in the terminfo database.
  case typeUnknown(String)
  /// The terminal cannot place its cursor.
  case typeTooSimple(String)
  /// The terminal was found but did not open.
  case refused(String)
}

extension TerminalError: CustomStringConvertible {
  /// One sentence and the next step.
  package var description: String {
    switch self {
    case .notATerminal:
      "Standard input and output are not a terminal. Start it in a terminal window, without pipes."
    case .typeNotSet:
      "The variable TERM is not set, so the terminal's abilities are unknown. Try: export TERM=xterm-256color"
    case .typeUnknown(let name):
      "The terminal type \"\(name)\" is not known here. Try: export TERM=xterm-256color"
    case .typeTooSimple(let name):
      "TERM says \"\(name)\", which cannot place text on the screen. Use a terminal such as xterm, tmux or iTerm."
    case .refused(let name):
      "The terminal of type \"\(name)\" could not be opened. Try: export TERM=xterm-256color"
    }
  }
}
