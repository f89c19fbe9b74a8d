import ClusterModel

/// What came of a tour, to be shown or printed.
package struct TourReport: Sendable {
  package let walk: TourWalk
  package let criteria: [(criterion: SuccessCriterion, result: CheckResult)]
  package let score: HealthScore
  /// The questions to AI tools that are on record for this cluster, oldest first.
  package let operations: [(tool: AITool, number: Int, run: DeployRecord.Run)]
  /// Whether the demo played programs or the cluster.
  package let isSimulated: Bool

  /// What came of a walk, with what is known now.
  package init(_ walk: TourWalk, in context: CheckContext, isSimulated: Bool) {
    self.walk = walk
    criteria = SuccessCriterion.all.map { ($0, $0.result(in: context)) }
    score = HealthScore(of: context)
    operations = AITool.allCases.flatMap { tool in
      context.record.operations(of: tool).map { (tool, $0.number, $0.run) }
    }
    self.isSimulated = isSimulated
  }

  /// How many criteria are met.
  package var met: Int { criteria.count { $0.result.isGood } }

  /// How it ended, in one sentence.
  package var sentence: String {
    let took = "\(clockText(walk.elapsed)) of \(clockText(Tour.limit))"
    let skipped = walk.skipped > 0 ? ", \(walk.skipped) of \(walk.steps.count) steps skipped" : ""
    switch walk.state {
    case .ended(isWhole: true): return "reached its end in \(took)\(skipped)"
    case .ended(isWhole: false): return "ended in step \(walk.index + 1) of \(walk.steps.count) after \(took)\(skipped)"
    case .running, .paused: return "step \(walk.index + 1) of \(walk.steps.count), \(took)\(skipped)"
    }
  }
}

extension TourWalk {
  /// The run that is recorded of it: a rehearsal counts unless more of it was skipped than shown.
  package func run(isSimulated: Bool) -> DeployRecord.Run? {
    guard case .ended(isWhole: true) = state, let endedAt else { return nil }
    let isShown = skipped * 2 <= steps.count
    let note = skipped == 0 ? "" : "\(skipped) of \(steps.count) steps skipped"
    return DeployRecord.Run(
      endedAt: endedAt, seconds: elapsed.inSeconds, isSuccess: isShown, isSimulated: isSimulated, note: note)
  }
}

extension TourWalk.Outcome {
  /// How a step ended, in words.
  package var words: String {
    switch self {
    case .held: "its checks held"
    case .told: "told"
    case .skipped: "skipped by the presenter"
    case .missing(let words): "skipped: \(words)"
    }
  }
}

/// A time as a clock shows it: `12:05`, `-0:30` where it is over.
package func clockText(_ time: Duration) -> String {
  // What is left is rounded up: a clock says 0:00 when it is over, not before.
  let seconds = Int64(time.inSeconds.rounded(.up))
  let digits = abs(seconds) % 60
  return "\(seconds < 0 ? "-" : "")\(abs(seconds) / 60):\(digits < 10 ? "0" : "")\(digits)"
}
