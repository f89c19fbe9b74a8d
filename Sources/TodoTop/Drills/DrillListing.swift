import CellScreen
import ClusterModel
import Dashboard
import Playbook

/// Prints the catalogue, with the targets there are where a cluster answers, and how drills went before.
func listDrills(_ arguments: Arguments) throws -> Int32 {
  let runs = DrillReportFolder()?.runs(isSimulated: arguments.demo) ?? []
  var targets: [String: [String]]?
  do {
    targets = try foundTargets(arguments)
  } catch let problem as UsageProblem {
    throw problem
  } catch {
    // The catalogue is there without a cluster too.
    complain("no targets are shown: \((error as? StartProblem)?.sentence ?? "\(error)")")
  }
  let lines = DrillKind.all.map { DrillLine($0, targets?[$0.id], DrillHistory(runs, kind: $0.id)) }
  if arguments.format == .json {
    output(try documentText(DrillListDocument(drills: lines)))
  } else {
    output(lines.map(\.text).joined())
  }
  return 0
}

/// The words of the targets of each kind, by its id.
private func foundTargets(_ arguments: Arguments) throws -> [String: [String]] {
  let loop = try HeadlessLoop.forDrills(arguments)
  defer { loop.close() }
  guard let scope = loop.state.drillSetting?.scope else {
    throw StartProblem(loop.state.drillObstacle ?? "the cluster is not known", exitCode: 1)
  }
  let snapshot = loop.state.snapshot
  return Dictionary(
    uniqueKeysWithValues: DrillKind.all.map { kind in (kind.id, kind.targets(in: snapshot, scope).map(\.words)) })
}

/// The list of drills as JSON; fields are added, never renamed.
private struct DrillListDocument: Encodable {
  let version = 1
  let drills: [DrillLine]
}

/// One drill of the list.
private struct DrillLine: Encodable {
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

  var text: String {
    var lines = ["\(id)  L\(level)  \(name.padded(to: 22)) \(title)"]
    if let targets { lines.append(targets.isEmpty ? "no target" : targets.joined(separator: "\n")) }
    if let lastVerdict {
      let times = [bestSeconds.map { "best \($0) s" }, medianSeconds.map { "median \($0) s" }].compactMap { $0 }
      lines.append(([runs == 1 ? "1 run" : "\(runs) runs", "last \(lastVerdict)"] + times).joined(separator: ", "))
    }
    let rest = lines.dropFirst().joined(separator: "\n").split(separator: "\n").map {
      "         \(sanitized(String($0)))\n"
    }
    return lines[0] + "\n" + rest.joined()
  }
}
