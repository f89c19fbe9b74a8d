import CellScreen
import ClusterModel
import Playbook

/// Draws the question over everything: what, where, what follows, the exact command, and the answers.
func drawQuestion(_ question: ActQuestion, _ state: DashboardState, _ canvas: Canvas) {
  let columns = max(20, min(canvas.columns - 8, 94))
  var title: String
  var lines: [[Span]]
  var yes: String
  switch question.intent {
  case .arm(let context):
    (title, yes) = ("Allow changes?", "Arm")
    let words =
      "\(context) is protected: others depend on it. For \(Arming.seconds / 60) minutes every key that changes something "
      + "asks once more, with what follows from it."
    lines = wrapped(state.masking.masked(words), columns: columns).map { [Span($0)] }
  case .shell(let aim, let container):
    (title, yes) = ("Open a shell?", "Open")
    lines = [
      state.masking.masked([Span("Pod ", .muted), Span(aim.object.name, .strong), Span("  container \(container)")]),
      placeLine([aim.object.namespace], state), [], [Span("What is typed there changes what runs.", .warning)],
    ]
  case .tool(let operation):
    (title, yes) = ("Ask \(operation.tool.rawValue)?", "Ask")
    lines = toolQuestionLines(operation, state, columns: columns)
  case .deploy(let plan):
    (title, yes) = ("Run \(counted(plan.steps.count, "step"))?", "Run")
    lines = deployQuestionLines(plan, state, columns: columns)
  case .change(let changes):
    let verb = changes.first?.verb.word ?? ""
    yes = verb.prefix(1).uppercased() + verb.dropFirst()
    let what = changes.count > 1 ? "\(yes) \(changes.count) pods" : yes
    title = (question.undoes == nil ? what : "Take back: \(verb)") + "?"
    lines = changeLines(changes, question, state, columns: columns)
  }
  let border: Style = state.standing == .protected ? .borderProtected : .borderFocused
  Dialog(
    title: [Span(title, .title)], lines: lines, answers: answers(question, yes, state), firstLine: question.firstLine,
    border: border
  ).draw(on: canvas.verbatim)
}

private func answers(_ question: ActQuestion, _ yes: String, _ state: DashboardState) -> [Span] {
  let force =
    question.canBeForced
    ? [Span("   ctrl-f", .key), Span(question.force == true ? " gently" : " by force", .muted)] : []
  if let word = question.wordToType {
    let asked = state.masking.masked([Span("Type "), Span(word, .strong), Span(": ")])
    let typed = asked + [Span(state.shownTyping(question.typed), .key), Span("▏   ", .accent)]
    return typed + [Span("enter", .key), Span(" \(yes) · ", .muted), Span("esc", .key), Span(" Cancel", .muted)] + force
  }
  return [
    Span(" Cancel ", question.isReady ? .muted : .tabSelected), Span("  "),
    Span(" \(yes) ", question.isReady ? .tabSelected : .muted), Span("   y", .key), Span(" does it", .muted),
  ] + force
}

private func changeLines(
  _ changes: [ClusterChange], _ question: ActQuestion, _ state: DashboardState, columns: Int
) -> [[Span]] {
  let plans = ChangePlan.all(of: changes, in: state.snapshot, at: state.now)
  var lines = objectLines(plans, question, state)
  lines.append(placeLine(changes.map(\.object.namespace), state))
  lines.append([])
  let hidden = changes.count { change in
    changes.count > 1 && state.pods.index(of: .object(change.object, change.uid)) == nil
  }
  if hidden > 0 { lines.append([Span("⚠ ", .warning), Span("\(hidden) of them are hidden by the filter")]) }
  if freshness(of: [.pods], state).isOld {
    let age = state.snapshot.age(of: .pods, at: state.now).map { Age.text(of: $0) } ?? "some time"
    lines.append([Span("⚠ ", .warning), Span("what is shown is \(age) old: the cluster may be another by now")])
  }
  var seen: Set<String> = []
  let consequences = plans.flatMap(\.consequences).enumerated().sorted {
    ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
  }.map(\.element)
  for line in consequences where seen.insert(line.text).inserted && seen.count <= consequencesMax {
    lines += hanging(line.severity.glyph, line.severity.style, redacted(line.text), state, columns)
  }
  if let plan = plans.first { lines += hanging("↺", .label, plan.undo.words, state, columns) }
  lines.append([])
  let commands = plans.first?.change.commands ?? []
  if commands.contains(where: \.isRead) {
    lines += hanging("·", .muted, "asked first: whether the name still belongs to this object", state, columns)
  }
  for command in commands where !command.isRead {
    let words = (try? command.argv(for: state.kubectl))?.map(shellWord).joined(separator: " ") ?? ""
    let input = command.input.isEmpty ? "" : " <<< \(shellWord(command.input))"
    lines += wrapped(state.masking.masked("$ " + words + input), columns: columns).map { [Span($0, .muted)] }
  }
  if changes.count > 1 { lines.append([Span("and the same for \(changes.count - 1) more", .muted)]) }
  return lines
}

/// Where it runs, what for, and every command as it will run.
private func deployQuestionLines(_ plan: DeployPlan, _ state: DashboardState, columns: Int) -> [[Span]] {
  var lines = [placeLine([state.namespace ?? ""], state)]
  if case .workingFolder(let path) = state.profile.origin {
    lines += hanging("⚠", .warning, "the commands come from \(path), not from this program", state, columns)
  }
  for step in plan.steps {
    lines += [[], [Span(step.title, .strong), Span("  for \(step.checks.joined(separator: ", "))", .muted)]]
    lines += step.commands.flatMap { command in
      hanging("", .muted, commandLine(command).spans.text, state, columns)
    }
  }
  return lines
}

/// What a tool is asked, what it sees, and that it could do more than it is asked.
private func toolQuestionLines(_ operation: AIOperation, _ state: DashboardState, columns: Int) -> [[Span]] {
  let words = operation.argv(for: state.deploying.programs).map(shellWord).joined(separator: " ")
  var lines = [placeLine([operation.namespace], state), []]
  lines += hanging("$", .muted, words, state, columns)
  lines += hanging(
    "·", .muted, "KUBECONFIG names a file of this one context and namespace, removed afterwards", state, columns)
  lines.append([])
  lines += hanging(
    "⚠", .warning,
    "It is asked only to read, but it works with your rights: what you may change, it could change. "
      + "A context that may only view makes sure.", state, columns)
  lines += hanging("⚠", .warning, "What it reads of the cluster goes to the model that it uses.", state, columns)
  return lines
}

/// How much a person reads before an answer.
private let (objectsMax, consequencesMax) = (8, 10)

private func objectLines(_ plans: [ChangePlan], _ question: ActQuestion, _ state: DashboardState) -> [[Span]] {
  var lines = plans.prefix(objectsMax).map { plan -> [Span] in
    let object = plan.change.object
    let name = state.masking.masked([Span("\(object.kind.kindName) ", .muted), Span(object.name, .strong)])
    if let refusal = state.refusal(plan, question) {
      return [Span("✗ ", .danger)] + name + state.masking.masked([Span("  \(refusal)", .danger)])
    }
    return name + [Span("  \(plan.change.verb.aimWords)", .accent)]
  }
  if plans.count > objectsMax { lines.append([Span("and \(plans.count - objectsMax) more", .muted)]) }
  return lines
}

private func placeLine(_ places: [String], _ state: DashboardState) -> [Span] {
  let context = state.snapshot.connection.context
  let style: Style = state.standing == .protected ? .contextProtected : .strong
  let namespaces = Set(places).filter { !$0.isEmpty }.sorted().joined(separator: ", ")
  var spans = [Span("context ", .muted), Span(context, style)]
  if !namespaces.isEmpty { spans += [Span("  namespace ", .muted), Span(namespaces, .strong)] }
  return state.masking.masked(spans)
}

private func hanging(
  _ glyph: String, _ style: Style, _ text: String, _ state: DashboardState, _ columns: Int
) -> [[Span]] {
  wrapped(state.masking.masked(text), columns: columns - 2).enumerated().map { index, line in
    [Span(index == 0 ? "\(glyph) " : "  ", style), Span(line)]
  }
}

extension Undo {
  /// What undo would do, or why it cannot.
  fileprivate var words: String {
    switch self {
    case .by(let verb): "u takes it back: \(verb.word)\(verb.aimWords.isEmpty ? "" : " \(verb.aimWords)")"
    case .impossible(let why): "cannot be taken back: \(why)"
    }
  }
}

extension ChangeVerb {
  /// What it changes to: `2 → 3`.
  fileprivate var aimWords: String {
    switch self {
    case .scale(let before, let after): "\(before) → \(after) replicas"
    case .setImage(let image): "\(image.container): \(image.before) → \(image.after)"
    case .rollBack(let revision): "to revision \(revision)"
    case .delete(let byForce): byForce ? "by force" : ""
    case .restart, .pause, .resume, .evict, .cordon, .uncordon: ""
    }
  }
}
