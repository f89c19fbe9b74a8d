import CellScreen
import Testing

struct WidgetTests {
  private func row(_ columns: Int, _ draw: (Canvas) -> Void) -> String {
    String(Screen(size: Size(columns: columns, rows: 1), draw).text().dropLast())
  }

  @Test func `a bar as spans is the bar as drawn, and one without a limit never warns`() {
    let bar = Bar(value: 3, maximum: 4, request: 1, limit: 4)
    #expect(bar.spans(columns: 8).map(\.text).joined() == row(8) { bar.draw(on: $0) })
    #expect(Bar(value: 4, maximum: 4, isLoad: false).spans(columns: 3).allSatisfy { $0.style == .barFill })
    #expect(bar.spans(columns: 0).isEmpty)
  }

  @Test func `a progress is full only when everything is done`() {
    #expect(Progress(99, of: 100).spans(columns: 5).map(\.text).joined() == "━━━━─")
    #expect(Progress(3, of: 3).spans(columns: 5).map(\.text).joined() == "━━━━━")
    for (done, total) in [(0, 0), (0, 3), (-1, 3)] {
      #expect(Progress(done, of: total).spans(columns: 2).map(\.text).joined() == "──")
    }
    #expect(Progress(9, of: 3).spans(columns: 2).map(\.text).joined() == "━━")
  }

  @Test func `a graph shows columns over rows, gaps, and lines behind them`() {
    let graph = Graph([nil, 1, 4, 0, .nan], maximum: 4, lines: [Graph.Line(3, "┄", .tickRequest)])
    let screen = Screen(size: Size(columns: 6, rows: 4)) { graph.draw(on: $0) }
    #expect(
      screen.text().split(separator: "\n", omittingEmptySubsequences: false).prefix(4).map { $0 } == [
        "┄┄┄█┄┄", "   ░", "   ░", "  █░▁",
      ])
    #expect(graph.row(of: 5, rows: 4) == nil && graph.row(of: 0, rows: 4) == nil && graph.row(of: 4, rows: 4) == 0)
    let none = Screen(size: Size(columns: 3, rows: 2)) { Graph([1], maximum: 0).draw(on: $0) }
    #expect(none == Screen(size: Size(columns: 3, rows: 2)) { _ in })
  }

  @Test func `a bar shows value, request and limit`() {
    #expect(row(10) { Bar(value: 0.5).draw(on: $0) } == "━━━━━─────")
    #expect(row(10) { Bar(value: 1, maximum: 4, request: 2, limit: 3).draw(on: $0) } == "━━╸──╵─╹──")
    #expect(row(4) { Bar(value: 0.3, form: .blocks).draw(on: $0) } == "█▎··")
    #expect(row(4) { Bar(value: 0.001).draw(on: $0) } == "╸───")
    #expect(row(4) { Bar(value: 7).draw(on: $0) } == "━━━━")
  }

  @Test func `a missing value is not zero and nonsense draws nothing`() {
    #expect(row(4) { Bar(value: nil).draw(on: $0) } == "────")
    for value in [Double.nan, -1, -Double.infinity] { #expect(row(4) { Bar(value: value).draw(on: $0) } == "────") }
    #expect(row(4) { Bar(value: 1, maximum: 0, request: 0, limit: .nan).draw(on: $0) } == "────")
  }

  @Test func `a missing sample is a gap`() {
    #expect(row(6) { Sparkline([0, nil, 7, 14], maximum: 14).draw(on: $0) } == "  ▁ ▅█")
    #expect(Sparkline([1, nil]).span(columns: 4).text == "  █ ")
    #expect(row(2) { Sparkline([9, 9, 9, 0, 9]).draw(on: $0) } == "▁█")
    #expect(row(2) { Sparkline([.nan, 0]).draw(on: $0) } == " ▁")
  }

  @Test func `the chosen tab stays visible`() {
    let titles = ["Phases", "Usage", "Ingress", "Workloads"]
    #expect(row(60) { Tabs(titles, selected: 0).draw(on: $0) }.hasPrefix(" Phases  Usage  Ingress  Workloads"))
    #expect(row(20) { Tabs(titles, selected: 0).draw(on: $0) } == " Phases  Usage …")
    #expect(row(14) { Tabs(titles, selected: 3).draw(on: $0) } == "… Workloads")
    #expect(row(5) { Tabs(titles, selected: 3).draw(on: $0) }.contains("…"))
  }

  @Test func `key hints leave by priority`() {
    let hints = KeyHints([
      KeyHint("l", "logs", priority: 2), KeyHint("r", "restart", priority: 1), KeyHint("?", "help"),
    ])
    #expect(row(40) { hints.draw(on: $0) } == "l logs · r restart · ? help")
    #expect(row(26) { hints.draw(on: $0) } == "r restart · ? help …")
    #expect(row(10) { hints.draw(on: $0) } == "? help …")
    #expect(row(3) { hints.draw(on: $0) } == "…")
  }

  @Test func `a long dialog scrolls and says where it is`() {
    let screen = Screen(size: Size(columns: 40, rows: 10)) { canvas in
      let lines = (0..<50).map { [Span("line \($0)")] }
      let visible = Dialog(title: [Span("Help")], lines: lines, answers: [Span("esc")], firstLine: 48).draw(on: canvas)
      #expect(visible == 44..<50)
    }
    #expect(screen.text().contains("45–50 of 50") && screen.text().contains("line 49"))
    #expect(screen.text().contains("esc"))
  }

  @Test func `big letters exist for every verdict and never show half a letter`() {
    for verdict in ["HEALTHY", "ROLLING", "DEGRADED", "DOWN", "UNKNOWN"] {
      #expect(BlockLetters(verdict).columns <= 78)
      let small = Screen(size: Size(columns: 20, rows: 5)) { BlockLetters(verdict).draw(on: $0, style: .good) }
      #expect(small.text().hasPrefix(verdict))
    }
    let screen = Screen(size: Size(columns: 20, rows: 5)) { BlockLetters("up").draw(on: $0, style: .good) }
    #expect(screen.text() == "██  ██ █████\n██  ██ ██  ██\n██  ██ █████\n██  ██ ██\n ████  ██\n")
  }

  @Test(arguments: 1...3) func `big letters grow as a whole`(scale: Int) {
    let letters = BlockLetters("down", scale: scale)
    let small = BlockLetters("down")
    #expect(letters.columns == small.columns * scale && letters.rows == 5 * scale)
    let size = Size(columns: letters.columns, rows: letters.rows)
    let screen = Screen(size: size) { #expect(letters.draw(on: $0, style: .danger) == letters.rows) }
    let pattern = Screen(size: Size(columns: small.columns, rows: 5)) { small.draw(on: $0, style: .danger) }
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        #expect(screen[column, row] == pattern[column / scale, row / scale])
      }
    }
    let narrow = Screen(size: Size(columns: size.columns - 1, rows: size.rows)) { letters.draw(on: $0, style: .danger) }
    #expect(narrow.text().hasPrefix("DOWN\n"))
  }

  @Test func `letters of three rows keep upper and lower case apart`() {
    func picture(_ text: String) -> String {
      let letters = CompactLetters(text)
      return Screen(size: Size(columns: letters.columns, rows: 3)) { letters.draw(on: $0, style: .strong) }.text()
    }
    let all = (0x21...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    #expect(all.allSatisfy { CompactLetters($0).isDrawable })
    #expect(Set(all.map(picture)).count == all.count)
    #expect(!CompactLetters("作").isDrawable)
  }

  @Test func `a text in letters of three rows breaks between words, or not at all`() {
    let text = "all 2 workloads are available"
    for columns in [60, 90, 200] {
      let lines = CompactLetters.lines(of: text, columns: columns) ?? []
      #expect(lines.joined(separator: " ") == text)
      #expect(lines.allSatisfy { CompactLetters($0).columns <= columns })
    }
    #expect(CompactLetters.lines(of: text, columns: 20) == nil)
    #expect(CompactLetters.lines(of: "作 a", columns: 200) == nil)
    let screen = Screen(size: Size(columns: 20, rows: 3)) { CompactLetters("workloads").draw(on: $0, style: .plain) }
    #expect(screen.text().hasPrefix("workloads\n"))
  }

  @Test func `a canvas respells text before it cuts it, and leaves the rest alone`() {
    let screen = Screen(size: Size(columns: 12, rows: 2), respelling: { $0 == "secret-name" ? "friend-alias" : $0 }) {
      $0.inner(Rect(columns: 6, rows: 1)).write("secret-name", at: .zero)
      $0.verbatim.write("secret-name", at: Position(column: 0, row: 1))
    }
    #expect(screen.text() == "frien…\nsecret-name\n")
  }

  @Test func `a scroll bar covers the visible part`() {
    #expect(Scrollbar(visible: 2..<12, count: 40).note == "3–12 of 40")
    #expect(Scrollbar(visible: 11..<40, count: 10_000).note == "12–40 of 10,000")
    #expect([0, 999, 1_000, -1_234_567].map(grouped) == ["0", "999", "1,000", "-1,234,567"])
    #expect(Scrollbar(visible: 0..<7, count: 7).note == "7")
    #expect(Scrollbar(visible: 0..<0, count: 7).note == "7")
    let screen = Screen(size: Size(columns: 1, rows: 4)) { Scrollbar(visible: 30..<40, count: 40).draw(on: $0) }
    #expect(screen.text() == "\n\n\n▐\n")
  }
}
