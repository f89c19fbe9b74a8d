import CellScreen
import ClusterModel

extension Details {
  /// A Service: its ports, whom it selects, who answers, who uses it.
  static let service = Details(
    kinds: [.services],
    sections: [serviceStateSection, portsSection, endpointsSection, serviceUsersSection, labelsSection, eventsSection])
}

private let serviceStateSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let service = context.snapshot.services[context.key] else { return DetailSection([]) }
  let endpoints = context.snapshot.endpointSlices(of: context.key).flatMap(\.endpoints)
  let ready = endpoints.count(where: \.isReady)
  let selected = service.selectedPods(in: context.snapshot)
  let isServed = ready > 0
  let why =
    service.selector.isEmpty
    ? "It selects no pods: its endpoints are made by something else."
    : selected.isEmpty
      ? "Its selector selects no pod."
      : isServed
        ? "\(ready) of \(endpoints.count) endpoints get requests."
        : "None of its \(selected.count) pods is ready: requests are refused."
  let selector = service.selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  return DetailSection([
    TextLine([Span(isServed ? "✓ " : "✗ ", isServed ? .good : .danger), Span(why, .strong)]),
    field("Type", dotted([Span(service.type), Span(service.clusterIP.isEmpty ? "no address" : service.clusterIP)])),
    field("Selector", [Span(selector.isEmpty ? "none" : selector)]),
  ])
}

private let portsSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let service = context.snapshot.services[context.key] else { return DetailSection([]) }
  return DetailSection(
    "Ports",
    service.ports.map { port in
      let node = port.nodePort.map { "  on every node \($0)" } ?? ""
      return field(
        port.name.isEmpty ? "–" : port.name,
        [
          Span("\(port.port)"), Span(" → ", .muted), Span(portText(port.targetPort)),
          Span(" of the pod\(node)", .muted),
        ])
    })
}

/// A port by number or name.
func portText(_ port: PortReference) -> String {
  switch port {
  case .number(let number): "\(number)"
  case .name(let name): name
  }
}

private let endpointsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let endpoints = context.snapshot.endpointSlices(of: context.key).flatMap(\.endpoints)
  let listed = Set(endpoints.map(\.targetName))
  let missing = context.snapshot.services[context.key]?.selectedPods(in: context.snapshot) ?? []
  let lines =
    endpoints.prefix(podsShownMax).map { endpointLine($0, in: context.key.namespace, lead: []) }
    + missing.filter { !listed.contains($0.name) }.prefix(podsShownMax).map { pod in
      TextLine([Span("◌ ", .muted), Span(pod.name, .link), Span("  selected, and no endpoint", .muted)], link: pod)
    }
  return DetailSection("Endpoints", lines)
}

/// One address behind a Service, and whether it gets requests.
func endpointLine(_ endpoint: Endpoint, in namespace: String, lead: [Span]) -> TextLine {
  let words = endpoint.isTerminating ? "ending" : endpoint.isReady ? "ready" : "not ready"
  let isFine = endpoint.isReady
  let pod = endpoint.targetName.isEmpty ? nil : ObjectKey(.pods, namespace: namespace, name: endpoint.targetName)
  return TextLine(
    lead + [
      Span(
        isFine ? "✓ " : endpoint.isTerminating ? "◌ " : "✗ ", isFine ? .good : endpoint.isTerminating ? .muted : .danger
      ),
      Span(pod?.name ?? "no pod", pod == nil ? .plain : .link),
      Span("  \(endpoint.addresses.first ?? "–")  \(words)", .muted),
    ], link: pod)
}

private let serviceUsersSection: @Sendable (DetailContext) -> DetailSection = { context in
  let uses = context.snapshot.uses(of: context.key)
  guard !uses.isEmpty else {
    return DetailSection("Used by", [TextLine([Span("  no ingress; pods may use it by its name", .muted)])])
  }
  return DetailSection(
    "Used by",
    uses.map { use in
      let place = "\(use.host.isEmpty ? "*" : use.host)\(use.path)"
      return TextLine(
        [
          Span("· ", .muted), Span("Ingress ", .label), Span(use.ingress.name, .link),
          Span("  \(place) by port \(portText(use.port))"),
        ], link: use.ingress)
    })
}

extension Service {
  /// The pods that its selector selects; none without a selector.
  fileprivate func selectedPods(in snapshot: Snapshot) -> [ObjectKey] {
    guard !selector.isEmpty else { return [] }
    var labels = LabelSelector()
    labels.matchLabels = selector
    return snapshot.pods(matching: labels, in: metadata.namespace)
  }
}
