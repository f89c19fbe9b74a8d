import CellScreen
import ClusterModel

/// What of the logs is on the screen: the card of a crash, the strip of pods, and rows of lines.
struct LogWindow {
  /// From this height on the pods have a strip of their own.
  static let rowsForStrip = 8

  /// A line as it is shown.
  struct Row {
    var ref: LogRef
    var lines: [[Span]]
  }

  let card: [[Span]]
  let hasStrip: Bool
  let columns: Int
  /// How many rows there are for lines.
  let room: Int
  private let state: DashboardState
  private let logs: LogState
  private let showsPod: Bool

  /// The window of a surface.
  init(_ state: DashboardState, _ logs: LogState, _ size: Size) {
    self.state = state
    self.logs = logs
    columns = max(1, size.columns - 1)
    showsPod = Set(logs.store.runs.map { $0.pod + "/" + $0.container }).count > 1 || logs.sources.count > 1
    var rest = size.rows
    let lines = state.shownCrash.map { state.crashCardLines($0, hasKeys: true) } ?? []
    let whole = lines.map { cut(state.masking.masked($0), columns: size.columns - 2) }
    // The card leaves half of the room to the lines.
    card = whole.isEmpty || rest < 10 ? [] : cutInTheMiddle(whole, to: rest / 2)
    rest -= card.count
    hasStrip = rest >= Self.rowsForStrip && !logs.rates.isEmpty
    room = max(1, rest - (hasStrip ? 1 : 0))
  }

  /// The rows from the bottom of the window up, in the order of the screen.
  func rows() -> [Row] {
    guard let last = logs.bottom ?? logs.lastRow else { return [] }
    var found: [Row] = []
    var left = room
    var next: LogRef? = last
    while left > 0, let ref = next, let row = row(ref) {
      found.append(row)
      left -= row.lines.count
      next = logs.row(before: ref)
    }
    return found.reversed()
  }

  /// The last row that has room in a window that begins at one.
  func lastRow(from first: LogRef) -> LogRef {
    var left = room - (row(first)?.lines.count ?? 1)
    var last = first
    while left > 0, let next = logs.row(after: last), let row = row(next) {
      left -= row.lines.count
      guard left >= 0 else { break }
      last = next
    }
    return last
  }

  private func row(_ ref: LogRef) -> Row? {
    guard let entry = logs.store[ref] else { return nil }
    var (head, text) = state.logSpans(entry, logs, showsPod: showsPod)
    if let search = logs.search { text = highlighted(text, search.pattern) }
    if let filter = logs.filter, !filter.isInverse { text = highlighted(text, filter.pattern) }
    guard logs.isWrapped else {
      guard logs.shift > 0 else { return Row(ref: ref, lines: [head + text]) }
      return Row(ref: ref, lines: [head + [Span("‹", .muted)] + dropped(text, columns: logs.shift + 1)])
    }
    return Row(ref: ref, lines: broken(head + text, columns: columns, rowsMax: max(1, room - 1)))
  }
}

private func cut(_ line: [Span], columns: Int) -> [Span] {
  line.columns <= columns ? line : broken(line, columns: max(1, columns - 1), rowsMax: 1)[0] + [Span("…", .muted)]
}

/// The first lines and the last, with a sign between where some had to go.
private func cutInTheMiddle(_ lines: [[Span]], to count: Int) -> [[Span]] {
  guard lines.count > count, count > 4 else { return Array(lines.prefix(count)) }
  let left = lines.count - (count - 1)
  return lines.prefix(2) + [[Span("  … \(left) lines are in the details …", .muted)]] + lines.suffix(count - 3)
}
