import CellScreen
import ClusterModel
import Playbook

extension Panel {
  /// The seven phases of a deployment with what their checks found.
  static let phases = Panel(
    .phases, "Phases", kinds: [.pods],
    rows: { state in Rows(phaseRows(state)) },
    note: { state in
      let judged = state.phases.filter { $0.progress.judged > 0 }
      return "\(judged.count { $0.progress.holding == $0.progress.judged }) of \(judged.count) hold"
    },
    draw: { state, canvas in
      let rows = phaseRows(state)
      Table(
        columns: [TableColumn("", minimum: 10, ideal: 400, isFlexible: true), TableColumn("", alignment: .right)],
        rowCount: rows.count, selectedRow: state.focus == .phases ? state.selectedIndex(in: .phases) : nil,
        firstRow: state.firstRows[.phases] ?? 0, showsHeader: false
      ) { index in
        .cells(phaseCells(rows[index], state))
      }.draw(on: canvas)
    })
}

/// The phases, and under each the checks that do not hold; all checks when the panel has the whole screen.
private func phaseRows(_ state: DashboardState) -> [RowID] {
  let showsAll = state.isZoomed || Layout(of: state).form == .tabs
  return state.phases.flatMap { phase in
    [RowID.phase(phase.phase)]
      + phase.checks.filter { showsAll || $0.result.state == .fails }.map { .check($0.id) }
  }
}

private func phaseCells(_ row: RowID, _ state: DashboardState) -> [[Span]] {
  switch row {
  case .phase(let id):
    return state.phases.first { $0.phase == id }.map(phaseCells) ?? []
  case .check(let id):
    guard let check = state.phases.lazy.flatMap(\.checks).first(where: { $0.id == id }) else { return [] }
    var spans = [Span("  \(check.result.state.glyph) ", check.result.state.style), Span("\(check.id) ", .muted)]
    spans += [Span(check.title), Span("  \(check.result.evidence)", .muted)]
    if !check.result.advice.isEmpty { spans.append(Span("  → \(check.result.advice)", .label)) }
    return [spans, []]
  default: return []
  }
}

private func phaseCells(_ phase: PhaseResult) -> [[Span]] {
  let progress = phase.progress
  guard progress.judged > 0 else {
    let reason = phase.reason.isEmpty ? "nothing to judge" : phase.reason
    return [[Span("◌ \(phase.phase) \(phase.title)  \(reason)", .muted)], []]
  }
  let states = phase.checks.map(\.result.state)
  let state: CheckResult.State = states.contains(.fails) ? .fails : states.contains(.unknown) ? .unknown : .holds
  return [
    [Span("\(state.glyph) ", state.style), Span("\(phase.phase) \(phase.title)")],
    [Span("\(progress.holding)/\(progress.judged)", state.style)],
  ]
}

extension CheckResult.State {
  var glyph: String {
    switch self {
    case .holds: "✓"
    case .fails: "✗"
    case .unknown: "?"
    case .skipped: "–"
    }
  }

  var style: Style {
    switch self {
    case .holds: .good
    case .fails: .danger
    case .unknown: .unknown
    case .skipped: .muted
    }
  }
}
