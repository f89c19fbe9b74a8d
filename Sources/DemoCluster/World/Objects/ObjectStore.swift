/// Every object of the cluster, with one version counter for all, as in etcd.
struct ObjectStore: Sendable {
  /// The version of the newest change.
  private(set) var resourceVersion = 1
  private var tables: [ResourceKind: ObjectTable] = [:]
  /// The newest versions, which are ready to be read; older ones are read back from their text.
  private var young: [StoredObject] = []
  private var oldestYoung = 0

  /// How many versions are kept ready to be read.
  static let youngLimit = 512
  /// How large and how deep one object may be, and how many bytes all may take that clients write.
  static let objectLimit = 3 << 19
  static let depthLimit = 100
  static let sizeLimit = 256 << 20

  /// About how many bytes the objects take.
  var size: Int { tables.values.reduce(0) { $0 + $1.size } }

  /// The objects and changes of a kind.
  func table(_ kind: ResourceKind) -> ObjectTable { tables[kind] ?? ObjectTable() }

  /// The present version of an object.
  func object(_ kind: ResourceKind, _ key: ObjectKey) -> StoredObject? { tables[kind]?[key] }

  /// The objects of a kind in one namespace, or all for `nil`.
  func objects(_ kind: ResourceKind, in namespace: String? = nil) -> ArraySlice<StoredObject> {
    tables[kind]?.entries(in: namespace) ?? []
  }

  /// Stores a new version of an object and returns it; who manages its fields stays unless the object says it.
  @discardableResult
  mutating func put(_ kind: ResourceKind, _ object: JSON) -> StoredObject {
    resourceVersion += 1
    let key = ObjectKey(
      namespace: object["metadata", "namespace"]?.string ?? "", name: object["metadata", "name"]?.string ?? "")
    let stored = StoredObject(
      kind: kind, object: object, resourceVersion: resourceVersion, clients: tables[kind]?[key]?.clients)
    tables[kind, default: ObjectTable()].put(stored)
    keepYoung(stored)
    return stored
  }

  private mutating func keepYoung(_ object: StoredObject) {
    guard young.count >= Self.youngLimit else { return young.append(object) }
    young[oldestYoung].forget()
    young[oldestYoung] = object
    oldestYoung = (oldestYoung + 1) % Self.youngLimit
  }

  /// Removes an object and returns its final state.
  @discardableResult
  mutating func remove(_ kind: ResourceKind, _ key: ObjectKey) -> StoredObject? {
    guard let present = object(kind, key) else { return nil }
    resourceVersion += 1
    let last = StoredObject(
      kind: kind, object: present.object, resourceVersion: resourceVersion, clients: present.clients)
    tables[kind]?.remove(last)
    keepYoung(last)
    return last
  }

  /// Reserves versions for objects that are encoded elsewhere, and returns the first.
  mutating func reserveVersions(_ count: Int) -> Int {
    resourceVersion += count
    return resourceVersion - count + 1
  }

  /// Adds many new objects of a kind at once.
  mutating func fill(_ kind: ResourceKind, _ objects: [StoredObject]) {
    tables[kind, default: ObjectTable()].fill(objects)
  }

  /// Drops all history, as after a compaction of etcd.
  mutating func compact() {
    for kind in ResourceKind.all { tables[kind, default: ObjectTable()].forget(upTo: resourceVersion) }
  }
}
