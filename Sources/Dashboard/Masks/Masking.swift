import CellScreen
import ClusterModel

/// Hides hosts, addresses and names in everything that is drawn.
///
/// It changes text at the one place that all text passes, `Canvas.write`, before the text is cut to its column: so no panel
/// or view can forget it, and no beginning of a name stays before an `…`. What replaces a name is as wide as the name, so
/// nothing moves. Names are known from the snapshot; hosts and addresses also by their looks, as logs are full of others.
/// Where nothing is hidden it costs nothing; else as much as the text that is on the screen.
package struct Masking: Sendable {
  /// How many names are remembered.
  ///
  /// Beyond that a new pod is still known by the name of its workload, which it begins with.
  package static let wordLimit = 400_000
  /// How many names that are no plain words, such as `user@cluster`, are remembered.
  package static let phraseLimit = 200

  /// What is hidden now.
  package private(set) var mask: Mask = []
  /// In lower case.
  private var words: Set<String> = []
  /// Names that are not made of letters, digits, dots and dashes alone, longest first.
  private var phrases: [String] = []

  /// How many names are remembered; for tests of work done.
  package var learned: Int { words.count + phrases.count }

  /// Hides nothing.
  init() {}

  /// Hides these parts of what is known; names that were learned before are forgotten.
  mutating func hide(_ mask: Mask) {
    self = Masking()
    self.mask = mask
  }

  /// Remembers a name that must not be seen.
  mutating func learn(_ name: String) {
    guard name.utf8.count > 1 else { return }
    if name.utf8.allSatisfy(\.isNamePart) {
      if words.count < Self.wordLimit { words.insert(name.lowercased()) }
    } else if !phrases.contains(name), phrases.count < Self.phraseLimit {
      phrases.append(name)
      phrases.sort { $0.utf8.count > $1.utf8.count }
    }
  }

  /// A line with other names in it, as wide as before.
  func masked(_ spans: [Span]) -> [Span] {
    mask.isEmpty ? spans : spans.map { Span(masked($0.text), $0.style) }
  }

  /// The text with other names in it, as wide as before.
  func masked(_ text: String) -> String {
    guard !mask.isEmpty else { return text }
    var text = text
    for phrase in phrases where text.contains(phrase) {
      text = text.replacing(phrase, with: Self.covered(phrase))
    }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8)
    var index = 0
    while index < bytes.count {
      if mask.contains(.addresses), let end = endOfAddress6(bytes, index) {
        result += Self.dotted(bytes[index..<end])
        index = end
      } else if mask.contains(.names), let end = endOfUser(bytes, index) {
        result += bytes[index..<index + Self.userMark.count] + pseudonym(of: bytes[index + Self.userMark.count..<end])
        index = end
      } else if bytes[index].isNamePart {
        let end = bytes[index...].firstIndex { !$0.isNamePart } ?? bytes.count
        result += masked(bytes[index..<end])
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A run of letters, digits, dots, dashes and underscores, as it may be seen.
  private func masked(_ token: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard token.count > 1 else { return token }
    if mask.contains(.addresses), token.contains(46), token.split(separator: 45).contains(where: \.isAddress4) {
      return Self.dotted(token)[...]
    }
    return isHidden(token) ? pseudonym(of: token)[...] : token
  }

  private func isHidden(_ token: ArraySlice<UInt8>) -> Bool {
    if mask.contains(.hosts), token.looksLikeHost { return true }
    guard !words.isEmpty else { return false }
    let lower = token.map(\.lowercased)
    if isKnown(lower[...]) { return true }
    // The beginning up to any separator: a pod that is gone is known by its workload. And any part: `sh.release.v1.todo`.
    var start = 0
    for (index, byte) in lower.enumerated() where !byte.isASCIILetter && !byte.isASCIIDigit {
      if isKnown(lower[..<index]) || isKnown(lower[start..<index]) { return true }
      start = index + 1
    }
    return start > 0 && isKnown(lower[start...])
  }

  private func isKnown(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count > 1 && words.contains(String(decoding: bytes, as: UTF8.self))
  }

  /// An address, or a name that is no plain word: its shape stays, its signs do not.
  private static func dotted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.flatMap { $0.isASCIIDigit || $0.isASCIILetter ? Array("•".utf8) : [$0] }
  }

  private static func covered(_ phrase: String) -> String {
    guard phrase.utf8.allSatisfy({ $0 < 0x80 && $0 >= 0x20 }) else {
      return String(repeating: "•", count: TextWidth.columns(of: phrase))
    }
    return String(decoding: pseudonym(of: phrase.utf8), as: UTF8.self)
  }
}

extension Masking {
  private static let userMark = Array("User \"".utf8)

  /// The end of a user's name where `User "` begins, as the API server writes it.
  private func endOfUser(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard bytes[start] == 85, bytes[start...].starts(with: Self.userMark) else { return nil }
    return bytes[(start + Self.userMark.count)...].firstIndex(of: 34)
  }

  /// The end of an IPv6 address that begins here: eight groups, or fewer around `::`.
  private func endOfAddress6(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard bytes[start].isHexOrColon, start == 0 || !bytes[start - 1].isNamePart && bytes[start - 1] != 58 else {
      return nil
    }
    let end = bytes[start...].firstIndex { !$0.isHexOrColon } ?? bytes.count
    let run = bytes[start..<end]
    guard run.count > 2, run.contains(58), end == bytes.count || !bytes[end].isASCIILetter else { return nil }
    let isShort = zip(run, run.dropFirst()).contains { $0 == 58 && $1 == 58 }
    return isShort || run.count { $0 == 58 } == 7 ? end : nil
  }
}

extension UInt8 {
  /// Letters, digits, `-`, `.` and `_`.
  fileprivate var isNamePart: Bool { isASCIILetter || isASCIIDigit || self == 45 || self == 46 || self == 95 }
  fileprivate var isHexOrColon: Bool { isASCIIDigit || (97...102).contains(self | 32) || self == 58 }
}

extension ArraySlice<UInt8> {
  /// Four numbers with dots between.
  fileprivate var isAddress4: Bool {
    let parts = split(separator: 46)
    return parts.count == 4 && parts.allSatisfy { $0.count <= 3 && $0.allSatisfy(\.isASCIIDigit) }
  }

  /// Whether it has a dot and a last part of letters, as host names have; kinds of the Kubernetes API have them too.
  fileprivate var looksLikeHost: Bool {
    let labels = split(separator: 46)
    guard labels.count > 1, let last = labels.last, last.count > 1, last.allSatisfy(\.isASCIILetter),
      labels.allSatisfy({ $0.contains(where: \.isASCIILetter) || $0.allSatisfy(\.isASCIIDigit) })
    else { return false }
    let text = String(decoding: self, as: UTF8.self)
    return !text.hasSuffix("k8s.io") && !text.hasSuffix("kubernetes.io") && !apiKinds.contains(text)
  }
}

private let apiKinds = Set(ResourceKind.allCases.map(\.qualifiedResource))
