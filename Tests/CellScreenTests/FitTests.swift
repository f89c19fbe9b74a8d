import CellScreen
import Testing

struct FitTests {
  @Test(arguments: [
    (Fit.end, 8, "todo-ba…"), (.middle, 9, "todo…x7k2"), (.start, 8, "…nd-x7k2"), (.end, 17, "todo-backend-x7k2"),
    (.end, 1, "…"), (.middle, 1, "…"), (.start, 1, "…"), (.end, 0, ""), (.start, 0, ""), (.middle, 2, "…2"),
  ])
  func `text is cut with a sign`(fit: Fit, columns: Int, expected: String) {
    #expect(fitted("todo-backend-x7k2", columns: columns, fit: fit) == expected)
  }

  @Test(arguments: 0...12, [Fit.end, .middle, .start])
  func `whatever does not fit shows an ellipsis and never more columns`(columns: Int, fit: Fit) {
    for text in ["abcdefghijklmnop", "作者作者作者作者", "a作b者c作d者e作", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"] {
      let result = fitted(text, columns: columns, fit: fit)
      #expect(TextWidth.columns(of: result) <= columns)
      #expect(columns == 0 || result.contains("…"))
    }
  }

  @Test func `blanks that do not fit are no loss`() {
    #expect(fitted("abc   ", columns: 3) == "abc")
    #expect(fitted("abc  d", columns: 3) == "ab…")
  }

  @Test func `a line of spans is cut as one`() {
    let screen = Screen(size: Size(columns: 6, rows: 1)) { canvas in
      canvas.write([Span("abc", .good), Span("defg", .danger)], at: .zero)
    }
    #expect(screen.text() == "abcde…\n")
    #expect(screen.cells.map(\.style.role) == [.good, .good, .good, .danger, .danger, .danger])
  }

  @Test func `the edge of a canvas cuts with a sign, too`() {
    let screen = Screen(size: Size(columns: 10, rows: 1)) { canvas in
      let inner = canvas.inner(Rect(column: 2, columns: 4, rows: 1))
      inner.write("abcdef", at: .zero)
      #expect(inner.write("x", at: Position(column: 4, row: 0)) == 0)
      #expect(inner.write("x", at: Position(column: -1, row: 0)) == 0)
    }
    #expect(screen.text() == "  abc…\n")
  }

  @Test func `text wraps between words and inside of long ones`() {
    #expect(wrapped("one two three", columns: 7) == ["one two", "three"])
    #expect(wrapped("abcdefghij k", columns: 4) == ["abcd", "efgh", "ij k"])
    #expect(wrapped("作者作者", columns: 5) == ["作者", "作者"])
    #expect(wrapped("a\n\nb", columns: 5) == ["a", "", "b"])
    #expect(wrapped("", columns: 5) == [""])
    #expect(wrapped("作", columns: 1) == ["作"])
  }
}
