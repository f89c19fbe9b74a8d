import CellScreen
import ClusterModel
import Playbook

/// The keys that count while details are shown.
let detailCommands: [Command] =
  viewCommands(.details) + [
    Command(
      "details-logs", .view(.details), keys: "l", summary: "follow the logs of this pod or workload", hint: "logs",
      disabledReason: { $0.logTarget == nil ? "this has no logs" : nil },
      perform: { $0.openLogs() })
  ]

/// Why, and all that is known of one object.
func drawDetails(_ state: DashboardState, _ canvas: Canvas) {
  guard let key = state.details else { return }
  let name = key.namespace.isEmpty ? key.name : "\(key.namespace)/\(key.name)"
  let title = [Span("\(key.kind.kindName) ", .title), Span(name, .strong)]
  drawLines(detailLines(state), title: state.masking.masked(title), state, canvas.verbatim)
}

/// The lines of the details: what is wrong first, then the object, then its events.
func detailLines(_ state: DashboardState) -> [[Span]] {
  guard let key = state.details else { return [] }
  var lines: [[Span]] = []
  let findings = findings(of: key, state)
  for finding in findings { lines += findingLines(finding, state) }
  if findings.isEmpty, isJudged(key, state) {
    lines.append([Span("✓ ", .good), Span("Nothing is wrong as far as the cluster tells.")])
  }
  if !lines.isEmpty { lines.append([]) }
  if key.kind == .pods { lines += state.crashCardLines(ofPod: key) }
  switch key.kind {
  case .pods: lines += podLines(key, state)
  case .deployments: lines += deploymentLines(key, state)
  case .ingresses: lines += ingressLines(key, state)
  default: break
  }
  return (lines + eventLines(key, state)).flatMap { hanging(state.masking.masked($0), columns: state.size.columns - 4) }
}

private func findingLines(_ finding: Finding, _ state: DashboardState) -> [[Span]] {
  var first = [Span("\(finding.severity.glyph) ", finding.severity.style), Span(redacted(finding.headline), .strong)]
  if let since = finding.since { first.append(Span("  for \(Age.text(since: since, at: state.now))", .muted)) }
  var lines = [first]
  if !finding.detail.isEmpty {
    let words = redacted(finding.detail).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    lines.append([Span("  "), Span(words)])
  }
  if !finding.remedyHint.isEmpty { lines.append([Span("  → ", .label), Span(finding.remedyHint, .label)]) }
  return lines
}

private func podLines(_ key: ObjectKey, _ state: DashboardState) -> [[Span]] {
  guard let pod = state.snapshot.pods[key], let summary = state.snapshot.podSummary(key) else {
    return [[Span("The pod is gone.", .warning)]]
  }
  var lines: [[Span]] = [
    field("Status", "\(summary.columns.ready) \(summary.columns.status)", summary.health(at: state.now).style),
    field("Age", summary.age(at: state.now)), field("Node", pod.nodeName.isEmpty ? "not scheduled" : pod.nodeName),
    field("Address", pod.podIP.isEmpty ? "none yet" : pod.podIP),
  ]
  if let owner = pod.metadata.controller { lines.append(field("Owner", "\(owner.kind)/\(owner.name)")) }
  let steps = state.snapshot.startupPhases(ofPod: key).map { phase in
    let time = phase.duration.map { " \(Age.text(of: $0))" } ?? ""
    return Span("\(phase.isFinished ? "✓" : "◌") \(phase.step.rawValue)\(time)  ", phase.isFinished ? .good : .muted)
  }
  lines += [[Span("Startup    ", .label)] + steps, []]
  for (spec, isInit) in pod.initContainers.map({ ($0, true) }) + pod.containers.map({ ($0, false) }) {
    lines += containerLines(spec, isInit: isInit, pod, key, state)
  }
  return lines
}

private func containerLines(
  _ spec: ContainerSpec, isInit: Bool, _ pod: Pod, _ key: ObjectKey, _ state: DashboardState
) -> [[Span]] {
  let status = (pod.initContainerStatuses + pod.containerStatuses).first { $0.name == spec.name }
  let usage = state.snapshot.usage(of: .container(pod: key, name: spec.name), at: state.now)
  let kind = spec.isSidecar ? "sidecar" : isInit ? "init" : "container"
  var lines: [[Span]] = [
    [Span("\(kind) ", .muted), Span(spec.name, .title), Span("  \(spec.image)", .muted)],
    [Span("  "), Span(stateText(status?.state ?? .absent, state.now))],
  ]
  if let status, status.restartCount > 0 {
    lines.append([
      Span("  \(status.restartCount) restarts, before: ", .warning), Span(stateText(status.lastState, state.now)),
    ])
  }
  let amounts = { (amounts: ResourceAmounts) in
    "\(amounts.cpuMillicores.map(cpuText) ?? "–") cpu, \(amounts.memoryBytes.map(memoryText) ?? "–")"
  }
  lines.append([
    Span("  uses ", .muted), Span(amounts(usage.used)), Span(" · requests ", .muted), Span(amounts(spec.requests)),
    Span(" · limit ", .muted), Span(amounts(spec.limits)),
  ])
  let probes = [("ready", spec.readinessProbe), ("live", spec.livenessProbe), ("startup", spec.startupProbe)]
  for (name, probe) in probes {
    guard let probe else { continue }
    lines.append([Span("  \(name) probe ", .muted), Span("\(probe.summary) every \(probe.periodSeconds) s")])
  }
  return lines
}

private func stateText(_ state: ContainerState, _ now: Timestamp) -> String {
  switch state {
  case .absent: return "not reported yet"
  case .waiting(let reason, let message):
    return message.isEmpty ? "waiting: \(reason)" : "waiting: \(reason): \(redacted(message))"
  case .running(let startedAt): return "running for \(Age.text(since: startedAt, at: now))"
  case .terminated(let termination):
    let signal = termination.signal > 0 ? ", signal \(termination.signal)" : ""
    return
      "ended \(Age.text(since: termination.finishedAt, at: now)) ago: \(termination.reason), exit code \(termination.exitCode)\(signal)"
  }
}

private func deploymentLines(_ key: ObjectKey, _ state: DashboardState) -> [[Span]] {
  guard let rollout = state.snapshot.rolloutView(of: key, at: state.now) else { return [] }
  var lines: [[Span]] = [
    field("Rollout", rollout.status.text),
    field("Pods", "\(rollout.desired) wanted, \(rollout.updated) updated, \(rollout.available) available"),
    field(
      "Gate", "\(rollout.gate.protectsUsers ? "protects users" : "does not protect users"): \(rollout.gate.explanation)"
    ),
  ]
  if let remaining = rollout.deadlineRemaining {
    lines.append(field("Deadline", "in \(Age.text(of: remaining))"))
  }
  for (name, part) in [("new", rollout.newPart)] + rollout.oldParts.map({ ("old", Optional($0)) }) {
    guard let part else { continue }
    let revision = part.revision.map { "revision \($0) " } ?? ""
    lines.append([
      Span("\(name) ", .muted), Span(part.key.name, .title),
      Span("  \(revision)\(part.ready)/\(part.desired) ready  \(part.images.joined(separator: " "))", .muted),
    ])
    for (index, pod) in part.pods.enumerated() {
      guard let summary = state.snapshot.podSummary(pod) else { continue }
      lines.append([
        Span("  "), .branch(isLast: index == part.pods.count - 1), Span(pod.name + "  "),
        Span("\(summary.columns.ready) \(summary.columns.status)", summary.health(at: state.now).style),
        Span("  \(redacted(summary.headline(at: state.now)))", .muted),
      ])
    }
  }
  return lines
}

private func ingressLines(_ key: ObjectKey, _ state: DashboardState) -> [[Span]] {
  guard let ingress = state.ingresses.first(where: { $0.key == key }) else { return [] }
  return ingress.paths.flatMap { path in
    [[Span("\(path.host.isEmpty ? "*" : path.host)\(path.path)", .title)]]
      + path.layers.map { layer in
        [
          Span("  \(layer.state.asCheck.glyph) ", layer.state.asCheck.style), Span(layer.name.padded(to: 14), .label),
          Span(layer.detail),
        ]
      }
  }
}

private func eventLines(_ key: ObjectKey, _ state: DashboardState) -> [[Span]] {
  let events = state.snapshot.events(about: key)
  guard !events.isEmpty else { return [] }
  return [[], [Span("Events", .title)]]
    + events.map { event in
      let time = event.lastTimestamp.map(timeText) ?? "–"
      let count = event.count > 1 ? " ×\(event.count)" : ""
      return [
        Span("  \(time) ", .stamp), Span("\(event.reason) ", event.isWarning ? .warning : .label),
        Span(redacted(event.message)), Span(count, .muted),
      ]
    }
}

private func field(_ name: String, _ value: String, _ style: Style = .plain) -> [Span] {
  [Span(name.padded(to: 11), .label), Span(value, style)]
}

/// A line over as many as it takes, broken between words; what follows stands under the text behind its first blanks or
/// name.
func hanging(_ line: [Span], columns: Int) -> [[Span]] {
  guard line.columns > columns, columns > 0, let first = line.first else { return [line] }
  let firstColumns = TextWidth.columns(of: first.text)
  let isLead = first.text.hasSuffix(" ") && firstColumns <= columns / 3
  let indent = min(isLead ? firstColumns : 2, columns - 1)
  var lines: [[Span]] = [[]]
  var used = 0
  func breakLine() {
    lines.append([Span(String(repeating: " ", count: indent))])
    used = indent
  }
  for span in line {
    for word in wordsWithBlanks(span.text.prefix(hangingCharactersMax)) {
      let visible = TextWidth.columns(of: String(word.prefix { $0 != " " }))
      if used > indent, used + visible > columns, word.first != " " { breakLine() }
      // A word longer than a line is cut where the line ends.
      var piece = ""
      for character in word {
        let width = TextWidth.columns(of: String(character))
        if used + width > columns {
          lines[lines.count - 1].append(Span(piece, span.style))
          piece = ""
          if character == " " { break }
          breakLine()
        }
        piece.append(character)
        used += width
      }
      lines[lines.count - 1].append(Span(piece, span.style))
    }
  }
  return lines
}

/// More of one text is not laid out: outside text has no end of its own.
private let hangingCharactersMax = 4_000

/// The words of a text, each with the blanks behind it.
private func wordsWithBlanks(_ text: Substring) -> [Substring] {
  var words: [Substring] = []
  var start = text.startIndex
  var last: Character = " "
  for index in text.indices {
    if last == " ", text[index] != " ", index > start {
      words.append(text[start..<index])
      start = index
    }
    last = text[index]
  }
  return words + [text[start...]]
}

extension String {
  /// The text with blanks behind it up to a width; longer text stays.
  func padded(to width: Int) -> String {
    count >= width ? self + " " : self + String(repeating: " ", count: width - count)
  }
}

extension IngressLayer.State {
  /// A layer is a condition like any other, and looks like one.
  var asCheck: CheckResult.State {
    switch self {
    case .holds: .holds
    case .fails: .fails
    case .unknown: .unknown
    case .skipped: .skipped
    }
  }
}

/// Whether there are answers about what is wrong with the object: it is there, and it is a pod or a workload.
private func isJudged(_ key: ObjectKey, _ state: DashboardState) -> Bool {
  (key.kind == .pods || WorkloadSummary.kinds.contains(key.kind)) && state.snapshot[key] != nil
}

private func findings(of key: ObjectKey, _ state: DashboardState) -> [Finding] {
  key.kind == .pods
    ? state.snapshot.findings(ofPod: key, at: state.now) : state.snapshot.findings(ofWorkload: key, at: state.now)
}
