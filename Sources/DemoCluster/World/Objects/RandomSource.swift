/// A reproducible source of random numbers (SplitMix64) and of the names Kubernetes makes from them.
struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A source whose sequence depends on the seed alone.
  init(seed: UInt64) { state = seed }

  /// The next number of the sequence.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number from 0 up to but not including 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// A number between two bounds.
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * fraction() }

  /// A random UUID in lower case.
  mutating func uid() -> String {
    var digits = Self.hexadecimal(next(), 16) + Self.hexadecimal(next(), 16)
    for offset in [20, 16, 12, 8] { digits.insert("-", at: digits.index(digits.startIndex, offsetBy: offset)) }
    return digits
  }

  /// A suffix as `generateName` makes it: no vowels, no digits that look like letters.
  mutating func suffix(_ length: Int) -> String {
    String((0..<length).map { _ in Self.alphabet[Int(next() % UInt64(Self.alphabet.count))] })
  }

  /// Random hexadecimal digits in lower case.
  mutating func hexadecimal(_ length: Int) -> String {
    var digits = ""
    while digits.count < length { digits += Self.hexadecimal(next(), 16) }
    return String(digits.prefix(length))
  }

  /// The safe alphabet of Kubernetes names.
  static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// A hash of bytes that is the same in every run (FNV-1a, mixed).
  static func hash(_ text: String) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(value)
  }

  /// A fraction from 0 to 1 that depends only on the two numbers.
  static func fraction(_ seed: UInt64, _ index: Int) -> Double {
    Double(mix(seed ^ (UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15)) >> 11) / Double(1 << 53)
  }

  static func hexadecimal(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func mix(_ input: UInt64) -> UInt64 {
    var value = input
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
