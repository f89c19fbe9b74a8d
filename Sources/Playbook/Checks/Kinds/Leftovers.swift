import ClusterModel

extension CheckKind {
  /// What a drill wrote must be as it was, and its writer gone.
  static let noLeftovers = CheckKind(
    "no-leftovers", "nothing is left of a drill",
    questions: { _, _, snapshot in
      snapshot.ownershipKeys(in: snapshot.connection.namespace).map { .tool(.ownership($0)) }
    }
  ) { _, context throws(Unanswered) in
    let keys = context.snapshot.ownershipKeys(in: context.namespace)
    guard !keys.isEmpty else { return .unknown("no workload is known") }
    var reason: Unanswered?
    var left: [String] = []
    for key in keys {
      if context.snapshot.template(of: key)?.neededReferences.contains(where: { $0.name.hasSuffix("-todotop-missing") })
        == true
      {
        left.append("\(key.name) needs what a drill named")
      }
      do throws(Unanswered) {
        let fields = ManagedFields(try context.document(of: .ownership(key)))
        let names = fields.specification(patchedBy: ChangeCommand.fieldManager).filter { !$0.contains("restartedAt") }
        if !names.isEmpty { left.append("\(key.name) \(listed(names))") }
      } catch {
        reason = error
      }
    }
    if !left.isEmpty { return .fails(listed(left), advice: "put it back: undo the drill, or deploy again") }
    if let reason { throw reason }
    return .holds("\(keys.count) workloads")
  }

  /// The lock object of a drill lies in the namespace while it is open.
  static let noOpenDrill = CheckKind("no-open-drill", "no drill is open") { _, context in
    let snapshot = context.snapshot
    guard let namespace = context.namespace else { return .skipped("needs one namespace") }
    if let reason = unreadable(.configMaps, snapshot) { return .unknown(reason) }
    let lock = ObjectKey(.configMaps, namespace: namespace, name: "todotop-drill")
    return snapshot.configMaps[lock] == nil
      ? .holds("no lock object") : .fails("ConfigMap \(lock.name) exists", advice: "undo the drill: todotop undo")
  }
}
