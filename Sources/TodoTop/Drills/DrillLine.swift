import CellScreen
import Playbook

/// One kind of drill in the list.
struct DrillLine: Encodable {
  let id: String
  let name: String
  let title: String
  let level: Int
  let expected: String
  let windowSeconds: Int64
  /// `nil` where no cluster was asked.
  let targets: [String]?
  let runs: Int
  let lastVerdict: String?
  let bestSeconds: Double?
  let medianSeconds: Double?

  init(_ kind: DrillKind, _ targets: [String]?, _ history: DrillHistory) {
    (id, name, title, level) = (kind.id, kind.name, kind.title, kind.level.rawValue)
    (expected, windowSeconds) = (kind.symptom.words, kind.symptom.window.components.seconds)
    self.targets = targets
    runs = history.runs.count
    lastVerdict = history.last?.verdict.rawValue
    (bestSeconds, medianSeconds) = (history.best, history.median)
  }

  /// The line with its targets and its history below it.
  var text: String {
    let targets = targets.map { $0.isEmpty ? ["no target"] : $0 } ?? []
    let times = historyText(runs, lastVerdict, bestSeconds, medianSeconds)
    return drillText(id, level, name, title, targets + [times].compactMap { $0 })
  }
}

/// One drill of the profile in the list.
struct ProposedDrillLine: Encodable {
  let id: String
  let name: String
  let title: String
  let level: Int
  /// As `--target` takes it.
  let target: String
  let host: String?
  let limitSeconds: Int?
  /// Why it cannot be done now; `nil` where it can be planned.
  let obstacle: String?
  let runs: Int
  let lastVerdict: String?
  let bestSeconds: Double?
  let medianSeconds: Double?

  init(_ drill: DrillInstance, _ obstacle: String?, _ history: DrillHistory?) {
    (id, name, title) = (drill.kind.id, drill.kind.name, drill.title)
    (level, target) = (drill.kind.level.rawValue, drill.place)
    (host, limitSeconds) = (drill.host.isEmpty ? nil : drill.host, drill.limitSeconds)
    self.obstacle = obstacle
    runs = history?.runs.count ?? 0
    lastVerdict = history?.last?.verdict.rawValue
    (bestSeconds, medianSeconds) = (history?.best, history?.median)
  }

  /// The line with its target, what is in its way, and its history below it.
  var text: String {
    let words = [target, host, limitSeconds.map { "\($0) s at most" }].compactMap { $0 }.joined(separator: ", ")
    let times = historyText(runs, lastVerdict, bestSeconds, medianSeconds)
    return drillText(
      id, level, name, title, [words] + [obstacle.map { "cannot be done: \($0)" }, times].compactMap { $0 })
  }
}

/// `3 runs, last PASSED, best 2.0 s, median 5.0 s`; `nil` before the first.
private func historyText(_ runs: Int, _ verdict: String?, _ best: Double?, _ median: Double?) -> String? {
  guard let verdict else { return nil }
  let times = [best.map { "best \($0) s" }, median.map { "median \($0) s" }].compactMap { $0 }
  return ([runs == 1 ? "1 run" : "\(runs) runs", "last \(verdict)"] + times).joined(separator: ", ")
}

/// A drill with what is told of it below, without what a terminal could take for a command.
private func drillText(_ id: String, _ level: Int, _ name: String, _ title: String, _ rest: [String]) -> String {
  "\(id)  L\(level)  \(name.padded(to: 22)) \(sanitized(title))\n"
    + rest.map { "         \(sanitized($0))\n" }.joined()
}
