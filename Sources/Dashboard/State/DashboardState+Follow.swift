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
    river.put(
      River.Entry(
        id: event.metadata.uid, time: time, sort: event.isWarning ? .warning : .normal, subject: event.involvedName,
        text: redacted("\(event.reason): \(event.message)"), count: event.count,
        object: kind.map { ObjectKey($0, namespace: event.involvedNamespace, name: event.involvedName) }))
  }

  private mutating func putTransition(_ transition: StateTransition) {
    if let step = transition.step {
      return river.note(
        step.sort, transition.key.name, step.words(for: transition.key.kind), object: transition.key, at: now)
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
    guard connection.feed != .recording else { return }
    if before.isReachable, !connection.isReachable {
      river.note(.connection, "connection", "lost: \(connection.problem)", at: now)
    } else if !before.isReachable, connection.isReachable {
      river.note(.connection, "connection", "reached \(connection.context) by \(connection.feed.rawValue)", at: now)
    }
    if connection.feed != before.feed || connection.feedReason != before.feedReason, !connection.feedReason.isEmpty {
      river.note(.connection, "connection", "by \(connection.feed.rawValue): \(connection.feedReason)", at: now)
    }
  }
}
