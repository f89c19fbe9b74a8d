import CellScreen
import ClusterModel

extension Details {
  /// A pod: why, its containers, how it came up, what it uses and needs, where it belongs.
  static let pod = Details(
    kinds: [.pods],
    sections: [
      whySection, crashSection, statusSection, containersSection, startupSection, podUsageSection, needsSection,
      conditionsSection,
      servedSection, ownersSection, eventsSection,
    ])
}

/// The last words of the container that died last.
private let crashSection: @Sendable (DetailContext) -> DetailSection = { context in
  DetailSection(context.state.crashCardLines(ofPod: context.key).map { TextLine($0) })
}

private let statusSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let pod = context.snapshot.pods[context.key], let summary = context.snapshot.podSummary(context.key) else {
    return DetailSection([])
  }
  let columns = summary.columns
  let restarts = columns.restarts == 1 ? "1 restart" : "\(columns.restarts) restarts"
  var status = [Span("\(columns.ready) \(columns.status)", summary.health(at: context.now).style)]
  status.append(Span(restarts, columns.restarts > 0 ? .warning : .muted))
  status.append(Span("\(summary.age(at: context.now)) old", .muted))
  let address = pod.podIP.isEmpty ? "no address yet" : pod.podIP
  let place = [Span(pod.nodeName.isEmpty ? "not scheduled" : pod.nodeName), Span(address)]
  let node = pod.nodeName.isEmpty ? nil : ObjectKey(.nodes, namespace: "", name: pod.nodeName)
  var lines = [
    field("Status", dotted(status)), field("Node", dotted(place + [Span(pod.qosClass, .muted)]), link: node),
  ]
  if let end = pod.metadata.deletionTimestamp {
    let left = end.since(context.now)
    let words =
      left > .zero ? "has \(Age.text(of: left)) left to end" : "should have ended \(Age.text(of: .zero - left)) ago"
    lines.append(field("Ending", [Span(words, left > .zero ? .rolling : .danger)]))
  }
  return DetailSection(lines)
}

/// The ConfigMaps, Secrets and claims without which the pod does not start.
private let needsSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let pod = context.snapshot.pods[context.key] else { return DetailSection([]) }
  return DetailSection("Needs", pod.needs.map { needLine($0, of: pod, context) })
}

private func needLine(_ need: ConfigurationReference, of pod: Pod, _ context: DetailContext) -> TextLine {
  let kind: ResourceKind? = need.kind == "ConfigMap" ? .configMaps : need.kind == "Secret" ? .secrets : nil
  let key = kind.map { ObjectKey($0, namespace: context.key.namespace, name: need.name) }
  var spans = [Span("· ", .muted), Span("\(need.kind) ", .label), Span(need.name, key == nil ? .plain : .link)]
  if need.isOptional { spans.append(Span("  optional", .muted)) }
  guard let key, context.snapshot.stream(key.kind).hasList else { return TextLine(spans, link: key) }
  guard context.snapshot[key] != nil else {
    spans[0] = need.isOptional ? Span("– ", .muted) : Span("✗ ", .danger)
    spans.append(Span("  there is none of this name", need.isOptional ? .muted : .danger))
    return TextLine(spans)
  }
  spans[0] = Span("✓ ", .good)
  // Containers read their environment once: a later change does not reach them.
  let began = pod.containerStatuses.compactMap(\.runningSince).min()
  let changed = context.snapshot.changeLog.changes.last { $0.object == key }?.at
  if let began, let changed, changed > began {
    let words = "  changed \(Age.text(since: changed, at: context.now)) ago, after the containers began"
    spans[0] = Span("⚠ ", .warning)
    spans.append(Span(words, .warning))
  }
  return TextLine(spans, link: key)
}

/// The Services that send requests to the pod.
private let servedSection: @Sendable (DetailContext) -> DetailSection = { context in
  let services = context.snapshot.services(selecting: context.key)
  let uid = context.snapshot.pods[context.key]?.metadata.uid
  return DetailSection(
    "Served through",
    services.map { service in
      let endpoint = context.snapshot.endpointSlices(of: service).flatMap(\.endpoints).first { $0.targetUID == uid }
      let isReady = endpoint?.isReady ?? false
      let words =
        endpoint == nil ? "gets no requests: no endpoint" : isReady ? "gets requests" : "gets no requests: not ready"
      return TextLine(
        [
          Span(isReady ? "✓ " : "✗ ", isReady ? .good : .warning), Span("Service ", .label), Span(service.name, .link),
          Span("  \(words)", .muted),
        ], link: service)
    })
}

extension Pod {
  /// The ConfigMaps, Secrets and claims it needs, each once, in the order of their names.
  var needs: [ConfigurationReference] {
    var needs: [ConfigurationReference] = []
    let mounted = volumeReferences.map {
      ConfigurationReference(kind: $0.kind, name: $0.name, isOptional: $0.isOptional)
    }
    for need in (initContainers + containers).flatMap(\.environmentReferences) + mounted {
      if let known = needs.firstIndex(where: { $0.kind == need.kind && $0.name == need.name }) {
        needs[known].isOptional = needs[known].isOptional && need.isOptional
      } else {
        needs.append(need)
      }
    }
    return needs.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
  }
}

extension ContainerStatus {
  /// Since when it runs; `nil` while it does not.
  var runningSince: Timestamp? { if case .running(let since) = state { since } else { nil } }
}
