import CellScreen
import ClusterModel

/// The steps of the pod on its way to ready along one line of time, and what the revision before took.
let startupSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let comparison = context.snapshot.startupComparison(ofPod: context.key) else { return DetailSection([]) }
  let pod = context.snapshot.pods[context.key]
  let restarts = pod?.containerStatuses.contains { $0.restartCount > 0 } ?? false
  var note: [Span] = []
  if let total = comparison.total {
    note.append(Span("  ready after \(Age.text(of: total))", .muted))
  } else if let made = pod?.metadata.creationTimestamp {
    note.append(Span("  not ready after \(Age.text(since: made, at: context.now))", .rolling))
  }
  if restarts { note.append(Span(" · the times are those of the last start", .muted)) }
  if let before = comparison.before {
    let revision = before.revision.map { "revision \($0)" } ?? "the revision before"
    let pods = before.pods == 1 ? "1 pod" : "median of \(before.pods) pods"
    note.append(Span(" · \(revision) took \(Age.text(of: before.total)) (\(pods))", .muted))
  }
  return DetailSection("Startup", note: note, startupLines(comparison, pod, context))
}

private func startupLines(_ comparison: StartupComparison, _ pod: Pod?, _ context: DetailContext) -> [TextLine] {
  let made = pod?.metadata.creationTimestamp ?? context.now
  // The step that is under way goes on until now.
  let current = comparison.phases.firstIndex { !$0.isFinished }
  let waited = comparison.phases.compactMap(\.finishedAt).max() ?? made
  let durations = comparison.phases.enumerated().map { index, phase -> Double? in
    if index == current { return max(0, context.now.since(max(made, waited)).inSeconds) }
    return phase.duration?.inSeconds
  }
  // A step that takes far too long would leave no room for what there is to compare: it runs out of the picture.
  let finished = zip(durations, comparison.phases).reduce(0) { $0 + ($1.1.isFinished ? $1.0 ?? 0 : 0) }
  let shown = longestShare * max(finished, comparison.before?.total.inSeconds ?? 0, 5)
  let total = max(1, min(durations.compactMap(\.self).reduce(0, +), shown), comparison.before?.total.inSeconds ?? 0)
  let scale = Timescale(seconds: total, columns: max(8, min(60, context.columns - 46)))
  var start = 0.0
  var startBefore = 0.0
  return comparison.phases.enumerated().map { index, phase in
    let isNow = index == current
    let duration = durations[index]
    let before = comparison.before?.medians[phase.step]?.inSeconds
    let glyph = phase.isFinished ? "✓" : isNow ? "◐" : "◌"
    var spans = lead(glyph, phase.isFinished ? .good : isNow ? .rolling : .muted, phase.step.rawValue, width: 20)
    let words = duration.map { stepText($0) } ?? "–"
    spans.append(Span(words.leftPadded(to: 6), phase.isFinished || isNow ? .plain : .muted))
    spans.append(Span((before.map(stepText) ?? "").leftPadded(to: 7), .muted))
    spans.append(Span("  "))
    spans += scale.bar(
      from: start, lasting: duration, style: isNow ? .rolling : .barFill, before: before.map { (startBefore, $0) })
    start += duration ?? 0
    startBefore += before ?? 0
    return TextLine(spans)
  }
}

/// How many times as long as all that is finished a picture is at most.
private let longestShare = 3.0

private func stepText(_ seconds: Double) -> String {
  seconds < 1 ? "0s" : Age.text(of: .seconds(Int64(seconds.rounded())))
}

/// A span of time over a number of columns.
private struct Timescale {
  let seconds: Double
  let columns: Int

  /// A step as a heavy line, and below where there is room that of the revision before as a light one.
  func bar(from start: Double, lasting duration: Double?, style: Style, before: (Double, Double)?) -> [Span] {
    var cells = [(String, Style)](repeating: (" ", .plain), count: columns)
    if let before { for column in range(before.0, before.1) { cells[column] = ("╌", .muted) } }
    if let duration { for column in range(start, duration) { cells[column] = ("━", style) } }
    return cells.reduce(into: []) { spans, cell in
      if spans.last?.style == cell.1 {
        spans[spans.count - 1].text += cell.0
      } else {
        spans.append(Span(cell.0, cell.1))
      }
    }
  }

  /// The columns of a step; one that took any time at all has one.
  private func range(_ start: Double, _ duration: Double) -> Range<Int> {
    let first = min(columns - 1, max(0, Int(start / seconds * Double(columns))))
    let last = min(columns, max(first + 1, Int(((start + duration) / seconds * Double(columns)).rounded())))
    return first..<last
  }
}

extension String {
  /// The text with blanks before it up to a width; longer text stays.
  func leftPadded(to width: Int) -> String {
    count >= width ? self : String(repeating: " ", count: width - count) + self
  }
}
