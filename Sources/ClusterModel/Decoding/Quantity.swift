/// Kubernetes' notation for amounts: `100m`, `1.5Gi`, `2e3`.
///
/// - SeeAlso: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
public enum Quantity {
  /// The largest amount that is told apart; larger ones are clamped to it.
  public static let largest = 1 << 60

  /// The amount in thousandths, rounded up: millicores of cpu; `nil` for what is no quantity or is negative.
  public static func millicores(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { millicores($0) }
  }

  /// The amount in whole units, rounded up: bytes of memory; `nil` for what is no quantity or is negative.
  public static func units(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { units($0) }
  }

  static func millicores(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    Parsed(bytes)?.scaled(byPowerOfTen: 3)
  }

  static func units(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    Parsed(bytes)?.scaled(byPowerOfTen: 0)
  }

  /// Digits, with the power of ten and of two that they are multiplied by.
  private struct Parsed {
    /// At most 18 digits are kept; the others only round.
    var digits: UInt64 = 0
    var powerOfTen = 0
    var powerOfTwo = 0
    /// Whether digits that were left out make it a little more.
    var isMore = false

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      var index = 0
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      let isNegative = bytes.first == UInt8(ascii: "-")
      var digitCount = 0
      var isFraction = false
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "."), !isFraction {
          isFraction = true
        } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          digitCount += 1
          take(UInt64(byte - UInt8(ascii: "0")), isFraction: isFraction)
        } else {
          break
        }
        index += 1
      }
      guard digitCount > 0, takeSuffix(bytes[index...]) else { return nil }
      if isNegative, digits > 0 || isMore { return nil }
    }

    private mutating func take(_ digit: UInt64, isFraction: Bool) {
      if digits < 100_000_000_000_000_000 {
        digits = digits * 10 + digit
        if isFraction { powerOfTen -= 1 }
      } else {
        if digit > 0 { isMore = true }
        if !isFraction { powerOfTen += 1 }
      }
    }

    private mutating func takeSuffix(_ suffix: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
      guard let first = suffix.first else { return true }
      let second = suffix.dropFirst().first
      if suffix.count == 2, second == UInt8(ascii: "i") {
        guard let step = Self.binary.firstIndex(of: first) else { return false }
        powerOfTwo = 10 * (step + 1)
        return true
      }
      if suffix.count == 1 {
        guard let power = Self.power(first) else { return false }
        powerOfTen += power
        return true
      }
      guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return false }
      return takeExponent(suffix.dropFirst())
    }

    private mutating func takeExponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
      let isNegative = text.first == UInt8(ascii: "-")
      let number = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
      guard !number.isEmpty else { return false }
      var exponent = 0
      for byte in number {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return false }
        exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 10_000)
      }
      powerOfTen += isNegative ? -exponent : exponent
      return true
    }

    /// The letters of the powers of 1,024.
    private static let binary = Array("KMGTPE".utf8)

    private static func power(_ letter: UInt8) -> Int? {
      switch letter {
      case UInt8(ascii: "n"): -9
      case UInt8(ascii: "u"): -6
      case UInt8(ascii: "m"): -3
      case UInt8(ascii: "k"): 3
      case UInt8(ascii: "M"): 6
      case UInt8(ascii: "G"): 9
      case UInt8(ascii: "T"): 12
      case UInt8(ascii: "P"): 15
      case UInt8(ascii: "E"): 18
      default: nil
      }
    }

    /// The amount times a power of ten, rounded up to a whole number.
    func scaled(byPowerOfTen power: Int) -> Int {
      guard digits > 0 else { return 0 }
      var amount = UInt128(digits) << UInt128(powerOfTwo)
      var hasRest = isMore
      for _ in 0..<max(0, powerOfTen + power) {
        guard amount <= UInt128(largest) else { return largest }
        amount *= 10
      }
      for _ in 0..<max(0, -(powerOfTen + power)) {
        guard amount > 0 else { break }
        if amount % 10 != 0 { hasRest = true }
        amount /= 10
      }
      if hasRest { amount += 1 }
      return amount > UInt128(largest) ? largest : Int(amount)
    }
  }
}
