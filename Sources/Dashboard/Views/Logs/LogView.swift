import CellScreen
import ClusterModel

/// The lines of the containers that are followed, newest at the bottom.
func drawLogs(_ state: DashboardState, _ canvas: Canvas) {
  guard let logs = state.logs else { return }
  if let ref = logs.expanded, let entry = logs.store[ref] {
    let title = state.masking.masked([Span("Line of ", .title), Span(state.lineName(entry, logs), .strong)])
    return drawLines(state.expandedLines(entry, logs), title: title, state, canvas.verbatim)
  }
  let title = state.masking.masked(logTitle(logs))
  let inside = canvas.verbatim.box(title: title, titleRight: logNote(logs), style: .borderFocused)
  let window = LogWindow(state, logs, inside.size)
  for (row, line) in window.card.enumerated() { inside.write(line, at: Position(column: 1, row: row)) }
  var top = window.card.count
  if window.hasStrip {
    drawStrip(state, logs, inside.line(top))
    top += 1
  }
  let list = inside.inner(Rect(row: top, columns: inside.columns, rows: window.room))
  let rows = window.rows()
  guard !rows.isEmpty else { return drawSilence(state, logs, canvas: list) }
  var row = window.room
  for line in rows.reversed() {
    for part in line.lines.reversed() where row > 0 {
      row -= 1
      list.write(part, at: Position(column: 1, row: row))
      guard line.ref == logs.cursor else { continue }
      list.restyle(Rect(row: row, columns: list.columns, rows: 1)) { $0.isSelected = true }
    }
  }
}

private func logTitle(_ logs: LogState) -> [Span] {
  let count = logs.sources.count == 1 ? "1 container" : "\(logs.sources.count) containers"
  let run = logs.isPrevious ? "run before · " : ""
  return [Span("Logs ", .title), Span(logs.title, .strong), Span(" · \(run)\(count)\(startNote(logs))", .muted)]
}

private func startNote(_ logs: LogState) -> String {
  switch logs.request.start {
  case .tail: ""
  case .beginning: logs.isPrevious ? "" : " · from the beginning"
  case .since(let seconds): " · last \(seconds / 60) min"
  }
}

/// What is always told: whether new lines are shown, what is chosen, and what was dropped.
private func logNote(_ logs: LogState) -> [Span] {
  var spans: [Span] = []
  func add(_ text: String, _ style: Style = .muted) {
    if !spans.isEmpty { spans.append(Span(" · ", .muted)) }
    spans.append(Span(text, style))
  }
  if let search = logs.search {
    add(searchNote(search, logs), search.count == 0 && !search.isSearching ? .warning : .accent)
  }
  if let filter = logs.filter {
    add(
      "& \(filter.isInverse ? "!" : "")\(filter.text): \(grouped(filter.count))\(filter.isFull ? "+" : "") lines",
      .accent)
  }
  if logs.shift > 0 { add("‹ \(logs.shift) columns") }
  if logs.isFollowing {
    add(logs.isPrevious ? "\(grouped(logs.store.count)) lines" : "following")
  } else {
    add(logs.rowsBelow == 0 ? "paused" : "paused, \(grouped(logs.rowsBelow)) new lines below", .warning)
  }
  let oldest = logs.store.linesDropped
  add("\(grouped(logs.lost)) lost", logs.lost > 0 ? .danger : .muted)
  if oldest > 0 { add("\(grouped(oldest)) oldest dropped") }
  return spans
}

private func searchNote(_ search: LogMatches, _ logs: LogState) -> String {
  let sign = "/\(search.text): "
  if search.count == 0 { return sign + (search.isSearching ? "searching" : "no hit") }
  let count = grouped(search.count) + (search.isSearching || search.isFull ? "+" : "")
  guard let cursor = logs.cursor, let entry = logs.store[cursor], search.count(before: cursor) < search.count,
    search[search.count(before: cursor)] == entry.ref
  else { return sign + "\(count) hits" }
  return sign + "hit \(grouped(search.count(before: cursor) + 1)) of \(count)"
}

/// One row of pods, each with its errors of the last seconds.
private func drawStrip(_ state: DashboardState, _ logs: LogState, _ canvas: Canvas) {
  var line = [Span("errors/s  ", .label)]
  let pods = logs.rates.keys.sorted()
  for pod in pods {
    guard let rate = logs.rates[pod] else { continue }
    let isGone = logs.gonePods.contains(pod)
    let samples = rate.last(LogState.stripSeconds, at: state.now).map { Optional(Double($0)) }
    let part = [
      Span(shortPodName(pod) + " ", isGone ? .muted : .accent),
      Sparkline(samples).span(columns: LogState.stripSeconds, style: .danger),
      Span(" \(grouped(rate.total)) in all\(isGone ? ", gone" : "")   ", rate.total > 0 ? .danger : .muted),
    ]
    guard line.columns + part.columns < canvas.columns - 6 || line.count == 1 else {
      line.append(Span("…", .muted))
      break
    }
    line += part
  }
  canvas.write(state.masking.masked(line), at: Position(column: 1, row: 0))
}

extension LogState {
  /// How many seconds the strip shows.
  static let stripSeconds = 20
}

/// Why there are no lines, as far as the cluster tells.
private func drawSilence(_ state: DashboardState, _ logs: LogState, canvas: Canvas) {
  var row = 0
  for (text, style) in state.silence(logs) {
    for line in wrapped(state.masking.masked(text), columns: canvas.columns - 2) where row < canvas.rows {
      canvas.write(line, at: Position(column: 1, row: row), style: style)
      row += 1
    }
  }
}

extension DashboardState {
  /// Why there are no lines: the reason of each pod that has not started, or that none have come.
  func silence(_ logs: LogState) -> [(String, Style)] {
    if let filter = logs.filter, logs.store.count > 0 {
      return [(filter.isSearching ? "Looking for lines …" : "No line is chosen by the filter; esc clears it.", .muted)]
    }
    let pods = logs.subject.kind == .pods ? [logs.subject] : snapshot.pods(of: logs.subject)
    if pods.allSatisfy({ snapshot.pods[$0] == nil }) { return [("There is no pod, so there are no logs.", .muted)] }
    if logs.isPrevious, logs.sources.isEmpty {
      return [("No container was restarted: there is no run before this one. p goes back.", .muted)]
    }
    var lines: [(String, Style)] = logs.sources.isEmpty ? [("No container has started yet.", .muted)] : []
    let started = Set(logs.sources.map(\.pod))
    for pod in pods.sorted() where !started.contains(pod.name) {
      guard let finding = snapshot.findings(ofPod: pod, at: now).first else { continue }
      lines.append(("\(finding.severity.glyph) \(pod.name): \(redacted(finding.headline))", finding.severity.style))
      if !finding.detail.isEmpty { lines.append(("  \(redacted(finding.detail))", .plain)) }
      if !finding.remedyHint.isEmpty { lines.append(("  → \(finding.remedyHint)", .label)) }
    }
    return lines.isEmpty ? [("No lines yet.", .muted)] : lines
  }

  /// Where a line comes from.
  func lineName(_ entry: LogEntry, _ logs: LogState) -> String {
    guard entry.kind == .line else { return logs.title }
    let run = logs.store.runs[Int(entry.run)]
    let restart = run.restart > 0 ? ", after \(run.restart) restarts" : ""
    return "\(run.pod)/\(run.container)\(restart)"
  }

  /// A line in full: its time, its fields one by one, and its raw text.
  func expandedLines(_ entry: LogEntry, _ logs: LogState) -> [[Span]] {
    let columns = size.columns - 4
    var lines: [[Span]] = []
    if let time = entry.time {
      lines.append([
        Span("time     ", .label), Span(time.rfc3339WithNanoseconds),
        Span("  \(logTime(time, .relative).drop { $0 == " " }) ago", .muted),
      ])
    }
    if entry.level != .none { lines.append([Span("level    ", .label), Span("\(entry.level)", entry.level.style)]) }
    if entry.length <= LogLook.longBytes, let fields = logs.store.withBytes(of: entry, { LogFields($0) }) {
      lines += [("message", fields.message)].filter { !$0.1.isEmpty }.flatMap { field($0.0, $0.1, columns) }
      for each in fields.fields { lines += field(each.name, each.value, columns) }
    }
    let text = redacted(logs.store.text(of: entry, bytesMax: Self.expandedBytes))
    lines += [[]] + broken(masking.masked([Span(text)]), columns: columns)
    if entry.length > Self.expandedBytes {
      let words =
        "the first \(ByteText.text(Self.expandedBytes)) of \(grouped(Int(entry.length))) bytes; ctrl-s saves all of it"
      lines += [[], [Span(words, .warning)]]
    }
    return lines
  }

  /// So much of a line is laid out; the whole of it is saved.
  static let expandedBytes = 64 << 10

  private func field(_ name: String, _ value: String, _ columns: Int) -> [[Span]] {
    let pair = redacted("\(name)=\(value)")
    let spans = [Span(name.padded(to: 9), .label), Span(String(pair.dropFirst(name.count + 1)))]
    return broken(masking.masked(spans), columns: columns)
  }
}
