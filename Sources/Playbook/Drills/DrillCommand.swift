import ClusterModel

/// A command of a drill: the closed list of all that drills and their undoing ever start.
///
/// As with ``ChangeCommand``, no shell reads its words and no name can become an option.
package enum DrillCommand: Hashable, Sendable {
  /// Reads an object with who manages its fields; changes nothing.
  case read(DrillObject)
  /// The UID of the cluster: that of its namespace `kube-system`.
  case clusterUID
  /// Whether a namespace is marked as one that drills may be done in.
  case optIn(String)
  /// A JSON patch, all or nothing.
  case patch(DrillObject, [PatchOperation])
  /// The same on trial: the server says what it would answer.
  case tryPatch(DrillObject, [PatchOperation])
  /// Deletes the object with that UID and no other.
  case delete(DrillObject, byForce: Bool)
  case evict(DrillObject)
  /// Asks the main process of a container to end.
  case endProcess(DrillObject, container: String)
  case create(DrillObject, DocumentValue)
  case tryCreate(DrillObject, DocumentValue)
  /// Tells of the drill in the events of the cluster.
  case announce(DrillAnnouncement)

  /// The words of the command.
  ///
  /// - Throws: ``ChangeProblem`` for a name that Kubernetes would not allow.
  package func argv(for kubectl: Kubectl) throws(ChangeProblem) -> [String] {
    if case .announce(let event) = self {
      guard isObjectName(event.namespace) else {
        throw ChangeProblem(.badName, "“\(event.namespace)” cannot be the name of a namespace")
      }
      return kubectl.words + ["--namespace=\(event.namespace)", timeOption, "create", "--filename=-", "--output=json"]
    }
    guard let object else { return kubectl.words + [timeOption] + (try namespaceWords()) }
    for name in [object.name] + (object.resource.isNamespaced ? [object.namespace] : []) where !isObjectName(name) {
      throw ChangeProblem(.badName, "“\(name)” cannot be the name of an object, so no command is made of it")
    }
    var words = kubectl.words
    if object.resource.isNamespaced { words.append("--namespace=\(object.namespace)") }
    words.append(timeOption)
    let body = "--filename=-"
    switch self {
    case .read: return words + ["get", object.qualifiedName, "--output=json", "--show-managed-fields"]
    case .clusterUID, .optIn, .announce: return words
    case .patch: return words + patchWords(object)
    case .tryPatch: return words + patchWords(object) + ["--dry-run=server"]
    case .delete: return words + ["delete", "--raw=\(object.path)", body]
    case .evict: return words + ["create", "--raw=\(object.path)/eviction", body]
    case .endProcess(_, let container):
      guard isObjectName(container) else {
        throw ChangeProblem(.badName, "“\(container)” cannot be the name of a container")
      }
      // The words are the same for every container; a built-in of the shell needs no program of the image's own.
      return words + ["exec", "pod/\(object.name)", "--container=\(container)", "--", "sh", "-c", "kill 1"]
    case .create: return words + ["create", body, "--output=json", Self.managerOption]
    case .tryCreate: return words + ["create", body, "--output=json", Self.managerOption, "--dry-run=server"]
    }
  }

  /// What the command reads.
  package var input: String {
    switch self {
    case .delete(let object, let byForce): ChangeCommand.deleteBody(object.uid, byForce: byForce)
    case .evict(let pod): ChangeCommand.evictionBody(pod.name, namespace: pod.namespace, pod.uid)
    case .create(_, let manifest), .tryCreate(_, let manifest): manifest.text
    case .patch(_, let operations), .tryPatch(_, let operations): jsonText(operations)
    case .announce(let event): event.manifest.text
    default: ""
    }
  }

  /// What it is about; `nil` for the cluster itself.
  package var object: DrillObject? {
    switch self {
    case .read(let object), .patch(let object, _), .tryPatch(let object, _), .delete(let object, _),
      .evict(let object), .endProcess(let object, _), .create(let object, _), .tryCreate(let object, _):
      object
    case .clusterUID, .optIn, .announce: nil
    }
  }

  /// Whether it changes nothing.
  package var isRead: Bool {
    switch self {
    case .read, .clusterUID, .optIn, .tryPatch, .tryCreate: true
    default: false
    }
  }

  /// Whether it ends the container that it runs in.
  var endsProcess: Bool { if case .endProcess = self { true } else { false } }

  /// The right it needs.
  package var right: ChangeRight? {
    if case .announce = self { return ChangeRight("create", "events", for: "drills") }
    guard let object else { return nil }
    let resource = object.resource.qualifiedResource
    return switch self {
    case .read, .clusterUID, .optIn: ChangeRight("get", resource, for: "drills")
    case .patch, .tryPatch: ChangeRight("patch", resource, for: "drills")
    case .delete: ChangeRight("delete", resource, for: "drills")
    case .evict: ChangeRight("create", "pods/eviction", for: "drills")
    case .endProcess: ChangeRight("create", "pods/exec", for: "drills")
    case .create, .tryCreate, .announce: ChangeRight("create", resource, for: "drills")
    }
  }

  private func namespaceWords() throws(ChangeProblem) -> [String] {
    guard case .optIn(let namespace) = self else {
      return ["get", "namespaces/kube-system", "--output=jsonpath={.metadata.uid}"]
    }
    guard isObjectName(namespace) else {
      throw ChangeProblem(.badName, "“\(namespace)” cannot be the name of a namespace")
    }
    let mark = DrillSetting.optIn.replacing(".", with: "\\.")
    return ["get", "namespaces/\(namespace)", "--output=jsonpath={.metadata.annotations.\(mark)}"]
  }

  private static let managerOption = "--field-manager=\(ChangeCommand.fieldManager)"

  private var timeOption: String { "--request-timeout=\(ChangeCommand.requestSeconds)s" }

  private func patchWords(_ object: DrillObject) -> [String] {
    // Not a word of the command line: a value may be secret, and lists of managers are longer than a word may be.
    ["patch", object.qualifiedName, "--type=json", Self.managerOption, "--patch-file=/dev/stdin"]
  }
}
