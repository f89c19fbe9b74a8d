import CellScreen
import ClusterModel

/// The keys that count on the main screen, whatever panel has the focus.
let screenCommands: [Command] =
  [
    Command(
      "details", .screen, keys: "enter", summary: "show why, and all that is known of the selected row", hint: "why",
      disabledReason: { $0.selectedObject == nil ? "nothing is selected that has details" : nil },
      perform: { state in
        state.details = state.selectedObject
        state.open(.details)
        return []
      }),
    Command(
      "logs", .screen, keys: "l", summary: "follow the logs of the selected pod or workload", hint: "logs",
      disabledReason: { $0.logTarget == nil ? "select a pod or a workload to see its logs" : nil },
      perform: { $0.openLogs() }),
    Command(
      "filter", .screen, keys: "/", summary: "show only pods with this text; ! before it for those without",
      hint: "filter",
      perform: { state in
        state.focus = .pods
        state.typedFilter = state.pods.filter.text
        return []
      }),
    Command(
      "back", .screen, keys: "esc", summary: "clear the filter, leave the zoom",
      perform: { state in
        if !state.pods.filter.text.isEmpty {
          state.pods.apply(RowFilter(""), to: state.snapshot, at: state.now)
        } else {
          state.isZoomed = false
        }
        return []
      }),
    Command(
      "zoom", .screen, keys: "z", summary: "give the focused panel the whole screen, or take it back", hint: "zoom",
      disabledReason: { Layout(of: $0).form == .tabs ? "the panel has the whole screen already" : nil },
      perform: { state in
        state.isZoomed.toggle()
        return []
      }),
    Command(
      "next-panel", .screen, keys: "tab", summary: "go to the next panel", hint: "panel",
      perform: { $0.moveFocus(by: 1) }),
    Command(
      "previous-panel", .screen, keys: "shift-tab", summary: "go to the panel before",
      perform: { $0.moveFocus(by: -1) }),
    Command(
      "down", .screen, keys: "j", "down", summary: "go one row down",
      perform: {
        $0.moveSelection(by: 1); return []
      }),
    Command(
      "up", .screen, keys: "k", "up", summary: "go one row up",
      perform: {
        $0.moveSelection(by: -1); return []
      }),
    Command(
      "page-down", .screen, keys: "ctrl-f", "pgdn", summary: "go one page down",
      perform: {
        $0.moveSelection(by: $0.pageRows); return []
      }),
    Command(
      "page-up", .screen, keys: "ctrl-b", "pgup", summary: "go one page up",
      perform: {
        $0.moveSelection(by: -$0.pageRows); return []
      }),
    Command(
      "top", .screen, keys: "g", "home", summary: "go to the first row",
      perform: {
        $0.select(0); return []
      }),
    Command(
      "bottom", .screen, keys: "G", "end", summary: "go to the last row",
      perform: {
        $0.select(.max); return []
      }),
    Command(
      "refresh", .screen, keys: "ctrl-r", summary: "read every list anew",
      perform: { state in
        state.notice = "reading every list anew"
        return [.refresh, .repaint]
      }),
    Command(
      "suspend", .screen, keys: "ctrl-z", summary: "leave to the shell; fg comes back", perform: { _ in [.suspend] }),
    Command(
      "help", .screen, keys: "?", "F1", summary: "show all keys", hint: "help",
      perform: {
        $0.open(.help); return []
      }),
    Command(
      "quit", .screen, keys: "q", "F10", summary: "leave the program; asks once", hint: "quit",
      perform: {
        $0.asksToQuit = true; return []
      }),
  ]
  + Panel.ID.allCases.enumerated().map { index, id in
    Command(
      "panel-\(index + 1)", .screen, keys: "\(index + 1)", summary: "go to panel \(index + 1), \(id.rawValue)",
      perform: { state in
        state.focus = id
        return []
      })
  }

extension DashboardState {
  /// How many rows a page of the focused panel has.
  var pageRows: Int { max(1, (Layout(of: self).rect(of: focus)?.rows ?? 10) - 4) }

  /// The object that the selected row of the focused panel stands for.
  var selectedObject: ObjectKey? {
    let panel = Panel.of(focus)
    guard let row = selectedRow(in: panel) else { return nil }
    if case .entry(let id) = row { return river.entries.first { $0.id == id }?.object }
    return row.object
  }

  mutating func moveFocus(by steps: Int) -> [Effect] {
    let all = Panel.ID.allCases
    let index = (all.firstIndex(of: focus) ?? 0) + steps
    focus = all[(index + all.count) % all.count]
    return []
  }

  mutating func open(_ view: ViewKind) {
    viewScroll = 0
    views.append(view)
  }

  /// Leaves the view on top.
  mutating func closeView() -> [Effect] {
    viewScroll = 0
    guard views.popLast() == .logs else { return [] }
    logs = nil
    return [.followLogs([])]
  }
}
