/// What a text that is not JSON looks like, for people.
enum TextLooks {
  /// How many characters of a line are repeated.
  static let lineLimit = 80

  /// `nothing`, `an HTML page`, `cut off in the middle`, `damaged`, or plain text with its first line.
  static func description(of bytes: UnsafeRawBufferPointer) -> String {
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let start = bytes.firstIndex(where: { !spaces.contains($0) }) else { return "nothing" }
    let text = bytes[start...]
    switch text.first {
    case UInt8(ascii: "<"): return firstLine(text).lowercased().contains("html") ? "an HTML page" : "markup"
    case UInt8(ascii: "{"), UInt8(ascii: "["): return isCutOff(text) ? "cut off in the middle" : "damaged"
    default: return "plain text: \(firstLine(text))"
    }
  }

  private static func firstLine(_ text: Slice<UnsafeRawBufferPointer>) -> String {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }.prefix(lineLimit * 4)
    // Control characters would reach a terminal with the message.
    let clean = String(decoding: line, as: UTF8.self).unicodeScalars.map {
      $0.properties.generalCategory == .control ? " " : Character($0)
    }
    return clean.count > lineLimit ? String(clean.prefix(lineLimit - 1)) + "…" : String(clean)
  }

  /// Whether brackets or a string are still open at the end.
  private static func isCutOff(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in text {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return isInString || depth > 0
  }
}
