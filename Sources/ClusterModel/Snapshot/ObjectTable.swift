/// An object of the API with its metadata.
public protocol ClusterResource: Hashable, Sendable {
  /// What every object has.
  var metadata: ObjectMetadata { get }
}

extension Pod: ClusterResource {}
extension Deployment: ClusterResource {}
extension ReplicaSet: ClusterResource {}
extension StatefulSet: ClusterResource {}
extension DaemonSet: ClusterResource {}
extension Job: ClusterResource {}
extension Service: ClusterResource {}
extension EndpointSlice: ClusterResource {}
extension Ingress: ClusterResource {}
extension HorizontalPodAutoscaler: ClusterResource {}
extension PodDisruptionBudget: ClusterResource {}
extension Node: ClusterResource {}
extension IngressClass: ClusterResource {}
extension PodMetrics: ClusterResource {}
extension NodeMetrics: ClusterResource {}

extension ObjectMetadata: ClusterResource {
  /// The metadata itself: ConfigMaps and Secrets are never more than that.
  public var metadata: ObjectMetadata { self }
}

/// The objects of one kind, found by key, by UID and by namespace.
///
/// Changes cost the same whatever the number of objects.
public struct ObjectTable<Object: ClusterResource>: Sendable {
  private var rows: [ObjectKey: Row] = [:]
  private var keyOfUID: [UID: ObjectKey] = [:]
  private var keysOfNamespace: [String: KeyList] = [:]

  /// An object in memory of its own: a table has room for more rows than there are, and objects are large.
  private indirect enum Row {
    case holding(Object)

    var object: Object {
      switch self {
      case .holding(let object): object
      }
    }
  }

  /// An empty table.
  init() {}

  /// How many objects there are.
  public var count: Int { rows.count }

  /// Whether there are none.
  public var isEmpty: Bool { rows.isEmpty }

  /// The object of that key.
  public subscript(key: ObjectKey) -> Object? { rows[key]?.object }

  /// The identity of the object of that key: many are asked for it alone, and objects are large to copy.
  func uid(of key: ObjectKey) -> UID? {
    guard case .holding(let object)? = rows[key] else { return nil }
    return object.metadata.uid
  }

  /// When the object of that key was made.
  func creation(of key: ObjectKey) -> Timestamp? {
    guard case .holding(let object)? = rows[key] else { return nil }
    return object.metadata.creationTimestamp
  }

  /// The object of that identity.
  public subscript(uid uid: UID) -> Object? { keyOfUID[uid].flatMap { rows[$0]?.object } }

  /// The key of the object of that identity.
  public func key(of uid: UID) -> ObjectKey? { keyOfUID[uid] }

  /// The keys of a namespace, or of all; in no order.
  public func keys(in namespace: String? = nil) -> [ObjectKey] {
    guard let namespace else { return Array(rows.keys) }
    return keysOfNamespace[namespace]?.keys ?? []
  }

  /// How many objects a namespace has, or all have.
  public func count(in namespace: String?) -> Int {
    guard let namespace else { return rows.count }
    return keysOfNamespace[namespace]?.count ?? 0
  }

  /// The objects of a namespace, or all, by namespace and name.
  ///
  /// - Complexity: O(n log n) in the objects returned.
  public func objects(in namespace: String? = nil) -> [Object] {
    keys(in: namespace).sorted().compactMap { rows[$0]?.object }
  }

  /// Puts an object in, or in place of the one of its key; gives back the one it replaced.
  mutating func insert(_ object: Object, for key: ObjectKey) -> Object? {
    let old = rows.updateValue(.holding(object), forKey: key)?.object
    let uid = object.metadata.uid
    if let old {
      guard old.metadata.uid != uid else { return old }
      forget(old.metadata.uid, of: key)
    } else {
      keysOfNamespace[key.namespace, default: KeyList()].insert(key)
    }
    if !uid.value.isEmpty { keyOfUID[uid] = key }
    return old
  }

  /// Takes an object out and gives it back.
  mutating func remove(_ key: ObjectKey) -> Object? {
    guard let old = rows.removeValue(forKey: key)?.object else { return nil }
    forget(old.metadata.uid, of: key)
    keysOfNamespace[key.namespace]?.remove(key)
    if keysOfNamespace[key.namespace]?.isEmpty == true { keysOfNamespace[key.namespace] = nil }
    return old
  }

  /// Makes room for a whole list at once.
  mutating func reserveCapacity(_ count: Int) {
    rows.reserveCapacity(count)
    keyOfUID.reserveCapacity(count)
  }

  private mutating func forget(_ uid: UID, of key: ObjectKey) {
    if keyOfUID[uid] == key { keyOfUID[uid] = nil }
  }
}
