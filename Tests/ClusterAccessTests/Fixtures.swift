import JSON
import Subprocess
import Testing

@testable import ClusterAccess

/// A recording of one command of kubectl.
struct RecordedCommand {
  var argv: [String]
  var stdout: String
  var stderr: String

  init(_ name: String) throws {
    var reader = JSONReader()
    (argv, stdout, stderr) = try reader.read(try fixture("errors/\(name).json")) { root in
      (
        root["argv"]?.elements.compactMap(\.string) ?? [], root["stdout"]?.string ?? "", root["stderr"]?.string ?? ""
      )
    }
  }

  /// As it would come from a child.
  var finished: Finished {
    Finished(end: .exited(stderr.isEmpty ? 0 : 1), stdout: Array(stdout.utf8), stderr: Array(stderr.utf8))
  }
}

/// The bytes of a file of this target's fixtures.
func fixture(_ name: String) throws -> [UInt8] { try readFile(fixturePath(name), limitBytes: 16 << 20) }

/// Where a file of this target's fixtures is.
func fixturePath(_ name: String) -> String {
  let here = #filePath
  return here.prefix(upTo: here.lastIndex(of: "/") ?? here.startIndex) + "/Fixtures/\(name)"
}
