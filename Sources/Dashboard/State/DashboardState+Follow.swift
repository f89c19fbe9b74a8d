import CellScreen
import ClusterModel

extension DashboardState {
  /// Carries what changed in the snapshot over to rows and river.
  mutating func followChange(_ change: SnapshotChange, connectionBefore: Connection) {
    if change.listedKinds.contains(.pods) {
      pods.rebuild(from: snapshot, at: now)
    } else {
      for key in change.added + change.changed + change.removed where key.kind == .pods {
        pods.place(key, from: snapshot, at: now)
      }
    }
    if change.isConnectionChanged
      || (change.added + change.removed).contains(where: { WorkloadSummary.kinds.contains($0.kind) })
    {
      workloads = snapshot.workloadKeys(in: namespace)
    }
    for key in change.added + change.changed where key.kind == .events { putEvent(key) }
    for transition in change.transitions where transition.key.kind != .events { putTransition(transition) }
    if change.isConnectionChanged { putConnection(before: connectionBefore) }
  }

  /// A selection is bound to its object as soon as there is one, and to the row in its place when the object is gone.
  mutating func bindSelections() {
    for panel in Panel.all where selections[panel.id].map(isGone) ?? true {
      let rows = panel.rows(self)
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
    let text =
      transition.after.isEmpty ? "gone (was \(transition.before))" : "\(transition.before) → \(transition.after)"
    guard !transition.before.isEmpty else { return }
    river.note(
      transition.isBad ? .bad : .good, transition.key.name, text, object: transition.key, at: now)
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
