/// The Kubernetes Events that are kept: the newest of each object, and the newest of all.
public struct EventTable: Sendable {
  /// How many events of one object are kept.
  public static let limitPerObject = 24
  /// How many events are kept in all.
  public static let limit = 20_000

  private var rows: [ObjectKey: KubernetesEvent] = [:]
  private var keysOfObject: [UID: [ObjectKey]] = [:]
  private var keysOfNamespace: [String: KeyList] = [:]
  private var warningKeys = KeyList()
  /// Keys in the order they came; those before `oldest` and those without a row are gone.
  private var arrivals: [ObjectKey] = []
  private var oldest = 0

  init() {}

  /// How many events are kept.
  public var count: Int { rows.count }

  /// The event of that key.
  public subscript(key: ObjectKey) -> KubernetesEvent? { rows[key] }

  /// The keys of a namespace, or of all; in no order.
  public func keys(in namespace: String? = nil) -> [ObjectKey] {
    guard let namespace else { return Array(rows.keys) }
    return keysOfNamespace[namespace]?.keys ?? []
  }

  /// The events about the object of that identity, newest first.
  public func about(_ uid: UID) -> [KubernetesEvent] {
    (keysOfObject[uid] ?? []).compactMap { rows[$0] }.sorted(by: KubernetesEvent.isNewer)
  }

  /// The warnings since a moment, newest first.
  ///
  /// - Complexity: O(warnings kept).
  public func warnings(since moment: Timestamp, in namespace: String? = nil) -> [KubernetesEvent] {
    warningKeys.keys.lazy.filter { namespace == nil || $0.namespace == namespace }
      .compactMap { rows[$0] }.filter { $0.lastTimestamp.map { $0 >= moment } ?? false }
      .sorted(by: KubernetesEvent.isNewer)
  }

  /// Puts an event in; gives back the one it replaced.
  mutating func insert(_ event: KubernetesEvent, for key: ObjectKey) -> KubernetesEvent? {
    let old = rows.updateValue(event, forKey: key)
    if let old {
      if old.involvedUID != event.involvedUID { unlink(key, from: old.involvedUID) }
    } else {
      keysOfNamespace[key.namespace, default: KeyList()].insert(key)
      arrivals.append(key)
    }
    if event.isWarning { warningKeys.insert(key) } else { warningKeys.remove(key) }
    link(key, to: event.involvedUID)
    dropOldest()
    return old
  }

  /// Takes an event out and gives it back.
  mutating func remove(_ key: ObjectKey) -> KubernetesEvent? {
    guard let old = rows.removeValue(forKey: key) else { return nil }
    unlink(key, from: old.involvedUID)
    warningKeys.remove(key)
    keysOfNamespace[key.namespace]?.remove(key)
    if keysOfNamespace[key.namespace]?.isEmpty == true { keysOfNamespace[key.namespace] = nil }
    return old
  }

  private mutating func link(_ key: ObjectKey, to uid: UID) {
    guard !uid.value.isEmpty else { return }
    var keys = keysOfObject[uid] ?? []
    guard !keys.contains(key) else { return }
    keys.append(key)
    keysOfObject[uid] = keys
    guard keys.count > Self.limitPerObject else { return }
    let first = keys.min { (rows[$0]?.lastTimestamp ?? .distantPast) < (rows[$1]?.lastTimestamp ?? .distantPast) }
    if let first { _ = remove(first) }
  }

  private mutating func unlink(_ key: ObjectKey, from uid: UID) {
    keysOfObject[uid]?.removeAll { $0 == key }
    if keysOfObject[uid]?.isEmpty == true { keysOfObject[uid] = nil }
  }

  private mutating func dropOldest() {
    while rows.count > Self.limit, oldest < arrivals.count {
      _ = remove(arrivals[oldest])
      oldest += 1
    }
    // The list of arrivals also holds what was removed otherwise: tidy up when most of it is of no use.
    guard arrivals.count > 2 * Self.limit else { return }
    arrivals = arrivals[oldest...].filter { rows[$0] != nil }
    oldest = 0
  }
}

extension KubernetesEvent {
  static func isNewer(_ left: KubernetesEvent, _ right: KubernetesEvent) -> Bool {
    let (leftTime, rightTime) = (left.lastTimestamp ?? .distantPast, right.lastTimestamp ?? .distantPast)
    if leftTime != rightTime { return leftTime > rightTime }
    return left.metadata.name > right.metadata.name
  }
}
