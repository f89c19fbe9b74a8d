import ClusterModel
import Foundation
import JSON
import Testing

/// What is said of a pod that is not fine helps whoever has to repair it.
@Suite struct FindingTests {
  @Test func `every sick recorded pod has the expected headline, and no healthy one has any`() throws {
    var told: [String] = []
    for folder in ["broken", "todo"] {
      let snapshot = try Recordings.snapshot(folder)
      let now = try Recordings.now(folder)
      for summary in snapshot.podSummaries() {
        let headline = summary.headline(at: now)
        #expect(headline.count <= Finding.headlineLimit)
        #expect(headline.isEmpty == (summary.health(at: now) != .bad), "\(summary.key.name)")
        #expect(snapshot.findings(ofPod: summary.key, at: now).first?.headline ?? "" == headline)
        if !headline.isEmpty { told.append("\(summary.key.name): \(headline)") }
      }
    }
    let text = told.joined(separator: "\n")
    #expect(text == (try expected("findings.expected.txt")), "told:\n\(text)")
  }

  @Test func `every workload that is not fine says why`() throws {
    var told: [String] = []
    for folder in ["broken", "todo"] {
      let now = try Recordings.now(folder)
      for row in try Recordings.snapshot(folder).workloads(at: now) where row.finding != nil {
        told.append("\(row.key.kind.kindName) \(row.key.name) \(row.health): \(row.headline)")
      }
    }
    let text = told.joined(separator: "\n")
    #expect(text == (try expected("workload-findings.expected.txt")), "told:\n\(text)")
  }

  func expected(_ name: String) throws -> String {
    let text = String(decoding: try Recordings.bytes("answers/broken/\(name)"), as: UTF8.self)
    return text.trimmingCharacters(in: .newlines)
  }
}
