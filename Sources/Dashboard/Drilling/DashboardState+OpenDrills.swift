import ClusterModel
import Playbook

/// Drills that were left open: by this program when it ended, or at work elsewhere.
extension DashboardState {
  /// Looks for them, once for each place, as soon as it is known which cluster it is.
  mutating func lookForOpenDrills() -> [Effect] {
    let connection = snapshot.connection
    guard connection.feed != .recording, connection.isReachable, connection.namespace != nil,
      case .ended(0, _, _)? = facts[tool: .clusterUID]
    else { return [] }
    let place = Acting.Place(context: connection.context, namespace: connection.namespace)
    guard drilling.searchedPlace != place else { return [] }
    drilling.searchedPlace = place
    return [.findOpenDrills, .readDrillHistory]
  }

  /// Takes those that were found, and offers to undo them.
  mutating func take(_ found: OpenDrills) {
    var found = found
    found.drills.removeAll { $0.id == drilling.course?.record.id && drilling.isWatched }
    drilling.open = found
    if let note = found.notes.first { notice = redacted(note) }
    guard let first = found.drills.first else { return }
    let count = found.drills.count
    notice =
      "\(counted(count, "drill")) \(count == 1 ? "is" : "are") open: \(first.record.kind) on \(first.record.target); "
      + ":drills shows \(count == 1 ? "it" : "them"), \(Command.panicKey) undoes all"
    askToUndoDrills()
  }

  /// Asks whether drills that were left open are to be undone; that needs no arming.
  mutating func askToUndoDrills() {
    let left = drilling.open.drills.filter { $0.obstacle.isEmpty && !drilling.undoing.contains($0.id) }
    guard !left.isEmpty, permanentObstacle == nil, acting.question == nil, !drilling.isWatched else { return }
    acting.question = ActQuestion(.undoDrills(left), wordToType: nil)
  }

  /// Undoes drills that were left open.
  mutating func undo(_ drills: [OpenDrill]) -> [Effect] {
    drilling.undoing.formUnion(drills.map(\.id))
    notice = "undoing \(counted(drills.count, "drill")) …"
    return [.undoOpenDrills(drills)]
  }

  /// Takes what came of the undo of one.
  mutating func takeUndone(_ id: String, _ words: String, isClosed: Bool) {
    drilling.undoing.remove(id)
    let target = drilling.open.drills.first { $0.id == id }?.record.target ?? id
    if isClosed { drilling.open.drills.removeAll { $0.id == id } }
    river.note(isClosed ? .good : .bad, "drill", redacted("\(target): \(words)"), at: now)
    notice = redacted("\(id): \(words)")
  }
}
