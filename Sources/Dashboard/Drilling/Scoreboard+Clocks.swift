import CellScreen
import ClusterModel
import Playbook

/// The clocks of a drill, running until what they measure has come.
extension Scoreboard {
  func clocks(_ columns: Int) -> [[Span]] {
    guard let startedAt = measures.startedAt else { return [] }
    let age = Age.text(of: state.drillMoment.since(startedAt))
    return clock("begun", "·", .muted, timeText(startedAt.wall), "\(age) ago", columns)
      + signal(since: startedAt, columns) + screen(since: startedAt, columns) + outage(columns) + undo(columns)
      + recovery(since: startedAt, columns)
  }

  private func clock(
    _ label: String, _ glyph: String, _ style: Style, _ value: String, _ words: String, _ columns: Int
  ) -> [[Span]] {
    broken(
      [
        Span(label.padded(to: 12), .label), Span("\(glyph) ", style), Span(value.padded(to: 9), .value),
        Span(" \(redacted(words))", .muted),
      ], columns, indent: 24)
  }

  private func running(_ start: DrillMoment) -> String { seconds(max(.zero, state.drillMoment.since(start))) }

  private func signal(since startedAt: DrillMoment, _ columns: Int) -> [[Span]] {
    let window = watch.prediction.window
    if let time = measures.timeToSignal {
      let isLate = time > window
      return clock("first sign", isLate ? "⚠" : "✓", isLate ? .warning : .good, seconds(time), watch.evidence, columns)
    }
    // After the verdict no time counts any more.
    if (verdict.flatMap { _ in measures.closedAt } ?? state.drillMoment).since(startedAt) > window {
      return clock("first sign", "✗", .warning, "none", "within \(seconds(window))", columns)
    }
    if verdict != nil { return clock("first sign", "–", .muted, "none", "before it ended", columns) }
    return clock("first sign", "◌", .rolling, running(startedAt), "expected within \(seconds(window))", columns)
  }

  private func screen(since startedAt: DrillMoment, _ columns: Int) -> [[Span]] {
    if let time = measures.timeToScreen {
      return clock("on screen", "✓", .good, seconds(time), "when this screen would have told you", columns)
    }
    if verdict != nil { return clock("on screen", "–", .muted, "never", "the verdict stayed as it was", columns) }
    return clock("on screen", "◌", .muted, running(startedAt), "", columns)
  }

  private func outage(_ columns: Int) -> [[Span]] {
    let paths = state.drilling.paths.filter { !$0.isKeptAlive }
    guard let worst = paths.max(by: { $0.outage < $1.outage }) else {
      return clock("outage", "–", .muted, "–", "no path is asked", columns)
    }
    let isBad = worst.outage > .zero
    return clock(
      "outage", isBad ? "✗" : "✓", isBad ? .danger : .good, seconds(worst.outage),
      isBad ? "\(worst.path), at once \(seconds(worst.worstGap))" : "on every path", columns)
  }

  private func undo(_ columns: Int) -> [[Span]] {
    guard isUndone else { return clock("undo", "–", .muted, "–", "it heals by itself", columns) }
    if let time = measures.timeToUndo {
      return clock("undo", "✓", .good, seconds(time), undoWords, columns)
    }
    let words = course?.state == .undoing ? "under way" : course?.state.isFinal == true ? course?.state.words : nil
    return clock("undo", "◌", .muted, "–", words ?? "not yet", columns)
  }

  /// Whose the undo was, where it was not the drill's own.
  private var undoWords: String {
    switch course?.state {
    case .restoredByOther: course?.record.note ?? ""
    case .targetGone: "its target is gone"
    default: "after the begin"
    }
  }

  private func recovery(since startedAt: DrillMoment, _ columns: Int) -> [[Span]] {
    let what = isUndone ? "after the undo" : "after the begin"
    if let time = measures.recovery(isUndone: isUndone) {
      let whole = isUndone ? measures.timeToRecover.map { ", \(seconds($0)) after the begin" } ?? "" : ""
      return clock(
        "recovered", "✓", .good, seconds(time), "\(what)\(whole); held \(seconds(DrillMeasures.hold))", columns)
    }
    if let since = measures.recoveredAt, verdict == nil {
      let words = "holds for \(running(since)) of \(seconds(DrillMeasures.hold))"
      let start = isUndone ? measures.undoneAt ?? startedAt : startedAt
      return clock("recovered", "◐", .rolling, seconds(since.since(start)), words, columns)
    }
    if verdict != nil { return clock("recovered", "✗", .danger, "no", "while it was watched", columns) }
    guard let start = isUndone ? measures.undoneAt : startedAt else {
      return clock("recovered", "◌", .muted, "–", "counts from the undo on", columns)
    }
    return clock("recovered", "◌", .rolling, running(start), what, columns)
  }
}
