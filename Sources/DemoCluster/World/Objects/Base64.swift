/// Base64 as the API uses it: for URLs without padding, elsewhere with it.
enum Base64 {
  private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
  private static let forURLs = characters + Array("-_".utf8)
  private static let standard = characters + Array("+/".utf8)

  /// The text for URLs, without padding.
  static func text(_ bytes: [UInt8]) -> String { String(decoding: encoded(bytes, forURLs), as: UTF8.self) }

  /// The text of the standard alphabet, padded.
  static func paddedText(_ bytes: some Sequence<UInt8>) -> String {
    var text = encoded(Array(bytes), standard)
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func encoded(_ bytes: [UInt8], _ alphabet: [UInt8]) -> [UInt8] {
    var characters: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0...group.count { characters.append(alphabet[bits >> (18 - 6 * index) & 63]) }
    }
    return characters
  }

  /// Reads either form; `nil` for other characters.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let value = forURLs.firstIndex(of: character) ?? standard.firstIndex(of: character) else { return nil }
      bits = (bits << 6 | value) & 0xFFFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
