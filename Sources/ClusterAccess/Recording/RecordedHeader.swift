import ClusterModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The first line of a recorded session: what it is, and of what.
package struct RecordedHeader: Codable, Hashable, Sendable {
  /// The format that this program writes and reads; another one is another number.
  package static let format = 1
  /// What every recording begins with, whatever its format.
  static let sign = Array("{\"TodoTop recording\":".utf8)
  /// A longer first line is none.
  static let maximumBytes = 64 << 10

  /// The number of the format.
  package var format = RecordedHeader.format
  /// The version of the program that recorded.
  package var program: String
  /// What the screen was called.
  package var title: String
  package var context: String
  package var namespace: String?
  package var startedAt: Timestamp
  /// Whether it was the demo cluster.
  package var isDemo: Bool

  // Members are written in the order of the alphabet, so that this one is the first.
  private enum CodingKeys: String, CodingKey {
    case format = "TodoTop recording"
    case program, title, context, namespace, startedAt, isDemo
  }

  /// A header of the present format.
  package init(
    program: String, title: String, context: String, namespace: String?, startedAt: Timestamp, isDemo: Bool
  ) {
    (self.program, self.title, self.context) = (program, title, context)
    (self.namespace, self.startedAt, self.isDemo) = (namespace, startedAt, isDemo)
  }

  /// The line that is written, with its end.
  package func line() throws -> [UInt8] { try recordedLine(self) }

  /// Whether a file begins as a recorded session does, so that it is no dump of objects.
  package static func begins(_ path: String) -> Bool {
    guard path != "-", let file = try? RecordingFile(path) else { return false }
    return file.bytes(from: 0, count: sign.count) == sign
  }

  /// Reads the first line.
  ///
  /// - Throws: ``AccessProblem`` that says in a sentence what the file is instead.
  init(_ line: ArraySlice<UInt8>, isWhole: Bool, of path: String) throws(AccessProblem) {
    guard !line.isEmpty else { throw Self.problem(path, "is empty") }
    guard isWhole else {
      let isBegun = line.starts(with: Self.sign) || Self.sign.starts(with: line)
      throw Self.problem(path, isBegun ? "is cut off in its first line: there is nothing to play" : "is no recording")
    }
    guard line.starts(with: Self.sign) else { throw Self.problem(path, "is no recording") }
    struct Format: Decodable {
      let format: Int
      enum CodingKeys: String, CodingKey { case format = "TodoTop recording" }
    }
    let data = Data(line)
    let format = try? JSONDecoder().decode(Format.self, from: data).format
    guard format == Self.format else {
      let other = format.map(String.init) ?? "that is no number"
      throw AccessProblem(
        .unreadableFile, "\(path) is a recording of format \(other), and this program reads format \(Self.format)",
        nextStep: "play it with the todotop that recorded it")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: data)
    } catch {
      throw Self.problem(path, "has a first line that cannot be read")
    }
  }

  private static func problem(_ path: String, _ words: String) -> AccessProblem {
    AccessProblem(.unreadableFile, "\(path) \(words)", nextStep: "a file that todotop record wrote is expected")
  }
}

/// A value as one line of a recording, with its end.
func recordedLine(_ value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  var line = Array(try encoder.encode(value))
  line.append(UInt8(ascii: "\n"))
  return line
}
