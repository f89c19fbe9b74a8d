import CellScreen
import ClusterModel
import Playbook

/// One check in full: what was found, how it is known, what is to be done, and the exact commands of that.
func checkLines(_ id: String, _ state: DashboardState) -> [TextLine] {
  guard let check = state.profile.checks.first(where: { $0.id == id }), let line = state.checkLine(id) else {
    return [TextLine([Span("There is no check \(id) any more.", .muted)])]
  }
  let result = line.result
  var lines = [
    TextLine([
      Span("\(result.state.glyph) ", result.state.style), Span("\(id) \(check.title)", .strong),
      Span("  \(result.state.words)", result.state.style), Span("  \(result.origin.words)", .muted),
    ]), .blank,
    labelled("found", [Span(result.evidence)]),
  ]
  if !result.advice.isEmpty { lines.append(labelled("next", [Span(result.advice)])) }
  if let age = oldestFact(check, state) { lines.append(labelled("read", [Span(agoText(age), .muted)])) }
  lines.append(labelled("asks", [Span(check.kind.summary, .muted), Span("  \(check.kind.name)", .muted)]))
  for (name, value) in check.parameters.values.sorted(by: { $0.key < $1.key }) {
    lines.append(labelled("", [Span("\(name): ", .muted), Span(value.words, .muted)]))
  }
  return lines + [.blank] + remedyLines(check, state)
}

/// What the remedy of a check would do, with its commands.
private func remedyLines(_ check: Check, _ state: DashboardState) -> [TextLine] {
  switch check.remedy {
  case nil: return [TextLine([Span("It has no remedy of its own.", .muted)])]
  case .advice(let text): return [TextLine([Span("For you to do", .title)]), TextLine([Span(text)])]
  case .run(let step):
    let heading = TextLine([Span("Remedy", .title), Span("  enter asks, then runs it", .muted)])
    switch state.remedyCommands(for: step) {
    case .failure(let problem): return [heading, TextLine([Span("✗ ", .warning), Span(problem.sentence)])]
    case .success(let commands): return [heading] + commands.map(commandLine)
    }
  }
}

/// A command as a person would type it.
func commandLine(_ command: RemedyCommand) -> TextLine {
  var spans = [Span("  $ ", .muted), Span(command.words.map(shellWord).joined(separator: " "), .value)]
  if command.isInputSecret {
    spans.append(Span("  reads secrets that are shown nowhere", .muted))
  } else if !command.input.isEmpty {
    spans.append(Span("  reads \(counted(command.input.split(separator: "\n").count, "line"))", .muted))
  }
  if command.isSimulated { spans += [Span("  "), Span("played by the demo", .demo)] }
  return TextLine(spans, indent: 4)
}

func labelled(_ label: String, _ spans: [Span]) -> TextLine {
  TextLine([Span("  \(label.padded(to: 8))", .label)] + spans, indent: 10)
}

/// How long ago the oldest answer was read that the check needs, in seconds.
private func oldestFact(_ check: Check, _ state: DashboardState) -> Double? {
  check.questions(state.profile, in: state.snapshot).compactMap { state.facts[$0]?.readAt }.min()
    .map { state.now.since($0).inSeconds }
}

extension CheckResult.State {
  /// What it says of a check: `holds`.
  var words: String {
    switch self {
    case .holds: "holds"
    case .fails: "fails"
    case .unknown: "cannot be known"
    case .skipped: "is skipped"
    case .manual: "holds, as you said"
    case .stale: "held, too long ago"
    }
  }
}

extension CheckResult.Origin {
  fileprivate var words: String {
    switch self {
    case .observed: "observed"
    case .recorded: "recorded when it happened"
    case .manual: "judged by you"
    case .simulated: "simulated: the demo plays what is asked"
    }
  }
}

extension CheckParameters.Value {
  fileprivate var words: String {
    switch self {
    case .text(let text): text
    case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
    case .texts(let texts): texts.joined(separator: ", ")
    }
  }
}
