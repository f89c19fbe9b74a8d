import CellScreen
import ClusterModel
import Playbook

/// A drill that is open is said on every view, with the time left and what undoes it.
extension DashboardState {
  /// The time left until it is undone; `nil` while it is not active.
  var drillTimeLeft: Duration? { drilling.course?.timeLeft(at: drillMoment) }

  /// Nothing where no drill is open.
  var drillStrip: [Span] {
    guard drilling.isWatched, let plan = drilling.plan else {
      let open = drilling.open.drills.count
      return open == 0 ? [] : [Span(" ⚑ \(counted(open, "drill")) open, :drills ", .armed), Span(" ")]
    }
    if case .settling = drilling.stage { return [Span(" ⚑ \(plan.kind.id) recovering, F7 ", .armed), Span(" ")] }
    let left = drillTimeLeft.map { " \(max(0, Int($0.inSeconds.rounded(.up)))) s," } ?? ""
    let words =
      drilling.course?.state == .undoing
      ? " being undone, F7" : "\(left) u \(plan.change?.hasInverse == true ? "undoes" : "ends")"
    return [Span(" ⚑ \(plan.kind.id)\(words) ", .armed), Span(" ")]
  }

  /// What an audience is told of the drill that runs, or that has just ended; `nil` without one.
  func drillHappening() -> Happening? {
    guard let plan = drilling.plan, let measures = drilling.watch?.measures else { return nil }
    let name = (plan.target.workload ?? plan.target.object).name
    if drilling.stage == .over, let report = drilling.report {
      guard measures.endedAt.map({ drillMoment.since($0) < Happening.newsLasts }) ?? false else { return nil }
      let time = measures.recovery(isUndone: report.prediction.isUndone).map { ", recovered in \(seconds($0))" } ?? ""
      return Happening(
        glyph: report.verdict.word.glyph, text: "\(plan.kind.id) \(report.verdict.word.rawValue)\(time)",
        style: report.verdict.word.style)
    }
    guard drilling.isWatched else { return nil }
    let isBack = measures.recoveredAt != nil
    return Happening(
      glyph: "⚑", text: "\(name): \(isBack ? "as before" : plan.kind.title)",
      moment: measures.startedAt?.wall(asOf: drillMoment),
      style: isBack ? .good : .warning)
  }

  /// When the drill of last began and was undone, for histories.
  var drillMarks: [UsageMarks.Mark] {
    guard let plan = drilling.plan, let measures = drilling.watch?.measures else { return [] }
    func mark(_ moment: DrillMoment?, _ name: String) -> UsageMarks.Mark? {
      moment.map { UsageMarks.Mark(at: $0.wall, glyph: "⚑", name: name, word: "drill") }
    }
    return [mark(measures.startedAt, plan.kind.id), mark(measures.undoneAt, "undone")].compactMap { $0 }
  }
}
