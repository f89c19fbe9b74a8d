import Foundation
import Testing

/// The recorded answers of a real API server, through the whole program.
@Suite struct RecordingTests {
  @Test(arguments: ["todo", "broken"])
  func `columns and sentences are kubectl's`(name: String) throws {
    let folder = "\(repository)/Tests/ClusterModelTests/Fixtures/answers/\(name)"
    let expected = try object("\(folder)/pods.expected.json")
    let now = try #require(expected["now"] as? String)
    let outcome = try todotop(
      "snapshot", "--format", "json", "--now", now, "--from", "\(folder)/pods.json", "--from",
      "\(folder)/workloads.json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let pods = try #require(document["pods"] as? [[String: Any]])
    let rows = try #require(expected["rows"] as? [[String: String]])
    #expect(pods.count == rows.count)
    for row in rows {
      let pod = try #require(pods.first { $0["name"] as? String == row["name"] })
      for column in ["namespace", "ready", "status", "restarts", "age"] {
        #expect(pod[column] as? String == row[column], "\(column) of \(row["name"] ?? "")")
      }
    }
    let workloads = try #require(document["workloads"] as? [[String: Any]])
    let sentences = try array("\(folder)/workloads.expected.json")
    for sentence in sentences {
      let workload = try #require(
        workloads.first {
          $0["name"] as? String == sentence["name"] as? String && $0["kind"] as? String == sentence["kind"] as? String
        })
      let words = "\(sentence["stdout"] ?? "")\(sentence["stderr"] ?? "")".trimmingCharacters(
        in: .whitespacesAndNewlines)
      #expect(workload["rolloutStatus"] as? String == words.replacing("error: ", with: ""))
    }
  }

  private var repository: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  }

  private func object(_ path: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any])
  }

  private func array(_ path: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [[String: Any]])
  }
}
