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
