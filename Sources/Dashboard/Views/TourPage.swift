import CellScreen
import ClusterModel
import Playbook

/// What came of a tour: each step with its times, criteria, score and the questions to AI tools.
func tourResultLines(_ state: DashboardState) -> [TextLine] {
  guard let walk = state.touring.walk else { return [TextLine([Span("No tour was begun yet.", .muted)])] }
  let report = state.tourReport(walk)
  var lines = [
    TextLine([Span("Tour ", .title), Span(walk.tour.name, .strong), Span("  \(report.sentence)", .muted)])
  ]
  if report.isSimulated {
    lines.append(TextLine([Span("simulated", .demo), Span("  the cluster of a demo is played", .muted)]))
  }
  lines.append(.blank)
  lines += zip(walk.tour.steps, walk.steps).enumerated().map { stepLine($0.offset + 1, $0.element.0, $0.element.1) }
  lines += [.blank, TextLine([Span("Questions to AI tools", .title)])] + operationLines(report)
  lines += [
    .blank, TextLine([Span("  ctrl-s", .key), Span(" writes all this to a new file as Markdown", .muted)]), .blank,
  ]
  return lines + criteriaLines(state)
}

private func stepLine(_ number: Int, _ step: Tour.Step, _ progress: TourWalk.Progress) -> TextLine {
  let isLate = progress.spent > step.time
  let found = progress.found.map { "\($0.id) \($0.state.glyph)" }.joined(separator: " ")
  return TextLine(
    [
      Span("  \(progress.outcome.glyph) ", progress.outcome.style),
      Span("\(number)".padded(to: 3), .muted), Span(step.title.padded(to: 18), .strong),
      Span("\(clockText(progress.spent).padded(to: 6))", isLate ? .warning : .value),
      Span("of \(clockText(step.time).padded(to: 6))", .muted),
      Span("\(progress.outcome?.words ?? "not reached")  ", progress.outcome.style), Span(found, .muted),
    ], indent: 8)
}

private func operationLines(_ report: TourReport) -> [TextLine] {
  guard !report.operations.isEmpty else {
    return [TextLine([Span("  none is on record for this cluster", .muted)])]
  }
  return report.operations.map { tool, number, run in
    TextLine(
      [
        Span(run.isSuccess ? "  ✓ " : "  ✗ ", run.isSuccess ? .good : .danger),
        Span("\(tool.rawValue) \(number)".padded(to: 16), .strong), Span("\(run.endedAt.rfc3339)  ", .muted),
        Span(run.note),
      ], indent: 6)
  }
}

extension TourWalk.Outcome? {
  /// The sign of how a step ended.
  var glyph: String {
    switch self {
    case .held: "✓"
    case .told: "●"
    case .skipped, .missing: "–"
    case nil: "◌"
    }
  }

  var style: Style {
    switch self {
    case .held, .told: .good
    case .skipped: .warning
    case .missing, nil: .muted
    }
  }
}
