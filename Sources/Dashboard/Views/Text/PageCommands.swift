import CellScreen

/// The keys of the pages: details, YAML, an object's river, what changed.
let pageCommands: [Command] = detailCommands + textCommands + objectRiverCommands + changeCommands + rolloutCommands

/// The keys that count while details are shown.
private let detailCommands: [Command] =
  viewCommands(.details) + [
    follow(.details),
    Command(
      "details-logs", .view(.details), keys: "l", summary: "follow the logs of this pod or workload", hint: "logs",
      disabledReason: { $0.logTarget == nil ? "this has no logs" : nil },
      perform: { $0.openLogs() }),
    Command(
      "details-yaml", .view(.details), keys: "y", summary: "show it as YAML, secrets hidden", hint: "YAML",
      perform: { $0.openText(.yaml) }),
    describe(.details),
    Command(
      "details-river", .view(.details), keys: "w", summary: "show what happened to it and what it owns", hint: "river",
      perform: { state in
        if let object = state.details { state.open(Page(.river(object, warningsOnly: false))) }
        return []
      }),
  ] + searchCommands(.details)

/// The keys that count while YAML or the words of `kubectl describe` are shown.
private let textCommands: [Command] =
  viewCommands(.text) + [
    describe(.text),
    Command(
      "text-wrap", .view(.text), keys: "w", summary: "wrap long lines, or cut them", hint: "wrap",
      perform: { $0.togglePageWrap() }),
    Command(
      "text-managed", .view(.text), keys: "m", summary: "show or fold who manages which field", hint: "managers",
      disabledReason: { state in
        guard case .text(_, let reading)? = state.pages.last?.content, reading.hasManagedFields else {
          return "it does not say who manages which field"
        }
        return nil
      }, perform: { $0.toggleManagedFields() }),
    Command(
      "text-right", .view(.text), keys: "right", summary: "show what is further right",
      perform: { $0.passPageColumns(by: columnStep) }),
    Command(
      "text-left", .view(.text), keys: "left", summary: "show what is further left",
      perform: { $0.passPageColumns(by: -columnStep) }),
  ] + searchCommands(.text)

/// How many columns a key to the side passes.
private let columnStep = 8

/// The keys that count while the river of one object is shown.
private let objectRiverCommands: [Command] =
  viewCommands(.river) + [
    follow(.river),
    Command(
      "object-river-warnings", .view(.river), keys: "w", summary: "show only warnings, or everything again",
      hint: "warnings",
      perform: { state in
        guard case .river(let object, let warningsOnly)? = state.pages.last?.content else { return [] }
        state.pages[state.pages.count - 1] = Page(.river(object, warningsOnly: !warningsOnly))
        return []
      }),
  ] + searchCommands(.river)

/// The keys that count while it is shown what changed.
private let changeCommands: [Command] =
  viewCommands(.changes) + [
    follow(.changes),
    Command(
      "changes-next", .view(.changes), keys: "=", summary: "look 5, 15 or 60 minutes back, one after the other",
      hint: "5 15 60",
      perform: { state in
        guard case .changes(let window)? = state.pages.last?.content else { return [] }
        let all = ChangeWindow.allCases
        return state.lookBack(all[((all.firstIndex(of: window) ?? 0) + 1) % all.count])
      }),
  ]
  + zip(1..., ChangeWindow.allCases).map { number, window in
    Command(
      "changes-\(window.rawValue)", .view(.changes), keys: "\(number)", summary: "look \(window.rawValue) minutes back",
      perform: { $0.lookBack(window) })
  } + searchCommands(.changes)

/// The keys that count while the rollouts are shown.
private let rolloutCommands: [Command] = viewCommands(.rollouts) + [follow(.rollouts)] + searchCommands(.rollouts)

private func follow(_ view: ViewKind) -> Command {
  Command(
    "\(view)-open", .view(view), keys: "enter", summary: "open the object that the line names", hint: "open",
    disabledReason: { $0.linkProblem }, perform: { $0.openLink() })
}

private func describe(_ view: ViewKind) -> Command {
  Command(
    "\(view)-describe", .view(view), keys: "d", summary: "show what kubectl describe says of it", hint: "describe",
    perform: { $0.openText(.description) })
}

/// Searching, as every page of lines understands it.
func searchCommands(_ view: ViewKind) -> [Command] {
  let noSearch: @Sendable (DashboardState) -> String? = { state in
    state.pages.last?.view.search == nil ? "nothing is searched for; / begins" : nil
  }
  return [
    Command(
      "\(view)-search", .view(view), keys: "/", summary: "search the text; an expression as in the filter",
      hint: "search",
      perform: { state in
        state.openPrompt(.search, text: "")
        return []
      }),
    Command(
      "\(view)-next-match", .view(view), keys: "n", summary: "go to the next place that was found",
      disabledReason: noSearch,
      perform: { $0.findNext(1) }),
    Command(
      "\(view)-previous-match", .view(view), keys: "N", summary: "go to the place before that was found",
      disabledReason: noSearch, perform: { $0.findNext(-1) }),
  ]
}
