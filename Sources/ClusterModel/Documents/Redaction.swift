/// The text without what looks like a secret: passwords in URLs, values of keys that name secrets, JWT-shaped words.
///
/// Text that holds none comes back as it is, after one look at its bytes.
package func redacted(_ text: String) -> String {
  guard mayHoldSecret(text) else { return text }
  var result = text.replacing(urlPassword) { "\($0.output.1)•••@" }
  result = result.replacing(namedSecret) { "\($0.output.1)•••" }
  return result.replacing(webToken) { _ in "•••" }
}

/// Whether there is what every secret that is looked for has in it or before it; in lower or upper case.
private func mayHoldSecret(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    bytes.indices.contains { start in
      switch bytes[start] | 0x20 {
      case UInt8(ascii: ":"): has("://", at: start, in: bytes)
      case UInt8(ascii: "k"): has("key", at: start, in: bytes)
      case UInt8(ascii: "s"): has("secret", at: start, in: bytes)
      case UInt8(ascii: "t"): has("token", at: start, in: bytes)
      case UInt8(ascii: "p"): has("password", at: start, in: bytes)
      case UInt8(ascii: "e"): has("eyj", at: start, in: bytes)
      default: false
      }
    }
  }
}

/// Whether a word stands at a place; the word is in lower case.
private func has(_ word: StaticString, at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  let count = word.utf8CodeUnitCount
  guard bytes.count - start >= count else { return false }
  return (0..<count).allSatisfy { lowerCase(bytes[start + $0]) == word.utf8Start[$0] }
}

private func lowerCase(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }

// Regular expressions are not Sendable; these are never changed.
nonisolated(unsafe) private let urlPassword = /([A-Za-z][A-Za-z0-9+.\-]*:\/\/[^\s:@\/]*:)[^\s@\/]+@/
nonisolated(unsafe) private let namedSecret =
  /([A-Za-z0-9_\-]*(?:_KEY|_SECRET|_TOKEN|PASSWORD)[A-Za-z0-9_]*["']?\s*[=:]\s*["']?)[^\s"',;&]+/.ignoresCase()
nonisolated(unsafe) private let webToken = /eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*/
