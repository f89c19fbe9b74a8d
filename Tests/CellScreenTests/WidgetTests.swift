import CellScreen
import Testing

struct WidgetTests {
  private func row(_ columns: Int, _ draw: (Canvas) -> Void) -> String {
    String(Screen(size: Size(columns: columns, rows: 1), draw).text().dropLast())
  }

  @Test func `a bar shows value, request and limit`() {
    #expect(row(10) { Bar(value: 0.5).draw(on: $0) } == "▰▰▰▰▰▱▱▱▱▱")
    #expect(row(10) { Bar(value: 1, maximum: 4, request: 2, limit: 3).draw(on: $0) } == "▰▰▰▱▱│▱┃▱▱")
    #expect(row(4) { Bar(value: 0.3, form: .blocks).draw(on: $0) } == "█▎··")
    #expect(row(4) { Bar(value: 0.001).draw(on: $0) } == "▰▱▱▱")
    #expect(row(4) { Bar(value: 7).draw(on: $0) } == "▰▰▰▰")
  }

  @Test func `a missing value is not zero and nonsense draws nothing`() {
    #expect(row(4) { Bar(value: nil).draw(on: $0) } == "▱▱▱▱")
    for value in [Double.nan, -1, -Double.infinity] { #expect(row(4) { Bar(value: value).draw(on: $0) } == "▱▱▱▱") }
    #expect(row(4) { Bar(value: 1, maximum: 0, request: 0, limit: .nan).draw(on: $0) } == "▱▱▱▱")
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

  @Test func `a scroll bar covers the visible part`() {
    #expect(Scrollbar(visible: 2..<12, count: 40).note == "3–12 of 40")
    #expect(Scrollbar(visible: 0..<7, count: 7).note == "7")
    #expect(Scrollbar(visible: 0..<0, count: 7).note == "7")
    let screen = Screen(size: Size(columns: 1, rows: 4)) { Scrollbar(visible: 30..<40, count: 40).draw(on: $0) }
    #expect(screen.text() == "\n\n\n▐\n")
  }
}
