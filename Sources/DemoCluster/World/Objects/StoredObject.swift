import Synchronization

/// The name of an object within its kind.
struct ObjectKey: Hashable, Comparable, Sendable {
  /// The namespace; empty for kinds of the cluster.
  let namespace: String
  let name: String

  /// Namespaces first, then names, byte by byte: the order of lists and pages.
  static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    left.namespace == right.namespace ? left.name < right.name : left.namespace < right.namespace
  }
}

/// A container of a pod, as far as metrics and logs need it.
struct RunningContainer: Sendable, Hashable {
  let name: String
  let image: String
  let startedAt: Moment
}

/// The object that controls another, as its owner reference says.
struct Controller: Sendable, Hashable {
  let kind: ResourceKind
  let name: String
  let uid: String

  init(kind: ResourceKind, name: String, uid: String) {
    self.kind = kind
    self.name = name
    self.uid = uid
  }

  /// Reads an owner reference; `nil` for owners of kinds that are not served.
  init?(_ reference: JSON) {
    guard let kind = reference["kind"]?.string, let version = reference["apiVersion"]?.string,
      let resource = ResourceKind.named(kind, apiVersion: version), let name = reference["name"]?.string,
      let uid = reference["uid"]?.string
    else { return nil }
    self.init(kind: resource, name: name, uid: uid)
  }

  /// The owner reference.
  var reference: JSON {
    [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "name": .string(name), "uid": .string(uid),
      "controller": true, "blockOwnerDeletion": true,
    ]
  }
}

/// One version of an object: encoded at most once, then shared by lists, watches and the history.
///
/// A class because many lists and watches hold the same immutable version.
final class StoredObject: Sendable {
  let kind: ResourceKind
  let key: ObjectKey
  let uid: String
  let resourceVersion: Int
  let labels: [String: String]
  /// The values of the kind's selectable fields, in their order.
  let fields: [String]
  /// The running containers of a pod; empty for other kinds.
  let running: [RunningContainer]
  /// The owner that controls the object.
  let controller: Controller?
  /// Whether the condition Ready is true.
  let isReady: Bool
  /// Whether the object is being deleted.
  let isTerminating: Bool
  /// When the object was created.
  let createdAt: Moment
  /// About how many bytes the object takes.
  let size: Int
  /// The labels that a Service or a budget selects; empty for other kinds.
  let selector: [String: String]
  /// Who manages the fields, as far as clients wrote them; `nil` where that follows from the object.
  let clients: [FieldManager]?
  /// The object in the forms in which it was needed.
  private let memory: Mutex<Memory>

  private struct Memory {
    /// The object as it was written, until ``forget()``.
    var object: JSON?
    /// The object as text; `nil` until somebody reads it or the object is forgotten.
    var texts: Texts?
    /// The member `managedFields`, in parts that many objects may share; `nil` until somebody reads it.
    var managedFields: [[UInt8]]?

    /// The object as text, which is made once.
    mutating func encoded() -> Texts {
      if let texts { return texts }
      let made = StoredObject.texts(of: object ?? .object([]))
      texts = made
      return made
    }
  }

  /// The text of an object without kind and version, in two parts: `managedFields` go between them.
  struct Texts: Sendable {
    /// From `"metadata"` up to the end of its members.
    let opening: [UInt8]
    /// From the brace that closes `metadata` to the one that closes the object.
    let rest: [UInt8]
  }

  /// Takes from an object what selectors and indexes need.
  ///
  /// `clients` are the managers of its fields, unless the object says them itself.
  init(kind: ResourceKind, object: JSON, resourceVersion: Int, clients: [FieldManager]? = nil) {
    self.kind = kind
    self.resourceVersion = resourceVersion
    let metadata = object["metadata"]
    key = ObjectKey(namespace: metadata?["namespace"]?.string ?? "", name: metadata?["name"]?.string ?? "")
    uid = metadata?["uid"]?.string ?? ""
    labels = metadata?["labels"]?.stringMembers ?? [:]
    fields = kind.selectableFields.map { Self.field($0, of: object) }
    running = kind == .pods ? Self.runningContainers(of: object) : []
    controller = metadata?["ownerReferences"]?.elements.first { $0["controller"]?.bool == true }.flatMap(
      Controller.init)
    isReady = (kind == .pods || kind == .nodes) && object.hasCondition("Ready")
    isTerminating = object.isTerminating
    createdAt = metadata?["creationTimestamp"]?.string.flatMap { Moment($0) } ?? Moment(milliseconds: 0)
    size = object.size
    selector = Self.selector(kind, object["spec"]?["selector"])
    var written = metadata ?? .object([])
    written["resourceVersion"] = .string(String(resourceVersion))
    var object = object
    object["metadata"] = written
    self.clients = FieldManager.ofClients(object) ?? clients
    memory = Mutex(Memory(object: Self.withoutHead(object)))
  }

  /// An object as ``object`` reads it back: metadata first, without kind, version and `managedFields`.
  private static func withoutHead(_ object: JSON) -> JSON {
    var metadata = object["metadata"] ?? .object([])
    metadata["managedFields"] = nil
    let others = object.members.filter { !["kind", "apiVersion", "metadata"].contains($0.name) }
    return .object([JSON.Member(name: "metadata", value: metadata)] + others)
  }

  /// Lets go of the object as JSON; ``object`` reads it back from its text from now on.
  func forget() {
    memory.withLock { memory in
      _ = memory.encoded()
      memory.object = nil
    }
  }

  private var texts: Texts { memory.withLock { $0.encoded() } }

  private var managedFields: [[UInt8]] {
    if let known = memory.withLock({ $0.managedFields }) { return known }
    let made = [ManagedFields.text(kind, object, clients: clients)]
    memory.withLock { $0.managedFields = made }
    return made
  }

  /// Encodes an object.
  static func texts(of object: JSON) -> Texts {
    var opening = Array("\"metadata\":{".utf8)
    JSON.encode((object["metadata"]?.members ?? []).filter { $0.name != "managedFields" }, into: &opening)
    let others = object.members.filter { !["kind", "apiVersion", "metadata"].contains($0.name) }
    var rest = Array((others.isEmpty ? "}" : "},").utf8)
    rest.reserveCapacity(4096)
    JSON.encode(others, into: &rest)
    rest.append(UInt8(ascii: "}"))
    return Texts(opening: opening, rest: rest)
  }

  /// A version whose text was made from a template; the caller vouches that the parts agree.
  init(
    kind: ResourceKind, key: ObjectKey, uid: String, resourceVersion: Int, labels: [String: String],
    fields: [String], running: [RunningContainer], controller: Controller?, createdAt: Moment,
    opening: [UInt8], managedFields: [[UInt8]], rest: [UInt8]
  ) {
    self.kind = kind
    self.key = key
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.labels = labels
    self.fields = fields
    self.running = running
    self.controller = controller
    self.createdAt = createdAt
    size = opening.count + rest.count
    isReady = kind == .pods
    isTerminating = false
    selector = [:]
    clients = nil
    memory = Mutex(Memory(texts: Texts(opening: opening, rest: rest), managedFields: managedFields))
  }

  /// The text from `"metadata"` to the closing brace, as answers have it: without kind and version, in parts that are
  /// sent one after the other.
  var pieces: [[UInt8]] {
    let texts = texts
    return [texts.opening] + managedFields + [texts.rest]
  }

  /// The text of the member `metadata`, in parts.
  var metadataPieces: [[UInt8]] { [texts.opening] + managedFields + [Self.closing] }

  private static let closing = Array("}".utf8)

  /// The text from `"metadata"` to the closing brace without `managedFields`, which follow from it.
  var tail: [UInt8] {
    let texts = texts
    return texts.opening + texts.rest
  }

  /// The object read back, without kind, version and `managedFields`.
  var object: JSON {
    if let known = memory.withLock({ $0.object }) { return known }
    guard let object = try? JSON(parsing: [UInt8(ascii: "{")] + tail) else {
      preconditionFailure("a stored object is always JSON")
    }
    return object
  }

  /// The object read back without kind and version, as a client sees it.
  var shownObject: JSON {
    let text = [[UInt8(ascii: "{")]] + pieces
    return (try? JSON(parsing: Array(text.joined()))) ?? object
  }

  /// Whether the object's own selector (a Service's or a budget's) selects an object with these labels.
  func selects(_ labels: [String: String]) -> Bool {
    !selector.isEmpty && selector.allSatisfy { labels[$0.key] == $0.value }
  }

  /// The value of a field a selector names; `nil` where the kind does not support it.
  func field(_ path: String) -> String? {
    switch path {
    case "metadata.name": return key.name
    case "metadata.namespace": return key.namespace
    default: return kind.selectableFields.firstIndex(of: path).map { fields[$0] }
    }
  }

  private static func field(_ path: String, of object: JSON) -> String {
    switch object.value(at: path) {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): String(flag)
    default: path == "spec.unschedulable" ? "false" : ""
    }
  }

  private static func selector(_ kind: ResourceKind, _ selector: JSON?) -> [String: String] {
    switch kind {
    case .services: selector?.stringMembers ?? [:]
    case .podDisruptionBudgets: selector?["matchLabels"]?.stringMembers ?? [:]
    default: [:]
    }
  }

  private static func runningContainers(of pod: JSON) -> [RunningContainer] {
    pod.containerStatuses.compactMap { status in
      guard let started = status["state"]?["running"]?["startedAt"]?.string, let moment = Moment(started),
        let name = status["name"]?.string, let image = status["image"]?.string
      else { return nil }
      return RunningContainer(name: name, image: image, startedAt: moment)
    }
  }
}

extension ResourceKind {
  /// The beginning of every object of the kind outside lists.
  var head: [UInt8] { Array("{\"kind\":\"\(kind)\",\"apiVersion\":\"\(apiVersion)\",".utf8) }
}
