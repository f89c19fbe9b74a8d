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

  @Test func `a cell that is cut says so`() {
    let screen = Screen(size: Size(columns: 14, rows: 2)) { canvas in
      Table(columns: [TableColumn("NAME", minimum: 4)], rowCount: 1) { _ in
        .cells([[Span("todo-backend-86d9f-x7k2p")]])
      }.draw(on: canvas)
    }
    #expect(screen.text() == " NAME\n todo-backend…\n")
  }
}
