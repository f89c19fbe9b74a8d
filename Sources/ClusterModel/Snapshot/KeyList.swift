/// A set of keys that is walked in an order that depends only on what was inserted and removed.
///
/// Inserting and removing cost the same whatever the number of keys.
struct KeyList: Sendable, Hashable {
  private(set) var keys: [ObjectKey] = []
  private var positions: [ObjectKey: Int] = [:]

  var count: Int { keys.count }
  var isEmpty: Bool { keys.isEmpty }

  func contains(_ key: ObjectKey) -> Bool { positions[key] != nil }

  mutating func insert(_ key: ObjectKey) {
    guard positions[key] == nil else { return }
    positions[key] = keys.count
    keys.append(key)
  }

  mutating func remove(_ key: ObjectKey) {
    guard let position = positions.removeValue(forKey: key), let last = keys.popLast() else { return }
    guard last != key else { return }
    keys[position] = last
    positions[last] = position
  }
}
