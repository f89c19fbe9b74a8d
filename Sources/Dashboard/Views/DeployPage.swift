import CellScreen
import ClusterModel
import Playbook

/// A deploy: what it would do, or how far it is.
func deployLines(_ state: DashboardState) -> [TextLine] {
  guard let walk = state.deploying.walk else { return planLines(state) }
  return headLines(walk, state) + stepLines(walk, state) + whyLine(walk, state) + outputLines(walk, state)
    + adviceLines(walk.plan)
}

// MARK: - Before

private func planLines(_ state: DashboardState) -> [TextLine] {
  let plan = state.deployPlan
  let waiting = state.profile.questions(in: state.snapshot).count { state.facts[$0] == nil }
  var lines = [
    TextLine([
      Span(plan.steps.isEmpty ? "✓ Nothing is to be run" : "Plan: \(counted(plan.steps.count, "step"))", .strong),
      Span("  \(plan.holding.count) checks of phases 1–5 hold already", .muted),
    ])
  ]
  if waiting > 0 {
    lines.append(TextLine([Span("◐ ", .rolling), Span("\(waiting) answers are on their way …", .muted)]))
  }
  for (index, step) in plan.steps.enumerated() {
    let goal = step.commands.compactMap(\.goal).max().map { "  goal \(Age.text(of: $0))" } ?? ""
    let last = step.commands.first.flatMap { state.deployRecord.runs[$0.timedAs] }
      .map { "  last time \(Age.text(of: .seconds($0.seconds)))" }
    lines += [
      .blank,
      TextLine([
        Span("\(index + 1) ", .key), Span(step.title, .strong),
        Span("  for \(step.checks.joined(separator: ", "))\(goal)\(last ?? "")", .muted),
      ]),
    ]
    lines += step.commands.map(commandLine)
  }
  return lines + adviceLines(plan)
}

private func adviceLines(_ plan: DeployPlan) -> [TextLine] {
  guard !plan.advice.isEmpty else { return [] }
  return [.blank, TextLine([Span("Left for you", .title)])]
    + plan.advice.map {
      TextLine([Span("  \($0.check) ", .muted), Span($0.title), Span("  → \($0.text)", .label)], indent: 6)
    }
}

// MARK: - Meanwhile and after

private func headLines(_ walk: DeployWalk, _ state: DashboardState) -> [TextLine] {
  let end = walk.endedAt ?? state.now
  let elapsed = walk.startedAt.map { Age.text(of: end.since($0)) } ?? ""
  let head: [Span]
  switch walk.state {
  case .done: head = [Span("✓ ", .good), Span("Deployed", .strong), Span(" in \(elapsed)", .good)]
  case .stopped(let words):
    head = [Span("✗ ", .danger), Span("Stopped after \(elapsed): ", .strong), Span(words, .danger)]
  case .settling:
    head = [Span("◐ ", .rolling), Span("Waiting until all checks hold", .strong), Span("  \(elapsed)", .label)]
  default: head = [Span("◐ ", .rolling), Span("Deploying", .strong), Span("  \(elapsed)", .label)]
  }
  return [TextLine(head, indent: 2)]
}

private func stepLines(_ walk: DeployWalk, _ state: DashboardState) -> [TextLine] {
  zip(walk.plan.steps, walk.steps).flatMap { step, progress -> [TextLine] in
    let line = TextLine(
      [
        Span("\(progress.state.glyph) ", progress.state.style),
        Span(step.title, progress.state == .waiting ? .muted : .plain),
        Span("  \(step.checks.joined(separator: ", "))", .muted),
      ] + timeSpans(step, progress, state), indent: 2)
    switch progress.state {
    case .running: return [line, commandLine(step.commands[progress.command])]
    case .verifying:
      let words = "waits until \(step.checks.joined(separator: ", ")) hold"
      return [line, TextLine([Span("    \(words)", .muted)], indent: 4)]
    case .failed(let words): return [line, TextLine([Span("    \(words)", .danger)], indent: 4)]
    case .waiting, .done, .passedOver: return [line]
    }
  }
}

/// How long a step took or has taken, against its goal.
private func timeSpans(_ step: DeployPlan.Step, _ progress: DeployWalk.Progress, _ state: DashboardState) -> [Span] {
  guard let startedAt = progress.startedAt else { return [] }
  let elapsed = (progress.endedAt ?? state.now).since(startedAt)
  let goal = step.commands.compactMap(\.goal).max()
  let isLate = goal.map { elapsed > $0 } ?? false
  return [Span("  \(Age.text(of: elapsed))", isLate ? .warning : .label)]
    + (goal.map { [Span(" of \(Age.text(of: $0))", .muted)] } ?? [])
}

/// Why it waits, from what the cluster shows; helm itself is silent until it ends.
private func whyLine(_ walk: DeployWalk, _ state: DashboardState) -> [TextLine] {
  guard walk.isActive, let failure = state.deployFailure else { return [] }
  return [.blank, TextLine([Span("why  ", .label), Span(redacted(failure), .warning)], indent: 5)]
}

/// The last lines that the command printed.
private func outputLines(_ walk: DeployWalk, _ state: DashboardState) -> [TextLine] {
  let output = state.deploying.output
  guard !output.lines.isEmpty else { return [] }
  let room = max(5, state.size.rows / 3)
  let shown = walk.isActive ? Array(output.lines.suffix(room)) : output.lines
  let left = output.dropped + output.lines.count - shown.count
  return [.blank, TextLine([Span("Output", .title), Span(left > 0 ? "  \(left) lines before" : "", .muted)])]
    + shown.map { TextLine([Span("  \($0)", .muted)], indent: 4) }
}

extension DeployWalk.StepState {
  fileprivate var glyph: String {
    switch self {
    case .waiting: "◌"
    case .running, .verifying: "◐"
    case .done: "✓"
    case .passedOver: "–"
    case .failed: "✗"
    }
  }

  fileprivate var style: Style {
    switch self {
    case .waiting, .passedOver: .muted
    case .running, .verifying: .rolling
    case .done: .good
    case .failed: .danger
    }
  }
}
