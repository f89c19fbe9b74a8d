import Foundation
import Testing

/// A file that was recorded with a real cluster.
func recording(_ path: String) throws -> Any {
  let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(path)")
  return try JSONSerialization.jsonObject(with: Data(contentsOf: url))
}

/// A command of kubectl with what it was seen to answer.
struct RecordedCommand {
  let name: String
  let words: [String]?
  let input: String?
  let exitCode: Int32?
  let output: String
  let errors: String

  init(_ json: [String: Any], name: String = "") {
    self.name = json["step"] as? String ?? name
    words = (json["argv"] as? [String]).map { Array($0.dropFirst()) }
    input = json["stdin"] as? String
    exitCode = (json["exit"] ?? json["rc"]).flatMap { $0 as? Int }.map(Int32.init)
    output = json["stdout"] as? String ?? ""
    errors = json["stderr"] as? String ?? ""
  }
}

extension String {
  /// The text with some words for others.
  func replacing(words: [String: String]) -> String { words.reduce(self) { $0.replacing($1.key, with: $1.value) } }

  /// The text without what differs from moment to moment: times, process numbers and ports.
  var withoutMoments: String {
    replacing(#/E\d{4} [\d:.]+ +\d+/#, with: "E").replacing(#/127\.0\.0\.1:\d+/#, with: "SERVER")
      .replacing(#/\d{4}-\d\d-\d\dT[\d:.]+Z/#, with: "TIME").replacing(#/https?:/#, with: "http:")
  }
}
