import ClusterModel

extension CheckKind {
  /// By name only: contents of Secrets are never read.
  static let referencesExist = CheckKind("references-exist", "Secrets and ConfigMaps exist") { _, context in
    let snapshot = context.snapshot
    guard let namespace = snapshot.connection.namespace else { return .skipped("needs one namespace") }
    guard let missing = snapshot.missingReferences(in: namespace) else {
      return .unknown("the names of Secrets or ConfigMaps cannot be read")
    }
    return missing.isEmpty
      ? .holds("all that pods refer to")
      : .fails(
        listed(missing.map { "\($0.kind) \($0.name)" }) + " missing", advice: "create it before the pods that need it")
  }
}
