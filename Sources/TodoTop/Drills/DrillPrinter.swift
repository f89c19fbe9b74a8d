import CellScreen
import ClusterModel
import Dashboard
import Playbook

/// Prints what is new of a drill: a line a state, a note, a moment that was measured.
struct DrillPrinter {
  /// Whether standard output is kept for the report alone.
  let isQuiet: Bool
  private var state: DrillState?
  private var notes = 0
  private var told: Set<String> = []

  /// A printer that has printed nothing.
  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Prints what is new.
  mutating func print(_ screen: DashboardState) {
    guard let course = screen.drilling.course, screen.drilling.stage != .none else { return }
    if course.state != state {
      state = course.state
      say("\(course.state.rawValue.padded(to: 12)) \(words(of: course, screen.isDemo))")
    }
    for note in course.notes.dropFirst(notes) { say("             \(note)") }
    notes = course.notes.count
    guard let watch = screen.drilling.watch else { return }
    let measures = watch.measures
    tell("seen", measures.timeToSignal, watch.evidence)
    tell("on the screen", measures.timeToScreen, "")
    tell("as before again", measures.timeToRecover, "")
  }

  /// Prints a line.
  func say(_ line: String) {
    let line = sanitized(redacted(line))
    isQuiet ? complain(line) : output(line + "\n")
  }

  private mutating func tell(_ what: String, _ time: Duration?, _ words: String) {
    guard let time, told.insert(what).inserted else { return }
    say("             \(what) after \(tenths(time)) s" + (words.isEmpty ? "" : ": \(words)"))
  }

  private func words(of course: DrillCourse, _ isDemo: Bool) -> String {
    switch course.state {
    case .planned, .recorded: "\(course.record.id): the journal is written"
    case .locked: "the namespace is locked for other drills"
    case .guarded: isDemo ? "no watchdog is needed: the demo ends with this program" : "the watchdog has answered"
    case .injecting: "the change is sent"
    case .active: "undone after \(course.record.limitSeconds) s at the latest; ctrl-c undoes it now"
    default: course.state.words
    }
  }
}

extension [ConflictColumn] {
  /// The values in the way of an undo: before, ours and now, and who wrote the last.
  var text: String {
    map { column in
      let writer = column.writer.isEmpty ? "somebody" : column.writer
      return """
        \(column.path)
          before: \(column.before?.text ?? "absent")
          ours:   \(column.ours?.text ?? "absent")
          now:    \(column.now?.text ?? "absent"), by \(writer)
        """
    }.joined(separator: "\n")
  }
}

extension DrillReport {
  /// What came of it, in a few lines.
  var summary: String {
    var lines = ["", "\(verdict.word.rawValue): \(kind.id) \(kind.title), \(record.target)"]
    lines += verdict.reasons.map { "  \($0)" }
    let times = [
      ("first sign", measures.timeToSignal), ("screen", measures.timeToScreen), ("undo", measures.timeToUndo),
      ("recovered", measures.timeToRecover), ("recovered after the undo", measures.timeToRecoverAfterUndo),
    ]
    lines.append(
      "  " + times.compactMap { name, time in time.map { "\(name) \(tenths($0)) s" } }.joined(separator: " · "))
    lines += measures.paths.map { path in
      "  \(path.path)\(path.isKeptAlive ? " (kept open)" : ""): \(path.good) of \(path.sent) good, "
        + "outage \(tenths(path.outage)) s, worst gap \(tenths(path.worstGap)) s"
    }
    lines += kind.notRestored.map { "  not restored: \($0)" }
    return lines.map { sanitized(redacted($0)) + "\n" }.joined()
  }
}

/// A time with tenths of a second.
private func tenths(_ time: Duration) -> Double { (time.inSeconds * 10).rounded() / 10 }
