import CellScreen
import ClusterModel

/// The keys that move the cursor and the focus.
let moveCommands: [Command] =
  [
    move("down", "j", "down", "go one row down") { _ in 1 },
    move("up", "k", "up", "go one row up") { _ in -1 },
    move("page-down", "ctrl-f", "pgdn", "go one page down") { $0.pageRows },
    move("page-up", "ctrl-b", "pgup", "go one page up") { -$0.pageRows },
    move("top", "g", "home", "go to the first row") { _ in -rowsMax },
    move("bottom", "G", "end", "go to the last row") { _ in rowsMax },
    Command(
      "next-panel", .screen, keys: "tab", group: .move, summary: "go to the next panel", hint: "panel",
      perform: { $0.moveFocus(by: 1) }),
    Command(
      "previous-panel", .screen, keys: "shift-tab", group: .move, summary: "go to the panel before",
      perform: { $0.moveFocus(by: -1) }),
  ]
  + zip(Panel.ID.allCases, panelWords).enumerated().map { index, panel in
    let (id, words) = panel
    return Command(
      "panel-\(index + 1)", .screen, keys: "\(index + 1)", words: words, group: .move,
      summary: "go to panel \(index + 1), \(id.rawValue)", perform: { $0.go(to: id) })
  }
  + [
    Command(
      "overview", .screen, keys: "0", words: ["overview"], group: .move, summary: "show all panels at once",
      disabledReason: { state in
        if !state.size.holds(Layout.wholeSize) {
          let wanted = Layout.wholeSize
          return "all panels at once need \(wanted.columns)×\(wanted.rows), and this is "
            + "\(state.size.columns)×\(state.size.rows)"
        }
        return state.isZoomed || !state.views.isEmpty ? nil : "all panels are shown already"
      },
      perform: { state in
        state.isZoomed = false
        return state.closeViews()
      }),
    Command(
      "back-in-history", .screen, keys: "[", group: .move, summary: "go back to the panel that had the focus before",
      disabledReason: { $0.trail.back.isEmpty ? "there is no panel to go back to yet" : nil },
      perform: { state in
        state.trail.goBack(from: state.focus).map { state.focus = $0 }
        return []
      }),
    Command(
      "forward-in-history", .screen, keys: "]", group: .move, summary: "go forth again after [",
      disabledReason: { $0.trail.forward.isEmpty ? "[ was not pressed, so there is nothing to go forth to" : nil },
      perform: { state in
        state.trail.goForward(from: state.focus).map { state.focus = $0 }
        return []
      }),
    Command(
      "last-panel", .screen, keys: "-", group: .move, summary: "change between this panel and the last one",
      disabledReason: { $0.trail.back.isEmpty ? "there is no last panel yet" : nil },
      perform: { state in state.trail.back.last.map { state.go(to: $0) } ?? [] }),
    Command(
      "owner", .screen, keys: "shift-j", words: ["owner"], group: .move,
      summary: "jump to the workload that owns the selected pod",
      disabledReason: { state in
        guard let object = state.selectedObject else { return "nothing is selected that could have an owner" }
        return state.ownerRow(of: object) == nil ? "\(object.name) has no owner among the workloads" : nil
      },
      perform: { state in
        guard let object = state.selectedObject, let owner = state.ownerRow(of: object) else { return [] }
        let effects = state.go(to: .workloads)
        state.select(owner)
        return effects
      }),
  ]

/// What the command line calls each panel, in the order of their numbers.
private let panelWords = [
  ["phases"], ["usage", "nodes", "node", "no"], ["ingress", "ingresses", "ing"],
  ["workloads", "deployments", "deployment", "dp"], ["pods", "pod", "po"], ["river", "events", "event", "ev"],
]

/// More rows than any panel has: the way to its end.
private let rowsMax = 1 << 30

private func move(
  _ id: String, _ key: String, _ other: String, _ summary: String, by rows: @escaping @Sendable (DashboardState) -> Int
) -> Command {
  Command(
    id, .screen, keys: key, other, group: .move, summary: summary,
    perform: {
      $0.moveSelection(by: rows($0))
      return []
    })
}

extension DashboardState {
  /// How many rows a page of the focused panel has.
  var pageRows: Int { max(1, (room(in: Panel.of(focus)) ?? 0) - 1) }

  /// Gives a panel the focus; views over it are closed.
  mutating func go(to panel: Panel.ID) -> [Effect] {
    let effects = closeViews()
    if panel == focus {
      if effects.isEmpty, notice.isEmpty { notice = "\(Panel.of(panel).title) has the focus already" }
    } else {
      trail.leave(focus)
      focus = panel
    }
    return effects
  }

  mutating func moveFocus(by steps: Int) -> [Effect] {
    let all = Panel.ID.allCases
    let index = (all.firstIndex(of: focus) ?? 0) + steps
    return go(to: all[(index + all.count) % all.count])
  }

  /// Where the workload stands that owns an object, directly or through a ReplicaSet; `nil` if there is none.
  func ownerRow(of object: ObjectKey) -> Int? {
    snapshot.ownerChain(of: object).reversed().lazy.compactMap { workloads.firstIndex(of: $0) }.first
  }
}
