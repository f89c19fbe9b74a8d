import ClusterModel

/// The entries that are shown: all, or those that the filter chooses.
extension LogState {
  /// How many entries can be shown.
  package var rowCount: Int { filter?.count ?? store.count }

  /// The newest and the oldest row.
  package var lastRow: LogRef? { filter.map { $0.count > 0 ? $0[$0.count - 1] : nil } ?? store.last }
  var firstRow: LogRef? { filter.map { $0.count > 0 ? $0[0] : nil } ?? store.first }

  /// The row before another; the newest for ``LogRef/end``.
  func row(before ref: LogRef) -> LogRef? {
    if let filter { return filter.last(before: ref) }
    return store.place(before: ref).map { store[$0].ref }
  }

  /// The row behind another.
  func row(after ref: LogRef) -> LogRef? {
    if let filter { return filter.first(after: ref) }
    return store.place(after: ref).map { store[$0].ref }
  }

  /// How many rows stand before one.
  func rank(of ref: LogRef) -> Int { filter?.count(before: ref) ?? store.rank(of: ref) }

  /// The row with so many before it.
  func row(rank: Int) -> LogRef? {
    if let filter { return filter.count > rank && rank >= 0 ? filter[rank] : nil }
    return store.ref(rank: rank)
  }

  /// How many rows lie below the window.
  package var rowsBelow: Int { bottom.map { max(0, rowCount - 1 - rank(of: $0)) } ?? 0 }

  /// The line that keys act on: the chosen one, else the newest.
  var currentLine: LogEntry? { (cursor ?? lastRow).flatMap { store[$0] } }

  /// Shows the newest line, and every one that comes.
  mutating func follow() {
    cursor = nil
    bottom = nil
  }

  /// Goes to a row; the window is moved as little as shows it.
  ///
  /// - Parameters:
  ///   - window: The rows at the top and the bottom of the window now.
  ///   - fill: The last row that a window beginning at a row has room for.
  mutating func go(to row: LogRef, window: (top: LogRef, bottom: LogRef)?, fill: (LogRef) -> LogRef) {
    cursor = row
    guard let window else { return bottom = fill(row) }
    bottom = row < window.top ? fill(row) : max(row, window.bottom)
  }
}
