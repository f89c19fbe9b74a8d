import ClusterModel

/// The course of one drill: input → outputs, without a clock and without doing anything itself.
///
/// Every state is written down before anything is done in it. So whoever finds the record, at whatever point its writer
/// stopped, knows at least as much as was done: that is what ``init(rescuing:from:at:)`` goes on from.
package struct DrillCourse: Sendable {
  /// A moment, by two clocks: the one on the wall can jump, the other does not run while the machine sleeps.
  package struct Moment: Hashable, Sendable {
    package let wall: Timestamp
    package let uptime: Duration

    /// A moment.
    package init(wall: Timestamp, uptime: Duration) {
      self.wall = wall
      self.uptime = uptime
    }
  }

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
    /// The lock is ours, in that form.
    case locked(DrillLock.Form)
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

  package private(set) var record: DrillRecord
  /// Somebody else's value in the way of the undo.
  package private(set) var conflict: [ConflictColumn] = []
  /// What a person should know, the last at the end.
  package private(set) var notes: [String] = []
  package private(set) var form: DrillLock.Form?
  package private(set) var isGuarded = false
  /// When the server acknowledged the change, and the undo.
  package private(set) var injectedAt: Moment?
  package private(set) var undoneAt: Moment?

  private let source: Source?
  /// Whether whoever left it had begun to undo it: then a value of before is most likely its work.
  private let wasUndoing: Bool
  private var begunAt: Moment?
  /// What is asked of the disk; nothing else is done until it answers.
  private var isWriting = false
  private var commandIndex = 0
  /// Why it is to be undone as soon as the command that is under way has answered.
  private var wish: String?
  private var undoing = Undoing()
  private var renewedAt: Moment?

  /// How far an undo is.
  private struct Undoing: Hashable {
    enum Step: Hashable { case looking, reversing, deleting, cleaning(Int), givingBack, waiting(until: Duration) }
    var step = Step.looking
    /// Whether our inverse was acknowledged.
    var isReversed = false
    var refusals = 0
    var pause = Duration.seconds(1)
  }

  /// How often an undo is tried again when the object changes under it, before that counts as a conflict.
  package static let attempts = 5
  /// The longest pause between two tries to reach the cluster.
  package static let longestPause = Duration.seconds(30)
  /// How long a request that nobody waits for any more may still arrive at the server.
  package static let flightTime = Duration.seconds(Int64(ChangeCommand.requestSeconds) + 15)

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

  /// Whether it waits for anything at all.
  package var isActive: Bool { !record.state.isFinal || isWriting }

  /// The time left until it is undone, by whichever clock is further on.
  package func timeLeft(at moment: Moment) -> Duration? {
    guard let injectedAt, record.state == .active else { return nil }
    let spent = max(moment.wall.since(injectedAt.wall), moment.uptime - injectedAt.uptime)
    return .seconds(record.limitSeconds) - spent
  }

  /// Takes what happened; says what is to be done.
  package mutating func take(_ input: Input, at moment: Moment) -> [Output] {
    switch input {
    case .begin: return begin(at: moment)
    case .written: return isWriting ? entered(at: moment) : []
    case .notWritten(let reason): return isWriting ? unwritten(reason, at: moment) : []
    case .undo(let reason): return undo(reason, at: moment)
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

  private mutating func begin(at moment: Moment) -> [Output] {
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
  private mutating func go(_ state: DrillState, note: String? = nil, at moment: Moment) -> [Output] {
    if state == .undoing { undoing = Undoing() }
    record.state = state
    record.at = moment.wall
    if let note, !note.isEmpty {
      record.note = note
      notes.append(note)
    }
    isWriting = true
    return [.write(record)]
  }

  private mutating func entered(at moment: Moment) -> [Output] {
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
  private mutating func unwritten(_ reason: String, at moment: Moment) -> [Output] {
    let isHarmless = record.state.isBeforeInjection || record.state == .injecting
    guard isHarmless, source == nil else {
      notes.append("the journal could not be written: \(reason)")
      return entered(at: moment)
    }
    isWriting = false
    record.state = .aborted
    record.note = "the journal could not be written: \(reason); nothing was done"
    notes.append(record.note)
    return end()
  }

  private func end() -> [Output] {
    var outputs: [Output] = []
    if let form, form != .local { outputs.append(.unlock) }
    if isGuarded { outputs.append(.dismissGuard) }
    return outputs + [.finished(record.state)]
  }

  private mutating func abort(_ reason: String, at moment: Moment) -> [Output] {
    go(.aborted, note: "\(reason); nothing was done", at: moment)
  }

  private mutating func undo(_ reason: String, at moment: Moment) -> [Output] {
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

// MARK: - Before the change

extension DrillCourse {
  private mutating func takeLocking(_ input: Input, at moment: Moment) -> [Output] {
    switch input {
    case .locked(let form):
      self.form = form
      renewedAt = moment
      if form == .local { notes.append("no right to a lock in the cluster: other machines do not see this drill") }
      if let wish { return abort("stopped: \(wish)", at: moment) }
      return go(.locked, at: moment)
    case .lockTaken(let holder): return abort("another drill is open here, of \(holder)", at: moment)
    case .lockFailed(let reason): return abort("the lock could not be taken: \(reason)", at: moment)
    default: return []
    }
  }

  private mutating func takeGuarding(_ input: Input, at moment: Moment) -> [Output] {
    switch input {
    case .guarded:
      isGuarded = true
      if let wish { return abort("stopped: \(wish)", at: moment) }
      return go(.guarded, at: moment)
    case .notGuarded(let reason): return abort("the watchdog did not answer: \(reason)", at: moment)
    default: return []
    }
  }

  private mutating func sendNext(at moment: Moment) -> [Output] {
    if commandIndex == 0, let wish { return abort("stopped: \(wish)", at: moment) }
    let commands = record.change.commands
    guard commandIndex < commands.count else { return activate(at: moment) }
    return [.send(commands[commandIndex])]
  }

  private mutating func activate(note: String? = nil, at moment: Moment) -> [Output] {
    record.isInjected = true
    injectedAt = moment
    return go(.active, note: note, at: moment)
  }

  private mutating func takeInjecting(_ input: Input, at moment: Moment) -> [Output] {
    guard case .answered(let answer) = input else { return [] }
    switch answer {
    case .done(let document):
      if case .create = record.change.commands[commandIndex], let creation = record.change.creation,
        let uid = document?[pointer: "/metadata/uid"]?.asText
      {
        record.change.creation = DrillCreation(
          creation.object.with(UID(uid)), creation.manifest, token: creation.token)
      }
      if injectedAt == nil { injectedAt = moment }
      commandIndex += 1
      return sendNext(at: moment)
    case .budget:
      return activate(note: "the disruption budget refused the eviction: it does what it is for", at: moment)
    case .gone where commandIndex > 0 && record.change.patch == nil:
      // One of several pods went by itself.
      commandIndex += 1
      return sendNext(at: moment)
    case .unknown(let words):
      return go(.undoing, note: "no answer to the change (\(words)): undone if it was made", at: moment)
    default:
      if commandIndex > 0 { return go(.undoing, note: "only a part could be done: \(answer.words)", at: moment) }
      return abort(answer.words, at: moment)
    }
  }
}

// MARK: - While it lasts

/// What is seen of the application while a drill lasts, as far as it may have to be stopped for it.
package struct DrillObservation: Hashable, Sendable {
  /// Whether users were promised to notice nothing.
  package var isHarmless: Bool
  /// How many requests of users failed, one after the other.
  package var failuresInRow: Int
  package var unreachableFor: Duration
  /// What went wrong beside the target.
  package var harmElsewhere: [String]

  /// What is seen.
  package init(
    isHarmless: Bool, failuresInRow: Int = 0, unreachableFor: Duration = .zero, harmElsewhere: [String] = []
  ) {
    self.isHarmless = isHarmless
    self.failuresInRow = failuresInRow
    self.unreachableFor = unreachableFor
    self.harmElsewhere = harmElsewhere
  }

  /// How many failed requests in a row break the promise: two seconds of them.
  package static let failuresMax = 8
  package static let unreachableMax = Duration.seconds(10)

  /// Why the drill must end now; `nil` where it may go on.
  package var reasonToStop: String? {
    if isHarmless, failuresInRow >= Self.failuresMax {
      return "users were to notice nothing, and \(failuresInRow) requests in a row failed"
    }
    if unreachableFor > Self.unreachableMax {
      return "the cluster does not answer for \(unreachableFor.components.seconds) s"
    }
    return harmElsewhere.first.map { "beside the target, \($0)" }
  }
}

extension DrillCourse {
  private mutating func takeActive(_ input: Input, at moment: Moment) -> [Output] {
    switch input {
    case .tick:
      if let left = timeLeft(at: moment), left <= .zero { return undo(limitWords(at: moment), at: moment) }
      guard form != .local else { return [] }
      let isDue = renewedAt.map { moment.uptime - $0.uptime >= .seconds(DrillLock.renewSeconds) } ?? true
      if isDue { renewedAt = moment }
      return isDue ? [.renewLock] : []
    case .observed(let observation): return observation.reasonToStop.map { undo($0, at: moment) } ?? []
    case .recovered: return record.change.hasInverse ? [] : go(.restored, note: "it healed by itself", at: moment)
    default: return []
    }
  }

  /// Why the time is up: also when only one of the two clocks says so.
  private func limitWords(at moment: Moment) -> String {
    let words = "the time limit of \(record.limitSeconds) s"
    guard let injectedAt else { return words }
    let gap = moment.wall.since(injectedAt.wall) - (moment.uptime - injectedAt.uptime)
    guard gap > .seconds(5) || gap < .seconds(-5) else { return words }
    return "\(words); the machine slept, or its clock was set by \(gap.components.seconds) s"
  }
}

// MARK: - The way back

extension DrillCourse {
  private mutating func startUndo(at moment: Moment) -> [Output] {
    if begunAt == nil { begunAt = moment }
    guard record.change.hasInverse || record.change.subject != nil else { return go(.restored, at: moment) }
    return look()
  }

  private mutating func look() -> [Output] {
    guard let subject = record.change.subject else { return [] }
    undoing.step = .looking
    return [.look(subject)]
  }

  private mutating func takeUndoing(_ input: Input, at moment: Moment) -> [Output] {
    switch (input, undoing.step) {
    case (.looked(let document), .looking): return judge(document, at: moment)
    case (.notLooked(let reason), .looking): return pause(reason, at: moment)
    case (.answered(let answer), .reversing): return takeReversal(answer, at: moment)
    case (.answered(let answer), .deleting): return takeDeletion(answer, at: moment)
    case (.answered(let answer), .cleaning(let index)): return takeCleaning(answer, index, at: moment)
    case (.answered(let answer), .givingBack): return takeReturn(answer, at: moment)
    case (.tick, .waiting(let until)): return moment.uptime >= until ? look() : []
    default: return []
    }
  }

  /// Looks again until a change that nobody saw acknowledged cannot arrive any more.
  private mutating func waitForFlight(at moment: Moment) -> [Output] {
    undoing.step = .waiting(until: moment.uptime + .seconds(2))
    return []
  }

  /// Tries again after a while; longer each time.
  private mutating func pause(_ reason: String, at moment: Moment) -> [Output] {
    if notes.last != reason { notes.append(reason) }
    undoing.step = .waiting(until: moment.uptime + undoing.pause)
    undoing.pause = min(undoing.pause * 2, Self.longestPause)
    return []
  }

  /// Whether a change that nobody saw acknowledged may still be on its way.
  private func mayBeInFlight(at moment: Moment) -> Bool {
    guard !record.isInjected, let begunAt else { return false }
    // The journal says when the change was about to be sent; the lock was written before, and says nothing of later.
    let sentAt = record.injectedAt ?? (source == .lock ? record.at : nil)
    guard let sentAt else { return false }
    let isOld = (begunAt.wall.since(sentAt)) > Self.flightTime
    return !isOld && moment.uptime - begunAt.uptime < Self.flightTime
  }

  private mutating func judge(_ document: DocumentValue?, at moment: Moment) -> [Output] {
    if let patch = record.change.patch { return judge(patch, document, at: moment) }
    if let creation = record.change.creation { return judge(creation, document, at: moment) }
    // A blow to pods: there is nothing to put back, only to tell whether it was struck.
    let uid = record.change.subject?.uid.value
    let isThere = document.map {
      $0[pointer: "/metadata/uid"]?.asText == uid && $0[pointer: "/metadata/deletionTimestamp"] == nil
    }
    if isThere == true, case .delete? = record.change.strikes.first, !record.isInjected {
      if mayBeInFlight(at: moment) { return waitForFlight(at: moment) }
      return go(.neverInjected, at: moment)
    }
    return go(.restored, note: "there is nothing to undo: what made the pods makes new ones", at: moment)
  }

  private mutating func judge(_ patch: DrillPatch, _ document: DocumentValue?, at moment: Moment) -> [Output] {
    guard let document else { return gone(at: moment) }
    switch patch.standing(in: document) {
    case .gone: return gone(at: moment)
    case .ours:
      if patch.isKept { return clean(0, at: moment) }
      guard undoing.refusals < Self.attempts else { return pause("the undo is not accepted", at: moment) }
      undoing.step = .reversing
      return [.send(.patch(patch.object, patch.inverse))]
    case .before(let isOurs):
      if undoing.isReversed || isOurs || wasUndoing && record.isInjected && !patch.isKept {
        return record.change.cleanup.isEmpty ? giveBack(patch, document, at: moment) : clean(0, at: moment)
      }
      if mayBeInFlight(at: moment) { return waitForFlight(at: moment) }
      return go(record.isInjected ? .restoredByOther : .neverInjected, at: moment)
    case .conflict(let columns):
      if undoing.isReversed {
        return go(.restored, note: "somebody changed it again right after the undo", at: moment)
      }
      conflict = columns
      let words = columns.map {
        "\($0.path) is \($0.now?.text ?? "absent") by \($0.writer.isEmpty ? "somebody" : $0.writer)"
      }
      return go(.conflict, note: words.joined(separator: "; "), at: moment)
    }
  }

  private mutating func judge(_ creation: DrillCreation, _ document: DocumentValue?, at moment: Moment) -> [Output] {
    let label = "/metadata/labels/\(pointerPart(DrillCreation.label))"
    let uid = document?[pointer: "/metadata/uid"]?.asText ?? ""
    let isOurs = document?[pointer: label]?.asText == creation.token
    guard isOurs, creation.object.uid.value.isEmpty || creation.object.uid.value == uid else {
      if undoing.isReversed || wasUndoing && record.isInjected { return go(.restored, at: moment) }
      if mayBeInFlight(at: moment) { return waitForFlight(at: moment) }
      return go(record.isInjected ? .restoredByOther : .neverInjected, at: moment)
    }
    undoing.step = .deleting
    return [.send(.delete(creation.object.with(UID(uid)), byForce: false))]
  }

  private mutating func gone(at moment: Moment) -> [Output] {
    // A pod that our own clean-up took away.
    if undoing.isReversed { return go(.restored, at: moment) }
    return go(.targetGone, at: moment)
  }

  private mutating func takeReversal(_ answer: DrillAnswer, at moment: Moment) -> [Output] {
    switch answer {
    case .done:
      undoing.isReversed = true
      undoneAt = moment
      return record.change.cleanup.isEmpty ? look() : clean(0, at: moment)
    case .gone: return go(.targetGone, at: moment)
    case .changed:
      undoing.refusals += 1
      return look()
    case .unknown(let words), .unreachable(let words): return pause(words, at: moment)
    case .forbidden, .refused, .taken, .budget: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func takeDeletion(_ answer: DrillAnswer, at moment: Moment) -> [Output] {
    switch answer {
    case .done, .gone:
      undoing.isReversed = true
      undoneAt = moment
      return go(.restored, at: moment)
    default: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func clean(_ index: Int, at moment: Moment) -> [Output] {
    guard index < record.change.cleanup.count else { return go(.restored, at: moment) }
    undoing.step = .cleaning(index)
    return [.send(.delete(record.change.cleanup[index], byForce: false))]
  }

  private mutating func takeCleaning(_ answer: DrillAnswer, _ index: Int, at moment: Moment) -> [Output] {
    switch answer {
    case .done, .gone:
      undoing.isReversed = true
      if undoneAt == nil { undoneAt = moment }
      return clean(index + 1, at: moment)
    default: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func giveBack(_ patch: DrillPatch, _ document: DocumentValue, at moment: Moment) -> [Output] {
    guard
      let operations = Ownership.returning(to: patch.ownersBefore, in: document, uid: patch.object.uid)
    else { return go(.restored, at: moment) }
    guard undoing.refusals < Self.attempts else { return keepOwnership(at: moment) }
    undoing.step = .givingBack
    return [.send(.patch(patch.object, operations))]
  }

  private mutating func takeReturn(_ answer: DrillAnswer, at moment: Moment) -> [Output] {
    switch answer {
    case .done: return go(.restored, at: moment)
    case .changed:
      undoing.refusals += 1
      undoing.isReversed = true
      return look()
    case .gone: return go(.restored, note: "the object went right after the undo", at: moment)
    case .unknown(let words), .unreachable(let words):
      undoing.isReversed = true
      return pause(words, at: moment)
    case .forbidden, .refused, .taken, .budget: return keepOwnership(at: moment)
    }
  }

  private mutating func keepOwnership(at moment: Moment) -> [Output] {
    go(
      .restored, note: "who manages the fields was not restored: the next Helm 4 upgrade needs --force-conflicts",
      at: moment)
  }
}
