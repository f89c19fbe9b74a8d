import YAML

/// A line with places that chance and time fill: `${2..31}`, `${time}`, `${accessTime}`, `${errorTime}`, `${image}`,
/// `${number}`, `${WORD}`.
struct TextTemplate: Sendable {
  private enum Part: Sendable {
    case text(String)
    case number(ClosedRange<UInt64>)
    case word([String])
    case time
    case accessTime
    case errorTime
    case image
    case lineNumber
  }

  private let parts: [Part]

  /// Reads a template.
  ///
  /// - Parameter words: Lists of texts by the names that places have.
  init(_ node: YAMLNode, words: [String: [String]]) throws(YAMLError) {
    var parts: [Part] = []
    var rest = try node.text()[...]
    while let start = rest.firstRange(of: "${") {
      parts.append(.text(String(rest[..<start.lowerBound])))
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else { throw YAMLError(node.place, "a ${ in this text is not closed") }
      let name = String(rest[..<end])
      guard let part = Self.part(name, words) else {
        let known = ["time", "accessTime", "errorTime", "image", "number", "LEAST..MOST"] + words.keys.sorted()
        throw YAMLError(node.place, unknown: name, of: "place", known: known)
      }
      parts.append(part)
      rest = rest[rest.index(after: end)...]
    }
    self.parts = parts + [.text(String(rest))]
  }

  private static func part(_ name: String, _ words: [String: [String]]) -> Part? {
    switch name {
    case "time": return .time
    case "accessTime": return .accessTime
    case "errorTime": return .errorTime
    case "image": return .image
    case "number": return .lineNumber
    default: break
    }
    if let list = words[name], !list.isEmpty { return .word(list) }
    guard let dots = name.firstRange(of: ".."), let least = UInt64(name[..<dots.lowerBound]),
      let most = UInt64(name[dots.upperBound...]), least <= most, most < .max
    else { return nil }
    return .number(least...most)
  }

  /// The line at a moment, the `number`-th of its log.
  func text(at moment: Moment, image: String, number: Int = 0, _ chance: inout RandomSource) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .number(let range):
        text += String(range.lowerBound + chance.next() % (range.upperBound - range.lowerBound + 1))
      case .word(let words): text += words[Int(chance.next() % UInt64(words.count))]
      case .time: text += moment.text
      case .accessTime: text += moment.textOfAccessLog
      case .errorTime: text += moment.textOfErrorLog
      case .image: text += image
      case .lineNumber: text += String(number)
      }
    }
    return text
  }
}
