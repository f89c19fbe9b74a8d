import ClusterModel

// Words that several checks use.

/// The first few of a list, and how many more there are.
func listed(_ items: [String], limit: Int = 2) -> String {
  let shown = items.prefix(limit).joined(separator: ", ")
  return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
}

/// A share in percent; outside quantities can be absurd, so the number is kept within what can be printed.
func percentText(_ share: Double) -> String {
  share.isFinite ? "\(Int(min(max(share * 100, 0), 1_000_000))) %" : "?"
}

/// The first few of many keys, in order; the others are not put in order for it.
func first(_ count: Int, of keys: [ObjectKey]) -> [ObjectKey] {
  var found: [ObjectKey] = []
  for key in keys {
    if found.count == count, let last = found.last, last < key { continue }
    found.insert(key, at: found.firstIndex { key < $0 } ?? found.endIndex)
    if found.count > count { found.removeLast() }
  }
  return found
}
