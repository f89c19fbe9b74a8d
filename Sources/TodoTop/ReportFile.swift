import ClusterModel

/// The result of a tour, written to a file of its own.
struct ReportFile {
  let text: String
  let moment: Timestamp

  /// Writes to a path, or to the usual place for an empty one.
  ///
  /// - Returns: What was done or why not, in one sentence.
  func save(to path: String) -> String {
    let usual = path.isEmpty ? NewFile.usualName("todotop-tour", "md", stamp: moment.rfc3339) : NewFile.expanded(path)
    guard let usual else { return "the usual folder is full of saved tours; name a file" }
    guard !usual.hasSuffix("/") else { return "\(usual) is a folder: name a file in it" }
    do throws(NewFile.Problem) {
      var file = try NewFile(usual)
      try file.write(text)
      try file.flush()
      return "the result of the tour is saved in \(usual)"
    } catch {
      return error.sentence
    }
  }
}
