/// Makes lines of bytes as they come; whatever they are, each line is bounded.
struct LineGatherer {
  private var bytes: [UInt8] = []
  /// Whether the rest of a line that was too long is passed over.
  private var isSkipping = false

  /// The longest line, in bytes.
  static let maximumBytes = 4_096

  /// Takes some bytes and hands over each line that is whole; a carriage return ends one too, as progress bars write it.
  mutating func take(_ more: UnsafeRawBufferPointer, _ body: (String) -> Void) {
    for byte in more {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if !bytes.isEmpty || byte == UInt8(ascii: "\n"), !isSkipping { end(body) }
        isSkipping = false
      } else if !isSkipping {
        bytes.append(byte)
        if bytes.count >= Self.maximumBytes {
          end(body, sign: " … cut")
          isSkipping = true
        }
      }
    }
  }

  /// Hands over a last line without an end.
  mutating func finish(_ body: (String) -> Void) { if !bytes.isEmpty { end(body) } }

  private mutating func end(_ body: (String) -> Void, sign: String = "") {
    body(String(decoding: bytes, as: UTF8.self) + sign)
    bytes.removeAll(keepingCapacity: true)
  }
}
