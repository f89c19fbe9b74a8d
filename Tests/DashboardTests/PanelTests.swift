import CellScreen
import ClusterModel
import Playbook
import Testing

@testable import Dashboard

@Suite struct UsagePanelTests {
  let size = Size(columns: 120, rows: 40)

  @Test func `rows are the nodes, the namespace and its workloads, and enter opens those that have details`() throws {
    let state = try press("2g", in: Scene.busy.make(size)).state
    let rows = Panel.usage.rows(state)
    #expect(rows.id(0).object?.kind == .nodes)
    #expect(rows.id(1) == .whole)
    #expect((2..<rows.count).allSatisfy { rows.id($0).object.map { $0.kind != .jobs && $0.kind != .nodes } ?? false })
    #expect((0..<rows.count).allSatisfy { rows.index(rows.id($0)) == $0 })
    #expect(try press("<enter>", in: state).state.details?.kind == .nodes)
    #expect(try press("j<enter>", in: state).state.details == nil)
    #expect(try press("jj<enter>", in: state).state.details == rows.id(2).object)
  }

  @Test(arguments: [Size(columns: 120, rows: 40), Size(columns: 36, rows: 12)])
  func `with hundreds of nodes only the rows that are seen are looked up`(size: Size) throws {
    var state = Scene.manyNodes(500, size)
    state.focus = .usage
    for script in ["", "G"] {
      state = try press(script, in: state).state
      let screen = draw(.usage, of: state)
      let visible = state.visibleRows(of: .usage, in: Size(columns: size.columns - 2, rows: size.rows - 2))
      #expect(visible.count < size.rows)
      let text = screen.text()
      let names = (0..<500).filter { text.contains("node-\(String($0 + 1_000).dropFirst())") }
      #expect(names.count >= visible.count - 1 && names.count <= visible.count)
      #expect(text.contains("of 501"))
      if script == "G" { #expect(names.last == 499) }
    }
  }

  @Test func `while time passes within one step the history stands still`() {
    let state = Scene.busy.make(size)
    var later = state
    later.now = state.now.advanced(by: .seconds(3))
    #expect(later.historyEnd == state.historyEnd)
    later.now = state.now.advanced(by: .seconds(15))
    #expect(later.historyEnd == state.historyEnd.advanced(by: .seconds(15)))
  }

  @Test func `missing numbers say why and what to do, and requests are shown all the same`() {
    let text = draw(.usage, of: Scene.unmeasured.make(size)).text()
    #expect(text.contains("metrics-server is not installed"))
    #expect(text.contains("minikube addons enable metrics-server"))
    #expect(text.contains("todo-backend"))
  }

  @Test func `what is unset is a dash, a limit that is near is said in words`() {
    var measure = UsageMeasure(name: "cpu", used: 42, request: nil, limit: nil, text: cpuText)
    #expect(measure.numbers == "42m/–/–")
    #expect(!measure.bar.isLoad)
    measure = UsageMeasure(name: "mem", used: nil, request: 1 << 20, limit: 1 << 30, text: memoryText)
    #expect(measure.numbers == "–/1Mi/1Gi")
    #expect(measure.bar.spans(columns: 4).map(\.text).joined() == "╵──╹")
  }
}

@Suite struct PhasesPanelTests {
  let size = Size(columns: 120, rows: 40)

  @Test func `enter unfolds a phase and folds it again; what fails is always shown`() throws {
    let state = try press("1g", in: Scene.todo.make(size)).state
    let folded = Panel.phases.rows(state).count
    let failing = state.phases.flatMap(\.checks).count { $0.result.state == .fails }
    #expect(failing > 0 && folded == state.phases.count + failing)
    let unfolded = try press("<enter>", in: state).state
    #expect(Panel.phases.rows(unfolded).count == folded + (state.phases.first?.checks.count ?? 0))
    let again = try press("<enter>", in: unfolded).state
    #expect(Panel.phases.rows(again).count == folded)
    #expect(again.selectedRow(in: .phases) == .phase(1))
    #expect(again.details == nil)
    // A check without a remedy that could be run is opened.
    #expect(try press("j<enter>", in: unfolded).state.views == [.check])
  }

  @Test func `with the whole screen every check is shown with what was found`() throws {
    let state = try press("1z", in: Scene.todo.make(size)).state
    let checks = state.phases.flatMap(\.checks)
    #expect(Panel.phases.rows(state).count == state.phases.count + checks.count)
    let text = draw(state).text()
    for check in checks where check.result.evidence.count < 20 { #expect(text.contains(check.result.evidence)) }
  }

  @Test func `what the selected check found stands below the list`() throws {
    let state = try press("1g", in: Scene.todo.make(size)).state
    let index = try #require(
      (0..<20).first { if case .check = Panel.phases.rows(state).id($0) { true } else { false } })
    let selected = try press(String(repeating: "j", count: index), in: state).state
    guard case .check(let id) = selected.selectedRow(in: .phases),
      let check = selected.phases.flatMap(\.checks).first(where: { $0.id == id })
    else {
      Issue.record("no check is selected")
      return
    }
    let words = check.result.advice.split(separator: " ").prefix(2).joined(separator: " ")
    #expect(draw(.phases, of: selected).text().contains("→ \(words)"))
  }
}

@Suite struct IngressPanelTests {
  @Test func `the strip shows failures as crosses and the share that was no failure`() throws {
    let state = Scene.busy.make(Size(columns: 100, rows: 12))
    let path = try #require(state.ingressPaths.first { $0.path == "/api" })
    let history = ProbeHistory(of: path, columns: 40, state)
    #expect(history.buckets.count { $0.failures > 0 } == 3)
    #expect(history.availabilitySpan?.style == .danger)
    #expect(history.availabilitySpan?.text.hasPrefix("93 %") == true)
    let strip = Screen(size: Size(columns: 40, rows: 1)) { history.drawStrip(on: $0) }
    #expect(strip.text().filter { $0 == "✗" }.count == 3)
    #expect(history.styles.contains(.warning))
    #expect(path.certificateSpan(at: state.now) == Span("⚠ TLS 9 d", .warning))
  }

  @Test func `one failure among thousands is not a hundred percent`() throws {
    var state = Scene.todo.make(Size(columns: 100, rows: 12))
    for second in 0..<300 {
      let at = Scene.moment.advanced(by: .seconds(second))
      let status = second == 5 ? 500 : 200
      let probe = ProbeResult(host: "todo.local", path: "/", at: at, status: status, latency: .milliseconds(1))
      _ = reduce(&state, .arrived([.probed(probe)]), at: at)
    }
    let path = try #require(state.ingressPaths.first { $0.path == "/" })
    #expect(ProbeHistory(of: path, columns: 60, state).availabilitySpan?.text.hasPrefix("99 %") == true)
  }

  @Test(arguments: [(40, "service"), (110, "controller")])
  func `the chain names as many layers as there is room for`(columns: Int, layer: String) throws {
    let state = Scene.busy.make(Size(columns: 120, rows: 40))
    let path = try #require(state.ingressPaths.first)
    let spans = chain(path, columns: columns)
    #expect(spans.columns <= columns)
    #expect(spans.text.contains(layer))
  }

  @Test(arguments: [(0.0001, "<1 ms"), (0.0084, "8 ms"), (0.9994, "999 ms"), (0.9996, "1.0 s"), (12.34, "12.3 s")])
  func `latencies read well`(seconds: Double, text: String) {
    #expect(latencyText(.seconds(seconds)) == text)
  }
}

@Suite struct RiverPanelTests {
  let size = Size(columns: 120, rows: 40)

  @Test func `w shows only warnings and says so, and again everything`() throws {
    let state = try press("6", in: Scene.broken.make(size)).state
    let all = Panel.river.rows(state).count
    let only = try press("w", in: state).state
    #expect(Panel.river.rows(only).count == state.river.warnings)
    #expect(state.river.warnings > 0 && state.river.warnings < all)
    #expect(draw(.river, of: only).text().contains("warnings only"))
    #expect(Panel.river.rows(try press("w", in: only).state).count == all)
    let known = try #require(only.river.shown.entries.firstIndex { $0.object != nil })
    let opened = try press(String(repeating: "j", count: known) + "<enter>", in: only).state
    #expect(opened.details == only.river.shown.entries[known].object)
  }

  @Test func `a rollout is told in words, with how long it took`() throws {
    let state = Scene.busy.make(size)
    let told = state.river.entries.filter { $0.subject == "todo-backend" && $0.object?.kind == .deployments }.map(
      \.text)
    #expect(told.contains { $0.hasPrefix("rollout to revision ") && $0.hasSuffix(" began") })
    #expect(told.contains("rolled out in 1 s"))
  }

  @Test func `an entry that moves, or is no warning any more, is kept once`() {
    var river = River()
    var entry = River.Entry(
      id: UID("a"), time: Scene.moment, sort: .warning, subject: "s", text: "t", count: 1, object: nil)
    river.put(entry)
    river.note(.good, "s", "later", at: Scene.moment.advanced(by: .seconds(1)))
    #expect(river.entries.map(\.text) == ["later", "t"])
    (entry.time, entry.sort, entry.count) = (Scene.moment.advanced(by: .seconds(2)), .normal, 2)
    river.put(entry)
    #expect(river.entries.map(\.count) == [2, 1] && river.warnings == 0)
    for index in 0..<River.limit + 10 {
      river.note(.bad, "s", "\(index)", at: Scene.moment.advanced(by: .seconds(3 + index)))
    }
    #expect(river.entries.count == River.limit && river.warnings == River.limit)
    #expect(river.entries.first?.text == "\(River.limit + 9)")
  }

  @Test(arguments: [(1, nil), (999, "×999"), (1_000, "×1k"), (99_999, "×99k"), (100_000, ">99k"), (2_000_000, ">99k")])
  func `how often something came fits into its column`(count: Int, text: String?) {
    var state = Scene.state(size, namespace: "todo", events: [.listed(.events, [])])
    state.river = River()
    state.river.put(
      River.Entry(
        id: UID("a"), time: Scene.moment, sort: .warning, subject: "s", text: "BackOff", count: count, object: nil))
    let words = draw(.river, of: state).text().split(separator: "\n").first { $0.contains("BackOff") }?
      .split { $0 == " " || $0 == "│" }
    #expect(words?.last.map { String($0) } == text ?? "BackOff")
  }

  @Test func `other days are named`() throws {
    var state = Scene.state(size, namespace: "todo", events: [.listed(.events, [])])
    for hours in [30, 5, 1] {
      let time = Scene.moment.advanced(by: .seconds(-3_600 * hours))
      state.river.note(.good, "pod", "\(hours) h", at: time)
    }
    let text = draw(.river, of: state).text()
    // The moment is 03:07 on 21 November.
    #expect(text.contains("20 Nov 22:07:32") && text.contains("19 Nov 21:07:32") && !text.contains("21 Nov"))
    #expect(text.contains("1 h ago") == true || text.contains("60 min ago"))
  }

  @Test func `whoever turns to the river sees the newest entry`() throws {
    var state = Scene.busy.make(size)
    state.focus = .pods
    state.river.note(.bad, "pod", "newest", at: state.now.advanced(by: .seconds(60)))
    _ = reduce(&state, .arrived([.alive(nil)]), at: state.now)
    state = try press("6", in: state).state
    #expect(state.selectedIndex(in: .river) == 0)
  }
}

@Suite struct PanelFrameTests {
  @Test func `where not all notes have room the age stays`() throws {
    var state = Scene.busy.make(Size(columns: 36, rows: 6))
    state.focus = .river
    for (columns, texts) in [(60, ["of 273", "warnings", "● now"]), (36, ["of 273", "● now"]), (24, ["● now"])] {
      state.size = Size(columns: columns, rows: 6)
      let top = draw(.river, of: state).text().split(separator: "\n").first.map(String.init) ?? ""
      for text in texts { #expect(top.contains(text), "\(columns)") }
      #expect(top.contains("warnings") == texts.contains("warnings"))
    }
  }

  /// Down to sizes that nothing fits into: whatever a panel draws stays inside of its border.
  @Test(arguments: Panel.ID.allCases)
  func `no panel leaves its border`(panel: Panel.ID) {
    for scene in [Scene.busy, .unmeasured, .broken, .hostile, .forbidden] {
      var state = scene.make(Size(columns: 120, rows: 40))
      state.focus = panel
      for size in [
        Size(columns: 2, rows: 2), Size(columns: 12, rows: 3), Size(columns: 36, rows: 4), Size(columns: 47, rows: 7),
        Size(columns: 91, rows: 11), Size(columns: 140, rows: 30),
      ] {
        state.size = size
        let screen = draw(panel, of: state)
        for row in 1..<max(1, size.rows - 1) {
          #expect(screen.cells[row * size.columns].glyph == "│")
          #expect(["│", "▐"].contains(screen.cells[(row + 1) * size.columns - 1].glyph))
        }
        let bottom = screen.cells.suffix(size.columns).dropFirst().dropLast()
        #expect(bottom.allSatisfy { $0.glyph == "─" })
      }
    }
  }
}
