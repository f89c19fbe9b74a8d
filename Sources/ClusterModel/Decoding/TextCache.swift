/// Strings that occur again and again in the API's answers, each kept once.
///
/// A class, because every part of a decoder writes to the same cache while the document is lent out.
final class TextCache {
  /// How many strings are kept.
  static let slotCount = 1 << 13
  /// The longest string that is kept, in bytes; longer ones are messages, which hardly repeat.
  static let longestKept = 160
  /// The longest string that needs no memory of its own.
  private static let longestInline = 15

  private var slots = [String](repeating: "", count: slotCount)

  /// The string of some bytes of UTF-8.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.count > Self.longestInline, bytes.count <= Self.longestKept else {
      return String(decoding: bytes, as: UTF8.self)
    }
    // One place for each string: a newer one with the same place drives the older out, which bounds the cache.
    let slot = Int(truncatingIfNeeded: Self.hash(bytes) & UInt64(Self.slotCount - 1))
    if Self.isEqual(&slots[slot], bytes) { return slots[slot] }
    let text = String(decoding: bytes, as: UTF8.self)
    slots[slot] = text
    return text
  }

  /// The kept string equal to `text`.
  func text(_ text: String) -> String {
    guard text.utf8.count > Self.longestInline else { return text }
    var text = text
    return text.withUTF8 { self.text($0) }
  }

  private static func isEqual(_ text: inout String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.utf8.count == bytes.count else { return false }
    return text.withUTF8 { kept in
      let (left, right) = (UnsafeRawBufferPointer(kept), UnsafeRawBufferPointer(bytes))
      var index = 0
      while index + 8 <= left.count {
        let words = (
          left.loadUnaligned(fromByteOffset: index, as: UInt64.self),
          right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        )
        if words.0 != words.1 { return false }
        index += 8
      }
      while index < left.count {
        if left[index] != right[index] { return false }
        index += 1
      }
      return true
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: raw.count)
    var index = 0
    while index + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      index += 8
    }
    while index < raw.count {
      hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    return hash ^ (hash >> 32)
  }
}
