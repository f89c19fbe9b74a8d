import CellScreen
import ClusterModel
import Playbook

/// The keys that make checks hold.
let deployCommands: [Command] =
  [
    Command(
      "deploy", .anywhere, keys: "F5", words: ["deploy"], group: .act,
      summary: "show what would make every check hold, and how far that is", hint: "deploy",
      disabledReason: { $0.deployObstacle }, perform: { $0.openDeploy() }),
    Command(
      "criteria", .anywhere, words: ["criteria", "score"],
      summary: "show the success criteria and the health score, with all that is deducted",
      perform: { state in
        if state.views.last != .criteria { state.open(Page(.criteria)) }
        return []
      }),
    Command(
      "check-again", .anywhere, words: ["check"], summary: "look everything up anew that checks need",
      disabledReason: { $0.snapshot.connection.feed == .recording ? "a recording holds no more than it holds" : nil },
      perform: { state in
        state.notice = "looking everything up anew"
        return state.lookUpAgain()
      }),
  ]
  + viewCommands(.criteria) + searchCommands(.criteria) + viewCommands(.deploy) + [
    Command(
      "deploy-begin", .view(.deploy), keys: "enter", summary: "run the plan, after a question", hint: "run",
      disabledReason: { state in
        guard let walk = state.deploying.walk else { return nil }
        return walk.isActive ? "it is under way; ctrl-x ends it" : "it has ended; F5 plans anew"
      },
      perform: { state in
        state.askToDeploy()
        return []
      })
  ] + [
    Command(
      "deploy-secret", .view(.deploy), keys: "v",
      summary: "type the values of the Secret that is missing; none is shown",
      hint: "values",
      disabledReason: { $0.secretKeysWanted.isEmpty ? "no value is asked for" : nil },
      perform: { [.askSecrets($0.secretKeysWanted)] })
  ] + searchCommands(.deploy) + viewCommands(.check) + [
    Command(
      "check-remedy", .view(.check), keys: "enter", summary: "run the remedy, after a question", hint: "run",
      disabledReason: { state in
        guard case .check(let id)? = state.pages.last?.content else { return nil }
        guard case .run? = state.profile.checks.first(where: { $0.id == id })?.remedy else {
          return "nothing can be run for this check"
        }
        return nil
      },
      perform: { state in
        if case .check(let id)? = state.pages.last?.content { state.askForRemedy(of: id) }
        return []
      })
  ] + searchCommands(.check)
