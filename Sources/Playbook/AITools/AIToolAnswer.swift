import ClusterModel

/// What came of one question to an AI tool.
package struct AIOperationEnd: Hashable, Sendable {
  /// `nil` where it never began, or a signal ended it.
  package let exitCode: Int32?
  package let duration: Duration
  /// The first line of its answer, sanitised; empty where it gave none.
  package let firstLine: String
  /// What went wrong, in a sentence; `nil` where it did what it should.
  package let problem: String?

  /// An end.
  package init(exitCode: Int32?, duration: Duration, firstLine: String, problem: String?) {
    self.exitCode = exitCode
    self.duration = duration
    self.firstLine = firstLine
    self.problem = problem
  }
}

extension DeployRecord {
  /// How many questions to one tool are kept; the oldest leave first.
  package static let operationsMax = 30

  /// The questions to a tool, oldest first, each by its number.
  package func operations(of tool: AITool) -> [(number: Int, run: Run)] {
    let prefix = "ai \(tool.rawValue) "
    return runs.compactMap { name, run in
      guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)) else { return nil }
      return (number, run)
    }.sorted { $0.number < $1.number }
  }

  /// Counts a question to a tool.
  package mutating func note(_ end: AIOperationEnd, of tool: AITool, isSimulated: Bool, at now: Timestamp) {
    let known = operations(of: tool)
    let number = (known.last?.number ?? 0) + 1
    let code = end.exitCode.map { "exit code \($0)" } ?? "no exit code"
    let isSuccess = end.problem == nil
    let words = isSuccess ? end.firstLine : ([end.problem ?? "", end.firstLine].first { !$0.isEmpty } ?? "")
    runs["ai \(tool.rawValue) \(number)"] = Run(
      endedAt: now, seconds: end.duration.inSeconds, isSuccess: isSuccess, isSimulated: isSimulated,
      note: redacted("\(code)\(words.isEmpty ? "" : ": \(words)")"))
    for old in known.prefix(max(0, known.count + 1 - Self.operationsMax)) {
      runs["ai \(tool.rawValue) \(old.number)"] = nil
    }
  }
}
