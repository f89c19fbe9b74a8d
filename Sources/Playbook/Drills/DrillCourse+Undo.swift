import ClusterModel

extension DrillCourse {
  mutating func startUndo(at moment: DrillMoment) -> [Output] {
    if begunAt == nil { begunAt = moment }
    guard record.change.hasInverse || record.change.subject != nil else { return go(.restored, at: moment) }
    return look()
  }

  mutating func look() -> [Output] {
    guard let subject = record.change.subject else { return [] }
    undoing.step = .looking
    return [.look(subject)]
  }

  mutating func takeUndoing(_ input: Input, at moment: DrillMoment) -> [Output] {
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
  private mutating func waitForFlight(at moment: DrillMoment) -> [Output] {
    undoing.step = .waiting(until: moment.uptime + .seconds(2))
    return []
  }

  /// Tries again after a while; longer each time.
  private mutating func pause(_ reason: String, at moment: DrillMoment) -> [Output] {
    if notes.last != reason { notes.append(reason) }
    (undoing.undoRefusals, undoing.returnRefusals) = (0, 0)
    return lookLater(at: moment)
  }

  /// Looks again after a while; longer each time.
  private mutating func lookLater(at moment: DrillMoment) -> [Output] {
    undoing.step = .waiting(until: moment.uptime + undoing.pause)
    undoing.pause = min(undoing.pause * 2, Self.longestPause)
    return []
  }

  /// Whether a change that nobody saw acknowledged may still be on its way.
  private func mayBeInFlight(at moment: DrillMoment) -> Bool {
    guard !record.isInjected, !undoing.hasArrived else { return false }
    if let sentAt { return moment.since(sentAt) < Self.flightTime }
    // The journal says when the change was about to be sent; the lock was written before, and says nothing of later.
    let sent = record.injectedAt ?? (source == .lock ? record.at.advanced(by: Self.guardTime) : nil)
    guard let begunAt, let sent else { return false }
    let isOld = begunAt.wall.since(sent) > Self.flightTime
    return !isOld && moment.since(begunAt) < Self.flightTime
  }

  mutating func judge(_ document: DocumentValue?, at moment: DrillMoment) -> [Output] {
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

  mutating func judge(_ patch: DrillPatch, _ document: DocumentValue?, at moment: DrillMoment) -> [Output] {
    guard let document else { return gone(at: moment) }
    switch patch.standing(in: document) {
    case .gone: return gone(at: moment)
    case .ours:
      guard source != .lock || patch.isWrittenByUs(in: document) else {
        // Whoever may make a lock need not have the right to what its record asks for.
        return go(.conflict, note: "the values are those of the drill, but no drill wrote them", at: moment)
      }
      undoing.hasArrived = true
      if patch.isKept { return clean(0, at: moment) }
      undoing.step = .reversing
      return [.send(.patch(patch.object, patch.inverse))]
    case .before(let isOurs):
      // Before all else: who else wrote these values says nothing of a change that is still to arrive.
      if !undoing.isReversed, mayBeInFlight(at: moment) { return waitForFlight(at: moment) }
      if undoing.isReversed || isOurs || wasUndoing && record.isInjected && !patch.isKept {
        noteUndone(at: moment)
        return record.change.cleanup.isEmpty ? giveBack(patch, document, at: moment) : clean(0, at: moment)
      }
      guard record.isInjected || undoing.hasArrived else { return go(.neverInjected, at: moment) }
      noteUndone(at: moment)
      return go(.restoredByOther, note: patch.wordsOnWriters(in: document), at: moment)
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

  mutating func judge(_ creation: DrillCreation, _ document: DocumentValue?, at moment: DrillMoment) -> [Output] {
    let label = "/metadata/labels/\(pointerPart(DrillCreation.label))"
    let uid = document?[pointer: "/metadata/uid"]?.asText ?? ""
    let isOurs = document?[pointer: label]?.asText == creation.token
    guard isOurs, creation.object.uid.value.isEmpty || creation.object.uid.value == uid else {
      let isByUs = undoing.isReversed || wasUndoing && record.isInjected
      if !isByUs, mayBeInFlight(at: moment) { return waitForFlight(at: moment) }
      guard record.isInjected || isByUs else { return go(.neverInjected, at: moment) }
      noteUndone(at: moment)
      if isByUs { return go(.restored, at: moment) }
      return go(.restoredByOther, note: "\(creation.object.typedName) was deleted by somebody else", at: moment)
    }
    undoing.step = .deleting
    return [.send(.delete(creation.object.with(UID(uid)), byForce: false))]
  }

  /// Nothing of the drill is left in the cluster since now, unless it was seen before: whoever put it back, the recovery
  /// counts from then.
  private mutating func noteUndone(at moment: DrillMoment) {
    guard undoneAt == nil, record.change.hasInverse else { return }
    undoneAt = moment
  }

  private mutating func gone(at moment: DrillMoment) -> [Output] {
    noteUndone(at: moment)
    // A pod that our own clean-up took away.
    if undoing.isReversed { return go(.restored, at: moment) }
    return go(.targetGone, at: moment)
  }

  private mutating func takeReversal(_ answer: DrillAnswer, at moment: DrillMoment) -> [Output] {
    switch answer {
    case .done:
      undoing.isReversed = true
      undoing.pause = Undoing.shortestPause
      noteUndone(at: moment)
      return record.change.cleanup.isEmpty ? look() : clean(0, at: moment)
    case .gone: return gone(at: moment)
    case .changed:
      undoing.undoRefusals += 1
      guard undoing.undoRefusals < Self.attempts else { return pause("the undo is not accepted", at: moment) }
      return lookLater(at: moment)
    case .unknown(let words), .unreachable(let words): return pause(words, at: moment)
    case .forbidden, .refused, .taken, .budget: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func takeDeletion(_ answer: DrillAnswer, at moment: DrillMoment) -> [Output] {
    switch answer {
    case .done, .gone:
      undoing.isReversed = true
      noteUndone(at: moment)
      return go(.restored, at: moment)
    default: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func clean(_ index: Int, at moment: DrillMoment) -> [Output] {
    guard index < record.change.cleanup.count else { return go(.restored, at: moment) }
    undoing.step = .cleaning(index)
    return [.send(.delete(record.change.cleanup[index], byForce: false))]
  }

  private mutating func takeCleaning(_ answer: DrillAnswer, _ index: Int, at moment: DrillMoment) -> [Output] {
    switch answer {
    case .done, .gone:
      undoing.isReversed = true
      noteUndone(at: moment)
      return clean(index + 1, at: moment)
    default: return pause("the undo is refused: \(answer.words)", at: moment)
    }
  }

  private mutating func giveBack(_ patch: DrillPatch, _ document: DocumentValue, at moment: DrillMoment) -> [Output] {
    guard
      let operations = Ownership.returning(to: patch.ownersBefore, in: document, uid: patch.object.uid)
    else { return go(.restored, at: moment) }
    undoing.step = .givingBack
    return [.send(.patch(patch.object, operations))]
  }

  private mutating func takeReturn(_ answer: DrillAnswer, at moment: DrillMoment) -> [Output] {
    switch answer {
    case .done: return go(.restored, at: moment)
    case .changed:
      undoing.isReversed = true
      undoing.returnRefusals += 1
      guard undoing.returnRefusals < Self.attempts else { return keepOwnership(at: moment) }
      return lookLater(at: moment)
    case .gone: return go(.restored, note: "the object went right after the undo", at: moment)
    case .unknown(let words), .unreachable(let words):
      undoing.isReversed = true
      return pause(words, at: moment)
    case .forbidden, .refused, .taken, .budget: return keepOwnership(at: moment)
    }
  }

  private mutating func keepOwnership(at moment: DrillMoment) -> [Output] {
    go(
      .restored, note: "who manages the fields was not restored: the next Helm 4 upgrade needs --force-conflicts",
      at: moment)
  }
}
