/// The text without what looks like a secret: passwords in URLs, values of keys that name secrets, JWT-shaped words.
///
/// Text that holds none comes back as it is, after one look at its bytes.
package func redacted(_ text: String) -> String {
  guard mayHoldSecret(text) else { return text }
  var result = text.replacing(urlPassword) { "\($0.output.1)•••@" }
  result = result.replacing(namedSecret) { "\($0.output.1)•••" }
  return result.replacing(webToken) { _ in "•••" }
}

/// Every secret that is looked for has one of these in it or before it; in lower case.
private let signs: [[UInt8]] = ["://", "key", "secret", "token", "password", "eyj"].map { Array($0.utf8) }

private func mayHoldSecret(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    bytes.indices.contains { start in signs.contains { isSign($0, at: start, in: bytes) } }
  }
}

/// Whether a sign stands at a place; upper and lower case of ASCII letters count as one.
private func isSign(_ sign: [UInt8], at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard lowerCase(bytes[start]) == sign[0], bytes.count - start >= sign.count else { return false }
  return sign.indices.allSatisfy { lowerCase(bytes[start + $0]) == sign[$0] }
}

private func lowerCase(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }

// Regular expressions are not Sendable; these are never changed.
nonisolated(unsafe) private let urlPassword = /([A-Za-z][A-Za-z0-9+.\-]*:\/\/[^\s:@\/]*:)[^\s@\/]+@/
nonisolated(unsafe) private let namedSecret =
  /([A-Za-z0-9_\-]*(?:_KEY|_SECRET|_TOKEN|PASSWORD)[A-Za-z0-9_]*["']?\s*[=:]\s*["']?)[^\s"',;&]+/.ignoresCase()
nonisolated(unsafe) private let webToken = /eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*/
