import CellScreen

extension DashboardState {
  /// Moves in the page on top by lines or rows, or says that it is at an end.
  mutating func movePage(by steps: Int) {
    let didMove = changeView { view, rows, lines, room in view.move(by: steps, in: rows, lines, room: room) }
    if didMove == false { notice = "this is the \(steps < 0 ? "beginning" : "end")" }
  }

  /// Chooses the first line that names an object, where what stands above it is seen all the same.
  mutating func chooseFirstLink() {
    changeView { view, rows, lines, room in
      guard let line = lines.firstIndex(where: { $0.link != nil }), line < room else { return }
      view.choose(line, in: rows, lines, room: room)
    }
  }

  /// Chooses the line that stands in a row of the page on top; whether it was chosen before.
  mutating func chooseLine(atRow row: Int) -> Bool {
    changeView { view, rows, lines, room in
      let index = view.top(of: rows, lines, room: room) + row
      guard view.hasCursor, rows.rows.indices.contains(index), row >= 0, row < room else { return false }
      let line = rows.rows[index].line
      let wasChosen = line == view.cursorLine(in: lines)
      view.choose(line, in: rows, lines, room: room)
      return wasChosen
    } ?? false
  }

  /// Passes columns of the page on top, or says that there are none.
  mutating func passPageColumns(by steps: Int) -> [Effect] {
    let columns = pageColumns
    let didPass = changeView { view, rows, _, _ in view.passColumns(by: steps, in: rows, columns: columns) }
    if didPass == false { notice = steps > 0 ? "nothing is hidden at the right" : "nothing is hidden at the left" }
    return []
  }

  /// Breaks the lines of the page on top, or cuts them.
  mutating func togglePageWrap() -> [Effect] {
    let columns = pageColumns
    changeView { view, rows, lines, room in
      let row = view.top(of: rows, lines, room: room)
      let line = rows.rows.indices.contains(row) ? rows.rows[row].line : 0
      view.toggleWrap(keeping: line) { TextRows(lines, columns: columns, isWrapped: $0) }
    }
    notice = pages.last?.view.isWrapped == true ? "long lines are wrapped" : "long lines are cut"
    return []
  }

  /// Searches the page on top for what is typed.
  mutating func searchPage(_ text: String) {
    guard !text.isEmpty else {
      changeView { view, _, _, _ in view.endSearch(returning: true) }
      return
    }
    do {
      let pattern = try TextPattern(text)
      changeView { view, rows, lines, room in view.search(text, pattern, in: rows, lines, room: room) }
    } catch {
      prompt?.problem = Prompt.Problem(at: error.offset, "\(error.words) in what is searched for")
    }
  }

  /// Goes to the next place that was found, or says why not.
  mutating func findNext(_ step: Int) -> [Effect] {
    let found = changeView { view, rows, lines, room in view.findNext(step, in: rows, lines, room: room) }
    switch found {
    case nil, .found: break
    case .nothing: notice = "nothing like it is in this text"
    case .only: notice = "this is the only line with it"
    case .aroundTheEnd: notice = step > 0 ? "again from the beginning" : "again from the end"
    }
    return []
  }

  /// How many lines of the page on top have what is searched for.
  var foundLines: Int { pages.last.map { $0.view.matches(in: lines(of: $0)).count } ?? 0 }

  /// Changes how the page on top is looked at; `nil` where there is none.
  @discardableResult
  private mutating func changeView<Result>(
    _ change: (inout TextView, TextRows, [TextLine], Int) -> Result
  ) -> Result? {
    guard let page = pages.last else { return nil }
    let lines = lines(of: page)
    let rows = TextRows(lines, columns: pageColumns, isWrapped: page.view.isWrapped)
    let room = viewRows
    return change(&pages[pages.count - 1].view, rows, lines, room)
  }
}
