import CellScreen
import ClusterModel

/// The keys that show more of what is selected, or less of what is not wanted.
let lookCommands: [Command] = [
  Command(
    "details", .screen, keys: "enter", "d", words: ["details"],
    summary: "show why, and all that is known of the selected row", hint: "why",
    disabledReason: { $0.goneSentence ?? ($0.subject == nil ? "nothing is selected that has details" : nil) },
    perform: { state in state.subject.map { state.openDetails(of: $0) } ?? [] }),
  Command(
    "yaml", .anywhere, keys: "y", words: ["yaml"], summary: "show the object as YAML, secrets hidden; again reads anew",
    disabledReason: { $0.goneSentence ?? ($0.subject == nil ? "nothing is selected that has YAML" : nil) },
    perform: { $0.openText(.yaml) }),
  Command(
    "describe", .anywhere, words: ["describe"], summary: "show what kubectl describe says of the object",
    disabledReason: { $0.goneSentence ?? ($0.subject == nil ? "nothing is selected to describe" : nil) },
    perform: { $0.openText(.description) }),
  Command(
    "changes", .anywhere, keys: "=", words: ["changes"],
    summary: "show what changed in the last 5, 15 or 60 minutes: images, replicas, configuration, nodes",
    perform: { state in
      state.open(Page(.changes(.fifteen)))
      return []
    }),
  Command(
    "logs", .screen, keys: "l", "7", words: ["logs", "log"],
    summary: "follow the logs of the selected pod or workload", hint: "logs",
    disabledReason: { $0.goneSentence ?? ($0.logTarget == nil ? "select a pod or a workload to see its logs" : nil) },
    perform: { $0.openLogs() }),
  Command(
    "previous-logs", .anywhere, keys: "p", words: ["previous"],
    summary: "show the logs of the run before the restart, or of this run again",
    disabledReason: { state in
      if state.views.last == .logs { return nil }
      return state.goneSentence ?? (state.logTarget == nil ? "select a pod or a workload to see its logs" : nil)
    },
    perform: { $0.togglePrevious() }),
  Command(
    "filter", .screen, keys: "/", words: ["filter"],
    argument: Command.Argument("TEXT") { state, text in
      let effects = state.goQuietly(to: state.filteredTable)
      state.applyFilter(text)
      state.notice = state.filterProblem?.description ?? "esc clears the filter"
      return effects
    },
    summary: "filter the table: text, !text, status:Running, restarts:>3, -l app=web", hint: "filter",
    perform: { state in
      let effects = state.goQuietly(to: state.filteredTable)
      state.openPrompt(.filter, text: state.filter.text)
      return effects
    }),
  Command(
    "back", .screen, keys: "esc", summary: "clear the filter, leave the zoom, end presenting",
    disabledReason: { state in
      state.filter.text.isEmpty && !state.isZoomed && !state.isPresenting
        ? "there is nothing to leave here; q leaves the program" : nil
    },
    perform: { state in
      if !state.filter.text.isEmpty {
        state.applyFilter("")
      } else if state.isZoomed {
        state.isZoomed = false
      } else {
        state.isPresenting = false
      }
      return []
    }),
  Command(
    "zoom", .screen, keys: "z", words: ["zoom"], summary: "give the focused panel the whole screen, or take it back",
    hint: "zoom",
    disabledReason: { Layout.form(of: $0) == .tabs ? "the panel has the whole screen already" : nil },
    perform: { state in
      state.isZoomed.toggle()
      return state.closeViews()
    }),
  Command(
    "copy-name", .anywhere, keys: "c", words: ["copy"], summary: "copy the name of what is selected or shown",
    disabledReason: { $0.subject == nil ? "nothing is selected that has a name" : nil },
    perform: { state in state.copy(state.subject?.name ?? "") }),
  Command(
    "copy-namespace", .screen, keys: "n", summary: "copy the namespace of what is selected",
    disabledReason: { state in
      guard let subject = state.subject else { return "nothing is selected that has a namespace" }
      return subject.namespace.isEmpty ? "\(subject.name) is in no namespace" : nil
    },
    perform: { state in state.copy(state.subject?.namespace ?? "") }),
]

extension DashboardState {
  /// The object that the selected row of the focused panel stands for; `nil` where it is gone.
  var selectedObject: ObjectKey? {
    let panel = Panel.of(focus)
    guard let row = selectedRow(in: panel) else { return nil }
    if tables[focus]?.ghosts[row] != nil { return nil }
    if case .entry(let id) = row { return river.entries.first { $0.id == id }?.object }
    return row.object
  }

  /// What keys are about: the object that a view shows, else the selected one.
  var subject: ObjectKey? {
    var below = pages[...]
    for view in views.reversed() {
      if view == .logs { return logs?.subject }
      guard view.isPage, let page = below.popLast() else { continue }
      // Where lines are what happened, the chosen one says to what.
      let isList = view == .river || view == .changes || view == .rollouts
      if isList, views.last == view, let link = cursorLink { return link }
      // What lies hidden below is not what the keys are about.
      if view == .rollouts { return nil }
      if let object = page.object { return object }
    }
    return selectedObject
  }

  mutating func open(_ view: ViewKind) {
    viewScroll = 0
    views.append(view)
  }

  /// Leaves the view on top.
  mutating func closeView() -> [Effect] {
    viewScroll = 0
    let view = views.popLast()
    if view?.isPage == true, !pages.isEmpty { pages.removeLast() }
    switch view {
    case .drillPlan: return leavePlan()
    case .chooser:
      chooser = nil
      acting.aim = nil
      return []
    case .logs where !views.contains(.logs):
      logs = nil
      logRequests += 1
      return [.followLogs(LogRequest(number: logRequests))]
    default: return []
    }
  }

  /// Leaves every view but the first choice of a context, behind which there is nothing yet.
  mutating func closeViews() -> [Effect] {
    var effects: [Effect] = []
    while let view = views.last {
      if view == .chooser, chooser?.purpose == .startContext {
        notice = "a context is to be chosen first"
        break
      }
      effects += closeView()
    }
    return effects
  }

  /// Gives a panel the focus, which it may have already.
  mutating func goQuietly(to panel: Panel.ID) -> [Effect] {
    let effects = go(to: panel)
    if views.isEmpty { notice = "" }
    return effects
  }

  /// Gives a name to the terminal's clipboard, and says which, as not every terminal takes it.
  mutating func copy(_ text: String) -> [Effect] {
    let text = sanitized(text)
    notice = "copied \(text) (if the terminal lets programs copy)"
    return [.copy(text)]
  }
}
