import ClusterModel

/// A name in place of another: as many characters, the same separators, always the same for the same.
///
/// Each part between separators has a pseudonym of its own, so that pods still look like their workload, and a host like
/// its application. It hides names from the eyes of an audience; it is no encryption.
func pseudonym(of name: some Sequence<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  var part: [UInt8] = []
  for byte in name {
    if byte.isASCIILetter || byte.isASCIIDigit {
      part.append(byte)
    } else {
      result += pseudonym(ofPart: part)
      part = []
      result.append(byte)
    }
  }
  return result + pseudonym(ofPart: part)
}

private func pseudonym(ofPart part: [UInt8]) -> [UInt8] {
  let lower = part.map(\.lowercased)
  let stem = lower.prefix { $0.isASCIILetter }
  let number = lower.dropFirst(stem.count)
  let isWord =
    number.allSatisfy(\.isASCIIDigit) && number.count <= 3 && (stem.contains(where: \.isVowel) || stem.count < 4)
  let alias = isWord ? word(for: stem) + number.map(\.otherDigit) : code(for: lower)
  return zip(part, alias).map { $0.isASCIIUppercase ? $1 - 32 : $1 }
}

/// Syllables: a word that can be said aloud on a stage.
private func word(for stem: ArraySlice<UInt8>) -> [UInt8] {
  var bits = hash(of: stem)
  var isVowel = bits.next() % 4 == 0
  let alias = stem.map { _ in
    defer { isVowel.toggle() }
    let letters = isVowel ? vowels : consonants
    return letters[Int(bits.next() % UInt64(letters.count))]
  }
  return alias.elementsEqual(stem) ? alias.reversed() : alias
}

/// Letters and digits as Kubernetes makes them up: a code stays a code.
private func code(for part: [UInt8]) -> [UInt8] {
  var bits = hash(of: part[...])
  return part.map { byte in
    // Digits alone stay apart from each other: the ordinals of a StatefulSet.
    if part.allSatisfy(\.isASCIIDigit) { return byte.otherDigit }
    return codeLetters[Int(bits.next() % UInt64(codeLetters.count))]
  }
}

private let vowels = Array("aeiou".utf8)
private let consonants = Array("bdfgklmnprstvz".utf8)
private let codeLetters = Array("bcdfghjklmnpqrstvwxz2456789".utf8)

/// Numbers that depend on a text alone: FNV-1a, then a linear congruence.
private func hash(of part: ArraySlice<UInt8>) -> HashBits {
  HashBits(state: part.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
}

private struct HashBits {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}

extension UInt8 {
  fileprivate var isVowel: Bool { vowels.contains(self) }
  /// Another digit, a different one for each.
  fileprivate var otherDigit: UInt8 { 48 + ((self - 48) * 3 + 7) % 10 }
}
