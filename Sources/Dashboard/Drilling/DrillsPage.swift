import CellScreen
import ClusterModel
import Playbook

/// The drills that were left open, and how drills went before.
func drillsLines(_ state: DashboardState) -> [TextLine] {
  openLines(state) + [.blank] + historyLines(state)
}

private func openLines(_ state: DashboardState) -> [TextLine] {
  let open = state.drilling.open
  var lines = [TextLine([Span("Open drills", .title)])]
  if open.drills.isEmpty { lines.append(TextLine([Span("  ✓ ", .good), Span("none was left open")])) }
  for drill in open.drills {
    let record = drill.record
    let isUndoing = state.drilling.undoing.contains(drill.id)
    lines.append(
      TextLine(
        [
          Span(isUndoing ? "  ◐ " : "  ⚠ ", isUndoing ? .rolling : .warning), Span("\(record.kind) ", .strong),
          Span(record.target), Span("  \(isUndoing ? "being undone" : record.state.words)", .label),
          Span("  by \(record.author), \(Age.text(since: record.at, at: state.now)) ago  \(record.id)", .muted),
        ], indent: 6))
    if !drill.obstacle.isEmpty {
      lines.append(TextLine([Span("    ✗ ", .danger), Span(redacted(drill.obstacle), .danger)], indent: 6))
    }
    lines += record.redacted.change.inverseDiff.map { TextLine([Span("      \(redacted($0))", .muted)], indent: 8) }
  }
  if !open.drills.isEmpty {
    lines.append(TextLine([Span("  enter undoes them, after a question; \(Command.panicKey) at once", .muted)]))
  }
  return lines + open.notes.map { TextLine([Span("  ⚠ ", .warning), Span(redacted($0), .muted)], indent: 4) }
}

/// Each kind that was done here: how it went, and by revision where there were several.
private func historyLines(_ state: DashboardState) -> [TextLine] {
  var lines = [TextLine([Span("Drills before", .title)])]
  let runs = state.drillRuns
  guard !runs.isEmpty else {
    return lines + [TextLine([Span("  none was done here yet; F7 begins one", .muted)])]
  }
  for kind in DrillKind.all {
    let history = DrillHistory(runs, kind: kind.id)
    guard !history.runs.isEmpty else { continue }
    lines.append(
      TextLine([Span("  \(kind.id) \(kind.title)".padded(to: 48), .strong)] + historySpans(history), indent: 8))
    let revisions = history.byRevision
    guard revisions.count > 1 else { continue }
    lines += revisions.map { revision, history in
      let name = revision.isEmpty ? "revision not known" : "revision \(revision)"
      return TextLine([Span("      \(name)".padded(to: 48), .muted)] + historySpans(history), indent: 8)
    }
  }
  return lines
}

/// How a kind went: the last time, the best and the one in the middle.
func historySpans(_ history: DrillHistory) -> [Span] {
  guard let last = history.last else { return [] }
  func time(_ value: Double?) -> String { value.map { seconds(.seconds($0)) } ?? "–" }
  let simulated = history.runs.count(where: \.isSimulated)
  return [
    Span(last.verdict.glyph + " ", last.verdict.style), Span(last.verdict.rawValue, last.verdict.style),
    Span("  last \(time(last.recoverySeconds)), best \(time(history.best)), middle \(time(history.median))"),
    Span("  \(counted(history.runs.count, "run"))", .muted),
  ] + (simulated > 0 ? [Span(", \(simulated) simulated", .demo)] : [])
}

/// What is asked of drills that were left open.
func openDrillLines(_ drills: [OpenDrill], _ state: DashboardState, columns: Int) -> [[Span]] {
  let words = "The undo is exact; a value that somebody else wrote since is not touched."
  return drills.flatMap { drill -> [[Span]] in
    let record = drill.record
    let age = Age.text(since: record.at, at: state.now)
    var lines = hanging(
      "⚠", .warning, "\(record.kind) on \(record.target), by \(record.author) \(age) ago", state, columns)
    for line in record.redacted.change.inverseDiff { lines += hanging(" ", .muted, redacted(line), state, columns) }
    return lines
  } + [[]] + hanging("↺", .label, words, state, columns)
}

extension DrillVerdict.Word {
  var glyph: String {
    switch self {
    case .passed: "✓"
    case .failed: "✗"
    case .noEffect: "∅"
    case .aborted: "■"
    }
  }

  var style: Style {
    switch self {
    case .passed: .good
    case .failed: .danger
    case .noEffect: .warning
    case .aborted: .unknown
    }
  }
}
