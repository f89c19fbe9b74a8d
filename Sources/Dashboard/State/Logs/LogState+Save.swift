import ClusterModel

extension LogState {
  /// Gives the lines that are shown to a closure, whole and with their time, as they are written to a file.
  ///
  /// Secrets are hidden, and what is hidden from the screen is hidden here.
  package func forEachSavedLine(hiding masking: Masking, _ body: (String) throws -> Void) rethrows {
    var next = firstRow
    while let ref = next {
      if let entry = store[ref] { try body(masking.masked(savedText(of: entry)) + "\n") }
      next = row(after: ref)
    }
  }

  private func savedText(of entry: LogEntry) -> String {
    let text = redacted(store.text(of: entry))
    guard entry.kind == .line else { return "── \(text) ──" }
    let run = store.runs[Int(entry.run)]
    let time = entry.time.map { $0.rfc3339WithNanoseconds + " " } ?? ""
    return "\(time)\(run.pod)/\(run.container) \(text)"
  }
}
