import ClusterModel

/// How a change is undone, decided before it is made.
package enum Undo: Hashable, Sendable {
  case by(ChangeVerb)
  /// It cannot be undone, with the reason.
  case impossible(String)
}

extension Change {
  /// What brings back the state of before.
  ///
  /// - Parameter revision: The workload's revision before the change, where known.
  package func undo(revisionBefore revision: Int?) -> Undo {
    switch verb {
    case .restart, .rollBack:
      revision.map { .by(.rollBack(revision: $0)) } ?? .impossible("the revision before is not known")
    case .scale(let before, let after): .by(.scale(from: after, to: before))
    case .setImage(let image):
      .by(
        .setImage(
          ChangeVerb.SetImage(
            index: image.index, container: image.container, before: image.after, after: image.before)))
    case .pause: .by(.resume)
    case .resume: .by(.pause)
    case .cordon: .by(.uncordon)
    case .uncordon: .by(.cordon)
    case .delete, .evict: .impossible("a pod that is gone does not come back; what made it makes another one")
    }
  }
}
