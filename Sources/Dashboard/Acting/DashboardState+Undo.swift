import ClusterModel
import Playbook

/// Taking back what was done.
extension DashboardState {
  /// The change that undo would take back: the one chosen in the river, else the last of the last minute.
  var undoable: DoneChange? {
    if focus == .river, views.isEmpty, case .entry(let id)? = selectedRow(in: Panel.of(.river)),
      let chosen = acting.done.first(where: { $0.entry == id })
    {
      return chosen
    }
    return acting.done.last.flatMap { now.since($0.at) <= Acting.undoTime ? $0 : nil }
  }

  var undoProblem: String? {
    guard let done = undoable else {
      return acting.done.isEmpty
        ? "nothing was changed from here, so there is nothing to take back"
        : "the last change is more than a minute ago: choose it in the river (6), then u"
    }
    if let place = namespace, !done.change.object.namespace.isEmpty, done.change.object.namespace != place {
      return "that was in \(done.change.object.namespace): read it first, by :ns \(done.change.object.namespace)"
    }
    if done.isUndone { return "\(done.change.verb.word) \(done.change.object.name) was taken back already" }
    switch done.undo {
    case .impossible(let why):
      return "\(done.change.verb.word) \(done.change.object.name) cannot be taken back: \(why)"
    case .by(.rollBack(let revision)):
      // The change itself made one revision; any further one is somebody else's.
      let current = snapshot.workload(done.change.object, at: now).flatMap { Int($0.revision) } ?? revision
      guard current > revision + 1 else { return nil }
      return "\(done.change.object.name) is at revision \(current) by now: b chooses one to go back to"
    case .by: return nil
    }
  }

  mutating func askToUndo() -> [Effect] {
    guard let done = undoable, case .by(let verb) = done.undo else { return [] }
    ask([ClusterChange(verb, of: done.change.object, uid: done.change.uid)], undoes: done.number)
    return []
  }
}
