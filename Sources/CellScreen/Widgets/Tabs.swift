/// A row of names of which one is chosen.
package struct Tabs: Equatable, Sendable {
  package var titles: [String]
  package var selected: Int

  /// Makes a row of tabs.
  package init(_ titles: [String], selected: Int) {
    self.titles = titles
    self.selected = selected
  }

  /// Draws the tabs over the first row; when not all fit, the chosen one stays visible and `…` marks the rest.
  package func draw(on canvas: Canvas) {
    let places = places(columns: canvas.columns)
    if let first = places.first, first.index > 0 { canvas.write("…", at: .zero, style: .tab) }
    for (index, columns) in places {
      let style: Style = index == selected ? .tabSelected : .tab
      // Square brackets in the ASCII and mono looks are not needed: the chosen tab is inverse there.
      canvas.write(" " + titles[index] + " ", at: Position(column: columns.lowerBound, row: 0), style: style)
    }
    if let last = places.last, last.index < titles.count - 1 {
      canvas.write("…", at: Position(column: last.columns.upperBound, row: 0), style: .tab)
    }
  }

  /// The tab that stands in a column when `width` columns are drawn on; `nil` for none.
  package func index(at column: Int, width: Int) -> Int? {
    places(columns: width).first { $0.columns.contains(column) }?.index
  }

  /// The tabs that are visible, and where.
  private func places(columns: Int) -> [(index: Int, columns: Range<Int>)] {
    let first = firstVisible(columns: columns)
    var places: [(index: Int, columns: Range<Int>)] = []
    var column = first > 0 ? 1 : 0
    for index in titles.indices.dropFirst(first) {
      let reserve = index == titles.count - 1 ? 0 : 1
      let width = TextWidth.columns(of: titles[index]) + 2
      guard column + width + reserve <= columns || index == selected else { break }
      places.append((index, column..<column + width))
      column += width
    }
    return places
  }

  private func firstVisible(columns: Int) -> Int {
    var first = 0
    while first < selected, width(first...selected) + (first > 0 ? 1 : 0) + 1 > columns { first += 1 }
    return first
  }

  private func width(_ range: ClosedRange<Int>) -> Int {
    titles.indices.clamped(to: range.lowerBound..<range.upperBound + 1)
      .reduce(0) { $0 + TextWidth.columns(of: titles[$1]) + 2 }
  }
}
