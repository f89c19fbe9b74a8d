import CellScreen
import ClusterModel

extension Details {
  /// A node: how it is, what it has and what is taken of it, its pods.
  static let node = Details(
    kinds: [.nodes],
    sections: [nodeStateSection, roomSection, conditionsSection, nodePodsSection, eventsSection])
}

private let nodeStateSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let node = context.snapshot.nodes[context.key] else { return DetailSection([]) }
  let troubles = (node.isReady ? [] : ["its kubelet does not say that it is ready"]) + node.pressures
  let isWell = troubles.isEmpty
  let words =
    isWell
    ? (node.isUnschedulable ? "Ready, and takes no new pods: it is cordoned." : "Ready, and takes pods.")
    : troubles.joined(separator: ", ")
  let isFine = isWell && !node.isUnschedulable
  var lines = [
    TextLine([
      Span(isFine ? "✓ " : isWell ? "⚠ " : "✗ ", isFine ? .good : isWell ? .warning : .danger), Span(words, .strong),
    ]),
    field(
      "Kubelet",
      dotted(
        [
          Span(node.kubeletVersion), Span(node.internalIP),
          Span("\(Age.text(since: node.metadata.creationTimestamp, at: context.now)) old", .muted),
        ].filter { !$0.text.isEmpty })),
  ]
  for taint in node.taints {
    let value = taint.value.isEmpty ? "" : "=\(taint.value)"
    lines.append(field("Taint", [Span("\(taint.key)\(value)"), Span(" \(taint.effect)", .warning)]))
  }
  return DetailSection(lines)
}

/// What it has, what it gives to pods, what they ask for, and what is used.
private let roomSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let node = context.snapshot.nodes[context.key] else { return DetailSection([]) }
  let usage = context.snapshot.usage(of: .node(context.key.name), at: context.now)
  let pods = context.snapshot.pods(onNode: context.key.name).count
  let note = usage.availability.explanation.isEmpty ? "" : "  usage: \(usage.availability.explanation)"
  let head = ["", "has", "for pods", "requested", "used"].map { $0.leftPadded(to: 10) }.joined()
  var lines = [
    TextLine([Span(String(head), .header)]),
    roomLine("cpu", [node.capacity, node.allocatable, usage.requests, usage.used].map(\.cpuMillicores), cpuText),
    roomLine("memory", [node.capacity, node.allocatable, usage.requests, usage.used].map(\.memoryBytes), memoryText),
  ]
  lines.append(roomLine("pods", [nil, node.allocatablePods, nil, pods], { "\($0)" }))
  return DetailSection("Room", note: [Span(note, .muted)], lines)
}

/// One resource: four numbers, and a bar of what is used with a tick where requests end.
private func roomLine(_ name: String, _ numbers: [Int?], _ text: (Int) -> String) -> TextLine {
  let whole = Double(numbers[1] ?? 0)
  let bar = Bar(value: numbers[3].map(Double.init), maximum: whole, request: numbers[2].map(Double.init))
  let cells = numbers.map { ($0.map(text) ?? "–").leftPadded(to: 10) }.joined()
  return TextLine(
    [Span("  \(name)".padded(to: 10), .label), Span(cells)] + [Span("  ")] + bar.spans(columns: 16))
}

/// The pods on it: those of the namespace that is shown by name, the others by number.
private let nodePodsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let all = context.snapshot.pods(onNode: context.key.name)
  let own = all.filter { context.state.namespace == nil || $0.namespace == context.state.namespace }
  let others = all.count - min(own.count, podsShownMax)
  var lines = own.prefix(podsShownMax).map { podLine($0, context, lead: Span("  ")) }
  if others > 0 { lines.append(TextLine([Span("  \(others) more", .muted)])) }
  if all.isEmpty { lines = [TextLine([Span("  none of the pods that are read", .muted)])] }
  return DetailSection("Pods", lines)
}
