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
  /// How wide its contents are in all rows; `nil` takes the rows that are visible, and then it may change as they do.
  package var content: Int?
  /// Whether the table is sorted by it, and which way.
  package var sorting: Sorting?

  /// A direction of sorting, as the values of the column read from above.
  package enum Sorting: Sendable {
    case ascending, descending

    var glyph: Glyph { self == .ascending ? "▲" : "▼" }
  }

  /// Makes a column; without a minimum its title must fit.
  package init(
    _ title: String, alignment: Alignment = .left, minimum: Int? = nil, ideal: Int = 60, priority: Int = 0,
    isFlexible: Bool = false, fit: Fit = .end, content: Int? = nil, sorting: Sorting? = nil
  ) {
    self.title = title
    self.alignment = alignment
    self.minimum = minimum ?? TextWidth.columns(of: title)
    self.ideal = max(ideal, self.minimum)
    self.priority = priority
    self.isFlexible = isFlexible
    self.fit = fit
    self.content = content
    self.sorting = sorting
  }
}

/// What stands in one row of a table.
package enum TableRow: Sendable {
  /// One line of spans for each column, in the columns' order.
  case cells([[Span]])
  /// The same, where a text may run on over the empty cells behind it.
  case loose([[Span]])
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
  /// Whether columns are hidden behind the first one.
  package let hidesBefore: Bool
  /// Whether other columns are hidden.
  package let hidesAfter: Bool

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
    places = TableLayout.places(kept, widths)
    hidesBefore = false
    hidesAfter = kept.count < columns.count
  }

  /// Shows columns in their order, the first one always and then as many as fit from behind those passed over.
  ///
  /// Nothing leaves by priority: who scrolls wants to see every column in its turn.
  ///
  /// - Parameter passing: How many columns behind the first are passed over.
  package init(columns: [TableColumn], natural: [Int], width: Int, passing: Int) {
    var widths = zip(columns, natural).map { min($1, $0.ideal) }
    guard let first = widths.first else {
      (places, hidesBefore, hidesAfter) = ([], false, false)
      return
    }
    widths[0] = min(first, max(0, width))
    var kept = [0]
    var free = width - widths[0]
    for index in columns.indices.dropFirst(1 + max(0, passing)) {
      let least = min(columns[index].minimum, widths[index])
      guard free >= TableLayout.gap + least else { break }
      widths[index] = min(widths[index], free - TableLayout.gap)
      free -= TableLayout.gap + widths[index]
      kept.append(index)
    }
    if free > 0, let flexible = kept.last(where: { columns[$0].isFlexible }) { widths[flexible] += free }
    places = TableLayout.places(kept, widths)
    hidesBefore = passing > 0 && columns.count > 1
    hidesAfter = max(kept.last ?? 0, passing) < columns.count - 1
  }

  private static func places(_ kept: [Int], _ widths: [Int]) -> [Place] {
    var start = 0
    return kept.map { index in
      defer { start += widths[index] + gap }
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
