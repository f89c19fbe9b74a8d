import ClusterModel
import Playbook

/// What a person does to the cluster: whether it may be done, what is asked before, what runs, and what came of it.
package struct Acting: Sendable {
  package var arming = Arming()
  /// What the user may do in the namespace that is shown; `nil` while it is not known: then the server decides.
  package var rights: Rights?
  /// The question that lies over everything.
  package internal(set) var question: ActQuestion?
  /// What the line that is typed is for.
  var aim: Aim?
  /// What was begun and is not answered yet, oldest first.
  package internal(set) var running: [ChangeRequest] = []
  /// What was done, oldest first.
  package internal(set) var done: [DoneChange] = []
  /// The rollouts that were begun here, newest first.
  package internal(set) var rollouts: [RolloutWatch] = []
  /// Where changes would be made: its rights were asked for, and where it is a local context it was armed by itself.
  var place: Place?
  private var made = 0

  /// How many changes are remembered for undo.
  package static let doneMax = 100
  /// How long the last change is the one that undo takes back.
  package static let undoTime = Duration.seconds(60)

  /// A context and a namespace in it.
  struct Place: Hashable, Sendable {
    let context: String
    let namespace: String?
  }

  /// An object that was chosen, as it was seen.
  package struct Aim: Hashable, Sendable {
    let object: ObjectKey
    let uid: UID

    /// A change of it.
    func change(_ verb: ChangeVerb) -> ClusterChange { ClusterChange(verb, of: object, uid: uid) }
  }

  /// Begins a request for what was asked.
  mutating func begin(_ plans: [ChangePlan], _ question: ActQuestion, at now: Timestamp) -> ChangeRequest {
    made += 1
    let undos = Dictionary(plans.map { ($0.change, $0.undo) }) { first, _ in first }
    let request = ChangeRequest(
      number: made, changes: plans.map(\.change), undos: undos, generations: question.generations, startedAt: now,
      undoes: question.undoes)
    running.append(request)
    return request
  }

  /// Ends a request; `nil` for one that nobody knows.
  mutating func end(_ number: Int) -> ChangeRequest? {
    running.firstIndex { $0.number == number }.map { running.remove(at: $0) }
  }

  mutating func remember(_ change: DoneChange) {
    done.append(change)
    if done.count > Self.doneMax { done.removeFirst(done.count - Self.doneMax) }
  }

  /// Notes that a change was taken back.
  mutating func markUndone(_ number: Int) {
    for index in done.indices where done[index].number == number { done[index].isUndone = true }
  }
}

/// Changes that one answer began, made one after the other.
package struct ChangeRequest: Hashable, Sendable {
  package let number: Int
  package let changes: [ClusterChange]
  /// How each is taken back, as it was planned before.
  let undos: [ClusterChange: Undo]
  /// The generations of the workloads before it.
  let generations: [ObjectKey: Int]
  package let startedAt: Timestamp
  /// The number of the change that this takes back.
  package let undoes: Int?
}

/// What came of one change.
package struct ChangeOutcome: Hashable, Sendable {
  package let change: ClusterChange
  package let result: Result<String, ChangeProblem>

  /// An outcome: what kubectl said, or why it was not done.
  package init(_ change: ClusterChange, _ result: Result<String, ChangeProblem>) {
    self.change = change
    self.result = result
  }
}

/// A change that was made, and how it is taken back.
package struct DoneChange: Hashable, Sendable {
  package let number: Int
  package let change: ClusterChange
  package let at: Timestamp
  package let undo: Undo
  /// Its entry in the river, which lasts as long as the namespace is read.
  package let entry: UID
  package var isUndone = false
}
