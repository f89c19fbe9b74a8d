import CellScreen
import Testing

struct CanvasTests {
  @Test func `a box carries title and note in its border`() {
    let screen = Screen(size: Size(columns: 24, rows: 3)) { canvas in
      let inside = canvas.box(title: "2 Usage", titleRight: "12 s old")
      #expect(inside.size == Size(columns: 22, rows: 1))
      inside.write("cpu", at: .zero)
    }
    #expect(screen.text() == "╭ 2 Usage ─── 12 s old ╮\n│cpu                   │\n╰──────────────────────╯\n")
  }

  @Test func `a narrow box cuts its title, then gives up its note`() {
    func top(_ columns: Int) -> String {
      String(
        Screen(size: Size(columns: columns, rows: 2)) {
          $0.box(title: "Workloads of todo", titleRight: "0.4 s")
        }.text().split(separator: "\n")[0])
    }
    #expect(top(30) == "╭ Workloads of todo ── 0.4 s ╮")
    #expect(top(22) == "╭ Workloads… ─ 0.4 s ╮" || top(22) == "╭ Workloads … 0.4 s ╮" || top(22).contains("…"))
    #expect(!top(14).contains("0.4") && top(14).contains("…"))
  }

  @Test(arguments: 0...12, 0...4)
  func `any size can be drawn on`(columns: Int, rows: Int) {
    let screen = showcase(Size(columns: columns, rows: rows))
    #expect(screen.cells.count == columns * rows)
    _ = Screen(size: screen.size) { canvas in
      canvas.box(title: "作者", titleRight: "者").write("x", at: .zero)
      canvas.rule(row: 1, title: [Span("title")])
      canvas.writeRight("123", end: 5, row: 0)
      canvas.fill(Rect(column: -3, row: -3, columns: 100, rows: 100), glyph: "·")
    }
  }

  @Test func `every continuation follows its wide glyph`() {
    let screen = showcase()
    for row in 0..<screen.size.rows {
      let columns = screen.row(row).map(\.glyph.columns)
      for (index, width) in columns.enumerated() {
        if width == 2 { #expect(index + 1 < columns.count && columns[index + 1] == 0) }
        if width == 0 { #expect(index > 0 && columns[index - 1] == 2) }
      }
    }
  }

  @Test func `numbers stand at the right`() {
    let screen = Screen(size: Size(columns: 8, rows: 2)) { canvas in
      canvas.writeRight("42", end: 8, row: 0)
      canvas.writeRight("1234567890", end: 8, row: 1, columns: 4)
    }
    #expect(screen.text() == "      42\n    123…\n")
  }

  @Test func `a screen has a limit`() {
    let screen = Screen(size: Size(columns: 1_000_000, rows: 1_000_000)) { _ in }
    #expect(screen.size == Screen.sizeMax)
  }

  @Test func `rectangles are cut from each side`() {
    var area = Rect(columns: 10, rows: 6)
    #expect(area.takeTop(2) == Rect(columns: 10, rows: 2))
    #expect(area.takeBottom(1) == Rect(row: 5, columns: 10, rows: 1))
    #expect(area.takeLeft(3) == Rect(row: 2, columns: 3, rows: 3))
    #expect(area.takeRight(100) == Rect(column: 3, row: 2, columns: 7, rows: 3))
    #expect(area.isEmpty)
    #expect(Rect(columns: 1, rows: 1).inset(columns: 1, rows: 1).isEmpty)
  }
}
