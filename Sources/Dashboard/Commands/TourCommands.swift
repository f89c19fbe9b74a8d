import CellScreen
import ClusterModel
import Playbook

/// The keys of the tour, and what asks AI tools.
let tourCommands: [Command] =
  [
    Command(
      "tour", .anywhere, words: ["tour", "showcase"], group: .look,
      summary: "begin the tour, with its clock of 15 minutes; again hides or shows it",
      disabledReason: { $0.chooser?.purpose == .startContext ? "a context is to be chosen first" : nil },
      perform: { $0.toggleTour() }),
    Command(
      "tour-result", .anywhere, words: ["tour-result"], group: .look,
      summary: "show what came of the tour: times, checks, criteria, questions to AI tools",
      disabledReason: { $0.touring.walk == nil ? "no tour was begun yet; :tour begins it" : nil },
      perform: { state in
        if state.views.last != .tourResult { state.open(Page(.tourResult)) }
        return []
      }),
    Command(
      "ai", .anywhere, words: ["ai"],
      argument: Command.Argument(
        "TOOL PROMPT", candidates: { _ in AITool.allCases.map(\.rawValue) }
      ) { $0.askTool(line: $1) }, group: .act,
      summary: "ask an AI tool about the application, after a question that shows the command",
      perform: { state in
        let tools = AITool.allCases.map(\.rawValue).joined(separator: ", ")
        state.notice = ":ai TOOL, or :ai TOOL PROMPT; there are \(tools)"
        return []
      }),
    Command(
      "tour-next", .tour, keys: "n", "enter",
      summary: "go to the next step; before its checks hold, this one counts as skipped", hint: "next",
      perform: { $0.passTour(.next) }),
    Command(
      "tour-back", .tour, keys: "backspace", summary: "go back to the step before", hint: "back step",
      disabledReason: { $0.tourWalk?.index == 0 ? "this is the first step" : nil },
      perform: { $0.passTour(.back) }),
    Command(
      "tour-run", .tour, keys: "x",
      summary: "run what the step shows: a command of this program, or a question to its tool",
      hint: "run",
      disabledReason: { state in
        if case .none? = state.tourWalk?.step.action { return "this step has nothing to run; n goes on" }
        return nil
      }, perform: { $0.performStep() }),
    Command(
      "tour-pause", .tour, keys: "space", summary: "stop the clock, or let it run on", hint: "pause",
      perform: { $0.passTour(.pauseOrContinue) }),
    Command(
      "tour-end", .tour, keys: "e",
      summary: "end the tour here and show its result; only a whole tour counts as a rehearsal",
      perform: { $0.passTour(.end) }),
  ] + viewCommands(.tourResult) + searchCommands(.tourResult)
