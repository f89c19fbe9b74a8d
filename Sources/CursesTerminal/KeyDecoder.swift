import CNcurses
import CellScreen

/// Turns what curses read into keys.
///
/// States: ground → escape (an ESC with something behind it) → sequence (unknown, to be swallowed) → ground;
/// ground → paste → ground. A half sequence waits for its rest; a half paste too.
struct KeyDecoder {
  /// What one read gave.
  enum Input: Equatable {
    /// A number of a key that curses knows.
    case code(Int32)
    case scalar(UInt32)
    case mouse(MouseEvent)
    /// Nothing more is waiting for now.
    case pause
  }

  private enum State {
    case ground
    case escape
    case sequence
    case paste
  }

  private var state = State.ground
  private var pasted = ""
  private var pastedCount = 0

  /// A paste is cut off behind this many scalars; nobody types into a dashboard what is longer.
  static let pasteScalarsMax = 65_536

  mutating func handle(_ input: Input) -> [Key] {
    switch state {
    case .paste: return paste(input)
    case .escape: return afterEscape(input)
    case .sequence: return inSequence(input)
    case .ground: return ground(input)
    }
  }

  private mutating func ground(_ input: Input) -> [Key] {
    switch input {
    case .pause: return []
    case .mouse(let event): return [.mouse(event)]
    case .scalar(0x1B):
      state = .escape
      return []
    case .scalar(let value): return KeyDecoder.key(scalar: value).map { [$0] } ?? []
    case .code(let code):
      if code == cn_paste_begin() {
        state = .paste
        return []
      }
      return KeyDecoder.key(code: code).map { [$0] } ?? []
    }
  }

  private mutating func afterEscape(_ input: Input) -> [Key] {
    state = .ground
    switch input {
    case .pause: return [.escape]
    case .scalar(0x5B), .scalar(0x4F):
      state = .sequence
      return []
    default: return [.escape] + ground(input)
    }
  }

  /// Swallows a sequence that curses does not know, up to its final letter.
  private mutating func inSequence(_ input: Input) -> [Key] {
    switch input {
    case .pause: return []
    case .scalar(let value) where (0x20...0x3F).contains(value) || value == 0x5B: return []
    case .scalar(let value) where (0x40...0x7E).contains(value):
      state = .ground
      return []
    case .scalar, .code, .mouse:
      state = .ground
      return ground(input)
    }
  }

  private mutating func paste(_ input: Input) -> [Key] {
    switch input {
    // ctrl-c gets out of a paste whose end was lost.
    case .code(cn_paste_end()), .scalar(0x03):
      state = .ground
      defer { (pasted, pastedCount) = ("", 0) }
      return [.paste(pasted)]
    // Terminals paste line ends as the enter key.
    case .code(KEY_ENTER), .scalar(0x0D): append("\n")
    case .scalar(let value): Unicode.Scalar(value).map { append($0) }
    case .code, .mouse, .pause: break
    }
    return []
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard pastedCount < KeyDecoder.pasteScalarsMax else { return }
    pasted.unicodeScalars.append(scalar)
    pastedCount += 1
  }

  private static func key(scalar value: UInt32) -> Key? {
    switch value {
    case 0: .ctrl(" ")
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x01...0x1A: Unicode.Scalar(value + 0x60).map { .ctrl(Character($0)) }
    case 0x1C...0x1F: Unicode.Scalar(value + 0x40).map { .ctrl(Character($0)) }
    case 0x80..<0xA0: nil
    default: Unicode.Scalar(value).map { .char(Character($0)) }
    }
  }

  private static func key(code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_HOME, KEY_FIND: .home
    case KEY_END, KEY_SELECT: .end
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_ENTER: .enter
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_IC: .insert
    case KEY_BTAB: .backTab
    case KEY_SLEFT: .shiftLeft
    case KEY_SRIGHT: .shiftRight
    case KEY_SR: .shiftUp
    case KEY_SF: .shiftDown
    default: function(code)
    }
  }

  private static func function(_ code: Int32) -> Key? {
    let number = Int(code - cn_function_key(0))
    return (1...Key.functionMax).contains(number) ? .function(number) : nil
  }
}
