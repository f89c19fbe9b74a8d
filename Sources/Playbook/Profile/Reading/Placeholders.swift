import YAML

/// What stands for a part of the sources in a profile: `${chart}`, `${backend.image}`.
///
/// A placeholder is replaced inside the word it stands in; a word never becomes two. `$${` stands for `${` itself.
enum Placeholders {
  /// The parts of an image.
  static let imageParts = ["name", "image", "dockerfile", "context"]
  private static let common = ["chart", "release", "namespace", "values", "manifests", "host", "secret"]

  /// The names that a check may use.
  static func known(images: [String], isForEachImage: Bool) -> [String] {
    common + (images + (isForEachImage ? ["image"] : [])).flatMap { image in imageParts.map { "\(image).\($0)" } }
  }

  /// Refuses a placeholder that does not exist.
  static func check(_ text: String, at place: YAMLPlace, known: [String]) throws(YAMLError) {
    for piece in try pieces(of: text, at: place) {
      guard case .placeholder(let name) = piece, !known.contains(name) else { continue }
      throw YAMLError(place, unknown: name, of: "placeholder", known: known)
    }
  }

  /// The text with what its placeholders stand for; `nil` where one stands for nothing.
  static func filled(_ text: String, _ values: [String: String]) -> String? {
    guard let pieces = try? pieces(of: text, at: YAMLPlace(line: 1, column: 1)) else { return text }
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .placeholder(let name):
        guard let value = values[name] else { return nil }
        result += value
      }
    }
    return result
  }

  /// The text as it must be written so that nothing in it is a placeholder.
  static func escaped(_ text: String) -> String { text.replacing("${", with: "$${") }

  private enum Piece {
    case text(String)
    case placeholder(String)
  }

  private static func pieces(of text: String, at place: YAMLPlace) throws(YAMLError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      if start.lowerBound > rest.startIndex, rest[rest.index(before: start.lowerBound)] == "$" {
        pieces.append(.text(rest[..<start.lowerBound].dropLast() + "${"))
        rest = rest[start.upperBound...]
        continue
      }
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw YAMLError(
          place, "the placeholder \"\(rest[start.lowerBound...].prefix(40))\" has no end; write $${ for ${ itself")
      }
      pieces.append(.text(String(rest[..<start.lowerBound])))
      pieces.append(.placeholder(String(rest[start.upperBound..<end])))
      rest = rest[rest.index(after: end)...]
    }
    return pieces + [.text(String(rest))]
  }
}
