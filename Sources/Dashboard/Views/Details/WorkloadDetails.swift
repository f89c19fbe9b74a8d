import CellScreen
import ClusterModel

extension Details {
  /// A Deployment, StatefulSet, DaemonSet or Job: why, its rollout with every pod, its revisions, what guards it.
  static let workload = Details(
    kinds: WorkloadSummary.kinds,
    sections: [
      whySection, rolloutSection, podTreeSection, revisionsSection, guardsSection, workloadUsageSection,
      conditionsSection, eventsSection,
    ])
}

/// How far the rollout is, how it goes on, and whether it can hurt users.
private let rolloutSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let summary = context.snapshot.workload(context.key, at: context.now) else { return DetailSection([]) }
  let style: Style = summary.rollout.isFailed ? .danger : summary.rollout.isDone ? .good : .rolling
  let counts =
    "\(summary.ready) ready, \(summary.updated) updated, \(summary.available) available of \(summary.desired)"
  var lines = [
    field("Rollout", [Span(oneLine(summary.rollout.text), style)]),
    field("Pods", dotted([Span(counts), Span("\(summary.age(at: context.now)) old", .muted)])),
  ]
  if summary.isPaused {
    lines.append(field("Paused", [Span("changes begin no rollout until it is resumed", .warning)]))
  }
  switch context.snapshot[context.key] {
  case .deployment(let deployment): lines += deploymentLines(deployment, context)
  case .statefulSet(let set): lines += statefulSetLines(set)
  case .daemonSet(let set): lines.append(field("Strategy", [Span(set.updateStrategy)]))
  case .job(let job): lines += jobLines(job)
  default: break
  }
  return DetailSection(lines)
}

private func deploymentLines(_ deployment: Deployment, _ context: DetailContext) -> [TextLine] {
  guard let view = context.snapshot.rolloutView(of: context.key, at: context.now) else { return [] }
  let rolling =
    deployment.strategy == "RollingUpdate"
    ? ": at most \(text(of: deployment.maxSurge)) more and \(text(of: deployment.maxUnavailable)) fewer pods at a time"
    : ""
  let gate = view.gate
  var lines = [
    field("Strategy", [Span(deployment.strategy), Span(rolling, .muted)]),
    field(
      "Gate",
      [
        Span(
          gate.protectsUsers ? "✓ protects users: " : "⚠ does not protect users: ",
          gate.protectsUsers ? .good : .warning),
        Span(gate.explanation),
      ]),
  ]
  if let left = view.deadlineRemaining, let whole = deployment.progressDeadlineSeconds, whole > 0 {
    let share = 1 - left.inSeconds / Double(whole)
    lines.append(
      field(
        "Deadline",
        Bar(value: share).spans(columns: deadlineColumns)
          + [
            Span("  fails in \(Age.text(of: left))", share >= Bar.highShare ? .warning : .plain),
            Span(" unless a pod makes progress", .muted),
          ]))
  }
  return lines
}

private let deadlineColumns = 20

private func statefulSetLines(_ set: StatefulSet) -> [TextLine] {
  let partition = set.partition.map { ", partition \($0): pods below it stay as they are" } ?? ""
  var lines = [field("Strategy", [Span(set.updateStrategy), Span(partition, .muted)])]
  if !set.updateRevision.isEmpty, set.updateRevision != set.currentRevision {
    lines.append(field("Revision", [Span(set.currentRevision), Span(" → ", .rolling), Span(set.updateRevision)]))
  }
  return lines
}

private func jobLines(_ job: Job) -> [TextLine] {
  let counts = "\(job.succeeded) succeeded, \(job.active) active, \(job.failed) failed"
  let retries = job.backoffLimit.map { ", gives up after \($0 + 1) failures" } ?? ""
  return [field("Runs", [Span(counts), Span(retries, .muted)])]
}

private func text(of amount: CountOrPercent) -> String {
  switch amount {
  case .count(let count): "\(count)"
  case .percent(let percent): "\(percent) %"
  }
}

/// The pods: of a Deployment below their ReplicaSets, the new one first.
let podTreeSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let view = context.snapshot.rolloutView(of: context.key, at: context.now) else {
    let pods = context.snapshot.pods(of: context.key)
    return DetailSection("Pods", podBranches(pods, context))
  }
  let parts = (view.newPart.map { [("new", $0)] } ?? []) + view.oldParts.map { ("old", $0) }
  return DetailSection(
    "Pods",
    parts.flatMap { word, part -> [TextLine] in
      let isWhole = part.ready >= part.desired && word == "new"
      let revision = part.revision.map { "revision \($0)" } ?? ""
      let head = [
        Span(isWhole ? "✓ " : word == "new" ? "◐ " : "· ", isWhole ? .good : .rolling), Span("\(word) ", .label),
        Span(part.key.name, .link), Span("  \(revision)  ", .muted), Span("\(part.ready)/\(part.desired) ready"),
        Span("  \(part.images.map(imageTag).joined(separator: " "))", .muted),
      ]
      return [TextLine(head, link: part.key)] + podBranches(part.pods, context)
    })
}

private func podBranches(_ pods: [ObjectKey], _ context: DetailContext) -> [TextLine] {
  let shown = pods.prefix(podsShownMax)
  var lines = shown.enumerated().map { index, pod in
    podLine(pod, context, lead: Span("  " + (index == pods.count - 1 ? "└─ " : "├─ "), .border))
  }
  if pods.count > shown.count {
    lines.append(TextLine([Span("  └─ ", .border), Span("\(pods.count - shown.count) more", .muted)]))
  }
  return lines
}

/// The tag, or what else tells an image from others of its repository.
private func imageTag(_ image: String) -> String { image.split(separator: "/").last.map(String.init) ?? image }

/// The revisions that are kept, and what each ran.
private let revisionsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let revisions = context.snapshot.revisions(of: context.key)
  let width = min(
    max(12, context.columns / 2), (revisions.map { $0.images.joined(separator: " ").count }.max() ?? 0) + 2)
  return DetailSection(
    "Revisions",
    revisions.map { revision in
      let cause = revision.changeCause.isEmpty ? "" : oneLine(revision.changeCause)
      let why = revision.restartedAt == nil ? cause : cause.isEmpty ? "kubectl rollout restart" : "\(cause) (restart)"
      return TextLine(
        [
          Span(revision.isCurrent ? "● " : "  ", .accent),
          Span((revision.number.map(String.init) ?? "?").leftPadded(to: 3), revision.isCurrent ? .strong : .label),
          Span("  \(Age.text(since: revision.createdAt, at: context.now).padded(to: 7))", .muted),
          Span(revision.images.joined(separator: " ").padded(to: width)), Span(why, .muted),
        ], link: revision.replicaSet)
    })
}

/// What else has a say in how many pods there are.
private let guardsSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let summary = context.snapshot.workload(context.key, at: context.now) else { return DetailSection([]) }
  var lines: [TextLine] = []
  if let key = summary.autoscaler, let scaler = context.snapshot.horizontalPodAutoscalers[key] {
    let range = "\(scaler.minReplicas)–\(scaler.maxReplicas) pods, wants \(scaler.desiredReplicas)"
    lines.append(
      field(
        "Scaler",
        dotted([Span(key.name, .link), Span(range)] + scaler.metrics.map { Span($0, .muted) }), link: key))
  } else if summary.key.kind == .deployments {
    lines.append(field("Scaler", [Span("none: the number of pods is fixed", .muted)]))
  }
  if let key = summary.disruptionBudget, let budget = context.snapshot.podDisruptionBudgets[key] {
    let rule =
      budget.minAvailable.map { "at least \(text(of: $0)) stay" }
      ?? budget.maxUnavailable.map { "at most \(text(of: $0)) missing" } ?? "no rule"
    let allowed = budget.disruptionsAllowed
    lines.append(
      field(
        "Budget",
        dotted([
          Span(key.name, .link), Span(rule),
          Span("\(allowed) may be evicted now", allowed > 0 ? .muted : .warning),
        ]), link: key))
  } else if summary.key.kind == .deployments {
    lines.append(field("Budget", [Span("none: a drained node may take all pods at once", .muted)]))
  }
  return DetailSection("Guards", lines)
}
