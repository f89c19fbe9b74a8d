import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

private struct NotOnScreen: Error { let text: String }

/// Where a text stands on the screen of a state.
private func place(of text: String, _ state: DashboardState, after first: Int = 0) throws -> Position {
  for (row, line) in draw(state).text().split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    guard row >= first, let range = line.firstRange(of: text) else { continue }
    return Position(column: TextWidth.columns(of: String(line[..<range.lowerBound])), row: row)
  }
  throw NotOnScreen(text: text)
}

@Suite struct MouseTests {
  let size = Size(columns: 120, rows: 40)

  func click(_ place: Position, _ state: DashboardState) -> (state: DashboardState, effects: [Effect]) {
    var state = state
    let effects = reduce(&state, .key(.mouse(MouseEvent(position: place, action: .press))), at: state.now)
    return (state, effects)
  }

  func turn(_ action: MouseEvent.Action, _ count: Int = 1, at place: Position, _ state: DashboardState)
    -> DashboardState
  {
    var state = state
    _ = reduce(&state, .key(.mouse(MouseEvent(position: place, action: action, count: count))), at: state.now)
    return state
  }

  @Test(arguments: Panel.ID.allCases)
  func `a click on a panel gives it the focus`(panel: Panel.ID) throws {
    let state = Scene.todo.make(size)
    let rect = try #require(Layout(of: state).rect(of: panel))
    #expect(click(rect.origin, state).state.focus == panel)
    #expect(click(Position(column: rect.right - 1, row: rect.bottom - 1), state).state.focus == panel)
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)])
  func `a click on a row selects the object that is drawn there, wherever the table stands`(size: Size) throws {
    for keys in ["", "jjj", "G", "Gkkkkkkkkkkkkkkkkkkkk", "<pgdn><pgdn>k"] {
      let state = try press(keys, in: Scene.many(300, size)).state
      for (row, line) in draw(state).text().split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        guard let range = line.firstRange(of: "pod-"), line[range.upperBound...].contains("Running") else { continue }
        let name = "pod-" + line[range.upperBound...].prefix(5)
        let column = TextWidth.columns(of: String(line[..<range.lowerBound]))
        #expect(click(Position(column: column, row: row), state).state.selectedObject?.name == name, "\(keys) \(row)")
      }
    }
  }

  @Test func `rows of tables without a header and with a line below are found too`() throws {
    let phases = try press("1", in: Scene.broken.make(size)).state
    let phase = try place(of: "5 Deployment", phases)
    #expect(click(phase, phases).state.selectedRow(in: Panel.phases) == .phase(5))
    let pods = Scene.broken.make(Size(columns: 80, rows: 24))
    for name in pods.pods.keys.prefix(8).map(\.name) where name.count < 24 {
      let place = try place(of: name, pods, after: 5)
      #expect(click(place, pods).state.selectedObject?.name == name)
    }
  }

  @Test func `a click on the selected row is enter, and one that gives the focus is not`() throws {
    let state = Scene.todo.make(size)
    let first = try place(of: state.pods.keys[0].name.prefix(20).description, state)
    #expect(click(first, state).state.views == [.details])
    let river = try press("6", in: state).state
    let focused = click(first, river).state
    #expect(focused.views.isEmpty && focused.focus == .pods)
    #expect(click(first, focused).state.views == [.details])
  }

  @Test func `the wheel moves what is under the pointer`() throws {
    let state = try press("4", in: Scene.many(300, size)).state
    let rect = try #require(Layout(of: state).rect(of: .pods))
    let inPods = Position(column: rect.left + 5, row: rect.top + 5)
    let down = turn(.wheelDown, at: inPods, state)
    #expect(down.focus == .pods && down.selectedIndex(in: .pods) == 3)
    #expect(turn(.wheelDown, 10, at: inPods, down).selectedIndex(in: .pods) == 33)
    #expect(turn(.wheelUp, .max, at: inPods, down).selectedIndex(in: .pods) == 0)
    let help = try press("?", in: state).state
    #expect(turn(.wheelDown, 2, at: inPods, help).viewScroll == 6)
  }

  @Test func `a storm of the wheel is one event`() {
    let turn = { (action: MouseEvent.Action) in Key.mouse(MouseEvent(position: .zero, action: action)) }
    let keys =
      [Key](repeating: turn(.wheelDown), count: 500) + [.char("j")] + [Key](repeating: turn(.wheelUp), count: 7)
    let merged = keys.withWheelMerged()
    #expect(merged.count == 3)
    #expect(merged.first == .mouse(MouseEvent(position: .zero, action: .wheelDown, count: 500)))
    #expect([turn(.press), turn(.press)].withWheelMerged().count == 2)
  }

  @Test func `tabs and the hints of the footer can be clicked`() throws {
    let small = Scene.todo.make(Size(columns: 80, rows: 24))
    #expect(click(try place(of: "3 Ingress", small), small).state.focus == .ingress)
    let state = Scene.todo.make(size)
    #expect(click(try place(of: "? help", state), state).state.views == [.help])
    #expect(click(try place(of: "q quit", state), state).state.asksToQuit)
    #expect(click(try place(of: ": command", state), state).state.prompt?.purpose == .command)
  }

  @Test func `lines to choose from can be clicked`() throws {
    let state = try press(":theme<enter>", in: Scene.todo.make(size)).state
    let light = try place(of: "high-contrast", state)
    let chosen = click(light, state).state
    #expect(chosen.chooser?.choice == "high-contrast")
    #expect(click(light, chosen).effects == [.setTheme("high-contrast")])
  }

  @Test func `the titles of columns are found where they are drawn`() throws {
    let state = Scene.todo.make(size)
    for title in ["READY", "STATUS", "RESTARTS", "AGE"] {
      let rect = try #require(Layout(of: state).rect(of: .pods))
      let place = try place(of: title, state, after: rect.top)
      #expect(mouseTarget(at: place, state) == .panel(.pods, row: nil, title: title))
    }
  }

  @Test func `a click never answers the question to leave with yes`() throws {
    let state = try press("q", in: Scene.todo.make(size)).state
    for row in stride(from: 0, to: 40, by: 3) {
      let (after, effects) = click(Position(column: 60, row: row), state)
      #expect(effects.isEmpty && !after.asksToQuit)
    }
  }

  @Test func `no place of the screen breaks anything`() {
    for scene in Scene.all {
      for size in [Size(columns: 30, rows: 8), Size(columns: 40, rows: 12), Size(columns: 120, rows: 36)] {
        let state = scene.make(size)
        for row in stride(from: -1, through: size.rows, by: 2) {
          for column in stride(from: -1, through: size.columns, by: 7) {
            let after = click(Position(column: column, row: row), state).state
            #expect(draw(after).size == size)
          }
        }
      }
    }
  }
}
