extension Terminal {
  /// A terminal takes no more than this at once; xterm's limit is larger, in bytes.
  static let clipboardBytesMax = 4_096

  /// Gives a text to the terminal's clipboard (OSC 52); terminals that do not allow it ignore it.
  ///
  /// Types that know neither mouse nor paste marks would print it, so they are not given it.
  package func copy(_ text: String) {
    guard !isClosed, !isSuspended, hasMouse else { return }
    output.add("\u{1B}]52;c;\(Terminal.base64(Array(text.utf8.prefix(Terminal.clipboardBytesMax))))\u{07}")
    output.flush()
  }

  /// Bytes in the alphabet of RFC 4648; this target has no Foundation.
  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 { text.append(index <= group.count ? letters[bits >> (18 - 6 * index) & 63] : "=") }
    }
    return text
  }
}
