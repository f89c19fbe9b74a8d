/// The identity of one object for as long as it lives; a successor of the same name has another.
public struct UID: Hashable, Sendable {
  /// As the API server wrote it.
  public let value: String

  /// A UID as written.
  public init(_ value: String) { self.value = value }
}

/// The name of an object: its kind, namespace and name.
public struct ObjectKey: Codable, Hashable, Comparable, Sendable {
  /// The kind.
  public let kind: ResourceKind
  /// Empty for kinds without a namespace.
  public let namespace: String
  /// The name.
  public let name: String

  /// The key of an object.
  public init(_ kind: ResourceKind, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// As people type it for kubectl: `deployment/todo-backend`.
  public var typedName: String { "\(kind.kindName.lowercased())/\(name)" }

  /// Orders by namespace, name and kind.
  public static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    if left.namespace != right.namespace { return left.namespace < right.namespace }
    if left.name != right.name { return left.name < right.name }
    return left.kind.rawValue < right.kind.rawValue
  }
}

/// A link from an object to the one that made it.
public struct OwnerReference: Codable, Hashable, Sendable {
  public var kind: String
  public var name: String
  public var uid: UID
  /// Whether the owner is the controller that manages the object.
  public var isController: Bool

  /// A link.
  public init(kind: String, name: String, uid: UID, isController: Bool) {
    self.kind = kind
    self.name = name
    self.uid = uid
    self.isController = isController
  }
}

/// What every object has.
public struct ObjectMetadata: Codable, Hashable, Sendable {
  public var namespace = ""
  public var name = ""
  public var uid = UID("")
  public var resourceVersion = ""
  public var generation = 0
  public var creationTimestamp: Timestamp?
  /// When the object ends at the latest; set once it is being deleted.
  public var deletionTimestamp: Timestamp?
  public var deletionGracePeriodSeconds: Int?
  public var labels: [String: String] = [:]
  /// Only the annotations that the program gives a meaning.
  public var annotations: [String: String] = [:]
  public var owners: [OwnerReference] = []
  public var finalizers: [String] = []

  /// Metadata with everything absent.
  public init() {}

  /// The owner that manages the object, if any.
  public var controller: OwnerReference? { owners.first(where: \.isController) }

  /// Whether deletion has begun.
  public var isTerminating: Bool { deletionTimestamp != nil }
}

/// One condition of an object's status.
public struct Condition: Codable, Hashable, Sendable {
  public var type: String
  /// `True`, `False` or `Unknown`.
  public var status: String
  public var reason = ""
  public var message = ""
  public var lastTransitionTime: Timestamp?
  public var lastUpdateTime: Timestamp?

  /// A condition without reason and times.
  public init(type: String, status: String) {
    self.type = type
    self.status = status
  }

  /// Whether the status is `True`.
  public var isTrue: Bool { status == "True" }
}

extension [Condition] {
  /// The condition of that type, if present.
  public subscript(type type: String) -> Condition? { first { $0.type == type } }
}
