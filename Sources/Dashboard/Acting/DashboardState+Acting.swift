import CellScreen
import ClusterModel
import Playbook

extension DashboardState {
  // MARK: - Whether it may be done

  /// Why nothing can be changed now; `nil` where it can.
  var changeObstacle: String? {
    if let reason = permanentObstacle { return reason }
    if acting.arming.isArmed(at: now) { return nil }
    return "disarmed, so nothing is changed; ctrl-t allows changes for \(Arming.seconds / 60) minutes"
  }

  /// Why nothing can be changed at all.
  var permanentObstacle: String? {
    let connection = snapshot.connection
    if connection.feed == .recording { return "a recording cannot be changed" }
    if !acting.arming.readOnlyReason.isEmpty { return acting.arming.readOnlyReason }
    if kubectl.program.isEmpty {
      return "changes need kubectl, and none was found: install it, or name it with --kubectl"
    }
    return connection.context.isEmpty && !connection.isReachable ? "the cluster is not found yet" : nil
  }

  /// The right that the user lacks, in words; `nil` where nothing is known to be missing.
  func missingRight(_ right: ChangeRight) -> String? {
    guard acting.rights?.allows(right) == false else { return nil }
    return "you may not \(right.verb) \(right.resource) in \(namespace ?? "this cluster"): ask for that right"
  }

  /// For help: why keys that change something do nothing, and which rights are missing; nothing where all is possible.
  var rightLines: [[Span]] {
    var lines: [[Span]] = changeObstacle.map { [[Span("⚠ ", .warning), Span($0)]] } ?? []
    if let rights = acting.rights {
      lines += ChangeRight.all.filter { !rights.allows($0) }.map { right in
        [Span("✗ ", .warning), Span("\(right.words): you may not \(right.verb) \(right.resource)")]
      }
    }
    return lines.isEmpty ? [] : lines + [[]]
  }

  /// Allows changes, or ends that.
  mutating func toggleArming() -> [Effect] {
    let context = snapshot.connection.context
    if acting.arming.isArmed(at: now) {
      acting.arming.disarm()
      notice = "disarmed; what was begun runs to its end"
    } else if let word = Arming.wordToType(for: standing, context: context) {
      acting.question = ActQuestion(.arm(context: context), wordToType: word)
    } else {
      arm()
    }
    return []
  }

  private mutating func arm() {
    acting.arming.arm(for: standing, at: now)
    notice =
      acting.arming.secondsLeft(at: now) == nil
      ? "armed until ctrl-t or the end: this cluster is local" : "armed for \(Arming.seconds / 60) minutes"
  }

  /// Once it is known which cluster it is: a local one is armed, and what the user may do is asked for.
  mutating func beginActing() -> [Effect] {
    let connection = snapshot.connection
    guard connection.feed != .recording, !connection.context.isEmpty, connection.isReachable else { return [] }
    let place = Acting.Place(context: connection.context, namespace: connection.namespace)
    guard acting.place != place else { return [] }
    if standing == .local, acting.place?.context != place.context { acting.arming.arm(for: .local, at: now) }
    acting.place = place
    acting.rights = nil
    // Of all namespaces together nobody says what one may do.
    return connection.namespace == nil ? [] : [.readRights]
  }

  // MARK: - Asking

  /// Asks whether changes are to be made, or says why they are not.
  mutating func ask(_ changes: [ClusterChange], undoes: Int? = nil) {
    // What undoes needs no arming: it leads back to what was.
    if let reason = undoes == nil ? changeObstacle : permanentObstacle { return notice = reason }
    guard let first = changes.first else { return }
    if let reason = missingRight(first.verb.right(on: first.object.kind)) { return notice = reason }
    if changes.count == 1, let refusal = ChangePlan(first, in: snapshot, at: now).refusal { return notice = refusal }
    let word = standing == .protected ? (changes.count == 1 ? first.object.name : "\(changes.count)") : nil
    acting.question = ActQuestion(
      .change(changes), wordToType: word, undoes: undoes, generations: generations(of: changes))
  }

  /// The generations of the workloads that changes are about.
  private func generations(of changes: [ClusterChange]) -> [ObjectKey: Int] {
    changes.reduce(into: [:]) { found, change in
      if let summary = snapshot.workload(change.object, at: now) { found[change.object] = summary.generation }
    }
  }

  /// Why a change is not made any more: its object is not what it was when the question was asked.
  func refusal(_ plan: ChangePlan, _ question: ActQuestion) -> String? {
    if let refusal = plan.refusal { return refusal }
    let object = plan.change.object
    guard let then = question.generations[object], let summary = snapshot.workload(object, at: now) else { return nil }
    return summary.generation == then ? nil : "\(object.typedName) was changed meanwhile: esc, look, and ask again"
  }

  /// Takes a key while a question lies over everything.
  mutating func answer(_ key: Key) -> [Effect] {
    guard var question = acting.question else { return [] }
    let answer = question.take(key)
    acting.question = question
    switch answer {
    case .open(let words):
      notice = words
      return []
    case .no:
      acting.question = nil
      if case .arm = question.intent { notice = "still disarmed" } else { notice = "nothing was changed" }
      return []
    case .yes:
      switch question.intent {
      case .change(let changes): return make(changes, question)
      case .deploy(let plan):
        acting.question = nil
        return begin(plan)
      case .tool(let operation):
        acting.question = nil
        return begin(operation)
      case .shell(let aim, let container):
        acting.question = nil
        return openShell(in: container, aim, isConfirmed: true)
      case .arm:
        acting.question = nil
        arm()
        return []
      }
    }
  }

  /// Begins what was asked for, unless the objects are not what they were.
  private mutating func make(_ changes: [ClusterChange], _ question: ActQuestion) -> [Effect] {
    if let reason = question.undoes == nil ? changeObstacle : permanentObstacle {
      notice = reason
      return []
    }
    var possible: [ChangePlan] = []
    var refusals: [String] = []
    for plan in ChangePlan.all(of: changes, in: snapshot, at: now) {
      if let reason = refusal(plan, question) { refusals.append(reason) } else { possible.append(plan) }
    }
    guard !possible.isEmpty else {
      notice = "nothing was changed: \(refusals.first ?? "")"
      return []
    }
    acting.question = nil
    let request = acting.begin(possible, question, at: now)
    notice = "\(request.words) …" + (refusals.isEmpty ? "" : " \(refusals.count) left out: \(refusals[0])")
    return [.change(request)]
  }

  // MARK: - What came of it

  /// Takes the answers to a request.
  mutating func take(_ outcomes: [ChangeOutcome], ofRequest number: Int) {
    guard let request = acting.end(number) else { return }
    var problems: [ChangeProblem] = []
    for outcome in outcomes {
      let object = outcome.change.object
      switch outcome.result {
      case .success: note(outcome.change, "\(outcome.change.verb.pastWords) by you", of: request)
      case .failure(let problem) where problem.mayBeDone:
        problems.append(problem)
        note(outcome.change, "\(outcome.change.verb.word) by you: no answer, it may have been done", of: request)
      case .failure(let problem):
        problems.append(problem)
        let words = "\(outcome.change.verb.word) by you failed: \(problem.sentence)"
        river.note(.bad, object.name, redacted(words), object: object, at: now)
      }
    }
    notice = resultWords(outcomes, problems)
    if problems.isEmpty { showRollouts(of: outcomes) }
  }

  private mutating func note(_ change: ClusterChange, _ words: String, of request: ChangeRequest) {
    let planned = request.undos[change] ?? .impossible("what was before is not known")
    // Undoing an undo would bring back, without arming, what somebody wanted to be rid of.
    let undo: Undo =
      request.undoes == nil ? planned : .impossible("it took a change back itself; make that change again instead")
    let entry = river.note(.action, change.object.name, words, object: change.object, at: now)
    if change.verb.beginsRollout, snapshot.deployments[change.object]?.isPaused != true {
      watchRollout(of: change, request)
    }
    acting.remember(DoneChange(number: request.number, change: change, at: now, undo: undo, entry: entry))
    if let undone = request.undoes { acting.markUndone(undone) }
  }

  private func resultWords(_ outcomes: [ChangeOutcome], _ problems: [ChangeProblem]) -> String {
    if let problem = problems.first {
      let step = problem.nextStep.isEmpty ? "" : "; \(problem.nextStep)"
      let count = outcomes.count > 1 ? "\(problems.count) of \(outcomes.count) failed: " : ""
      return redacted(count + problem.sentence + step)
    }
    guard let first = outcomes.first?.change else { return "" }
    let words =
      outcomes.count == 1
      ? "\(first.object.typedName) \(first.verb.pastWords)" : "\(outcomes.count) pods \(first.verb.pastWords)"
    guard let last = acting.done.last, case .by = last.undo else { return words }
    return words + " · u takes it back"
  }
}

extension ChangeRequest {
  /// What is under way: `restart todo-backend`.
  package var words: String {
    changes.count == 1
      ? "\(changes[0].verb.word) \(changes[0].object.name)" : "\(changes[0].verb.word) \(changes.count) pods"
  }
}

extension ChangeVerb {
  /// Whether pods are replaced, or come and go, because of it: what is then seen through.
  var beginsRollout: Bool {
    switch self {
    case .restart, .setImage, .rollBack, .scale: true
    case .pause, .resume, .delete, .evict, .cordon, .uncordon: false
    }
  }
}
