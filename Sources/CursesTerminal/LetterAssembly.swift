/// Puts the bytes of UTF-8 together to letters, however late they come.
///
/// What is no UTF-8 is dropped, and never with it what stands behind.
struct LetterAssembly {
  private var bytes: [UInt8] = []
  private var missing = 0

  /// Takes one byte and gives the letter that it completes.
  mutating func add(_ byte: UInt8) -> Unicode.Scalar? {
    if byte & 0xC0 == 0x80, missing > 0 {
      bytes.append(byte)
      missing -= 1
      return missing == 0 ? letter() : nil
    }
    missing = LetterAssembly.followers(of: byte)
    bytes = missing > 0 ? [byte] : []
    return byte < 0x80 ? Unicode.Scalar(byte) : nil
  }

  private mutating func letter() -> Unicode.Scalar? {
    defer { bytes = [] }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return text.unicodeScalars.first
  }

  private static func followers(of byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 1
    case 0xE0...0xEF: 2
    case 0xF0...0xF4: 3
    default: 0
    }
  }
}
