import CellScreen
import ClusterModel
import Playbook

/// The keys that change the cluster, each after a question, and those that go with them.
let actCommands: [Command] = workloadCommands + podCommands + nodeCommands + actingCommands

private let workloadCommands: [Command] = [
  act(
    "restart", keys: ["r", "F6"], words: ["restart"], summary: "restart the workload of what is selected",
    hint: "restart", .workload(.restart)
  ) { $0.askOfWorkload(.restart) },
  act(
    "scale", keys: ["s"], words: ["scale"],
    argument: Command.Argument("N") { $0.askToScale(to: $1, $0.aimOfSubject) },
    summary: "scale the workload; on a pod open a shell in it", .scaleOrShell
  ) { state in
    if state.subject?.kind == .pods { return state.chooseShell() }
    state.openScalePrompt()
    return []
  },
  act(
    "image", keys: ["i"], words: ["image"],
    argument: Command.Argument("CONTAINER=IMAGE", candidates: { $0.imageCandidates }) {
      $0.askForImage($1, $0.aimOfSubject)
    },
    summary: "set the image of a container of the workload", .workload(.setImage(.any))
  ) { state in
    state.openImagePrompt()
    return []
  },
  act(
    "rollback", keys: ["b"], words: ["rollback"],
    argument: Command.Argument("REVISION", candidates: { $0.revisionCandidates }) {
      $0.askToRollBack(to: $1, $0.aimOfSubject)
    },
    summary: "go back to an earlier revision of the workload, chosen from a list", .workload(.rollBack(revision: 0))
  ) { $0.openRevisionChooser() },
  act(
    "pause", words: ["pause"], summary: "hold back the rollouts of the Deployment", .workload(.pause)
  ) { $0.askOfWorkload(.pause) },
  act(
    "resume", words: ["resume"], summary: "let the rollouts of the Deployment go on", .workload(.resume)
  ) { $0.askOfWorkload(.resume) },
]

private let podCommands: [Command] = [
  act(
    "delete", keys: ["F9", "ctrl-d", "ctrl-k"], words: ["delete", "kill"],
    summary: "delete the selected pod, or those that are marked", .pods(.delete(byForce: false))
  ) { $0.askOfPods(.delete(byForce: false)) },
  act(
    "evict", words: ["evict"], summary: "evict the selected pod, or those that are marked, as budgets allow",
    .pods(.evict)
  ) { $0.askOfPods(.evict) },
  act("shell", words: ["shell"], summary: "open a shell in a container of the selected pod", .shell) {
    $0.chooseShell()
  },
]

private let nodeCommands: [Command] = [
  act("cordon", words: ["cordon"], summary: "let no new pods onto the selected node", .node(.cordon)) {
    $0.askOfNode(.cordon)
  },
  act("uncordon", words: ["uncordon"], summary: "let new pods onto the selected node again", .node(.uncordon)) {
    $0.askOfNode(.uncordon)
  },
]

private let actingCommands: [Command] = [
  Command(
    "undo", .anywhere, keys: "u", "F8", words: ["undo"], group: .act,
    summary: "undo the open drill; without one take back the last change, or the one chosen in the river",
    disabledReason: { $0.drilling.isOpen ? nil : $0.permanentObstacle ?? $0.undoProblem },
    perform: { $0.drilling.isOpen ? $0.undoDrill(because: "you") : $0.askToUndo() }),
  Command(
    "rollouts", .anywhere, keys: "o", words: ["rollouts"], group: .act,
    summary: "see the rollouts through that were begun here",
    disabledReason: { $0.acting.rollouts.isEmpty ? "no rollout was begun here in the last minutes" : nil },
    perform: { state in
      state.openRollouts()
      return []
    }),
  Command(
    "stop", .anywhere, keys: "ctrl-x", words: ["stop"], group: .act,
    summary: "end the command that runs; says what may have been done",
    disabledReason: { state in
      let runs = !state.acting.running.isEmpty || state.deploying.walk?.isActive == true
      return runs ? nil : "nothing runs that could be ended"
    },
    perform: { [.stopChanges] + $0.cancelDeploy() }),
  Command(
    "arm", .anywhere, keys: "ctrl-t", words: ["arm"], group: .act,
    summary: "allow changes for five minutes, or end that",
    disabledReason: { $0.permanentObstacle.map { "there is nothing to arm: \($0)" } },
    perform: { $0.toggleArming() }),
]

/// What a key needs to be of use.
private enum Need: Sendable {
  case workload(ChangeVerb)
  case pods(ChangeVerb)
  case node(ChangeVerb)
  case shell
  case scaleOrShell
}

/// A command that begins a change; it says why not where it cannot.
private func act(
  _ id: String, keys: [String] = [], words: [String], argument: Command.Argument? = nil, summary: String,
  hint: String = "", _ need: Need, perform: @escaping @Sendable (inout DashboardState) -> [Effect]
) -> Command {
  Command(
    id, .anywhere, keyList: keys, words: words, argument: argument, group: .act, summary: summary, hint: hint,
    disabledReason: { $0.obstacle(to: need) }, perform: perform)
}

extension DashboardState {
  fileprivate func obstacle(to need: Need) -> String? {
    if views.last == .help || views.last == .chooser { return "leave this first: esc" }
    if views.isEmpty, let gone = goneSentence { return gone }
    switch need {
    case .workload(let verb):
      if let reason = permanentObstacle { return reason }
      guard let key = workloadOfSubject else {
        return "select a workload, or a pod of one\(subject?.kind == .pods ? ": nothing keeps this pod" : "")"
      }
      return changeObstacle ?? missingRight(verb.right(on: key.kind))
    case .pods(let verb):
      if let reason = permanentObstacle { return reason }
      if podsOfSubject.isEmpty {
        return subject == nil
          ? "select a pod, or mark some with space"
          : "only pods can be chosen here; select one, or mark some with space"
      }
      return changeObstacle ?? missingRight(verb.right(on: .pods))
    case .node(let verb):
      if let reason = permanentObstacle { return reason }
      guard subject?.kind == .nodes else { return "select a node: in Usage, or in the details of a pod" }
      return changeObstacle ?? missingRight(verb.right(on: .nodes))
    case .shell:
      if let reason = permanentObstacle { return reason }
      guard subject?.kind == .pods else { return "select a pod to open a shell in" }
      return changeObstacle ?? missingRight(.shell)
    case .scaleOrShell:
      return obstacle(to: subject?.kind == .pods ? .shell : .workload(.scale(from: 0, to: 0)))
    }
  }
}
