/// The line that is typed at a terminal: it is shown while it grows, and handed over when it ends.
struct TerminalLine {
  /// The longest line, in bytes; further keys are ignored.
  static let limit = 4096

  /// What a key brings about.
  enum Key: Equatable {
    case echo([UInt8])
    case line([UInt8])
    case interrupt
    case endOfInput
  }

  private var typed: [UInt8] = []

  /// Takes one byte from the keyboard.
  mutating func type(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D, 0x0A:
      defer { typed = [] }
      return .line(typed)
    case 0x03:
      typed = []
      return .interrupt
    case 0x04: return typed.isEmpty ? .endOfInput : nil
    case 0x7F, 0x08:
      guard !typed.isEmpty else { return nil }
      // A character of several bytes goes as a whole.
      while let last = typed.popLast(), last & 0xC0 == 0x80 {}
      return .echo(Array("\u{8} \u{8}".utf8))
    case 0x20..., 0x09:
      guard typed.count < Self.limit else { return nil }
      typed.append(byte)
      return .echo([byte])
    default: return nil
    }
  }
}
