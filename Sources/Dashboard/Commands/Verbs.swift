import CellScreen
import ClusterModel
import Playbook

/// What TodoTop cannot do to a cluster yet, with the command that does it by hand.
///
/// A verb that is built in gets a `perform` of its own here and no reason that is always there.
struct Verb: Sendable {
  /// What the verb acts on.
  enum Object: Sendable {
    case pod, workload, anyObject
    /// The application as a whole.
    case application
  }

  let id: String
  let keys: [String]
  let words: [String]
  let summary: String
  let object: Object
  /// The words behind `kubectl` and its context and namespace; for a `nil` object with a name to fill in.
  ///
  /// `nil` where no one command does it.
  let byHand: (@Sendable (ObjectKey?) -> String)?
}

/// Every verb, in the order of help.
let verbs: [Verb] = [
  Verb(
    id: "restart", keys: ["r", "F6"], words: ["restart"], summary: "restart the workload of what is selected",
    object: .workload, byHand: { "rollout restart \(name($0, "deployment/NAME"))" }),
  Verb(
    id: "undo", keys: ["u", "F8"], words: ["undo"], summary: "go back to the revision before",
    object: .workload, byHand: { "rollout undo \(name($0, "deployment/NAME"))" }),
  Verb(
    id: "scale", keys: ["s"], words: ["scale"], summary: "scale the workload; on a pod open a shell",
    object: .workload, byHand: { "scale \(name($0, "deployment/NAME")) --replicas=N" }),
  Verb(
    id: "delete", keys: ["F9", "ctrl-d", "ctrl-k"], words: ["delete", "kill"], summary: "delete what is selected",
    object: .anyObject, byHand: { "delete \(name($0, "pod/NAME"))" }),
  Verb(
    id: "image", keys: ["i"], words: ["image"], summary: "set the image of the workload",
    object: .workload, byHand: { "set image \(name($0, "deployment/NAME")) CONTAINER=IMAGE" }),
  Verb(
    id: "deploy", keys: ["F5"], words: ["deploy"], summary: "deploy the application phase by phase",
    object: .application, byHand: { _ in "apply -f FILE" }),
  Verb(
    id: "drill", keys: ["!", "F7"], words: ["drill"], summary: "rehearse a failure and put it back",
    object: .pod, byHand: nil),
  Verb(
    id: "shell", keys: [], words: ["shell"], summary: "open a shell in the selected pod",
    object: .pod, byHand: { "exec -it \(name($0, "pod/NAME")) -- sh" }),
]

/// The verbs as commands, and the switch that would allow them.
let verbCommands: [Command] =
  verbs.map { verb in
    Command(
      verb.id, .anywhere, keys: verb.keys, words: verb.words, summary: verb.summary,
      disabledReason: { state in state.reason(for: verb) })
  }
  + [
    Command(
      "arm", .anywhere, keys: ["ctrl-t"], words: ["arm"], summary: "allow changes for five minutes",
      disabledReason: { _ in "there is nothing to arm: this version only reads and never changes a cluster" })
  ]

extension Command {
  /// A command that is listed and explained, and cannot be performed yet.
  fileprivate init(
    _ id: String, _ scope: Scope, keys: [String], words: [String], summary: String,
    disabledReason: @escaping @Sendable (DashboardState) -> String?
  ) {
    self.init(
      id, scope, keyList: keys, words: words, argument: nil, group: .act, summary: summary, hint: "",
      disabledReason: disabledReason, perform: { _ in [] })
  }
}

/// `deployment/todo-backend`, or the words to fill in.
private func name(_ object: ObjectKey?, _ placeholder: String) -> String {
  object.map { "\($0.kind.kindName.lowercased())/\(shellWord($0.name))" } ?? placeholder
}

/// A word as a shell takes it for one word.
package func shellWord(_ word: String) -> String {
  let plain =
    !word.isEmpty
    && word.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (43...58).contains($0) || [61, 64, 95].contains($0)
    }
  return plain
    ? word
    : "'" + sanitized(word).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

extension DashboardState {
  /// Why a verb does nothing, and how it is done by hand.
  func reason(for verb: Verb) -> String {
    // On a pod `s` is k9s' shell.
    if verb.id == "scale", subject?.kind == .pods, let shell = verbs.first(where: { $0.id == "shell" }) {
      return reason(for: shell)
    }
    guard let byHand = verb.byHand else { return "\(verb.id) is not built in: this version only reads" }
    let object = object(of: verb)
    if object == nil, verb.object != .application { return "\(verb.id): select a pod or a workload first" }
    let place = (object?.namespace ?? namespace).map { $0.isEmpty ? "" : " -n \(shellWord($0))" } ?? ""
    let command = "\(kubectl)\(place) \(byHand(object))"
    let care = standing == .protected ? " (protected: others depend on it)" : ""
    return "\(verb.id) is not built in: this version only reads. By hand\(care): \(command)"
  }

  /// What a verb would act on: of a pod its workload, where the verb is about workloads.
  private func object(of verb: Verb) -> ObjectKey? {
    guard let subject else { return nil }
    switch verb.object {
    case .application: return nil
    case .anyObject: return subject
    case .pod: return subject.kind == .pods ? subject : nil
    case .workload:
      if let row = ownerRow(of: subject) { return workloads[row] }
      return WorkloadSummary.kinds.contains(subject.kind) ? subject : nil
    }
  }
}
