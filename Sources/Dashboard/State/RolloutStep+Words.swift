import ClusterModel

extension RolloutStep {
  /// The step as an entry of the river.
  func words(for kind: ResourceKind) -> String {
    switch self {
    case .began(let revision): "rollout\(revision.isEmpty ? "" : " to revision \(revision)") began"
    case .finished(let duration):
      kind == .jobs ? "completed" : "rolled out" + (duration.map { " in \(ageText(max(1, $0.inSeconds)))" } ?? "")
    case .failed: kind == .jobs ? "failed" : "the rollout exceeded its progress deadline"
    case .scaled(let old, let new): "scaled from \(old) to \(new)"
    case .lost(let available, let desired): "\(available) of \(desired) pods available"
    case .restored(let desired): desired == 1 ? "its pod is available again" : "all \(desired) pods available"
    }
  }

  /// What kind of thing it is.
  var sort: River.Entry.Sort {
    switch self {
    case .began, .scaled: .rollout
    case .finished, .restored: .good
    case .failed, .lost: .bad
    }
  }
}
