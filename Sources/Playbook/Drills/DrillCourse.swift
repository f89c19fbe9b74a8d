import ClusterModel

/// The course of one drill: input → outputs, without a clock and without doing anything itself.
///
/// Every state is written down before anything is done in it. So whoever finds the record, at whatever point its writer
/// stopped, knows at least as much as was done: that is what ``init(rescuing:from:at:)`` goes on from.
package struct DrillCourse: Hashable, Sendable {
  /// Where the record of a drill that somebody else left was found.
  package enum Source: Hashable, Sendable {
    /// The journal on this machine: it knows the last state.
    case journal
    /// The lock in the cluster: it was written before the change was made, and tells nothing later.
    case lock
  }

  /// What happens to a drill.
  package enum Input: Hashable, Sendable {
    case begin
    /// The record is on the disk.
    case written
    case notWritten(String)
    /// The lock is ours, in that form; locks of the other forms could not be looked for where they are named.
    case locked(DrillLock.Form, unread: [DrillLock.Form] = [])
    /// Somebody else has it.
    case lockTaken(by: String)
    /// It could not be asked for.
    case lockFailed(String)
    /// The watchdog answered.
    case guarded
    case notGuarded(String)
    case answered(DrillAnswer)
    /// The object as it is now, `nil` where it is gone.
    case looked(DocumentValue?)
    case notLooked(String)
    case tick
    case observed(DrillObservation)
    /// The application is as before: what heals by itself is over.
    case recovered
    /// Undo it now, and why: `you`, `the program ends`.
    case undo(String)
    /// What is worth knowing and changes nothing.
    case noted(String)
  }

  /// What is to be done for it.
  package enum Output: Hashable, Sendable {
    /// Write the record and see that it is on the disk.
    case write(DrillRecord)
    case lock(DrillRecord)
    case startGuard(DrillRecord)
    case send(DrillCommand)
    case look(DrillObject)
    case renewLock
    case unlock
    case dismissGuard
    case finished(DrillState)
  }

  package internal(set) var record: DrillRecord
  /// Somebody else's value in the way of the undo.
  package internal(set) var conflict: [ConflictColumn] = []
  /// What a person should know, the last at the end.
  package internal(set) var notes: [String] = []
  package internal(set) var form: DrillLock.Form?
  package internal(set) var isGuarded = false
  /// When the server acknowledged the change.
  package internal(set) var injectedAt: DrillMoment?
  /// When the server acknowledged the undo, or when it was seen that there is nothing left to undo.
  package internal(set) var undoneAt: DrillMoment?
  /// When it came to its end.
  package internal(set) var closedAt: DrillMoment?

  let source: Source?
  /// Whether whoever left it had begun to undo it: then a value of before is most likely its work.
  let wasUndoing: Bool
  var begunAt: DrillMoment?
  /// What is asked of the disk; nothing else is done until it answers.
  var isWriting = false
  var commandIndex = 0
  /// When this process sent the last command of the change.
  var sentAt: DrillMoment?
  /// Why it is to be undone as soon as the command that is under way has answered.
  var wish: String?
  var undoing = Undoing()
  var renewedAt: DrillMoment?

  /// How far an undo is.
  struct Undoing: Hashable {
    enum Step: Hashable { case looking, reversing, deleting, cleaning(Int), givingBack, waiting(until: Duration) }
    var step = Step.looking
    /// Whether our inverse was acknowledged.
    var isReversed = false
    /// Whether the change was seen to have arrived.
    var hasArrived = false
    /// How often the object changed under the undo, and under giving its fields back.
    var undoRefusals = 0
    var returnRefusals = 0
    var pause = Undoing.shortestPause

    static let shortestPause = Duration.seconds(1)
  }

  /// How often the object may change under an undo before that is told, and under giving its fields back at all.
  package static let attempts = 5
  /// The longest pause between two tries to reach the cluster.
  package static let longestPause = Duration.seconds(30)
  /// How long a request that nobody waits for any more may still arrive at the server.
  package static let flightTime = Duration.seconds(Int64(ChangeCommand.requestSeconds) + 15)
  /// How long after its lock was taken a change may be sent: a watchdog is started in between.
  static let guardTime = Duration.seconds(15)

  /// A drill that is planned.
  package init(_ record: DrillRecord) {
    self.record = record
    source = nil
    wasUndoing = false
  }

  /// The undo of a drill that somebody left open.
  package init(rescuing record: DrillRecord, from source: Source, form: DrillLock.Form?) {
    self.record = record
    self.source = source
    self.form = form
    wasUndoing = record.state == .undoing
  }

  package var state: DrillState { record.state }

  /// What is said of an eviction that was refused: also that is what a budget is for.
  static let budgetKept = "the disruption budget refused the eviction: it does what it is for"

  /// Whether it waits for anything at all.
  package var isActive: Bool { !record.state.isFinal || isWriting }

  /// The time left until it is undone; a machine that sleeps does not stop it.
  package func timeLeft(at moment: DrillMoment) -> Duration? {
    guard let injectedAt, record.state == .active else { return nil }
    return .seconds(record.limitSeconds) - moment.since(injectedAt)
  }

  /// Takes what happened; says what is to be done.
  package mutating func take(_ input: Input, at moment: DrillMoment) -> [Output] {
    switch input {
    case .begin: return begin(at: moment)
    case .written: return isWriting ? entered(at: moment) : []
    case .notWritten(let reason): return isWriting ? unwritten(reason, at: moment) : []
    case .undo(let reason): return undo(reason, at: moment)
    case .noted(let words):
      notes.append(words)
      return []
    default: break
    }
    guard !isWriting else { return [] }
    switch record.state {
    case .recorded: return takeLocking(input, at: moment)
    case .locked: return takeGuarding(input, at: moment)
    case .injecting: return takeInjecting(input, at: moment)
    case .active: return takeActive(input, at: moment)
    case .undoing: return takeUndoing(input, at: moment)
    default: return []
    }
  }

  mutating func begin(at moment: DrillMoment) -> [Output] {
    guard begunAt == nil else { return [] }
    begunAt = moment
    guard source != nil else { return go(.recorded, at: moment) }
    if record.state.isFinal { return end() }
    if record.isRedacted, record.change.patch.map({ !$0.isKept }) ?? false {
      notes.append("a value that may be secret stands on the machine of \(record.author) only: undo it there")
      return [.finished(record.state)]
    }
    return go(.undoing, at: moment)
  }

  /// Enters a state: it is written down first.
  mutating func go(_ state: DrillState, note: String? = nil, at moment: DrillMoment) -> [Output] {
    if state == .undoing { undoing = Undoing() }
    record.state = state
    record.at = moment.wall
    if state.isFinal { closedAt = moment }
    if let note, !note.isEmpty {
      record.note = note
      notes.append(note)
    }
    isWriting = true
    return [.write(record)]
  }

  mutating func entered(at moment: DrillMoment) -> [Output] {
    isWriting = false
    switch record.state {
    case .recorded: return [.lock(record)]
    case .locked: return [.startGuard(record)]
    case .guarded:
      record.injectedAt = moment.wall
      return go(.injecting, at: moment)
    case .injecting: return sendNext(at: moment)
    case .active: return wish.map { undo($0, at: moment) } ?? []
    case .undoing: return startUndo(at: moment)
    case .planned: return []
    default: return end()
    }
  }

  /// Without a record nothing is begun; what was begun is undone all the same.
  mutating func unwritten(_ reason: String, at moment: DrillMoment) -> [Output] {
    let isHarmless = record.state.isBeforeInjection || record.state == .injecting
    guard isHarmless, source == nil else {
      notes.append("the journal could not be written: \(reason)")
      return entered(at: moment)
    }
    isWriting = false
    closedAt = moment
    record.state = .aborted
    record.note = "the journal could not be written: \(reason); nothing was done"
    notes.append(record.note)
    return end()
  }

  func end() -> [Output] {
    var outputs: [Output] = []
    if let form, form != .local { outputs.append(.unlock) }
    if isGuarded { outputs.append(.dismissGuard) }
    return outputs + [.finished(record.state)]
  }

  mutating func abort(_ reason: String, at moment: DrillMoment) -> [Output] {
    go(.aborted, note: "\(reason); nothing was done", at: moment)
  }

  mutating func undo(_ reason: String, at moment: DrillMoment) -> [Output] {
    switch record.state {
    case .active where !isWriting:
      guard record.change.hasInverse else { return go(.restored, note: "ended: \(reason)", at: moment) }
      return go(.undoing, note: "undone: \(reason)", at: moment)
    case .planned: return []
    case .undoing:
      // Not to wait for the next try.
      if case .waiting = undoing.step { return look() }
      return []
    case _ where record.state.isFinal: return []
    default:
      if wish == nil { wish = reason }
      return []
    }
  }
}
