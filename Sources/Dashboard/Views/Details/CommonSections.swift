import CellScreen
import ClusterModel

/// Why: everything that is wrong, most severe first, with what to do.
let whySection: @Sendable (DetailContext) -> DetailSection = { context in
  let findings =
    context.key.kind == .pods
    ? context.snapshot.findings(ofPod: context.key, at: context.now)
    : context.snapshot.findings(ofWorkload: context.key, at: context.now)
  guard !findings.isEmpty else {
    return DetailSection([
      TextLine([Span("✓ ", .good), Span("Nothing is wrong as far as the cluster tells.")])
    ])
  }
  return DetailSection(findings.flatMap { findingLines($0, context) })
}

private func findingLines(_ finding: Finding, _ context: DetailContext) -> [TextLine] {
  var first = [Span("\(finding.severity.glyph) ", finding.severity.style), Span(redacted(finding.headline), .strong)]
  if let since = finding.since { first.append(Span("  for \(Age.text(since: since, at: context.now))", .muted)) }
  var lines = [TextLine(first)]
  let detail = oneLine(finding.detail)
  if !detail.isEmpty { lines.append(TextLine([Span("  "), Span(detail)])) }
  if !finding.remedyHint.isEmpty {
    lines.append(TextLine([Span("  → ", .accent), Span(finding.remedyHint, .label)]))
  }
  return lines
}

/// The conditions of the object, those that are not as they should be in words.
let conditionsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let conditions = context.snapshot[context.key]?.conditions ?? []
  let width = min(26, (conditions.map(\.type.count).max() ?? 0) + 2)
  return DetailSection(
    "Conditions",
    conditions.map { condition in
      let isGood = condition.isAsWished
      let age = condition.lastTransitionTime.map { Age.text(since: $0, at: context.now) } ?? ""
      let why =
        isGood ? "" : [condition.reason, oneLine(condition.message)].filter { !$0.isEmpty }.joined(separator: ": ")
      return TextLine(
        lead(isGood ? "✓" : "✗", isGood ? .good : .warning, condition.type, width: width)
          + [
            Span(condition.status.padded(to: 8), isGood ? .muted : .plain), Span(age.padded(to: 7), .muted), Span(why),
          ],
        indent: min(width + 4, context.columns / 3))
    })
}

/// The events about the object, newest first.
let eventsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let events = context.snapshot.events(about: context.key)
  if events.isEmpty {
    let status = context.snapshot.stream(.events)
    guard !status.isReadable else { return DetailSection([]) }
    return DetailSection("Events", [TextLine([Span("  Events may not be read.", .muted)])])
  }
  return DetailSection("Events", events.map { eventLine($0, context) })
}

/// An event with its time, its age and how often it was seen.
func eventLine(_ event: KubernetesEvent, _ context: DetailContext) -> TextLine {
  let time = event.lastTimestamp.map { "\(timeText($0))  \(Age.text(since: $0, at: context.now).padded(to: 7))" } ?? "–"
  let sign = event.isWarning ? Span("⚠ ", .warning) : Span("  ")
  let stamp = Span(time.padded(to: 18), .stamp)
  var spans = [
    sign, stamp, Span("\(event.reason) ", event.isWarning ? .warning : .label), Span(oneLine(event.message)),
  ]
  if event.count > 1 { spans.append(Span("  ×\(event.count)", .muted)) }
  return TextLine(spans, indent: [sign, stamp].columns)
}

/// Who made the object, from the outermost controller down to it.
let ownersSection: @Sendable (DetailContext) -> DetailSection = { context in
  let owners = context.snapshot.ownerChain(of: context.key)
  var steps: [(words: String, name: String, link: ObjectKey?)] = owners.map { ($0.kind.kindName, $0.name, $0) }
  guard !owners.isEmpty || context.snapshot.pods[context.key] != nil else { return DetailSection([]) }
  steps.append((context.key.kind.kindName, "\(context.key.name)  ← this", nil))
  if let node = context.snapshot.pods[context.key]?.nodeName {
    let key = ObjectKey(.nodes, namespace: "", name: node)
    steps.append(node.isEmpty ? ("Node", "none yet: it is not scheduled", nil) : ("Node", node, key))
  }
  return DetailSection(
    "Made by",
    steps.enumerated().map { depth, step in
      let indent = String(repeating: "   ", count: max(0, depth - 1))
      let branch = depth == 0 ? Span("  ") : Span("  \(indent)└─ ", .border)
      return TextLine(
        [branch, Span("\(step.words) ", .label), Span(step.name, step.link == nil ? .plain : .link)], link: step.link)
    })
}

/// Labels and annotations that have a meaning.
let labelsSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let metadata = context.snapshot[context.key]?.metadata else { return DetailSection([]) }
  let facts = [
    field("Age", [Span(Age.text(since: metadata.creationTimestamp, at: context.now))]),
    field("Version", [Span(metadata.resourceVersion.isEmpty ? "–" : metadata.resourceVersion)]),
  ]
  let pairs = (metadata.labels.map { ($0, $1) } + metadata.annotations.map { ($0, $1) }).sorted { $0.0 < $1.0 }
  return DetailSection(
    "", facts + pairs.map { TextLine([Span("  \($0.0) ", .label), Span(oneLine($0.1))]) })
}

/// The pods that need a ConfigMap or Secret.
let usersSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard context.key.kind.isMetadataOnly else { return DetailSection([]) }
  let users = context.snapshot.pods.keys(in: context.key.namespace).sorted().filter { key in
    context.snapshot.pods[key]?.needs.contains { $0.kind == context.key.kind.kindName && $0.name == context.key.name }
      ?? false
  }
  let note = Span("  what is read of it is its name and version, never what is in it", .muted)
  return DetailSection(
    "Used by", note: [note], users.prefix(podsShownMax).map { podLine($0, context, lead: Span("  ")) })
}

/// How many pods one section names.
let podsShownMax = 100

/// A pod in one line, which opens it.
func podLine(_ key: ObjectKey, _ context: DetailContext, lead: Span) -> TextLine {
  guard let summary = context.snapshot.podSummary(key) else {
    return TextLine([lead, Span(key.name, .muted)], link: key)
  }
  var spans = [
    lead, Span(key.name.padded(to: podNameColumns(context)), .link),
    Span("\(summary.columns.ready) \(summary.columns.status)  ", summary.health(at: context.now).style),
    Span(summary.age(at: context.now), .muted),
  ]
  let why = redacted(summary.headline(at: context.now))
  if !why.isEmpty { spans.append(Span("  \(why)")) }
  return TextLine(spans, link: key, indent: TextWidth.columns(of: lead.text) + 2)
}

/// The columns of a pod's name: as many as a usual one takes, fewer where there is little room.
private func podNameColumns(_ context: DetailContext) -> Int { context.columns >= 100 ? 38 : 32 }

// MARK: - Pieces of lines

/// A name and what it says.
func field(_ name: String, _ value: [Span], link: ObjectKey? = nil) -> TextLine {
  TextLine([Span("  " + name.padded(to: 10), .label)] + value, link: link)
}

/// A sign and a name, as wide as those of the lines around it.
func lead(_ glyph: String, _ style: Style, _ name: String, width: Int) -> [Span] {
  [Span("\(glyph) ", style), Span(name.padded(to: width), .label)]
}

/// Outside text as one line, without what must not be seen.
func oneLine(_ text: String) -> String {
  redacted(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// Pieces with a dot between them.
func dotted(_ parts: [Span]) -> [Span] { Array(parts.map { [$0] }.joined(separator: [Span(" · ", .muted)])) }

extension Condition {
  /// Whether it is as it is for an object that is well: most are true then, those that name a trouble are false.
  var isAsWished: Bool {
    let isTrouble =
      type.hasSuffix("Pressure") || type.hasSuffix("Unavailable") || type.hasSuffix("Failure")
      || type == "ScalingLimited" || type == "DisruptionTarget" || type == "Failed" || type == "FailureTarget"
      || type == "Suspended"
    return status == (isTrouble ? "False" : "True")
  }
}

extension ClusterObject {
  /// The conditions of its status; none for kinds that have none.
  var conditions: [Condition] {
    switch self {
    case .pod(let object): object.conditions
    case .deployment(let object): object.conditions
    case .replicaSet(let object): object.conditions
    case .statefulSet(let object): object.conditions
    case .daemonSet(let object): object.conditions
    case .job(let object): object.conditions
    case .horizontalPodAutoscaler(let object): object.conditions
    case .node(let object): object.conditions
    case .service, .endpointSlice, .ingress, .event, .podDisruptionBudget, .ingressClass, .configMap, .secret,
      .podMetrics, .nodeMetrics:
      []
    }
  }
}
