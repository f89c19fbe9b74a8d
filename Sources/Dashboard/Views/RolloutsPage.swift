import CellScreen
import ClusterModel
import Playbook

/// The rollouts that were begun here, newest first: how far, why it waits, what users notice, every pod.
func rolloutLines(_ state: DashboardState) -> [TextLine] {
  guard !state.acting.rollouts.isEmpty else {
    return [TextLine([Span("No rollout was begun here in the last minutes.", .muted)])]
  }
  let here = state.acting.rollouts.filter { state.namespace == nil || $0.object.namespace == state.namespace }
  guard !here.isEmpty else {
    return [TextLine([Span("The rollouts that were begun are in another namespace.", .muted)])]
  }
  return Array(here.map { RolloutCard($0, state).lines }.joined(separator: [.blank]))
}

/// One rollout as it is shown.
private struct RolloutCard {
  let watch: RolloutWatch
  let context: DetailContext
  let summary: WorkloadSummary?
  let view: RolloutView?

  private static let barColumns = 24
  private static let labelColumns = 9

  init(_ watch: RolloutWatch, _ state: DashboardState) {
    self.watch = watch
    context = DetailContext(key: watch.object, state: state, columns: state.pageColumns)
    summary = state.snapshot.workload(watch.object, at: state.now)
    view = state.snapshot.rolloutView(of: watch.object, at: state.now)
  }

  var lines: [TextLine] {
    guard let summary else {
      return [TextLine([Span("✗ ", .warning), Span("\(watch.object.typedName) is gone.", .warning)])]
    }
    return [head(summary), progress(summary)] + why(summary) + [status(summary)] + users + words
      + podTreeSection(context).lines
  }

  private var isDone: Bool { watch.endedAt != nil }

  private func head(_ summary: WorkloadSummary) -> TextLine {
    let glyph = isDone ? Span("✓ ", .good) : summary.rollout.isFailed ? Span("✗ ", .danger) : Span("◐ ", .rolling)
    let age = Age.text(since: watch.startedAt, at: context.now)
    return TextLine(
      [
        glyph, Span(watch.object.typedName, .strong), Span("  \(watch.change.verb.pastWords)"),
        Span("  \(age) ago", .muted),
      ], link: watch.object)
  }

  /// How many of the wanted pods serve, for how long it has gone on, and when it counts as failed.
  private func progress(_ summary: WorkloadSummary) -> TextLine {
    let share = summary.desired == 0 ? 1 : Double(min(serving(summary), summary.desired)) / Double(summary.desired)
    let elapsed = (watch.endedAt ?? context.now).since(watch.startedAt)
    var notes = [
      Span("\(serving(summary)) of \(summary.desired) new pods available"),
      Span(isDone ? "took \(Age.text(of: elapsed))" : Age.text(of: elapsed), .label),
    ]
    if let last = watch.lastDuration { notes.append(Span("last time \(Age.text(of: last))", .muted)) }
    if let left = view?.deadlineRemaining, !isDone {
      notes.append(Span("fails in \(Age.text(of: left)) without progress", left.inSeconds < 60 ? .warning : .muted))
    }
    return TextLine([Span("  ")] + Bar(value: share).spans(columns: Self.barColumns) + [Span("  ")] + dotted(notes))
  }

  /// Pods of the new template that serve; where they cannot be told apart, all that are updated and available.
  private func serving(_ summary: WorkloadSummary) -> Int {
    view?.newPart.map { min($0.available, $0.desired) } ?? min(summary.updated, summary.available)
  }

  /// Why it waits: what is wrong with it or its new pods, else what the slowest of them is doing.
  private func why(_ summary: WorkloadSummary) -> [TextLine] {
    if isDone { return [] }
    let pods = view?.newPart?.pods ?? context.snapshot.pods(of: watch.object)
    let sick = pods.lazy.compactMap { pod in
      context.snapshot.findings(ofPod: pod, at: context.now).first.map { (pod, $0) }
    }.first
    if let (pod, finding) = sick {
      return [
        row(
          "why",
          [Span("\(pod.name.suffix(5)) ", .strong), Span(redacted(finding.headline), finding.severity.style)],
          link: pod)
      ] + (finding.detail.isEmpty ? [] : [row("", [Span(oneLine(finding.detail), .muted)])])
    }
    let waiting = pods.first { context.snapshot.pods[$0]?.conditions[type: "Ready"]?.isTrue != true }
    guard let waiting, let columns = context.snapshot.podSummary(waiting)?.columns else {
      return [row("why", [Span("the controller makes the next pod", .muted)])]
    }
    return [row("why", [Span("\(waiting.name): \(columns.status), \(columns.ready) containers ready")], link: waiting)]
  }

  /// In the words of `kubectl rollout status`.
  private func status(_ summary: WorkloadSummary) -> TextLine {
    // Until the server has taken the change in, the workload still speaks of the rollout before.
    if !isDone, summary.rollout.isDone { return row("kubectl", [Span("the change is on its way …", .muted)]) }
    let style: Style = isDone ? .good : summary.rollout.isFailed ? .danger : .muted
    return row("kubectl", [Span(oneLine(summary.rollout.text), style)])
  }

  /// What those got who asked the application meanwhile.
  private var users: [TextLine] {
    let end = watch.endedAt ?? context.now
    return context.state.ingresses.flatMap(\.paths).compactMap { path in
      let answers = context.snapshot.probes.results(of: path.target).filter { watch.startedAt <= $0.at && $0.at <= end }
      guard !answers.isEmpty else { return nil }
      let good = answers.count { !$0.isFailure }
      let isGood = good == answers.count
      return row(
        "users",
        [
          Span(isGood ? "✓ " : "✗ ", isGood ? .good : .danger),
          Span("\(path.name): \(good) of \(answers.count) answers good meanwhile"),
        ])
    }
  }

  /// The last line that a container wrote that died in one of the new pods.
  private var words: [TextLine] {
    guard !isDone else { return [] }
    let pods = view?.newPart?.pods ?? []
    let card = pods.lazy.flatMap { context.state.crashes(ofPod: $0) }.compactMap { context.state.crashCards[$0.target] }
      .first
    guard let line = card?.lines?.last else { return [] }
    return [row("log", [Span(redacted(line.text), .warning)])]
  }

  private func row(_ label: String, _ spans: [Span], link: ObjectKey? = nil) -> TextLine {
    TextLine(
      [Span("  \(label.padded(to: Self.labelColumns))", .label)] + spans, link: link, indent: Self.labelColumns + 2)
  }
}
