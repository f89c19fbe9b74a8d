/// A column of a table: what it is called and how it behaves when room is short.
package struct TableColumn: Sendable {
  package var title: String
  package var alignment: Alignment
  /// Below this many columns the contents say nothing.
  package var minimum: Int
  /// It never takes more than this, however long its contents.
  package var ideal: Int
  /// Columns with higher numbers leave first when room is short; the first column of a table always stays.
  package var priority: Int
  /// Whether it takes the room that is left over.
  package var isFlexible: Bool
  package var fit: Fit

  /// Makes a column; without a minimum its title must fit.
  package init(
    _ title: String, alignment: Alignment = .left, minimum: Int? = nil, ideal: Int = 60, priority: Int = 0,
    isFlexible: Bool = false, fit: Fit = .end
  ) {
    self.title = title
    self.alignment = alignment
    self.minimum = minimum ?? TextWidth.columns(of: title)
    self.ideal = max(ideal, self.minimum)
    self.priority = priority
    self.isFlexible = isFlexible
    self.fit = fit
  }
}

/// What stands in one row of a table.
package enum TableRow: Sendable {
  /// One line of spans for each column, in the columns' order.
  case cells([[Span]])
  /// A line over all columns, such as the reason under a failing pod.
  case note([Span])
}

/// Where the columns of a table stand at a certain width.
package struct TableLayout: Equatable, Sendable {
  /// A visible column: its index among all columns, its first screen column and its width.
  package struct Place: Equatable, Sendable {
    package let column: Int
    package let start: Int
    package let width: Int
  }

  /// The visible columns from left to right.
  package let places: [Place]

  /// Blanks between two columns.
  package static let gap = 2

  /// Distributes `width` among the columns.
  ///
  /// Every column gets its minimum first; where that is too much, the columns with the highest priority number leave,
  /// except the first. What remains goes to the columns in order of priority, up to what their contents need, and the
  /// rest to the flexible ones.
  ///
  /// - Parameters:
  ///   - natural: What the title and the visible contents of each column need.
  ///   - width: Columns to distribute.
  package init(columns: [TableColumn], natural: [Int], width: Int) {
    let wanted = zip(columns, natural).map { min($1, $0.ideal) }
    // A minimum is a promise about long contents; short contents need less.
    var widths = zip(columns, wanted).map { min($0.minimum, $1) }
    let kept = TableLayout.kept(columns, widths: widths, width: width)
    var free = width - TableLayout.total(kept.map { widths[$0] })
    for priority in Set(kept.map { columns[$0].priority }).sorted() {
      let equals = kept.filter { columns[$0].priority == priority }
      free -= TableLayout.grow(equals, of: &widths, to: wanted, free: free)
    }
    let flexible = kept.filter { columns[$0].isFlexible }
    if free > 0, let last = flexible.last {
      for index in flexible { widths[index] += free / flexible.count }
      widths[last] += free % flexible.count
    }
    if free < 0, let first = kept.first { widths[first] = max(0, widths[first] + free) }
    var start = 0
    places = kept.map { index in
      defer { start += widths[index] + TableLayout.gap }
      return Place(column: index, start: start, width: widths[index])
    }
  }

  /// Shares room out evenly, first to those that need least, so that one long column does not starve the others.
  private static func grow(_ indices: [Int], of widths: inout [Int], to wanted: [Int], free: Int) -> Int {
    var left = max(0, free)
    let order = indices.sorted { (wanted[$0] - widths[$0], $0) < (wanted[$1] - widths[$1], $1) }
    for (done, index) in order.enumerated() {
      let growth = min(left / (order.count - done), wanted[index] - widths[index])
      widths[index] += growth
      left -= growth
    }
    return max(0, free) - left
  }

  private static func kept(_ columns: [TableColumn], widths: [Int], width: Int) -> [Int] {
    var kept = Array(columns.indices)
    while kept.count > 1, total(kept.map { widths[$0] }) > width,
      let leaving = kept.dropFirst().max(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) })
    {
      kept.removeAll { $0 == leaving }
    }
    return kept
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }
}
