import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

/// Presses the keys of a script and gives the state and all effects.
func press(_ script: String, in state: DashboardState) throws -> (state: DashboardState, effects: [Effect]) {
  var state = state
  var effects: [Effect] = []
  for key in try KeyScript(script).keys { effects += reduce(&state, .key(key), at: max(state.now, Scene.moment)) }
  return (state, effects)
}

@Suite struct KeyTests {
  let size = Size(columns: 120, rows: 40)

  @Test func `tab and numbers move the focus`() throws {
    let state = Scene.todo.make(size)
    #expect(state.focus == .pods)
    #expect(try press("<tab>", in: state).state.focus == .river)
    #expect(try press("<shift-tab>", in: state).state.focus == .workloads)
    for (index, panel) in Panel.ID.allCases.enumerated() {
      #expect(try press("\(index + 1)", in: state).state.focus == panel)
    }
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)])
  func `details show every word, over as many lines as it takes`(size: Size) throws {
    let state = try press("<enter>", in: Scene.broken.make(size)).state
    let key = try #require(state.details)
    let page = try #require(state.pages.last)
    let rows = TextRows(state.lines(of: page), columns: state.pageColumns, isWrapped: page.view.isWrapped).rows
    #expect(rows.allSatisfy { $0.spans.columns <= size.columns - 4 })
    let words = { (text: String) in text.split { $0.isWhitespace }.joined() }
    let all = words(rows.map(\.spans.text).joined(separator: " "))
    let events = state.snapshot.events(about: key)
    #expect(events.contains { $0.message.count > 80 })
    for event in events { #expect(all.contains(words(redacted(event.message)))) }
  }

  @Test func `a line that is too long goes on under its text`() {
    let field = [Span("Name       ", .label), Span("one two three four five six"), Span(" ×4", .muted)]
    #expect(hanging(field, columns: 41).map(\.text) == ["Name       one two three four five six ×4"])
    #expect(
      hanging(field, columns: 33).map(\.text) == ["Name       one two three four ", "           five six ×4"])
    let word = [Span("  "), Span(String(repeating: "x", count: 25))]
    #expect(hanging(word, columns: 12).map(\.columns) == [12, 12, 7])
  }

  @Test func `the cursor stays on its object when rows move`() throws {
    var (state, _) = try press("jj", in: Scene.many(50, size))
    let selected = state.selectedRow(in: Panel.pods)
    // A pod that becomes sick goes to the top: every row below moves.
    let sick = Scene.runningPod(30, version: 2, isReady: false)
    _ = reduce(&state, .arrived([.applied(.pod(sick))]), at: Scene.moment)
    #expect(state.selectedRow(in: Panel.pods) == selected)
    #expect(state.selectedIndex(in: .pods) == 3 || state.selectedIndex(in: .pods) == 2)
  }

  @Test func `the cursor is bound to its object before any key`() {
    var state = Scene.many(50, size)
    let selected = state.selectedRow(in: Panel.pods)
    #expect(selected == .object(ObjectKey(.pods, namespace: "load", name: "pod-00000"), UID("uid-0")))
    var early = Scene.runningPod(0)
    early.metadata.name = "aaa"
    early.metadata.uid = UID("early")
    _ = reduce(&state, .arrived([.applied(.pod(early))]), at: Scene.moment)
    #expect(state.selectedRow(in: Panel.pods) == selected)
    #expect(state.selectedIndex(in: .pods) == 1)
  }

  @Test func `a successor of the same name is not the selected object`() throws {
    var (state, _) = try press("jj", in: Scene.many(10, size))
    var successor = Scene.runningPod(2)
    successor.metadata.uid = UID("successor")
    let key = ObjectKey(.pods, namespace: "load", name: "pod-00002")
    _ = reduce(&state, .arrived([.deleted(key, UID("uid-2"))]), at: Scene.moment)
    #expect(state.selectedIndex(in: .pods) == 2)
    _ = reduce(&state, .arrived([.applied(.pod(successor))]), at: Scene.moment)
    #expect(state.selectedObject == nil)
    _ = reduce(&state, .ticked, at: Scene.moment.advanced(by: .seconds(6)))
    #expect(state.selectedRow(in: Panel.pods)?.object?.name == "pod-00003")
  }

  @Test func `the filter narrows while it is typed, and esc clears it`() throws {
    let state = Scene.many(100, size)
    let typed = try press("/00042", in: state).state
    #expect(typed.pods.keys.map(\.name) == ["pod-00042"])
    #expect(try press("/00042<enter><esc>", in: state).state.pods.keys.count == 100)
    #expect(try press("/!00042", in: state).state.pods.keys.count == 99)
    #expect(try press("/nothing", in: state).state.pods.keys.isEmpty)
    #expect(try press("/00042<backspace><backspace>", in: state).state.pods.keys.count == 100)
  }

  @Test func `pasted text never acts as keys`() throws {
    let state = Scene.todo.make(size)
    let (after, effects) = try press("<paste:qqyy>", in: state)
    #expect(effects.isEmpty)
    #expect(!after.asksToQuit)
    #expect(try press("/<paste:front>", in: state).state.prompt?.text == "front")
  }

  @Test func `q asks, y leaves, anything else stays; ctrl-c leaves at once`() throws {
    let state = Scene.todo.make(size)
    #expect(try press("q", in: state).effects.isEmpty)
    #expect(try press("qy", in: state).effects == [.quit])
    let (stayed, effects) = try press("qn", in: state)
    #expect(effects.isEmpty && !stayed.asksToQuit)
    #expect(try press("<ctrl-c>", in: state).effects == [.quit])
    #expect(try press("<F10>", in: state).state.asksToQuit)
  }

  @Test func `q leaves a view before it leaves the program`() throws {
    let state = Scene.todo.make(size)
    let (after, _) = try press("?q", in: state)
    #expect(after.views.isEmpty && !after.asksToQuit)
  }

  @Test func `l follows the selected pod's containers and leaving stops it`() throws {
    let state = Scene.todo.make(size)
    let (open, effects) = try press("/backend-7bbd475df6-kmwpq<enter>l", in: state)
    let sources = ["api", "sidecar"].isEmpty ? [] : open.logs?.sources ?? []
    #expect(sources.count == 2)
    #expect(sources.allSatisfy { $0.pod == "todo-backend-7bbd475df6-kmwpq" })
    let request = try #require(open.logs?.request)
    #expect(effects == [.followLogs(request)])
    #expect(try press("<esc>", in: open).effects == [.followLogs(LogRequest(number: request.number + 1))])
  }

  @Test func `every hint in the footer leads somewhere`() throws {
    for scene in Scene.all {
      for panel in Panel.ID.allCases {
        var state = scene.make(size)
        state.focus = panel
        for command in hintedCommands(state) {
          var after = state
          let effects = reduce(&after, .key(command.keys[0]), at: Scene.moment)
          let changed = draw(after) != draw(state)
          #expect(changed || !effects.isEmpty, "\(command.id) on \(panel) in \(scene.name) does nothing")
        }
      }
    }
  }

  @Test func `a key without a meaning says so`() throws {
    let state = try press("%", in: Scene.todo.make(size)).state
    #expect(state.notice.contains("?"))
  }
}

@Suite struct WorkTests {
  @Test func `one changed pod among 5,000 places one row`() {
    var state = Scene.many(5_000, Size(columns: 120, rows: 40))
    let placed = state.pods.placements
    let computed = state.snapshot.work.podSummaries
    _ = reduce(&state, .arrived([.applied(.pod(Scene.runningPod(77, version: 2, isReady: false)))]), at: Scene.moment)
    #expect(state.pods.placements == placed + 1)
    #expect(state.snapshot.work.podSummaries == computed + 1)
  }
}
