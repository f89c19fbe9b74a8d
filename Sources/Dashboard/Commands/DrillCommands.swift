import CellScreen
import ClusterModel
import Playbook

/// The keys that rehearse failures.
let drillCommands: [Command] =
  [
    Command(
      "drill", .anywhere, keys: "!", "F7", words: ["drill"],
      argument: Command.Argument("ID TARGET", candidates: { $0.drillCandidates }) { $0.openDrill(named: $1) },
      group: .act, summary: "break something on purpose: choose a drill, or come back to the one that runs",
      disabledReason: { $0.drilling.isWatched ? nil : $0.drillObstacle }, perform: { $0.openDrill() }),
    Command(
      "drills", .anywhere, words: ["drills"], group: .act,
      summary: "show the drills that are open, and how each went before",
      perform: { state in
        if state.views.last != .drills { state.open(Page(.drills)) }
        return [.readDrillHistory]
      }),
    Command(
      "scoreboard", .anywhere, words: ["scoreboard"], group: .act, summary: "show how the last drill went",
      disabledReason: { $0.drilling.watch == nil ? "no drill was begun here yet" : nil },
      perform: { state in
        state.openScoreboard()
        return []
      }),
    Command(
      "panic", .anywhere, keyList: ["\(Command.panicKey)"], words: ["panic"], argument: nil, group: .act,
      summary: "undo every open drill at once, from anywhere, also while a line is typed or a question is asked",
      hint: "", disabledReason: { _ in nil }, perform: { $0.undoAllDrills() }),
  ]
  + viewCommands(.drillPlan) + [
    Command(
      "drill-begin", .view(.drillPlan), keys: "enter", summary: "do it, after a question", hint: "begin",
      disabledReason: { state in
        guard let plan = state.drilling.plan else { return "the plan is on its way" }
        return plan.refusal.map { "refused: \($0)" }
      },
      perform: { state in
        state.askToDrill()
        return []
      }),
    Command(
      "drill-limit", .view(.drillPlan), keys: "t", summary: "set how long it may last before it is undone",
      hint: "time limit", disabledReason: { $0.drilling.plan == nil ? "the plan is on its way" : nil },
      perform: { state in
        state.openPrompt(.drillLimit, text: "\(state.drilling.plan?.limitSeconds ?? DrillLimit.standard)")
        return []
      }),
    Command(
      "drill-place", .view(.drillPlan), keys: "e", summary: "name another host, where the drill takes one",
      hint: "host",
      disabledReason: { state in
        guard let plan = state.drilling.plan else { return "the plan is on its way" }
        return plan.kind.placeWords.isEmpty ? "\(plan.kind.id) takes no host" : nil
      },
      perform: { state in
        state.openPrompt(.drillPlace, text: state.drilling.plan?.target.place ?? "")
        return []
      }),
    Command(
      "drill-again", .view(.drillPlan), keys: "p", summary: "plan it once more, as all is now", hint: "plan again",
      disabledReason: { $0.drilling.plan == nil ? "the plan is on its way" : nil }, perform: { $0.planAgain() }),
  ] + searchCommands(.drillPlan)
  + viewCommands(.scoreboard)
  + viewCommands(.drills) + [
    Command(
      "drills-undo", .view(.drills), keys: "enter", summary: "undo the drills that are open, after a question",
      hint: "undo",
      disabledReason: { state in
        guard let first = state.drilling.open.drills.first else { return "no drill was left open" }
        return state.permanentObstacle ?? (first.obstacle.isEmpty ? nil : first.obstacle)
      },
      perform: { state in
        state.askToUndoDrills()
        return []
      })
  ] + searchCommands(.drills)

extension Command {
  /// Undoes every open drill, wherever the keys go; every terminal sends it as one byte.
  package static let panicKey = Key.ctrl("g")
}
