/// Takes from a program's output, as it comes, all that could steer a terminal: text, line ends and tabs are left.
struct TerminalTextFilter {
  private enum State {
    case text
    /// Behind an escape: what follows says how long it is.
    case escape
    /// In a sequence that ends with a letter or a sign from `@` on.
    case sequence
    /// In a text for the terminal, such as a window's title, that ends with BEL or an escape.
    case string
    /// Behind the first byte of what can be a control character of two bytes.
    case pair
  }

  private var state = State.text

  /// What is left of some bytes.
  mutating func filtered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes { take(byte, &text) }
    return text
  }

  private mutating func take(_ byte: UInt8, _ text: inout [UInt8]) {
    switch state {
    case .text: takeText(byte, &text)
    case .pair:
      state = .text
      // U+0080 to U+009F are control characters.
      if (0x80...0x9F).contains(byte) { return }
      text.append(0xC2)
      takeText(byte, &text)
    case .escape:
      switch byte {
      case UInt8(ascii: "["): state = .sequence
      case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
        state = .string
      // Intermediate signs, before the last one.
      case 0x20...0x2F: state = .escape
      default: state = .text
      }
    case .sequence:
      if (0x40...0x7E).contains(byte) || byte == UInt8(ascii: "\n") { state = .text }
    case .string:
      if byte == 0x07 { state = .text } else if byte == 0x1B { state = .escape }
    }
  }

  private mutating func takeText(_ byte: UInt8, _ text: inout [UInt8]) {
    switch byte {
    case 0x1B: state = .escape
    case 0xC2: state = .pair
    // A carriage return alone would let a line be written over.
    case UInt8(ascii: "\n"), UInt8(ascii: "\t"), 0x20...0x7E, 0x80...0xFF: text.append(byte)
    default: break
    }
  }
}
