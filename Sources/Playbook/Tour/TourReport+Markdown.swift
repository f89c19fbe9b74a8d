import ClusterModel

extension TourReport {
  /// The result as Markdown, to be printed.
  ///
  /// - Parameters:
  ///   - application: What the tour was about.
  ///   - place: Context and namespace.
  ///   - masked: Hides in a text what a public screen hides.
  package func markdown(
    application: String, place: String, at now: Timestamp, masked: (String) -> String = { $0 }
  ) -> String {
    var lines = ["# \(application): tour", "", "\(now.rfc3339) · \(place)", ""]
    lines += ["The tour \(sentence)."]
    if isSimulated {
      lines += ["", "This was a demo: the cluster is simulated, and docker, Minikube and helm are played by TodoTop."]
    }
    lines += ["", "## Steps", ""] + stepTable
    lines += ["", "## Success criteria", "", "\(met) of \(criteria.count) are met.", ""] + criteriaTable
    lines += ["", "## Health score", "", "\(score.points) of 100; good from 85 on, with nothing critical."]
    if !score.deductions.isEmpty { lines.append("") }
    lines += score.deductions.map { "- −\($0.points) \($0.severity): \(escaped(redacted($0.sentence)))" }
    lines += ["", "## Questions to AI tools", ""] + operationTable
    return masked(lines.joined(separator: "\n") + "\n")
  }

  private var stepTable: [String] {
    table(
      ["step", "phase", "planned", "took", "ended", "checks"],
      zip(walk.tour.steps, walk.steps).enumerated().map { index, pair in
        let (step, progress) = pair
        let outcome = progress.outcome?.words ?? "not reached"
        let found = progress.found.map { "\($0.id) \($0.state.rawValue)" }.joined(separator: ", ")
        return [
          "\(index + 1) \(step.title)", step.phase.map { "\($0)" } ?? "", clockText(step.time),
          clockText(progress.spent), outcome, found,
        ]
      })
  }

  private var criteriaTable: [String] {
    table(
      ["criterion", "", "state", "found"],
      criteria.map { criterion, result in
        let origin = result.origin == .simulated ? " (simulated)" : ""
        return [criterion.id, criterion.title, result.state.rawValue + origin, redacted(result.evidence)]
      })
  }

  private var operationTable: [String] {
    guard !operations.isEmpty else { return ["None is on record for this cluster."] }
    return table(
      ["tool", "", "ended", "took", "answer"],
      operations.map { tool, number, run in
        [
          tool.rawValue, "\(number)", run.endedAt.rfc3339, Age.text(of: .seconds(min(max(run.seconds, 0), 1e9))),
          run.note,
        ]
      })
  }

  private func table(_ titles: [String], _ rows: [[String]]) -> [String] {
    let line = { (cells: [String]) in "| " + cells.map(escaped).joined(separator: " | ") + " |" }
    return [line(titles), "|" + titles.map { _ in "---|" }.joined()] + rows.map(line)
  }
}

/// A text that stays in its cell of a table, and begins no markup of its own.
private func escaped(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return line.map { "|<>`*_[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
}
