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
    let first = firstVisible(columns: canvas.columns)
    var column = 0
    if first > 0 { column += canvas.write("…", at: .zero, style: .tab) }
    for index in titles.indices.dropFirst(first) {
      let isLast = index == titles.count - 1
      let reserve = isLast ? 0 : 1
      let width = TextWidth.columns(of: titles[index]) + 2
      guard column + width + reserve <= canvas.columns || index == selected else {
        canvas.write("…", at: Position(column: column, row: 0), style: .tab)
        return
      }
      let style: Style = index == selected ? .tabSelected : .tab
      // Square brackets in the ASCII and mono looks are not needed: the chosen tab is inverse there.
      column += canvas.write(" " + titles[index] + " ", at: Position(column: column, row: 0), style: style)
    }
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
