import CellScreen
import ClusterModel

/// Every container: its state and its last end in words, its probes and what they said last, its image.
let containersSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let pod = context.snapshot.pods[context.key] else { return DetailSection([]) }
  let all = pod.initContainers.map { ($0, true) } + pod.containers.map { ($0, false) }
  let parts = all.map { spec, isInit in containerLines(spec, isInit: isInit, pod, context) }
  return DetailSection(parts.count > 1 ? "Containers" : "Container", parts.flatMap { $0 })
}

private func containerLines(
  _ spec: ContainerSpec, isInit: Bool, _ pod: Pod, _ context: DetailContext
) -> [TextLine] {
  let status = (pod.initContainerStatuses + pod.containerStatuses).first { $0.name == spec.name }
  let look = look(of: status)
  let kind = spec.isSidecar ? "  sidecar" : isInit ? "  init" : ""
  var lines = [TextLine([Span("\(look.glyph) ", look.style), Span(spec.name, .strong), Span(kind, .muted)])]
  lines.append(line("now", stateSpans(status?.state ?? .absent, spec, context)))
  if let status, status.restartCount > 0 || status.lastState != .absent {
    lines.append(line("before", endSpans(status, spec, context)))
  }
  for kind in ProbeKind.allCases {
    guard let probe = kind.probe(of: spec) else { continue }
    lines.append(line(kind.shortName, probeSpans(probe, kind, spec.name, context)))
  }
  lines.append(line("image", imageSpans(spec, status)))
  if pod.containers.count + pod.initContainers.filter(\.isSidecar).count > 1, !isInit || spec.isSidecar {
    lines.append(line("uses", usageSpans(spec, context)))
  }
  return lines
}

private func line(_ name: String, _ value: [Span]) -> TextLine {
  TextLine([Span("    " + name.padded(to: 8), .label)] + value)
}

/// The sign of a container's state.
private func look(of status: ContainerStatus?) -> (glyph: String, style: Style) {
  switch status?.state ?? .absent {
  case .absent: return ("◌", .muted)
  case .running: return status?.isReady == true ? ("✓", .good) : ("◐", .rolling)
  case .waiting(let reason, _):
    let isOnItsWay = ["", "ContainerCreating", "PodInitializing"].contains(reason)
    return isOnItsWay ? ("◌", .muted) : ("✗", .danger)
  case .terminated(let end): return end.exitCode == 0 && end.signal == 0 ? ("✓", .muted) : ("✗", .danger)
  }
}

private func stateSpans(_ state: ContainerState, _ spec: ContainerSpec, _ context: DetailContext) -> [Span] {
  switch state {
  case .absent: return [Span("not reported yet", .muted)]
  case .waiting(let reason, let message):
    // What stands on top already is not said again.
    let isSaid = context.snapshot.findings(ofPod: context.key, at: context.now).contains { $0.detail.contains(message) }
    let words = isSaid ? "" : oneLine(message)
    return [Span(reason.isEmpty ? "waiting" : "waiting: \(reason)", .warning)]
      + (words.isEmpty ? [] : [Span(" · ", .muted), Span(words)])
  case .running(let startedAt): return [Span("running for \(Age.text(since: startedAt, at: context.now))")]
  case .terminated(let end): return terminationSpans(end, spec, context)
  }
}

/// How it ended before, how long it lived, and how often it began again.
private func endSpans(_ status: ContainerStatus, _ spec: ContainerSpec, _ context: DetailContext) -> [Span] {
  let restarts = status.restartCount == 1 ? "1 restart" : "\(status.restartCount) restarts"
  guard case .terminated(let end) = status.lastState else { return [Span(restarts, .warning)] }
  return terminationSpans(end, spec, context) + [Span(" · ", .muted), Span(restarts, .warning)]
}

private func terminationSpans(_ end: Termination, _ spec: ContainerSpec, _ context: DetailContext) -> [Span] {
  var parts = [
    Span(
      end.sentence(memoryLimitBytes: spec.limits.memoryBytes), end.exitCode == 0 && end.signal == 0 ? .plain : .danger)
  ]
  if let lived = end.lived { parts.append(Span("lived \(Age.text(of: lived))", .muted)) }
  if let finished = end.finishedAt {
    parts.append(Span("ended \(Age.text(since: finished, at: context.now)) ago", .muted))
  }
  let message = oneLine(end.message)
  if !message.isEmpty { parts.append(Span("“\(message)”")) }
  return dotted(parts)
}

private func probeSpans(_ probe: Probe, _ kind: ProbeKind, _ container: String, _ context: DetailContext) -> [Span] {
  let limit = "every \(probe.periodSeconds) s, fails after \(probe.failureThreshold)"
  let asked = [Span("\(probe.summary) "), Span(limit, .muted)]
  guard let failure = context.snapshot.lastFailure(of: kind, ofPod: context.key, container: container) else {
    return asked
  }
  let age = failure.at.map { "failed \(Age.text(since: $0, at: context.now)) ago" } ?? "failed"
  return asked + [
    Span(" · ", .muted), Span("\(age)\(failure.count > 1 ? " ×\(failure.count)" : ""): ", .warning),
    Span(oneLine(failure.message)),
  ]
}

private func imageSpans(_ spec: ContainerSpec, _ status: ContainerStatus?) -> [Span] {
  let id = status?.imageID ?? ""
  guard let digest = id.split(separator: ":").last, id.contains("sha256:") else { return [Span(spec.image)] }
  return [Span(spec.image), Span("  sha256:\(digest.prefix(digestDigits))", .muted)]
}

/// As many digits as tell one image from another.
private let digestDigits = 12

private func usageSpans(_ spec: ContainerSpec, _ context: DetailContext) -> [Span] {
  let usage = context.snapshot.usage(of: .container(pod: context.key, name: spec.name), at: context.now)
  guard usage.sampledAt != nil else { return [Span(usage.availability.explanation, .muted)] }
  let amounts = { (amounts: ResourceAmounts) in
    "\(amounts.cpuMillicores.map(cpuText) ?? "–") cpu, \(amounts.memoryBytes.map(memoryText) ?? "–")"
  }
  return [
    Span(amounts(usage.used)), Span("  request \(amounts(spec.requests))  limit \(amounts(spec.limits))", .muted),
  ]
}

extension ProbeKind {
  /// As it stands before the probe.
  fileprivate var shortName: String {
    switch self {
    case .startup: "startup"
    case .readiness: "ready"
    case .liveness: "live"
    }
  }
}
