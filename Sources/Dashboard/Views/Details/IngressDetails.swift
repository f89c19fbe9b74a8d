import CellScreen
import ClusterModel
import Playbook

extension Details {
  /// An ingress: the first layer that fails, then every path layer by layer with its answers.
  static let ingress = Details(
    kinds: [.ingresses], sections: [ingressStateSection, pathsSection, labelsSection, eventsSection])
}

/// Columns of the strip of answers.
private let stripColumns = 40

private let ingressStateSection: @Sendable (DetailContext) -> DetailSection = { context in
  guard let view = context.view else { return DetailSection([]) }
  let failing = view.paths.filter { $0.firstFailing != nil }
  var lines = failing.compactMap { path in
    path.firstFailing.map { layer in
      TextLine([
        Span("✗ ", .danger), Span("\(path.name): ", .strong), Span("\(layer.name): ", .danger),
        Span(oneLine(layer.detail)),
      ])
    }
  }
  if lines.isEmpty {
    let isUnknown = view.paths.contains { $0.state == .unknown }
    let isWhole = !view.paths.contains { $0.layers.contains { $0.state == .unknown } }
    let seen = isUnknown ? "; not every one can be seen." : ", and requests are answered."
    let words = isWhole ? "Every layer holds." : "No layer fails" + seen
    lines = [TextLine([Span(isUnknown ? "? " : "✓ ", isUnknown ? .unknown : .good), Span(words, .strong)])]
  }
  let address = view.addresses.isEmpty ? "none yet: no controller took it" : view.addresses.joined(separator: ", ")
  return DetailSection(
    lines + [
      field("Class", [Span(view.className ?? "none: the default class, if there is one")]),
      field("Address", [Span(address, view.addresses.isEmpty ? .warning : .plain)]),
      field("TLS", [Span(view.hasTLS ? "yes" : "no: plain HTTP", view.hasTLS ? .plain : .muted)]),
    ])
}

private let pathsSection: @Sendable (DetailContext) -> DetailSection = { context in
  let paths = context.view?.paths ?? []
  let parts = paths.map { path -> [TextLine] in
    let head = [
      Span("\(path.state.glyph) ", path.state.style), Span(path.name, .title), Span("  \(path.pathType)", .muted),
    ]
    return [TextLine(head)] + layerLines(of: path, context.state) + answerLines(path, context)
  }
  return DetailSection(Array(parts.joined(separator: [.blank])))
}

/// The answers of the last minutes in a strip, what they come to, and the last one that failed.
private func answerLines(_ path: IngressPathView, _ context: DetailContext) -> [TextLine] {
  let history = ProbeHistory(of: path, columns: min(stripColumns, max(8, context.columns - 40)), context.state)
  guard let summary = history.summary else {
    return [field("Answers", [Span("no request was made yet", .muted)])]
  }
  var last = [path.answerSpan] + (path.latencySpan.map { [$0] } ?? [])
  last += path.lastProbe.map { [Span("\(Age.text(since: $0.at, at: context.now)) ago", .muted)] } ?? []
  var lines = [
    field("Answers", history.stripSpans + [Span("  ")] + (history.availabilitySpan.map { [$0] } ?? [])),
    field("Last", dotted(last)),
  ]
  let latencies = [("half", summary.median), ("95 %", summary.p95), ("slowest", summary.slowest)]
  let times = latencies.compactMap { name, latency in latency.map { Span("\(name) in \(latencyText($0))") } }
  if !times.isEmpty { lines.append(field("Times", dotted(times))) }
  if let failed = context.snapshot.probes.results(of: path.target).last(where: \.isFailure) {
    let words = failed.status.map { "answer \($0)" } ?? oneLine(failed.problem)
    let age = "\(timeText(failed.at)), \(Age.text(since: failed.at, at: context.now)) ago"
    lines.append(field("Failed", dotted([Span(words, .danger), Span(age, .muted)])))
  }
  if let certificate = path.certificate?.words(at: context.now) {
    lines.append(field("Proof", [Span(certificate, path.certificateSpan(at: context.now)?.style ?? .muted)]))
  }
  return lines
}

extension DetailContext {
  fileprivate var view: IngressView? { state.ingresses.first { $0.key == key } }
}
