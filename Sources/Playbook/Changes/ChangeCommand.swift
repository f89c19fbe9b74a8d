import ClusterModel

/// A command that may change the cluster: the closed list of all that is ever started for it.
///
/// Its words never go through a shell, and no name can become an option: every one stands behind `KIND/`, inside a path
/// or inside a text.
package enum ChangeCommand: Hashable, Sendable {
  /// Asks which object has the name now; changes nothing.
  case uid(of: ObjectKey)
  case rolloutRestart(ObjectKey)
  case rolloutUndo(ObjectKey, revision: Int)
  /// A JSON patch, all or nothing.
  case patch(ObjectKey, [PatchOperation])
  /// Deletes the object with that UID and no other.
  case delete(ObjectKey, UID, byForce: Bool)
  /// Asks for an eviction of the pod with that UID and no other.
  case evict(ObjectKey, UID)
  /// An interactive shell in a container.
  case shell(ObjectKey, container: String)

  /// How long kubectl waits for one answer of the server.
  package static let requestSeconds = 20
  /// Who the API server notes as the manager of the fields that are written.
  package static let fieldManager = "todotop"
  /// What is started in a container: every image that has a shell at all has this one.
  package static let shellProgram = "sh"

  /// The words of the command.
  ///
  /// - Throws: ``ChangeProblem`` for a name that Kubernetes would not allow.
  package func argv(for kubectl: Kubectl) throws(ChangeProblem) -> [String] {
    let object = object
    for name in [object.name] + (object.kind.isNamespaced ? [object.namespace] : []) where !isObjectName(name) {
      throw ChangeProblem(.badName, "“\(name)” cannot be the name of an object, so no command is made of it")
    }
    var words = kubectl.words
    if object.kind.isNamespaced { words.append("--namespace=\(object.namespace)") }
    if case .shell(_, let container) = self {
      guard isObjectName(container) else {
        throw ChangeProblem(.badName, "“\(container)” cannot be the name of a container")
      }
      return words + [
        "exec", "--stdin", "--tty", "pod/\(object.name)", "--container=\(container)", "--", Self.shellProgram,
      ]
    }
    words.append("--request-timeout=\(Self.requestSeconds)s")
    let name = "\(object.kind.qualifiedResource)/\(object.name)"
    switch self {
    case .uid: return words + ["get", name, "--output=jsonpath={.metadata.uid}"]
    case .rolloutRestart: return words + ["rollout", "restart", name]
    case .rolloutUndo(_, let revision): return words + ["rollout", "undo", name, "--to-revision=\(revision)"]
    case .patch(_, let operations):
      return words + [
        "patch", name, "--type=json", "--field-manager=\(Self.fieldManager)", "--patch=\(jsonText(operations))",
      ]
    case .delete: return words + ["delete", "--raw=\(path)", "--filename=-"]
    case .evict: return words + ["create", "--raw=\(path)/eviction", "--filename=-"]
    case .shell: return words
    }
  }

  /// What the command reads.
  package var input: String {
    switch self {
    case .delete(_, let uid, let byForce): Self.deleteBody(uid, byForce: byForce)
    case .evict(let object, let uid): Self.evictionBody(object.name, namespace: object.namespace, uid)
    default: ""
    }
  }

  /// The body of a request that deletes the object with that UID and no other.
  static func deleteBody(_ uid: UID, byForce: Bool) -> String { jsonText(DeleteOptions(uid, byForce: byForce)) }

  /// The body of a request that evicts the pod with that UID and no other.
  static func evictionBody(_ name: String, namespace: String, _ uid: UID) -> String {
    jsonText(Eviction(name, namespace: namespace, uid))
  }

  /// What it is about.
  package var object: ObjectKey {
    switch self {
    case .uid(let object), .rolloutRestart(let object), .rolloutUndo(let object, _), .patch(let object, _),
      .delete(let object, _, _), .evict(let object, _), .shell(let object, _):
      object
    }
  }

  /// Whether it only asks.
  package var isRead: Bool { if case .uid = self { true } else { false } }

  private var path: String {
    "\(object.kind.path(namespace: object.kind.isNamespaced ? object.namespace : nil))/\(object.name)"
  }
}

/// The body of a deletion, as the API server takes it.
private struct DeleteOptions: Encodable {
  struct Preconditions: Encodable { let uid: String }

  let apiVersion = "v1"
  let kind = "DeleteOptions"
  let preconditions: Preconditions
  /// `nil` for the pod's own.
  let gracePeriodSeconds: Int?

  init(_ uid: UID, byForce: Bool) {
    preconditions = Preconditions(uid: uid.value)
    gracePeriodSeconds = byForce ? 0 : nil
  }
}

/// The body of an eviction, as the API server takes it.
private struct Eviction: Encodable {
  struct Metadata: Encodable { let name: String, namespace: String }
  struct Options: Encodable { let preconditions: DeleteOptions.Preconditions }

  let apiVersion = "policy/v1"
  let kind = "Eviction"
  let metadata: Metadata
  let deleteOptions: Options

  init(_ name: String, namespace: String, _ uid: UID) {
    metadata = Metadata(name: name, namespace: namespace)
    deleteOptions = Options(preconditions: DeleteOptions.Preconditions(uid: uid.value))
  }
}
