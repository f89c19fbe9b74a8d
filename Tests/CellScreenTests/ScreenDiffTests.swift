import CellScreen
import Testing

struct ScreenDiffTests {
  private func line(_ text: String, style: Style = .plain) -> Screen {
    Screen(size: Size(columns: 12, rows: 1)) { $0.write(text, at: .zero, style: style) }
  }

  @Test func `equal screens give no runs`() {
    #expect(ScreenDiff(from: showcase(), to: showcase()).runs.isEmpty)
  }

  @Test func `without an old screen everything is written`() {
    let screen = showcase()
    #expect(ScreenDiff(from: nil, to: screen).cellCount == screen.cells.count)
    #expect(ScreenDiff(from: showcase(Size(columns: 20, rows: 5)), to: screen).cellCount == screen.cells.count)
  }

  @Test func `moving the selection repaints two rows`() {
    func table(_ selected: Int) -> Screen {
      Screen(size: Size(columns: 40, rows: 20)) { canvas in
        Table(columns: [TableColumn("NAME")], rowCount: 100, selectedRow: selected, firstRow: 0) {
          .cells([[Span("pod-\($0)")]])
        }.draw(on: canvas)
      }
    }
    #expect(ScreenDiff(from: table(3), to: table(4)).rowCount == 2)
  }

  @Test func `a wide glyph replaced by a narrow one writes the column behind it`() {
    let diff = ScreenDiff(from: line("a作b"), to: line("ax b"))
    #expect(diff.runs.map(\.column) == [1])
    #expect(diff.cellCount == 2)
  }

  @Test func `a wide glyph is written with its continuation`() {
    let diff = ScreenDiff(from: line("a者b"), to: line("a作b"))
    #expect(diff.runs.map(\.column) == [1])
    #expect(diff.runs[0].cells.map(\.glyph.columns) == [2, 0])
  }

  @Test func `a shifted wide glyph is written whole`() {
    let diff = ScreenDiff(from: line("作者x"), to: line(" 作者"))
    #expect(diff.runs[0].column == 0 && diff.cellCount == 5)
  }

  @Test func `a run has one style`() {
    let new = Screen(size: Size(columns: 12, rows: 1)) { canvas in
      canvas.write([Span("ab", .good), Span("cd", .danger)], at: .zero)
    }
    let diff = ScreenDiff(from: line("...."), to: new)
    #expect(diff.runs.map(\.style) == [.good, .danger])
  }

  @Test func `writing the runs over the old screen gives the new one`() {
    let old = showcase()
    let new = Screen(size: old.size) { canvas in
      for row in 0..<canvas.rows { canvas.write("作者 row \(row) 👩‍👩‍👧", at: Position(column: row % 5, row: row)) }
    }
    var cells = old.cells
    for run in ScreenDiff(from: old, to: new).runs {
      for (offset, cell) in run.cells.enumerated() { cells[run.row * old.size.columns + run.column + offset] = cell }
    }
    #expect(cells == new.cells)
  }
}
