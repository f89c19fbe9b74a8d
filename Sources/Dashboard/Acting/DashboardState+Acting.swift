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
  func missingRight(_ verb: ChangeVerb, on kind: ResourceKind) -> String? {
    let right = verb.right(on: kind)
    guard let rights = acting.rights, !rights.allows(right.verb, right.resource) else { return nil }
    return "you may not \(right.verb) \(right.resource) in \(namespace ?? "this cluster"): ask for that right"
  }

  /// For help: why keys that change something do nothing, and which rights are missing; nothing where all is possible.
  var rightLines: [[Span]] {
    var lines: [[Span]] = changeObstacle.map { [[Span("⚠ ", .warning), Span($0)]] } ?? []
    if let rights = acting.rights {
      let wanted = [
        ("restart, image, roll back, scale", "patch", "deployments.apps"), ("delete", "delete", "pods"),
        ("evict", "create", "pods/eviction"), ("shell", "create", "pods/exec"), ("cordon", "patch", "nodes"),
      ]
      lines += wanted.filter { !rights.allows($0.1, $0.2) }.map { what, verb, resource in
        [Span("✗ ", .warning), Span("\(what): you may not \(verb) \(resource)")]
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
    if standing == .local, acting.armedContext != connection.context { acting.arming.arm(for: .local, at: now) }
    acting.armedContext = connection.context
    let place = Acting.Place(context: connection.context, namespace: connection.namespace)
    guard acting.rightsPlace != place else { return [] }
    acting.rightsPlace = place
    acting.rights = nil
    return [.readRights]
  }

  // MARK: - Asking

  /// Asks whether changes are to be made, or says why they are not.
  mutating func ask(_ changes: [ClusterChange], undoes: Int? = nil) {
    // What undoes needs no arming: it leads back to what was.
    if let reason = undoes == nil ? changeObstacle : permanentObstacle { return notice = reason }
    guard let first = changes.first else { return }
    if let reason = missingRight(first.verb, on: first.object.kind) { return notice = reason }
    if changes.count == 1, let refusal = ChangePlan(first, in: snapshot, at: now).refusal { return notice = refusal }
    let word = standing == .protected ? (changes.count == 1 ? first.object.name : "\(changes.count)") : nil
    acting.question = ActQuestion(.change(changes), wordToType: word, undoes: undoes)
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
      notice = "nothing was changed"
      return []
    case .yes:
      guard case .change(let changes) = question.intent else {
        acting.question = nil
        arm()
        return []
      }
      return make(changes, question.undoes)
    }
  }

  /// Begins what was asked for, unless the objects are not what they were.
  private mutating func make(_ changes: [ClusterChange], _ undoes: Int?) -> [Effect] {
    if undoes == nil, let reason = changeObstacle {
      notice = reason
      return []
    }
    let plans = changes.map { ChangePlan($0, in: snapshot, at: now) }
    let possible = plans.filter { $0.refusal == nil }
    guard !possible.isEmpty else {
      notice = "nothing was changed: \(plans.first?.refusal ?? "")"
      return []
    }
    acting.question = nil
    let skipped = changes.count - possible.count
    let request = acting.begin(possible, undoes: undoes, at: now)
    notice = "\(request.words) …" + (skipped > 0 ? " \(skipped) left out: \(plans.compactMap(\.refusal)[0])" : "")
    for change in request.changes where change.verb.beginsRollout { watchRollout(of: change) }
    return [.change(request)]
  }

  // MARK: - What came of it

  /// Takes the answers to a request.
  mutating func take(_ outcomes: [ChangeOutcome], ofRequest number: Int) -> [Effect] {
    guard let request = acting.end(number) else { return [] }
    var problems: [ChangeProblem] = []
    for outcome in outcomes {
      switch outcome.result {
      case .success: note(outcome.change, of: request)
      case .failure(let problem):
        problems.append(problem)
        dropRollout(of: outcome.change, unless: problem.mayBeDone)
        let object = outcome.change.object
        river.note(
          .bad, object.name, redacted("\(outcome.change.verb.word) by you failed: \(problem.sentence)"), object: object,
          at: now)
      }
    }
    notice = resultWords(outcomes, problems)
    return problems.isEmpty ? showRollouts(of: outcomes) : []
  }

  private mutating func note(_ change: ClusterChange, of request: ChangeRequest) {
    let undo = request.undos[change] ?? .impossible("what was before is not known")
    let entry = river.note(
      .action, change.object.name, "\(change.verb.pastWords) by you", object: change.object, at: now)
    acting.remember(DoneChange(number: request.number, change: change, at: now, undo: undo, entry: entry))
    if let undone = request.undoes { acting.markUndone(undone) }
  }

  private func resultWords(_ outcomes: [ChangeOutcome], _ problems: [ChangeProblem]) -> String {
    if let problem = problems.first {
      let step = problem.nextStep.isEmpty ? "" : "; \(problem.nextStep)"
      let count = problems.count > 1 ? "\(problems.count) of \(outcomes.count) failed: " : ""
      return redacted(count + problem.sentence + step)
    }
    let words =
      outcomes.count == 1
      ? outcomes.map { "\($0.change.object.typedName) \($0.change.verb.pastWords)" }[0]
      : "\(outcomes.count) pods deleted"
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
