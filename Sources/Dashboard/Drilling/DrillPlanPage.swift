import CellScreen
import ClusterModel
import Playbook

/// What a drill would do, or that its plan is on its way.
func drillPlanLines(_ state: DashboardState) -> [TextLine] {
  guard let plan = state.drilling.plan else {
    let kind = state.drilling.request?.kind
    return [
      TextLine([Span("◐ ", .rolling), Span("Planning \(kind?.id ?? "") \(kind?.title ?? "") …", .strong)]), .blank,
      TextLine([
        Span("The object is read, and change and undo are tried on the server, which changes nothing.", .muted)
      ]),
    ]
  }
  return DrillPlanCard(plan, state).lines
}

/// One plan as it is shown: whether it may be done first, then what it does.
private struct DrillPlanCard {
  let plan: DrillPlan
  let state: DashboardState

  init(_ plan: DrillPlan, _ state: DashboardState) {
    self.plan = plan
    self.state = state
  }

  var lines: [TextLine] {
    [head] + standing + [.blank] + place + [.blank] + change + [.blank] + effects + [.blank] + leftovers + before
  }

  private var head: TextLine {
    TextLine([Span("\(plan.kind.id) \(plan.kind.title)", .strong), Span("  "), levelSpan(plan.level)])
  }

  /// Why it is not done, or how it is begun.
  private var standing: [TextLine] {
    if plan.refusals.isEmpty {
      let how =
        switch plan.confirmation {
        case .key: "enter asks once more"
        case .typing(let word): "enter asks; you type \(word)"
        }
      return [TextLine([Span("✓ ", .good), Span("Nothing speaks against it.", .good), Span("  \(how)", .muted)])]
    }
    return plan.refusals.map { refusal in
      TextLine(
        [Span("✗ ", .danger), Span("Refused: ", .danger), Span(redacted(refusal.sentence)), guardSpan(refusal)],
        indent: 2)
    }
  }

  private func guardSpan(_ refusal: DrillRefusal) -> Span { Span("  \(refusal.guardID)", .muted) }

  private var place: [TextLine] {
    let connection = state.snapshot.connection
    var lines = [
      labelled("target", [Span(plan.target.words, .value)]),
      labelled(
        "where", [Span(connection.context, .strong), Span(" › ", .muted), Span(state.namespace ?? "", .strong)]),
    ]
    let pods = plan.change?.pods ?? []
    if !pods.isEmpty { lines.append(labelled("hits", [Span(pods.map(\.typedName).joined(separator: ", "))])) }
    let limit = plan.change?.hasInverse == true ? "undone after" : "given up after"
    lines.append(
      labelled("limit", [Span("\(limit) \(plan.limitSeconds) s at the latest"), Span("  t sets it", .muted)]))
    return lines
  }

  private var change: [TextLine] {
    guard let change = plan.change else { return [labelled("change", [Span("none could be made", .warning)])] }
    let undo =
      change.hasInverse
      ? diffLines("undo", change.inverseDiff)
      : [
        labelled("undo", [Span("nothing to undo: it heals by itself", .muted)])
      ]
    return diffLines("change", change.diff) + undo
  }

  private var effects: [TextLine] {
    let window = plan.kind.symptom.window.components.seconds
    var lines = [
      labelled("expect", [Span(plan.kind.symptom.words), Span("  within \(window) s", .muted)]),
      labelled(
        "users",
        [
          plan.gate.sparesUsers ? Span("✓ spared: ", .good) : Span("⚠ not spared: ", .warning),
          Span(plan.gate.explanation),
        ]),
    ]
    if !plan.budget.isEmpty { lines.append(labelled("budget", [Span(plan.budget)])) }
    lines += plan.reverting.map { labelled("reverts", [Span("⚠ ", .warning), Span($0)]) }
    lines += plan.trials.map { trial in
      let isGood = trial.hasSuffix("accepted on trial")
      return labelled("trial", [isGood ? Span("✓ ", .good) : Span("✗ ", .danger), Span(redacted(trial))])
    }
    return lines
      + plan.missingRights.map {
        labelled("rights", [Span("✗ ", .danger), Span("you may not \($0.verb) \($0.resource)")])
      }
  }

  /// What is not as before in the end.
  private var leftovers: [TextLine] { plan.notRestored.map { labelled("leaves", [Span($0, .muted)]) } }

  /// How the same went before.
  private var before: [TextLine] {
    let history = DrillHistory(state.drillRuns, kind: plan.kind.id)
    return history.last.map { _ in [.blank, labelled("before", historySpans(history))] } ?? []
  }
}

/// How far a drill reaches, in words and in colour.
func levelSpan(_ level: DrillKind.Level) -> Span {
  switch level {
  case .healsItself: Span(level.words, .good)
  case .heldByGate: Span(level.words, .label)
  case .reachesUsers: Span("⚠ \(level.words)", .warning)
  }
}

/// The lines of a diff: each with its sign, and the colour of it.
private func diffLines(_ label: String, _ diff: [String]) -> [TextLine] {
  diff.enumerated().map { index, line in
    let (sign, text) = (line.prefix(2), line.dropFirst(2))
    let line = labelled(index == 0 ? label : "", [Span(String(sign), signStyle(sign)), Span(redacted(String(text)))])
    return TextLine(line.spans, indent: 12)
  }
}

private func signStyle(_ sign: Substring) -> Style {
  switch sign.first {
  case "-": .danger
  case "+": .good
  default: .warning
  }
}

/// What is asked before a drill is begun: the least that a person must have read.
func drillQuestionLines(_ plan: DrillPlan, _ state: DashboardState, columns: Int) -> [[Span]] {
  var lines = [
    state.masking.masked([Span("\(plan.kind.id) \(plan.kind.title)", .strong), Span("  "), levelSpan(plan.level)])
  ]
  lines += hanging("→", .accent, plan.target.words, state, columns)
  lines += [placeLine([state.namespace ?? ""], state), []]
  for line in plan.change?.diff ?? [] {
    lines += hanging(
      String(line.prefix(1)), signStyle(line.prefix(1)), redacted(String(line.dropFirst(2))), state, columns)
  }
  let undo =
    plan.change?.hasInverse == true
    ? "undone after \(plan.limitSeconds) s, by u at any time, and by a watchdog should this program die"
    : "it heals by itself: there is nothing to undo"
  lines += hanging("↺", .label, undo, state, columns)
  let users = plan.gate.sparesUsers ? "users should not notice: " : "users will notice: "
  return lines
    + hanging(
      plan.gate.sparesUsers ? "✓" : "⚠", plan.gate.sparesUsers ? .good : .warning, users + plan.gate.explanation, state,
      columns)
}
