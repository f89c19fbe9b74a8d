import ClusterModel
import Foundation
import Playbook
import Testing

@testable import Operations

@Suite struct DeployRecordFileTests {
  private func withFolder(_ body: (String) throws -> Void) rethrows {
    let folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private var record: DeployRecord {
    var record = DeployRecord()
    let moment = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    record.runs["build backend"] = DeployRecord.Run(
      endedAt: moment, seconds: 81.5, isSuccess: true, isSimulated: false, note: "cold")
    record.marks["7.4"] = moment
    return record
  }

  @Test func `what is kept comes back, for each cluster its own`() throws {
    try withFolder { folder in
      let file = try #require(DeployRecordFile(clusterUID: "13a16201-310d", state: folder))
      #expect(file.read().record == DeployRecord() && file.read().problem == nil)
      #expect(file.write(record) == nil)
      #expect(file.read().record == record)
      #expect(DeployRecordFile(clusterUID: "other", state: folder)?.read().record == DeployRecord())
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let folderAttributes = try FileManager.default.attributesOfItem(atPath: folder + "/records")
      #expect(folderAttributes[.posixPermissions] as? Int == 0o700)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/records").count == 1)
    }
  }

  @Test func `a broken file is set aside`() throws {
    try withFolder { folder in
      let file = try #require(DeployRecordFile(clusterUID: "u", state: folder))
      #expect(file.write(record) == nil)
      try "{\"runs\":".write(toFile: file.path, atomically: true, encoding: .utf8)
      let (found, problem) = file.read()
      #expect(found == DeployRecord())
      #expect(problem?.contains("set aside as \(file.path).broken") == true)
      #expect(file.read().problem == nil)
      #expect(file.write(record) == nil && file.read().record == record)
    }
  }

  @Test func `only a UID names a file`() {
    #expect(DeployRecordFile(clusterUID: "../x", state: "/tmp") == nil)
    #expect(DeployRecordFile(clusterUID: "", state: "/tmp") == nil)
    #expect(DeployRecordFile(clusterUID: "u", state: "/proc/no")?.write(DeployRecord())?.contains("/proc/no") == true)
  }
}
