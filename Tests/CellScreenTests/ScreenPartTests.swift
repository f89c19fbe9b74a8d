import Testing

@testable import CellScreen

/// A screen that is shown a few rows at a time.
@Suite struct ScreenPartTests {
  private let size = Size(columns: 10, rows: 6)

  private func screen(_ letter: String) -> Screen {
    Screen(size: size) { canvas in
      for row in 0..<canvas.rows {
        canvas.write(String(repeating: letter, count: 5), at: Position(column: 0, row: row))
        canvas.write(String(repeating: letter, count: 5), at: Position(column: 5, row: row), style: .danger)
      }
    }
  }

  private func rows(_ diff: ScreenDiff) -> [Int] {
    diff.runs.map(\.row).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  @Test func `rows are whole, and there is always one`() {
    let diff = ScreenDiff(from: screen("a"), to: screen("b"))
    for cells in [0, 1, 19] { #expect(rows(diff.part(cellsMax: cells, first: [], startingAt: 0)) == [0]) }
    let part = diff.part(cellsMax: 25, first: [], startingAt: 0)
    #expect(rows(part) == [0, 1])
    #expect(part.cellCount == 20)
    #expect(diff.part(cellsMax: 60, first: [], startingAt: 0) == diff)
  }

  @Test func `urgent rows come first and the others in turn`() {
    let diff = ScreenDiff(from: screen("a"), to: screen("b"))
    #expect(rows(diff.part(cellsMax: 30, first: [4], startingAt: 2)) == [4, 2, 3])
    #expect(rows(diff.part(cellsMax: 30, first: [], startingAt: 5)) == [5, 0, 1])
  }

  @Test func `part after part the new screen is complete`() {
    let new = screen("b")
    var shown = screen("a")
    var next = 0
    var parts = 0
    while shown != new {
      let part = ScreenDiff(from: shown, to: new).part(cellsMax: 20, first: [], startingAt: next)
      shown = shown.replacing(rows: Set(part.runs.map(\.row)), from: new)
      next = (part.runs.last?.row ?? 0) + 1
      parts += 1
      guard parts < 10 else { break }
    }
    #expect(parts == 3)
    #expect(shown == new)
  }
}
