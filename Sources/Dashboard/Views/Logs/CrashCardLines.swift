import CellScreen
import ClusterModel

extension DashboardState {
  /// The cards of a pod's crashes, for its details; empty where nothing died.
  func crashCardLines(ofPod key: ObjectKey) -> [[Span]] {
    crashes(ofPod: key).prefix(1).flatMap { crash in
      crashCards[crash.target] == nil ? [] : crashCardLines(crash.target, hasKeys: false)
    }
  }

  /// What a container died of, its last words, and what to press.
  ///
  /// Secrets are hidden in it already, names are not.
  func crashCardLines(_ target: LogTarget, hasKeys: Bool) -> [[Span]] {
    guard let card = crashCards[target] else { return [] }
    let ago = card.termination.finishedAt.map { ", \(ageText(max(0, now.since($0).inSeconds))) ago" } ?? ""
    let restarts = target.restart > 0 ? " · restarted \(target.restart)×" : ""
    var lines: [[Span]] = [
      [
        Span("✗ ", .danger), Span("\(target.container) of \(target.pod) died: ", .strong),
        Span(card.termination.words, .danger), Span(ago + restarts, .muted),
      ]
    ]
    if let event = crashEvent(target) {
      lines.append([Span("  \(event.reason): ", .label), Span(redacted(event.message))])
    }
    if let words = card.lines, card.problem.isEmpty {
      lines += words.map { [Span("  │ ", .danger), Span(shownWords($0))] }
      if words.isEmpty { lines.append([Span("  It wrote nothing.", .muted)]) }
    } else {
      let words = card.problem.isEmpty ? "Reading its last lines …" : "Its last lines cannot be read: \(card.problem)"
      lines.append([Span("  \(redacted(words))", .muted)])
    }
    let keys =
      hasKeys
      ? [
        Span("  p", .key), Span(" all it wrote before · ", .muted), Span("esc", .key), Span(" puts this aside", .muted),
      ]
      : [Span("  l", .key), Span(" logs · ", .muted), Span("p", .key), Span(" all it wrote before", .muted)]
    return lines + [keys]
  }

  /// The newest warning about the pod.
  private func crashEvent(_ target: LogTarget) -> KubernetesEvent? {
    snapshot.events(about: ObjectKey(.pods, namespace: target.namespace, name: target.pod))
      .filter(\.isWarning).max { ($0.lastTimestamp ?? .distantPast) < ($1.lastTimestamp ?? .distantPast) }
  }

  private func shownWords(_ line: LogLine) -> String {
    let text = redacted(String(decoding: line.text.utf8.prefix(LogLook.readBytes), as: UTF8.self))
    return text.count > Self.cardCharacters ? text.prefix(Self.cardCharacters) + "…" : text
  }

  /// A card is for a look; longer lines are in the logs.
  private static let cardCharacters = 1_000
}
