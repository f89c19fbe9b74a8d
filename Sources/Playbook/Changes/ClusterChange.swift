import ClusterModel

/// One thing that a person does to one object, bound to the object that was seen.
///
/// A successor of the same name has another UID: it is never hit in its place.
package struct ClusterChange: Hashable, Sendable {
  package let verb: ChangeVerb
  package let object: ObjectKey
  package let uid: UID

  /// A change of an object.
  package init(_ verb: ChangeVerb, of object: ObjectKey, uid: UID) {
    self.verb = verb
    self.object = object
    self.uid = uid
  }
}

/// What can be done to an object: the closed list of all that this program ever changes.
package enum ChangeVerb: Hashable, Sendable {
  /// Replace the pods of a workload by new ones of the same specification.
  case restart
  case scale(from: Int, to: Int)
  /// Give a container of a workload another image.
  case setImage(SetImage)
  /// Hold back the rollouts of a Deployment.
  case pause
  case resume
  /// Go back to a revision of a workload, as it was.
  case rollBack(revision: Int)
  /// Delete a pod; by force without waiting for it to end.
  case delete(byForce: Bool)
  /// Ask for a pod to go, as far as its budget allows.
  case evict
  /// Let no new pods onto a node.
  case cordon
  case uncordon

  /// Another image for one container of a workload's pods.
  package struct SetImage: Hashable, Sendable {
    /// The container's place in the list.
    package let index: Int
    package let container: String
    package let before: String
    package let after: String

    /// Where only the verb counts.
    package static let any = SetImage(index: 0, container: "", before: "", after: "")

    /// Another image.
    package init(index: Int, container: String, before: String, after: String) {
      self.index = index
      self.container = container
      self.before = before
      self.after = after
    }
  }

  /// What people call it: `restart`.
  package var word: String {
    switch self {
    case .restart: "restart"
    case .scale: "scale"
    case .setImage: "set image"
    case .pause: "pause"
    case .resume: "resume"
    case .rollBack: "roll back"
    case .delete(let byForce): byForce ? "force delete" : "delete"
    case .evict: "evict"
    case .cordon: "cordon"
    case .uncordon: "uncordon"
    }
  }

  /// What it does to the object, for the river: `scaled from 2 to 3`.
  package var pastWords: String {
    switch self {
    case .restart: "restarted"
    case .scale(let before, let after): "scaled from \(before) to \(after)"
    case .setImage(let image): "image of \(image.container) set from \(image.before) to \(image.after)"
    case .pause: "rollouts paused"
    case .resume: "rollouts resumed"
    case .rollBack(let revision): "rolled back to revision \(revision)"
    case .delete(let byForce): byForce ? "deleted by force" : "deleted"
    case .evict: "evicted"
    case .cordon: "cordoned"
    case .uncordon: "uncordoned"
    }
  }

  /// The kinds of objects it can be done to.
  package var kinds: Set<ResourceKind> {
    switch self {
    case .restart, .rollBack: [.deployments, .statefulSets, .daemonSets]
    case .scale: [.deployments, .statefulSets]
    case .setImage: [.deployments, .statefulSets, .daemonSets]
    case .pause, .resume: [.deployments]
    case .delete, .evict: [.pods]
    case .cordon, .uncordon: [.nodes]
    }
  }

  /// The right it needs.
  package func right(on kind: ResourceKind) -> ChangeRight {
    switch self {
    case .delete: ChangeRight("delete", kind.qualifiedResource, for: "delete")
    case .evict: ChangeRight("create", "pods/eviction", for: "evict")
    case .cordon, .uncordon: ChangeRight("patch", kind.qualifiedResource, for: "cordon")
    case .restart, .scale, .setImage, .pause, .resume, .rollBack:
      ChangeRight("patch", kind.qualifiedResource, for: "restart, image, roll back, scale")
    }
  }
}

/// What a user must be allowed to do for changes: a verb of the API and the resource with its group, as
/// `kubectl auth can-i` takes them.
package struct ChangeRight: Hashable, Sendable {
  package let verb: String
  package let resource: String
  /// What needs it, for people: `restart, image, roll back, scale`.
  package let words: String

  /// A right.
  init(_ verb: String, _ resource: String, for words: String) {
    self.verb = verb
    self.resource = resource
    self.words = words
  }

  /// What a shell in a container needs.
  package static let shell = ChangeRight("create", "pods/exec", for: "shell")

  /// Those that help tells of, should they be missing.
  package static let all = [
    ChangeVerb.restart.right(on: .deployments), ChangeVerb.delete(byForce: false).right(on: .pods),
    ChangeVerb.evict.right(on: .pods), shell, ChangeVerb.cordon.right(on: .nodes),
  ]
}

extension Rights {
  /// Whether they hold a right.
  package func allows(_ right: ChangeRight) -> Bool { allows(right.verb, right.resource) }
}
