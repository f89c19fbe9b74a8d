import ClusterModel
import YAML

/// Why a profile cannot be used: its file, the place and one sentence.
package struct ProfileProblem: Error, Hashable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let column: Int
  /// What was expected, or what is wrong, without a full stop.
  package let sentence: String

  /// What is wrong at a place of a file, with the nearest word where one is not known.
  init(_ error: YAMLError, file: String) {
    self.file = file
    (line, column) = (error.place.line, error.place.column)
    let near = error.unknownWord.flatMap { nearestWord(to: $0, in: error.knownWords) }
    sentence = error.sentence + (near.map { "; did you mean \"\($0)\"?" } ?? "")
  }

  /// A file that is there and cannot be read.
  init(unreadable file: String) {
    self.file = file
    (line, column) = (1, 1)
    sentence = "this cannot be read: a plain file of at most \(ProfileLimits.bytes >> 10) KiB is expected"
  }

  /// File, place and sentence: `todotop.yaml:12:3: there is no key "nam"`.
  package var description: String { "\(file):\(line):\(column): \(sentence)" }
}

/// How much a profile may hold.
package enum ProfileLimits {
  package static let bytes = 256 << 10
  package static let phases = 20
  package static let checksPerPhase = 100
  package static let words = 64
  package static let textLength = 1_000
  /// Of workloads, hosts, paths of a host, patterns, files of values, images, keys and texts of a parameter.
  package static let listed = 100
  /// The largest number that a parameter may have.
  package static let number = 1_000_000.0

  static let yaml = {
    var limits = YAMLLimits()
    limits.bytes = bytes
    limits.nodes = 20_000
    limits.aliases = 100
    limits.depth = 16
    return limits
  }()
}

extension YAMLNode {
  /// A text of one line that a command, a path or a screen can take.
  func line() throws(YAMLError) -> String {
    let text = try text()
    guard text.count <= ProfileLimits.textLength else {
      throw YAMLError(place, "this text is longer than \(ProfileLimits.textLength) characters")
    }
    if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
      throw YAMLError(place, "this text has a line break or another control character")
    }
    return text
  }

  /// A list with something in it, and not too much.
  func filledList(_ what: String, limit: Int = ProfileLimits.listed) throws(YAMLError) -> [YAMLNode] {
    let list = try elements()
    guard !list.isEmpty else { throw YAMLError(place, "at least one of the \(what) is expected here") }
    guard list.count <= limit else { throw YAMLError(list[limit].place, "there are more than \(limit) \(what)") }
    return list
  }

  /// Lines in a list.
  func lines(_ what: String, limit: Int = ProfileLimits.listed) throws(YAMLError) -> [String] {
    var lines: [String] = []
    for node in try filledList(what, limit: limit) { lines.append(try node.line()) }
    return lines
  }

  /// A name that Kubernetes would allow.
  func objectName(_ what: String) throws(YAMLError) -> String {
    let name = try line()
    guard isObjectName(name) else { throw YAMLError(place, "\"\(name)\" cannot be the name of \(what)") }
    return name
  }

  /// A whole number of a range.
  func integer(_ range: ClosedRange<Int>) throws(YAMLError) -> Int {
    let number = try integer()
    guard range.contains(number) else {
      throw YAMLError(place, "a number from \(range.lowerBound) to \(range.upperBound) is expected here, not \(number)")
    }
    return number
  }
}
