import ClusterModel

extension DrillCourse {
  mutating func takeLocking(_ input: Input, at moment: DrillMoment) -> [Output] {
    switch input {
    case .locked(let form, let unread):
      self.form = form
      renewedAt = moment
      notes += unread.map {
        "no right to read a lock of the form \($0.rawValue): a drill under such a lock is not seen"
      }
      if form == .local { notes.append("no right to a lock in the cluster: other machines do not see this drill") }
      if let wish { return abort("stopped: \(wish)", at: moment) }
      return go(.locked, at: moment)
    case .lockTaken(let holder): return abort("another drill is open here, of \(holder)", at: moment)
    case .lockFailed(let reason): return abort("the lock could not be taken: \(reason)", at: moment)
    default: return []
    }
  }

  mutating func takeGuarding(_ input: Input, at moment: DrillMoment) -> [Output] {
    switch input {
    case .guarded:
      isGuarded = true
      if let wish { return abort("stopped: \(wish)", at: moment) }
      return go(.guarded, at: moment)
    case .notGuarded(let reason): return abort("the watchdog did not answer: \(reason)", at: moment)
    default: return []
    }
  }

  mutating func sendNext(at moment: DrillMoment) -> [Output] {
    if commandIndex == 0, let wish { return abort("stopped: \(wish)", at: moment) }
    let commands = record.change.commands
    guard commandIndex < commands.count else { return activate(at: moment) }
    sentAt = moment
    return [.send(commands[commandIndex])]
  }

  mutating func activate(note: String? = nil, at moment: DrillMoment) -> [Output] {
    record.isInjected = true
    // A drill of several commands counts from the first that was acknowledged.
    injectedAt = injectedAt ?? moment
    return go(.active, note: note, at: moment)
  }

  mutating func takeInjecting(_ input: Input, at moment: DrillMoment) -> [Output] {
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
      return activate(note: Self.budgetKept, at: moment)
    case .gone where commandIndex > 0 && record.change.patch == nil:
      // One of several pods went by itself.
      commandIndex += 1
      return sendNext(at: moment)
    case .unknown(let words) where !record.change.hasInverse:
      // There is nothing to put back; whether it was done is told by what is seen of it from its sending on.
      injectedAt = injectedAt ?? sentAt
      return activate(note: "no answer to the change (\(words)): it counts as made until its time is over", at: moment)
    case .unknown(let words):
      return go(.undoing, note: "no answer to the change (\(words)): undone if it was made", at: moment)
    default:
      if commandIndex > 0 { return go(.undoing, note: "only a part could be done: \(answer.words)", at: moment) }
      return abort(answer.words, at: moment)
    }
  }
}
