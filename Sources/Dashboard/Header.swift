import CellScreen
import ClusterModel
import Playbook

/// Who, how it is and why; then where, how fresh, and what time it is.
func drawHeader(_ state: DashboardState, _ canvas: Canvas) {
  let verdict = state.verdict
  var first = [Span(" \(state.title) ", .logo), Span(" ")]
  first += [Span(" \(verdict.word.glyph) \(verdict.word.rawValue) ", verdict.word.style), Span("  ")]
  let used = canvas.write(first, at: .zero)
  let reason = reasonLine(state)
  if canvas.rows >= 3 {
    // A narrow screen gives the reason a row of its own.
    canvas.write([Span(" ")] + reason.reason, at: Position(column: 0, row: 1))
    canvas.write(reason.notes, at: Position(column: used, row: 0))
  } else {
    let notes = reason.notes.columns
    let columns = max(canvas.columns / 2, canvas.columns - used - notes - 3)
    let end = canvas.write(reason.reason, at: Position(column: used, row: 0), columns: columns)
    canvas.write([Span("  ")] + reason.notes, at: Position(column: used + end, row: 0))
  }
  drawConnection(state, canvas.line(canvas.rows - 1))
}

/// Why, and beside it since when and what users notice.
private func reasonLine(_ state: DashboardState) -> (reason: [Span], notes: [Span]) {
  var notes = state.verdict.since.map { ["for \(Age.text(since: $0, at: state.now))"] } ?? []
  if freshness(of: [.pods], state).isOld, let age = state.snapshot.age(of: .pods, at: state.now) {
    // What users notice now is not known from old data.
    notes.append("as of \(Age.text(of: age)) ago")
  } else if !state.verdict.usersNote.isEmpty {
    notes.append(state.verdict.usersNote)
  }
  return ([Span(state.verdict.reason, .strong)], notes.isEmpty ? [] : [Span(notes.joined(separator: " · "), .muted)])
}

func drawConnection(_ state: DashboardState, _ canvas: Canvas) {
  let connection = state.snapshot.connection
  var left = [Span(" ")]
  if let replay = connection.replay {
    left += [Span(" \(replay.isDemo ? "DEMO REPLAY" : "REPLAY") ", .demo), Span(" ")]
  }
  if state.isDemo { left += [Span(" DEMO ", .demo), Span(" ")] }
  if state.recordingFile != nil { left += [Span(" ⏺ REC ", .demo), Span(" ")] }
  left += state.drillStrip + contextSpans(state)
  left += [Span(connection.namespace ?? "all namespaces", .strong)]
  if !connection.serverVersion.isEmpty { left += [Span("  \(connection.serverVersion)", .muted)] }
  left += [Span("  ")] + feedSpans(state)
  let clock = clockText(state.now)
  let mask = state.masking.mask
  let hidden = mask.isEmpty ? [] : [Span(canvas.columns < 90 ? "masked  " : "hidden: \(mask.text)  ", .warning)]
  let right = hidden + [armingSpan(state), Span("  "), Span(clock + " ", .stamp)]
  let rightColumns = right.columns
  canvas.write(left, at: .zero, columns: max(0, canvas.columns - rightColumns - 1))
  canvas.write(right, in: canvas.bounds, align: .right)
}

/// Whether the cluster may be changed now, and for how long.
private func armingSpan(_ state: DashboardState) -> Span {
  if state.snapshot.connection.context.isEmpty, !state.snapshot.connection.isReachable { return Span("") }
  if state.permanentObstacle != nil { return Span("read-only", .muted) }
  guard state.acting.arming.isArmed(at: state.now) else { return Span("disarmed", .muted) }
  guard let left = state.acting.arming.secondsLeft(at: state.now) else { return Span("armed", .label) }
  return Span("ARMED \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60)", .warning)
}

/// The context and how careful to be with it, in words as well as in colour.
private func contextSpans(_ state: DashboardState) -> [Span] {
  let context = state.snapshot.connection.context
  if context.isEmpty { return [] }
  let standing = state.standing
  let name =
    switch standing {
    case .local: [Span(context, .contextLocal), Span(" local", .muted)]
    case .normal: [Span(context, .contextNormal)]
    case .protected: [Span(" \(context) protected ", .contextProtected)]
    }
  return name + [Span(" › ", .muted)]
}

extension Guards.Standing {
  /// The border of everything that is shown of such a cluster.
  var border: Style {
    switch self {
    case .local: .borderLocal
    case .normal: .borderNormal
    case .protected: .borderProtected
    }
  }
}

/// Which feed delivers, since when it is silent, and why it is not the one that was asked for.
private func feedSpans(_ state: DashboardState) -> [Span] {
  let connection = state.snapshot.connection
  if let replay = connection.replay { return replaySpans(replay, at: state.now) }
  if connection.feed == .recording { return [Span("recording", .muted)] }
  let age = freshness(of: [.pods], state)
  var spans = [Span("\(connection.feed.rawValue) ", .muted)]
  if connection.isReachable {
    spans.append(age.span)
  } else if !connection.problem.isEmpty {
    // The age first: the reason may be long and then loses its end.
    if age.isOld { spans += [age.span, Span(" · ", .muted)] }
    spans.append(Span(age.isOld ? connection.problem : "⚠ \(connection.problem)", .warning))
  } else {
    spans.append(Span("connecting …", .muted))
  }
  if !connection.feedReason.isEmpty { spans.append(Span(" · \(connection.feedReason)", .warning)) }
  return spans
}

/// How far a replay is, how fast it goes, and what is wrong with it.
private func replaySpans(_ replay: Replay, at now: Timestamp) -> [Span] {
  let length = Age.text(of: replay.end.since(replay.begin))
  let day = replay.begin.rfc3339.prefix(10)
  if replay.isOver {
    return [Span("⏹ the end of \(length) of \(day)", .muted)]
      + (replay.problem.isEmpty ? [] : [Span(" · \(replay.problem)", .warning)])
  }
  let place = "\(Age.text(since: replay.begin, at: now)) of \(length) of \(day)"
  if replay.isPaused { return [Span("⏸ paused", .warning), Span(" at \(place)", .muted)] }
  return [Span("⏵ ×\(speedText(replay.speed))", .strong), Span(" \(place)", .muted)]
}

/// A speed without needless digits: `4`, `0.5`.
func speedText(_ speed: Double) -> String {
  speed == speed.rounded() ? "\(Int(speed))" : "\((speed * 10).rounded() / 10)"
}

/// The time of day in UTC; the terminal's own zone is not the cluster's.
func clockText(_ moment: Timestamp) -> String {
  let seconds = ((moment.seconds % 86_400) + 86_400) % 86_400
  return "\(twoDigits(seconds / 3_600)):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60)) UTC"
}

/// The time of day without the zone, for lists.
func timeText(_ moment: Timestamp) -> String { String(clockText(moment).dropLast(4)) }

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Verdict.Word {
  /// The sign that says the same as the colour.
  var glyph: String {
    switch self {
    case .healthy: "✓"
    case .rolling: "◐"
    case .degraded: "⚠"
    case .down: "✗"
    case .unknown: "?"
    }
  }

  var style: Style {
    switch self {
    case .healthy: .verdictHealthy
    case .rolling: .verdictRolling
    case .degraded: .verdictDegraded
    case .down: .verdictDown
    case .unknown: .verdictUnknown
    }
  }
}
