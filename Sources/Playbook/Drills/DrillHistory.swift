import ClusterModel

/// How the drills of one kind went before, from their reports.
package struct DrillHistory: Hashable, Sendable {
  /// One drill that ended.
  package struct Run: Hashable, Sendable {
    package let id: String
    package let kind: String
    package let target: String
    /// The UID of the cluster; empty where the report does not tell it, which is that of none.
    package let cluster: String
    package let startedAt: Timestamp
    package let verdict: DrillVerdict.Word
    /// From the undo on, where there was one.
    package let recoverySeconds: Double?
    package let revision: String
    package let isSimulated: Bool

    /// Reads what ``DrillReport/json`` wrote; `nil` for anything else.
    package init?(report text: String) {
      guard let report = try? DocumentValue.read(Array(text.utf8)), let id = report["id"]?.asText,
        let kind = report["drill"]?.asText, let startedAt = report["startedAt"]?.asText.flatMap({ Timestamp($0) }),
        let verdict = report["verdict"]?.asText.flatMap(DrillVerdict.Word.init)
      else { return nil }
      self.id = id
      self.kind = kind
      self.startedAt = startedAt
      self.verdict = verdict
      target = report["target"]?.asText ?? ""
      cluster = report["cluster"]?.asText ?? ""
      let time = report["timeToRecoverAfterUndo"] ?? report["timeToRecover"]
      recoverySeconds = time.flatMap { Double($0.scalar) }
      revision = report["revision"]?.asText ?? ""
      isSimulated = report["isSimulated"] == .bool(true)
    }
  }

  /// Oldest first.
  package let runs: [Run]
  /// How many are kept.
  package static let runsMax = 500

  /// The runs of a kind, or of all; of one target, or of all.
  package init(_ runs: [Run], kind: String? = nil, target: DrillTarget? = nil) {
    let wanted = runs.filter { run in
      (kind == nil || run.kind == kind) && target.map { $0.isNamed(by: run.target) } ?? true
    }.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    self.runs = wanted.suffix(Self.runsMax)
  }

  /// The last run.
  package var last: Run? { runs.last }

  /// The shortest recovery of those that passed.
  package var best: Double? { recoveries.min() }

  /// The recovery in the middle of those that passed.
  package var median: Double? {
    let sorted = recoveries.sorted()
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }

  /// The same for each revision of the application, in the order in which they were first drilled.
  package var byRevision: [(revision: String, history: DrillHistory)] {
    var seen: Set<String> = []
    return runs.map(\.revision).filter { seen.insert($0).inserted }.map { revision in
      (revision, DrillHistory(runs.filter { $0.revision == revision }))
    }
  }

  private var recoveries: [Double] { runs.filter { $0.verdict == .passed }.compactMap(\.recoverySeconds) }
}
