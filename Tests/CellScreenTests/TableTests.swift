import CellScreen
import Testing

struct TableTests {
  private let columns = [
    TableColumn("NAME", minimum: 8, isFlexible: true), TableColumn("READY", alignment: .right),
    TableColumn("STATUS", minimum: 6, priority: 1), TableColumn("AGE", alignment: .right, priority: 3),
  ]

  private func titles(width: Int) -> [String] {
    TableLayout(columns: columns, natural: [20, 5, 16, 3], width: width).places.map { columns[$0.column].title }
  }

  @Test func `columns leave by priority and the first one stays`() {
    #expect(titles(width: 60) == ["NAME", "READY", "STATUS", "AGE"])
    #expect(titles(width: 25) == ["NAME", "READY", "STATUS"])
    #expect(titles(width: 20) == ["NAME", "READY"])
    #expect(titles(width: 10) == ["NAME"])
    #expect(titles(width: 0) == ["NAME"])
  }

  @Test(arguments: 0...120)
  func `columns never overlap and never leave the table`(width: Int) {
    let places = TableLayout(columns: columns, natural: [20, 5, 16, 3], width: width).places
    for (left, right) in zip(places, places.dropFirst()) {
      #expect(left.start + left.width + TableLayout.gap == right.start)
    }
    #expect(places.allSatisfy { $0.start + $0.width <= width })
    if width > 60 { #expect(places.last.map { $0.start + $0.width } == width) }
  }

  @Test func `only visible rows are asked for`() {
    var asked: [Int] = []
    _ = Screen(size: Size(columns: 30, rows: 6)) { canvas in
      let visible = Table(columns: columns, rowCount: 5_000, selectedRow: 4_000, firstRow: 10) { row in
        asked.append(row)
        return .cells([[Span("pod-\(row)")]])
      }.draw(on: canvas)
      #expect(visible == 3_996..<4_001)
    }
    #expect(asked == Array(3_996..<4_001))
  }

  @Test(
    arguments: [
      (0, 5, 10, 100, 0), (0, 12, 10, 100, 3), (50, 40, 10, 100, 40), (95, nil, 10, 100, 90), (95, nil, 10, 3, 0),
      (5, 200, 10, 100, 5), (0, 0, 0, 100, 0),
    ] as [(Int, Int?, Int, Int, Int)])
  func `scrolling moves only as far as the selection needs`(
    current: Int, selected: Int?, room: Int, count: Int, expected: Int
  ) {
    #expect(Table.firstRow(current, showing: selected, room: room, count: count) == expected)
  }

  @Test func `the selection shows without colour`() {
    let screen = Screen(size: Size(columns: 30, rows: 4)) { canvas in
      Table(columns: columns, rowCount: 3, selectedRow: 1) { row in
        row == 2 ? .note([Span("  ✗ why", .danger)]) : .cells([[Span("pod-\(row)")], [Span("1/1")], [Span("Running")]])
      }.draw(on: canvas)
    }
    let rows = screen.text().split(separator: "\n")
    #expect(rows[1].hasPrefix(" pod-0") && rows[2].hasPrefix("▸pod-1") && rows[3] == "   ✗ why")
    #expect(screen.row(2).allSatisfy { $0.style.isSelected })
    #expect(!screen.row(1).contains { $0.style.isSelected })
  }

  @Test func `columns are passed over in their order, the first one stays and nothing leaves by priority`() {
    func titles(_ passing: Int, width: Int) -> ([String], Bool, Bool) {
      let layout = TableLayout(columns: columns, natural: [20, 5, 16, 3], width: width, passing: passing)
      return (layout.places.map { columns[$0.column].title }, layout.hidesBefore, layout.hidesAfter)
    }
    #expect(titles(0, width: 60) == (["NAME", "READY", "STATUS", "AGE"], false, false))
    #expect(titles(0, width: 30) == (["NAME", "READY"], false, true))
    #expect(titles(1, width: 38) == (["NAME", "STATUS"], true, true))
    #expect(titles(2, width: 38) == (["NAME", "AGE"], true, false))
    #expect(titles(9, width: 38) == (["NAME"], true, false))
    #expect(titles(0, width: 5) == (["NAME"], false, true))
  }

  @Test func `what is hidden is hinted at, sorting moves no column, marks have a place of their own`() {
    var columns = columns
    columns[0].isFlexible = false
    var sorted = columns
    sorted[1].sorting = .descending
    sorted[2].sorting = .ascending
    func text(_ columns: [TableColumn], width: Int, passing: Int?, marked: Int?) -> String {
      Screen(size: Size(columns: width, rows: 2)) { canvas in
        var table = Table(columns: columns, rowCount: 1, selectedRow: 0) { _ in
          .cells([[Span("pod")], [Span("1/1")], [Span("Running")], [Span("3m")]])
        }
        table.hintsAtHidden = true
        table.passedColumns = passing
        if let marked { table.isMarked = { $0 == marked } }
        table.draw(on: canvas)
      }.text()
    }
    #expect(
      text(columns, width: 28, passing: nil, marked: nil) == " NAME  READY  STATUS   AGE\n▸pod     1/1  Running   3m\n")
    #expect(text(sorted, width: 28, passing: nil, marked: nil).hasPrefix(" NAME ▼READY  STATUS▲  AGE\n"))
    #expect(text(columns, width: 20, passing: 0, marked: 0) == "  NAME  READY      ›\n▸◆pod     1/1\n")
    #expect(text(columns, width: 20, passing: 2, marked: nil) == " NAME‹ AGE\n▸pod    3m\n")
  }

  @Test func `a column whose contents are known does not follow what is visible`() {
    var fixed = columns
    fixed[0].content = 12
    fixed[0].isFlexible = false
    let screen = Screen(size: Size(columns: 40, rows: 2)) { canvas in
      Table(columns: fixed, rowCount: 1) { _ in .cells([[Span("a")], [Span("1/1")]]) }.draw(on: canvas)
    }
    #expect(screen.text().hasPrefix(" NAME          READY"))
  }

  @Test func `a cell that is cut says so`() {
    let screen = Screen(size: Size(columns: 15, rows: 2)) { canvas in
      Table(columns: [TableColumn("NAME", minimum: 4)], rowCount: 1) { _ in
        .cells([[Span("todo-backend-86d9f-x7k2p")]])
      }.draw(on: canvas)
    }
    #expect(screen.text() == " NAME\n todo-backend…\n")
  }
}
