import ClusterModel

/// What a row stands for: a selection is such an identity, never a position.
package enum RowID: Hashable, Sendable {
  /// An object, not its name: a successor of the same name is another row.
  case object(ObjectKey, UID)
  /// Everything in the namespace that is shown.
  case whole
  case phase(Int)
  case check(String)
  case path(ingress: ObjectKey, host: String, path: String)
  case entry(UID)
}

extension RowID {
  /// The object the row stands for, if it is one.
  package var object: ObjectKey? {
    switch self {
    case .object(let key, _), .path(let key, _, _): key
    case .whole, .phase, .check, .entry: nil
    }
  }
}
