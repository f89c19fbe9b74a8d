import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillRecordTests {
  private func record(_ kind: DrillKind) throws -> DrillRecord {
    let cluster = TestCluster()
    return try DrillRig.record(DrillRig.plan(kind, in: cluster, named: nil), at: cluster.now)
  }

  @Test(arguments: DrillKind.all.map(\.id).filter { $0 != "D26" })
  func `a record is read as it was written`(id: String) throws {
    let record = try record(try #require(DrillKind.named(id)))
    #expect(!record.line.contains("\n"))
    #expect(try DrillRecord(line: record.line).line == record.line)
  }

  @Test(arguments: [
    ("\"v\":1", "\"v\":2", "version"), ("\"drill\":\"D14\"", "\"drill\":\"D99\"", "not known"),
    ("\"state\":\"PLANNED\"", "\"state\":\"X\"", "state"), ("\"limitSeconds\":120", "\"limitSeconds\":0", "limit"),
    ("\"namespace\":\"todo\"", "\"namespace\":\"kube-system;\"", "namespace"),
    ("\"kind\":\"Deployment\"", "\"kind\":\"ClusterRole\"", "do not change"),
    ("/spec/template/spec/containers/0/image", "/metadata/ownerReferences", "do not change"),
    ("0c1d2e3f-0000-4000-8000-00000000cafe", "", "cluster"),
  ])
  func `a record that was tampered with is not believed`(old: String, new: String, word: String) throws {
    let line = try record(.badImage).line.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    do throws(RecordProblem) {
      _ = try DrillRecord(line: line)
      Issue.record("it is believed: \(line)")
    } catch {
      #expect(error.sentence.contains(word), "\(error.sentence)")
    }
  }

  @Test(arguments: ["", "{", "null", "[]", "{\"v\":1}", "\u{0}", "{\"v\":1,\"drill\":7}"])
  func `what is no record is said to be none`(line: String) {
    #expect(throws: RecordProblem.self) { try DrillRecord(line: line) }
  }
}
