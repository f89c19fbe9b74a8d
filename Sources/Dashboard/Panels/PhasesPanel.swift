import CellScreen
import ClusterModel
import Playbook

extension Panel {
  /// The seven phases of a deployment with what their checks found.
  static let phases: Panel = Panel(
    .phases, "Phases", kinds: [.pods],
    rows: { state in Rows(phaseRows(state)) },
    room: { state, size in PhasesForm(state, size).list.rows - (PhasesForm.isWide(size) ? 1 : 0) },
    note: { state in
      let judged = state.phases.filter { $0.progress.judged > 0 }
      return "\(judged.count { $0.progress.holding == $0.progress.judged }) of \(judged.count) hold"
    },
    commands: [
      Command(
        "phases-enter", .panel(.phases), keys: "enter",
        summary: "unfold a phase or fold it; run the remedy of a check, after a question, or open the check",
        hint: "open",
        disabledReason: { $0.phases.isEmpty ? "no check was made yet" : nil },
        perform: { $0.enterPhases() }),
      Command(
        "phases-check", .panel(.phases), keys: "d", summary: "show the check in full, with the commands of its remedy",
        hint: "details", disabledReason: { $0.selectedCheck == nil ? "select a check" : nil },
        perform: { state in
          if let id = state.selectedCheck { state.open(Page(.check(id))) }
          return []
        }),
      Command(
        "phases-mark", .panel(.phases), keys: "space", summary: "say that a check holds that only a person can judge",
        disabledReason: { state in
          guard let id = state.selectedCheck, let line = state.checkLine(id) else { return "select a check" }
          return line.result.origin == .manual ? nil : "\(id) is judged by what is seen, not by a mark"
        },
        perform: { state in state.selectedCheck.map { state.toggleMark($0) } ?? [] }),
    ],
    headerRows: 0,
    rowAt: { state, size, place in
      state.row(of: phases, at: place, list: Rect(size), headerRows: PhasesForm.isWide(size) ? 1 : 0, in: size)
    },
    draw: { state, canvas in
      let form = PhasesForm(state, canvas.size)
      let rows = phaseRows(state)
      let isWide = PhasesForm.isWide(canvas.size)
      Table(
        columns: isWide ? wideColumns : [TableColumn("", minimum: 10, ideal: 400, isFlexible: true), narrowProgress],
        rowCount: rows.count, selectedRow: state.focus == .phases ? state.selectedIndex(in: .phases) : nil,
        firstRow: state.firstRows[.phases] ?? 0, showsHeader: isWide
      ) { index in
        let cells = phaseCells(rows[index], state, isWide: isWide)
        if !isWide, case .check = rows[index] { return .note(cells.first ?? []) }
        return .cells(cells)
      }.draw(on: canvas.inner(form.list))
      if let check = form.check { drawEvidence(of: check, state.masking, canvas.inner(form.evidence)) }
    })
}

/// How the panel shares out its inside: the list, and below it what the check of interest found.
private struct PhasesForm {
  var list: Rect
  var evidence = Rect(columns: 0, rows: 0)
  /// The selected check; while the panel has not the focus, the first that fails.
  var check: PhaseResult.Line?

  /// From this width on what was found has a column.
  static func isWide(_ size: Size) -> Bool { size.columns >= 90 }
  /// The list has at least so many rows.
  private static let listRowsMin = 5

  init(_ state: DashboardState, _ size: Size) {
    list = Rect(size)
    guard size.rows > Self.listRowsMin else { return }
    if state.focus == .phases {
      if let index = state.selectedIndex(in: .phases), case .check(let id) = phaseRows(state)[index] {
        check = state.checkLine(id)
      }
    } else if !Self.isWide(size) {
      check = state.phases.lazy.flatMap(\.checks).first { $0.result.state == .fails }
    }
    guard let check else { return }
    let lines = evidenceLines(of: check, columns: size.columns - 2, state.masking).count
    evidence = list.takeBottom(min(lines, size.rows - Self.listRowsMin))
  }
}

private let narrowProgress = TableColumn("", alignment: .right, minimum: 11)

private let wideColumns = [
  TableColumn("CHECK", minimum: 30, ideal: 50), TableColumn("DONE", minimum: 14),
  TableColumn("FOUND", minimum: 24, ideal: 90), TableColumn("NEXT STEP", minimum: 20, ideal: 200, isFlexible: true),
]

/// The phases, and under each its checks: all where it is unfolded, else those that fail.
private func phaseRows(_ state: DashboardState) -> [RowID] {
  state.phases.flatMap { phase in
    [RowID.phase(phase.phase)]
      + phase.checks.filter { state.isUnfolded(phase.phase) || $0.result.state == .fails }.map { .check($0.id) }
  }
}

extension DashboardState {
  /// Phases are folded where there is little room, unless a key said otherwise.
  fileprivate func isUnfolded(_ phase: Int) -> Bool {
    (isZoomed || !size.holds(Layout.wholeSize)) != toggledPhases.contains(phase)
  }

  func checkLine(_ id: String) -> PhaseResult.Line? {
    phases.lazy.flatMap(\.checks).first { $0.id == id }
  }

  /// The check that is selected.
  fileprivate var selectedCheck: String? {
    if case .check(let id)? = selectedRow(in: .phases) { id } else { nil }
  }

  /// Folds a phase; of a check runs what makes it hold, or shows it.
  fileprivate mutating func enterPhases() -> [Effect] {
    guard let id = selectedCheck else { return togglePhase() }
    let check = profile.checks.first { $0.id == id }
    if case .run? = check?.remedy, checkLine(id)?.result.state == .fails {
      askForRemedy(of: id)
    } else {
      open(Page(.check(id)))
    }
    return []
  }

  /// Unfolds or folds the phase of the selected row, and selects the phase.
  fileprivate mutating func togglePhase() -> [Effect] {
    let phase: PhaseResult?
    switch selectedRow(in: .phases) {
    case .phase(let id): phase = phases.first { $0.phase == id }
    case .check(let id): phase = phases.first { $0.checks.contains { $0.id == id } }
    default: phase = nil
    }
    guard let phase else { return [] }
    guard phase.checks.contains(where: { $0.result.state != .fails }) else {
      notice = phase.checks.isEmpty ? phase.reason : "checks that fail are always shown"
      return []
    }
    toggledPhases.formSymmetricDifference([phase.phase])
    if let index = phaseRows(self).firstIndex(of: .phase(phase.phase)) { select(index) }
    return []
  }
}

private func phaseCells(_ row: RowID, _ state: DashboardState, isWide: Bool) -> [[Span]] {
  switch row {
  case .phase(let id): return state.phases.first { $0.phase == id }.map { phaseCells($0, isWide: isWide) } ?? []
  case .check(let id):
    guard let check = state.checkLine(id) else { return [] }
    let isSimulated = check.result.origin == .simulated
    let name =
      [Span("  \(check.result.state.glyph) ", check.result.state.style), Span("\(check.id) ", .muted)]
      + (isSimulated && !isWide ? simulatedMark : []) + [Span(check.title)]
    guard isWide else { return [name, []] }
    let advice = check.result.advice.isEmpty ? [] : [Span("→ \(check.result.advice)", .label)]
    let evidence = Span(check.result.evidence, check.result.state == .fails ? .plain : .muted)
    return [name, [], (isSimulated ? [Span("simulated", .demo), Span(" ")] : []) + [evidence], advice]
  default: return []
  }
}

/// Stands before what is known only from programs that the demo plays.
private let simulatedMark = [Span("sim", .demo), Span(" ")]

/// Segments of a phase's progress, before the numbers.
private let progressColumns = 5

private func phaseCells(_ phase: PhaseResult, isWide: Bool) -> [[Span]] {
  let progress = phase.progress
  guard progress.judged > 0 else {
    let reason = phase.reason.isEmpty ? "nothing to judge" : phase.reason
    let name = [Span("◌ \(phase.phase) \(phase.title)", .muted)]
    return isWide ? [name, [], [Span(reason, .muted)], []] : [name, [Span("not judged", .muted)]]
  }
  let states = phase.checks.map(\.result.state)
  let state: CheckResult.State = states.contains(.fails) ? .fails : states.contains(.unknown) ? .unknown : .holds
  let segments = Progress(progress.holding, of: progress.judged).spans(columns: progressColumns)
  let numbers = "\(progress.holding)/\(progress.judged)"
  let isSimulated = phase.checks.contains { $0.result.origin == .simulated }
  return [
    [Span("\(state.glyph) ", state.style)] + (isSimulated ? simulatedMark : [])
      + [Span("\(phase.phase) \(phase.title)", isWide ? .strong : .plain)],
    segments + [Span(String(repeating: " ", count: max(1, 6 - numbers.count)) + numbers, state.style)],
  ]
}

/// What a check found and what to do, under its name.
private func evidenceLines(of check: PhaseResult.Line, columns: Int, _ masking: Masking) -> [[Span]] {
  let found = wrapped("\(check.id) \(masking.masked(check.result.evidence))", columns: columns)
  let advice = check.result.advice.isEmpty ? [] : wrapped("→ \(masking.masked(check.result.advice))", columns: columns)
  return found.map { [Span($0)] } + advice.map { [Span($0, .label)] }
}

private func drawEvidence(of check: PhaseResult.Line, _ masking: Masking, _ canvas: Canvas) {
  let lines = evidenceLines(of: check, columns: canvas.columns - 2, masking)
  for (row, line) in lines.prefix(canvas.rows).enumerated() {
    let isCut = row == canvas.rows - 1 && lines.count > canvas.rows
    canvas.verbatim.write(isCut ? line + [Span("…", .muted)] : line, at: Position(column: 1, row: row))
  }
}

extension CheckResult.State {
  var glyph: String {
    switch self {
    case .holds: "✓"
    case .fails: "✗"
    case .unknown: "?"
    case .skipped: "–"
    case .manual: "◆"
    case .stale: "⧗"
    }
  }

  var style: Style {
    switch self {
    case .holds: .good
    case .fails: .danger
    case .unknown: .unknown
    case .skipped: .muted
    case .manual: .good
    case .stale: .stale
    }
  }
}
