import CellScreen
import ClusterModel
import Dashboard

/// The lines of the logs that are shown, written to a file of their own.
struct LogFile: Sendable {
  let logs: LogState
  let masking: Masking
  let moment: Timestamp

  /// Writes to a path, or to the usual place for an empty one.
  ///
  /// - Returns: What was done or why not, in one sentence.
  func save(to path: String) -> String {
    let usual = path.isEmpty ? NewFile.usualName("todotop-logs", "log", stamp: moment.rfc3339) : NewFile.expanded(path)
    guard let usual else { return "the usual folder is full of saved logs; name a file" }
    guard !usual.hasSuffix("/") else { return "\(usual) is a folder: name a file in it" }
    do {
      var file = try NewFile(usual)
      var lines = 0
      try logs.forEachSavedLine(hiding: masking) {
        try file.write($0)
        lines += 1
      }
      try file.flush()
      return "\(grouped(lines)) lines, \(ByteText.text(file.bytes))B, are saved in \(usual)"
    } catch {
      return (error as? NewFile.Problem)?.sentence ?? "\(usual) cannot be written: \(error)"
    }
  }
}
