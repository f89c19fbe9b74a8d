/// A version as numbers: `v1.32.4+k3s1` is 1, 32, 4.
struct VersionNumber: Comparable {
  let parts: [Int]

  /// The version in a text; `nil` where it has no number before its end.
  init?(_ text: some StringProtocol) {
    let numbers = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    parts = numbers.split(separator: ".").compactMap { Int($0) }
    if parts.isEmpty { return nil }
  }

  /// The part at a place; 0 where there is none.
  subscript(index: Int) -> Int { index < parts.count ? parts[index] : 0 }

  static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    for index in 0..<max(left.parts.count, right.parts.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return false
  }

  static func == (left: VersionNumber, right: VersionNumber) -> Bool { !(left < right) && !(right < left) }
}
