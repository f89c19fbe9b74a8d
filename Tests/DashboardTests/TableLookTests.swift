import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct TableLookTests {
  private func header(_ state: DashboardState) -> String {
    String(draw(.pods, of: state).text().split(separator: "\n")[1])
  }

  @Test func `columns scroll behind the first one until the last is visible`() throws {
    var state = Scene.todo.make(Size(columns: 80, rows: 24))
    #expect(header(state).contains("NAME") && header(state).contains("READY") && header(state).hasSuffix("›│"))
    state = try press("<right>", in: state).state
    #expect(header(state).contains("NAME") && !header(state).contains("READY") && header(state).contains("‹"))
    var seen = header(state)
    for _ in 0..<30 {
      state = try press("<right>", in: state).state
      seen += header(state)
      #expect(header(state).hasPrefix("│ NAME"))
    }
    #expect(state.notice == "no columns further right" && !header(state).hasSuffix("›│"))
    for title in ["STATUS", "RESTARTS", "MEM", "CPU TREND", "AGE", "NODE"] { #expect(seen.contains(title)) }
    #expect(!seen.contains("QOS"))
    for _ in 0..<30 { state = try press("h", in: state).state }
    #expect(state.pods.passedColumns == 0 && state.notice == "no columns further left")
  }

  @Test func `the wide form has every column`() throws {
    var state = try press("<ctrl-w>", in: Scene.todo.make(Size(columns: 80, rows: 24))).state
    var seen = header(state)
    for _ in 0..<30 {
      state = try press("<right>", in: state).state
      seen += header(state)
    }
    for title in ["READY", "%REQ", "%LIM", "NODE", "IP", "QOS", "IMAGE", "WHY"] { #expect(seen.contains(title)) }
    #expect(try press("<ctrl-w>", in: state).state.pods.passedColumns == 0)
  }

  @Test func `columns stand still while rows scroll`() throws {
    var pods = (0..<200).map { Scene.runningPod($0) }
    pods[150].metadata.name = "pod-00150-" + String(repeating: "long", count: 8)
    pods[160].nodeName = "a-node-with-a-long-name"
    let events = [ClusterEvent.listed(.pods, pods.map(ClusterObject.pod))]
    for size in [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)] {
      var state = Scene.state(size, namespace: "load", events: events)
      let first = header(state)
      for keys in ["<pgdn>", "<pgdn><pgdn>", "G"] {
        state = try press(keys, in: state).state
        #expect(header(state) == first)
      }
    }
  }

  @Test func `10,000 rows scroll at once: only visible ones are drawn, pages go by what is visible`() throws {
    var state = Scene.many(10_000, Size(columns: 120, rows: 40))
    state.isZoomed = true
    func first(_ state: DashboardState) -> String {
      String(draw(state).text().split(separator: "\n").first { $0.contains("pod-0") }?.dropFirst(2).prefix(9) ?? "")
    }
    #expect(draw(state).text().contains("1–33 of 10,000"))
    #expect(first(state) == "pod-00000")
    state = try press("G", in: state).state
    #expect(draw(state).text().contains("9,968–10,000 of 10,000") && first(state) == "pod-09967")
    #expect(state.pods.placements == 10_000)
    let page = try press("g<pgdn>", in: state).state
    #expect(page.selectedIndex(in: .pods) == page.pageRows)
    let thumb = draw(state).text().split(separator: "\n").map { $0.last }
    #expect(thumb.contains("▐") && thumb.lastIndex(of: "▐") == thumb.count - 3)
    #expect(!draw(Scene.many(3, Size(columns: 120, rows: 40))).text().contains("▐"))
  }

  @Test func `usage is a bar with ticks where request and limit lie`() {
    let bar = Bar(value: 60, maximum: 100, request: 50, limit: 100)
    #expect(bar.spans(columns: 8).text == "━━━━╵──╹")
    #expect(bar.spans(columns: 8).map(\.style) == [.barFill, .tickRequest, .barTrack, .tickLimit])
    #expect(bar.spans(columns: 0).isEmpty)
  }
}
