import ClusterModel

/// All that one drill does to a cluster, and what takes it back.
///
/// It goes in this order: the patch, the object that is made, the strikes. The way back: the patch's inverse, the made
/// object deleted, the pods of the clean-up deleted.
package struct DrillChange: Hashable, Sendable {
  package var patch: DrillPatch?
  package var creation: DrillCreation?
  package var strikes: [DrillStrike]
  /// Pods that are deleted at the end, because a new one is the only clean state.
  package var cleanup: [DrillObject]

  /// A change.
  package init(
    patch: DrillPatch? = nil, creation: DrillCreation? = nil, strikes: [DrillStrike] = [],
    cleanup: [DrillObject] = []
  ) {
    self.patch = patch
    self.creation = creation
    self.strikes = strikes
    self.cleanup = cleanup
  }

  /// The commands that make it, in order.
  package var commands: [DrillCommand] {
    (patch.map { [.patch($0.object, $0.operations)] } ?? [])
      + (creation.map { [.create($0.object, $0.manifest)] } ?? [])
      + strikes.map(\.command)
  }

  /// Whether there is anything to take back or to clear away.
  package var hasInverse: Bool { patch.map { !$0.isKept } ?? false || creation != nil || !cleanup.isEmpty }

  /// The object whose state tells how far the drill is.
  package var subject: DrillObject? { patch?.object ?? creation?.object ?? strikes.first?.object }

  /// The pods that it hits by their UID.
  package var pods: [DrillObject] {
    var seen: Set<DrillObject> = []
    return (strikes.map(\.object) + cleanup + [patch?.object].compactMap { $0 })
      .filter { $0.resource == .pods && seen.insert($0).inserted }
  }

  /// The change in lines for people, as a diff; what may be secret is left out.
  package var diff: [String] { lines(isInverse: false) }

  /// The way back in lines for people, as a diff.
  package var inverseDiff: [String] { lines(isInverse: true) }

  private func lines(isInverse: Bool) -> [String] {
    var lines: [String] = []
    if let patch, !(isInverse && patch.isKept) {
      for edit in isInverse ? patch.edits.reversed() : patch.edits {
        let (old, new) = isInverse ? (edit.after, edit.before) : (edit.before, edit.after)
        let hides = edit.isSecret
        if let old { lines.append("- \(edit.path): \(hides && !isInverse ? "hidden" : old.text)") }
        if let new { lines.append("+ \(edit.path): \(hides && isInverse ? "hidden" : new.text)") }
      }
    }
    if let creation { lines.append("\(isInverse ? "-" : "+") \(creation.object.typedName)") }
    return lines + (isInverse ? cleanup.map { "- \($0.typedName), for a new one" } : strikes.map(\.words))
  }
}

/// An object that a drill makes.
package struct DrillCreation: Hashable, Sendable {
  package let object: DrillObject
  package let manifest: DocumentValue
  /// The value of the label by which it is known as ours.
  package let token: String

  /// The label that every object made by a drill has.
  package static let label = "todotop/id"

  /// An object.
  package init(_ object: DrillObject, _ manifest: DocumentValue, token: String) {
    self.object = object
    self.manifest = manifest
    self.token = token
  }
}

/// One blow to a pod; it cannot be taken back.
package enum DrillStrike: Hashable, Sendable {
  case delete(DrillObject, byForce: Bool)
  case evict(DrillObject)
  case endProcess(DrillObject, container: String)

  package var object: DrillObject {
    switch self {
    case .delete(let pod, _), .evict(let pod), .endProcess(let pod, _): pod
    }
  }

  var command: DrillCommand {
    switch self {
    case .delete(let pod, let byForce): .delete(pod, byForce: byForce)
    case .evict(let pod): .evict(pod)
    case .endProcess(let pod, let container): .endProcess(pod, container: container)
    }
  }

  /// What it does, for people.
  var words: String {
    switch self {
    case .delete(let pod, let byForce): "- \(pod.typedName)\(byForce ? ", by force, without grace" : "")"
    case .evict(let pod): "- \(pod.typedName), by eviction"
    case .endProcess(let pod, let container): "! \(pod.typedName): the main process of \(container) gets SIGTERM"
    }
  }
}
