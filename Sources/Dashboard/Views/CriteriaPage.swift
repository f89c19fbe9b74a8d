import CellScreen
import ClusterModel
import Playbook

/// The fifteen success criteria with what decides each, and the health score with every point that was taken away.
func criteriaLines(_ state: DashboardState) -> [TextLine] {
  let context = state.checkContext
  let results = SuccessCriterion.all.map { ($0, $0.result(in: context)) }
  let met = results.count { $0.1.isGood }
  var lines = [
    TextLine([Span("Success criteria", .title), Span("  \(met) of \(results.count) are met", .muted)])
  ]
  lines += results.map { criterion, result in
    let simulated = result.origin == .simulated ? [Span("simulated ", .demo)] : []
    return TextLine(
      [
        Span("  \(result.state.glyph) ", result.state.style), Span("\(criterion.id) ", .muted),
        Span(criterion.title.padded(to: 50), result.isGood ? .plain : .strong), Span("  "),
      ] + simulated + [Span(redacted(result.evidence), .muted)], indent: 12)
  }
  return lines + [.blank] + scoreLines(HealthScore(of: context))
}

private func scoreLines(_ score: HealthScore) -> [TextLine] {
  var lines = [
    TextLine([
      Span("Health score", .title), Span("  \(score.points) of 100", score.isGood ? .good : .warning),
      Span("  good from 85 on, with nothing critical", .muted),
    ])
  ]
  if score.deductions.isEmpty { lines.append(TextLine([Span("  ✓ ", .good), Span("nothing is deducted")])) }
  lines += score.deductions.map { deduction in
    let points =
      deduction.points == 0
      ? "   0" : "\(String(repeating: " ", count: deduction.points < 10 ? 2 : 1))−\(deduction.points)"
    return TextLine(
      [
        Span("  \(points)  ", deduction.severity.style), Span("\(deduction.severity)".padded(to: 10), .label),
        Span(redacted(deduction.sentence)),
      ], indent: 18)
  }
  return lines
}

extension HealthScore.Severity {
  fileprivate var style: Style {
    switch self {
    case .critical: .danger
    case .major: .warning
    case .minor: .muted
    }
  }
}
