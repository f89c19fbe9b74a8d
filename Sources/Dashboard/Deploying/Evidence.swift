import ClusterModel

extension DashboardState {
  /// What is wrong now, as a text to keep: pods with their reasons, events, last words of containers.
  func evidenceText(_ reason: String) -> String {
    var lines = [
      "TodoTop evidence, \(now.rfc3339)", "context \(snapshot.connection.context), namespace \(namespace ?? "all")",
      "because: \(redacted(reason))", "verdict: \(verdict.word.rawValue) \(verdict.reason)", "",
    ]
    let pods = namespace.map { snapshot.podSummaries(in: $0) } ?? []
    for pod in pods {
      let columns = pod.columns
      lines.append("pod \(pod.key.name)  \(columns.ready)  \(columns.status)  restarts \(columns.restarts)")
      for finding in snapshot.findings(ofPod: pod.key, at: now) {
        lines.append("  \(redacted(finding.headline))")
        if !finding.detail.isEmpty { lines.append("  \(oneLine(finding.detail))") }
      }
      for card in crashes(ofPod: pod.key).compactMap({ crashCards[$0.target] }) {
        for line in card.lines ?? [] { lines.append("  | \(redacted(line.text))") }
      }
    }
    lines += ["", "what happened, newest first:"]
    lines += river.entries.prefix(Self.evidenceEntriesMax).map { "\($0.time.rfc3339)  \($0.subject)  \($0.text)" }
    lines += ["", "output of the last command:"] + deploying.output.lines.suffix(Self.evidenceLinesMax)
    return lines.joined(separator: "\n") + "\n"
  }

  /// How much of what happened is kept.
  private static let evidenceEntriesMax = 200
  private static let evidenceLinesMax = 200
}
