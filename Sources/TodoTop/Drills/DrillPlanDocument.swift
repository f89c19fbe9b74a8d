import ClusterModel
import Playbook

/// A plan as JSON; fields are added, never renamed.
struct DrillPlanDocument: Encodable {
  struct Refusal: Encodable {
    let guardID: String
    let sentence: String
  }

  let version = 1
  let drill: String
  let title: String
  let level: Int
  let target: String
  let limitSeconds: Int
  let expected: String
  let windowSeconds: Int64
  let sparesUsers: Bool
  let users: String
  let change: [String]
  let undo: [String]
  let pods: [String]
  let budget: String
  let mayRevert: [String]
  let trials: [String]
  let missingRights: [String]
  let notRestored: [String]
  let refusals: [Refusal]
  /// What must be typed to agree; `y` where one key is enough.
  let confirmation: String

  init(_ plan: DrillPlan) {
    (drill, title, level) = (plan.kind.id, plan.kind.title, plan.level.rawValue)
    (target, limitSeconds) = (plan.target.words, plan.limitSeconds)
    (expected, windowSeconds) = (plan.kind.symptom.words, plan.kind.symptom.window.components.seconds)
    (sparesUsers, users) = (plan.gate.sparesUsers, plan.gate.explanation)
    change = (plan.change?.diff ?? []).map(redacted)
    undo = (plan.change?.inverseDiff ?? []).map(redacted)
    pods = plan.change?.pods.map(\.name) ?? []
    (budget, mayRevert, trials) = (plan.budget, plan.reverting, plan.trials)
    missingRights = plan.missingRights.map { "\($0.verb) \($0.resource)" }
    notRestored = plan.notRestored
    refusals = plan.refusals.map { Refusal(guardID: $0.guardID, sentence: $0.sentence) }
    confirmation = if case .typing(let text) = plan.confirmation { text } else { "y" }
  }
}
