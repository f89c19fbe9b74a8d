import CRegex
import ClusterModel

/// A text that is looked for: a regular expression, or its bytes where the text says nothing else.
///
/// Upper and lower case of ASCII letters count as one.
package struct TextPattern: Sendable {
  private enum Matcher: Sendable {
    case literal([UInt8])
    case expression(CompiledExpression)
  }

  private let matcher: Matcher

  /// What is wrong with a pattern: where in it, in characters, and in a few words.
  struct Mistake: Error {
    var offset: Int
    var words: String
  }

  /// A pattern as typed.
  init(_ text: String) throws(Mistake) {
    if text.utf8.contains(where: Self.isMeta) {
      matcher = .expression(try CompiledExpression(text))
    } else {
      matcher = .literal(text.utf8.map(\.lowercased))
    }
  }

  /// Whether its bytes say what it means.
  var isLiteral: Bool { if case .literal = matcher { true } else { false } }

  private static func isMeta(_ byte: UInt8) -> Bool { metaBytes.contains(byte) }
  private static let metaBytes = Set("\\.[](){}*+?^$|".utf8)

  /// Whether the pattern is found in the text; lines of it count as texts of their own.
  ///
  /// Looks at the bytes where they are: a key is pressed and thousands of rows wait for the answer.
  func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch matcher {
    case .literal(let needle): needle.withUnsafeBufferPointer { Self.contains(bytes, $0) }
    case .expression(let expression): expression.matches(bytes)
    }
  }

  /// Whether the pattern is found in the text.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  /// Where the pattern is found first in the bytes; `nil` where it is not.
  func range(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    switch matcher {
    case .literal(let needle):
      let start = needle.withUnsafeBufferPointer { Self.find($0, in: bytes) }
      return start.map { $0..<$0 + needle.count }
    case .expression(let expression): return expression.range(in: bytes)
    }
  }

  fileprivate static func contains(_ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
    find(needle, in: text) != nil
  }

  private static func find(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let needleBase = needle.baseAddress else { return 0 }
    guard let base = text.baseAddress else { return needle.isEmpty ? 0 : nil }
    let found = base.withMemoryRebound(to: CChar.self, capacity: text.count) { bytes in
      needleBase.withMemoryRebound(to: CChar.self, capacity: needle.count) {
        cr_find_literal(bytes, text.count, $0, needle.count)
      }
    }
    return found < 0 ? nil : found
  }
}

extension String {
  /// Whether the bytes of a text in lower case are in it; upper and lower case of ASCII letters count as one.
  func containsFolded(_ needle: [UInt8]) -> Bool {
    var text = self
    return text.withUTF8 { bytes in needle.withUnsafeBufferPointer { TextPattern.contains(bytes, $0) } }
  }
}

/// A regular expression of the C library.
///
/// A class, because somebody must give its memory back; it never changes, and the C library lets threads share it.
private final class CompiledExpression: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(_ text: String) throws(TextPattern.Mistake) {
    if let mistake = Self.danger(in: text) { throw mistake }
    var mistake = cr_fine
    guard let pointer = cr_compile(text, &mistake) else {
      throw TextPattern.Mistake(offset: text.count, words: Self.words(mistake))
    }
    self.pointer = pointer
  }

  deinit { cr_free(pointer) }

  func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return cr_matches(pointer, "", 0) != 0 }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      cr_matches(pointer, $0, bytes.count) != 0
    }
  }

  func range(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard let base = bytes.baseAddress else { return nil }
    var (start, length) = (0, 0)
    let isFound = base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      cr_find(pointer, $0, bytes.count, &start, &length) != 0
    }
    return isFound ? start..<start + length : nil
  }

  private static func words(_ mistake: cr_mistake) -> String {
    switch mistake {
    case cr_missing_parenthesis: "missing )"
    case cr_missing_bracket: "missing ]"
    case cr_missing_brace: "missing }"
    case cr_nothing_to_repeat: "nothing to repeat"
    case cr_bad_range: "a range that ends before it begins"
    case cr_bad_escape: "nothing after \\"
    case cr_too_large: "an expression that is too large"
    default: "no regular expression"
    }
  }

  /// How often parts may be repeated by counts in all; the C library copies them as often.
  private static let repeatsMax = 1_000

  /// What the C library would take minutes or gigabytes for: large counts, and references back.
  private static func danger(in text: String) -> TextPattern.Mistake? {
    var repeats = 1
    var isEscaped = false
    var number: Int?
    for (offset, character) in text.enumerated() {
      if isEscaped, character.isNumber {
        return TextPattern.Mistake(offset: offset, words: "a reference back, which is not supported,")
      }
      let wasEscaped = isEscaped
      isEscaped = !isEscaped && character == "\\"
      if character == "+", !wasEscaped {
        // The C library copies what is repeated, so each stacked one doubles it.
        repeats = min(repeats * 2, repeatsMax + 1)
      } else if character == "{" {
        number = 0
      } else if let digit = character.wholeNumberValue, let old = number {
        number = min(old * 10 + digit, repeatsMax + 1)
      } else if let count = number, character == "}" || character == "," {
        repeats = min(repeats * max(1, character == "," ? count + 1 : count), repeatsMax + 1)
        number = character == "," ? 0 : nil
      }
      if repeats > repeatsMax { return TextPattern.Mistake(offset: offset, words: "too many repeats") }
    }
    return nil
  }
}
