import CellScreen
import ClusterModel

extension DashboardState {
  /// Carries what changed in the snapshot over to rows and river.
  mutating func followChange(_ change: SnapshotChange, connectionBefore: Connection) {
    followTables(change, namespaceBefore: connectionBefore.namespace)
    restarts.follow(change, in: snapshot, at: now)
    followMask(change)
    if change.isConnectionChanged
      || (change.added + change.removed).contains(where: { WorkloadSummary.kinds.contains($0.kind) })
    {
      workloads = snapshot.workloadKeys(in: namespace)
    }
    if change.isConnectionChanged || (change.added + change.removed).contains(where: { $0.kind.consumes }) {
      consumers = snapshot.consumers(in: namespace)
    }
    for key in change.added + change.changed where key.kind == .events { putEvent(key) }
    if let target = change.probed { putOutage(of: target) }
    for transition in change.transitions where transition.key.kind != .events { putTransition(transition) }
    if change.isConnectionChanged {
      judgeStanding()
      putConnection(before: connectionBefore)
    }
  }

  /// A selection is bound to its object as soon as there is one, and to the row in its place when the object is gone.
  mutating func bindSelections() {
    // Whoever turns to the river wants to see what is new.
    if focus != .river { (selections[.river], selectedIndexes[.river], firstRows[.river]) = (nil, nil, nil) }
    for panel in Panel.all where (panel.id != .river || focus == .river) && selections[panel.id].map(isGone) ?? true {
      let rows = panel.rows(self)
      // The ghost of the object keeps the selection as long as it stays.
      if let row = selections[panel.id], rows.index(row) != nil { continue }
      guard rows.count > 0 else { continue }
      let index = min(selectedIndexes[panel.id] ?? 0, rows.count - 1)
      selections[panel.id] = rows.id(index)
      selectedIndexes[panel.id] = index
    }
    // Where the row is now is where the selection stays should the row go.
    for (id, row) in selections {
      if let index = Panel.of(id).rows(self).index(row) { selectedIndexes[id] = index }
    }
  }

  /// Whether the object of a row is gone, not only filtered away.
  private func isGone(_ row: RowID) -> Bool {
    guard case .object(let key, let uid) = row else { return false }
    return snapshot[key]?.metadata.uid != uid
  }

  private mutating func putEvent(_ key: ObjectKey) {
    guard let event = snapshot.events[key], let time = event.lastTimestamp ?? event.metadata.creationTimestamp else {
      return
    }
    let kind = ResourceKind.allCases.first { $0.kindName == event.involvedKind }
    let (group, count) = grouped(event)
    river.put(
      River.Entry(
        id: group, time: time, sort: event.isWarning ? .warning : .normal, subject: event.involvedName,
        text: redacted("\(event.reason): \(event.message)"), count: count,
        object: kind.map { ObjectKey($0, namespace: event.involvedNamespace, name: event.involvedName) }))
  }

  /// What a group of events that say the same of the same object is known by, and how often it happened in all.
  ///
  /// Kubernetes begins another event for the same words after some minutes, and when a controller starts anew.
  private func grouped(_ event: KubernetesEvent) -> (UID, count: Int) {
    guard !event.involvedUID.value.isEmpty else { return (event.metadata.uid, event.count) }
    let same = snapshot.events.about(event.involvedUID).filter {
      $0.reason == event.reason && $0.message == event.message && $0.type == event.type
    }
    let group = UID("\(event.involvedUID.value) \(event.type) \(event.reason) \(event.message)")
    return (group, max(event.count, same.reduce(0) { $0 + $1.count }))
  }

  /// An entry where the answers of an ingress turned from good to bad, or back.
  private mutating func putOutage(of target: ProbeTarget) {
    guard let turn = snapshot.probes.lastTurn(of: target) else { return }
    let subject = "\(target.host.isEmpty ? "*" : target.host)\(target.path)"
    let ingress = ingressPaths.first { $0.target == target }?.ingress
    switch turn {
    case .failed(let result):
      let words = result.status.map { "users get \($0)" } ?? "users get no answer: \(result.problem)"
      river.note(.bad, subject, redacted(words), object: ingress, at: result.at)
    case .recovered(let result, let failures, let after):
      let answers = failures == 1 ? "1 request" : "\(failures) requests"
      let words =
        "answers again (\(result.status.map(String.init) ?? "–")) after \(Age.text(of: after)); \(answers) failed"
      river.note(.good, subject, words, object: ingress, at: result.at)
    }
  }

  private mutating func putTransition(_ transition: StateTransition) {
    if let step = transition.step {
      river.note(
        step.sort, transition.key.name, step.words(for: transition.key.kind), object: transition.key, at: now)
      return
    }
    let text =
      transition.after.isEmpty ? "gone (was \(transition.before))" : "\(transition.before) → \(transition.after)"
    guard !transition.before.isEmpty else { return }
    // A state that is only passed through is neither good nor bad.
    let isPassing = transition.key.kind == .pods && snapshot.podSummary(transition.key)?.steadyHealth != .good
    river.note(
      transition.isBad ? .bad : isPassing ? .normal : .good, transition.key.name, text, object: transition.key, at: now)
  }

  private mutating func putConnection(before: Connection) {
    let connection = snapshot.connection
    guard connection.originalFeed != .recording else { return }
    if before.isReachable, !connection.isReachable {
      river.note(.connection, "connection", "lost: \(connection.problem)", at: now)
    } else if !before.isReachable, connection.isReachable {
      river.note(
        .connection, "connection", "reached \(connection.context) by \(connection.originalFeed.rawValue)", at: now)
    }
    if connection.originalFeed != before.originalFeed || connection.feedReason != before.feedReason,
      !connection.feedReason.isEmpty
    {
      river.note(.connection, "connection", "by \(connection.originalFeed.rawValue): \(connection.feedReason)", at: now)
    }
  }
}
