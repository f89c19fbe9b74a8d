import CellScreen
import ClusterModel
import Playbook

/// What users get, what must be as before, and what stands in the way.
extension Scoreboard {
  /// Each path: its last answers, how many were good, and how long they took.
  func users(_ columns: Int) -> [[Span]] {
    let paths = state.drilling.paths
    guard !paths.isEmpty else {
      return [[Span("Users", .title), Span("  no path is asked: no host is reached", .muted)], []]
    }
    var head = [Span("Users", .title)]
    if let share = state.drilling.availability {
      head += [
        Span("  \(Playbook.percent(share))", share < 1 ? .warning : .good), Span(" of their requests answered", .muted),
      ]
    }
    return [head] + paths.flatMap { lines(of: $0, columns) } + [[]]
  }

  private func lines(of path: PathMeasures, _ columns: Int) -> [[Span]] {
    let isBad = path.good < path.sent
    let name = path.path + (path.isKeptAlive ? " kept open" : "")
    let count = path.sent > 0 ? "\(path.good)/\(path.sent)  \(Playbook.percent(path.availability))" : "before the begin"
    let strip = [Span("  ")] + strip(of: path, columns: max(10, columns - 2))
    let latency = Span(
      "p50 \(times(path.median, path.medianBefore))  p95 \(times(path.p95, path.p95Before))", .muted)
    let head = [
      Span(isBad ? "✗ " : "✓ ", isBad ? .danger : .good), Span(name.padded(to: 25), .value), Span(count.padded(to: 16)),
    ]
    guard columns < Self.columnsForLatency else { return [fitted(head + [latency], columns), strip] }
    return [fitted(head, columns), fitted([Span("  "), latency], columns), strip]
  }

  /// From this width on the times of a path stand in its first line.
  private static let columnsForLatency = 84

  /// A time during the drill, and that of before.
  private func times(_ during: Duration?, _ before: Duration?) -> String {
    "\(during.map(latencyText) ?? "–") (\(before.map(latencyText) ?? "–"))"
  }

  /// The last answers, oldest first; those of before the drill are pale.
  private func strip(of path: PathMeasures, columns: Int) -> [Span] {
    let looked = measures.probes.suffix(columns * max(1, state.drilling.paths.count))
    let last = looked.filter { $0.path == path.path && $0.isKeptAlive == path.isKeptAlive }.suffix(columns)
    var spans: [Span] = []
    for probe in last {
      let isBefore = measures.startedAt.map { probe.at.isBefore($0) } ?? true
      let (glyph, style): (String, Style) =
        probe.isGood ? isBefore ? ("▱", .muted) : ("▰", .good) : ("✗", .danger)
      if spans.last?.style == style { spans[spans.count - 1].text += glyph } else { spans.append(Span(glyph, style)) }
    }
    return spans
  }

  private func fitted(_ spans: [Span], _ columns: Int) -> [Span] { broken(spans, columns, indent: 2).first ?? [] }

  // MARK: - As before

  /// What must hold to count as recovered.
  func conditions(_ columns: Int) -> [[Span]] {
    guard !watch.conditions.isEmpty else { return [] }
    let good = watch.conditions.count(where: \.holds)
    let head = [Span("As before", .title), Span("  \(good) of \(watch.conditions.count)", .muted)]
    return [head]
      + watch.conditions.flatMap { condition in
        broken(
          [
            Span(condition.holds ? "✓ " : "◌ ", condition.holds ? .good : .rolling), Span(condition.title),
            Span(condition.evidence.isEmpty ? "" : "  \(condition.evidence)", .muted),
          ], columns, indent: 2)
      } + [[]]
  }

  /// What a person should know of the course.
  func notes(_ columns: Int) -> [[Span]] {
    let notes = course?.notes ?? []
    guard !notes.isEmpty else { return [] }
    return [[Span("Notes", .title)]]
      + notes.suffix(Self.notesMax).flatMap { broken([Span("· ", .muted), Span(redacted($0))], columns, indent: 2) }
  }

  /// How many notes are shown.
  private static let notesMax = 8

  // MARK: - Conflict

  /// Somebody else's value beside ours and that of before; nothing was written over it.
  func conflict(_ columns: Int) -> [[Span]] {
    guard let conflict = course?.conflict, !conflict.isEmpty else { return [] }
    var lines = broken(
      [Span("✗ CONFLICT", .danger), Span("  not undone: somebody else wrote the same field, and that is left alone")],
      columns, indent: 2)
    let width = max(12, (columns - 4) / 3)
    func rows(_ cells: [(text: String, style: Style)]) -> [[Span]] {
      let parts = cells.map { wrapped($0.text, columns: width - 2) }
      let count = parts.map(\.count).max() ?? 0
      return (0..<count).map { row -> [Span] in
        var line = [Span("  ")]
        for (part, cell) in zip(parts, cells) {
          let text = row < part.count ? part[row] : ""
          line.append(Span(text.padded(to: width), cell.style))
        }
        return line
      }
    }
    for column in conflict {
      func text(_ value: DocumentValue?) -> String { state.masking.masked(redacted(value?.text ?? "absent")) }
      lines.append(state.masking.masked([Span("  \(column.path)", .label)]))
      lines += rows([("before", .muted), ("ours", .muted), ("now", .muted)])
      lines += rows([(text(column.before), .plain), (text(column.ours), .plain), (text(column.now), .warning)])
      let writer = column.writer.isEmpty ? "by somebody; the object does not tell who" : "by \(column.writer)"
      lines.append(state.masking.masked([Span("  now: \(writer)", .muted)]))
    }
    return lines + [[]]
  }
}
