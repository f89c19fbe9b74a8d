import ClusterModel

/// What a plan tells beside the change: who may put it back, which budget counts, which rights are missing.
enum DrillNotes {
  /// Somebody who keeps an object as it is written somewhere else.
  struct Reverter: Hashable {
    let words: String
    /// Whether it surely puts changes back.
    var isCertain = false
    var isAutoscaler = false
  }

  /// Who may put back a change of the target.
  static func reverting(_ target: DrillTarget, in snapshot: Snapshot, at now: Timestamp) -> [Reverter] {
    guard let metadata = snapshot[target.object]?.metadata else { return [] }
    var found: [Reverter] = []
    func mark(_ name: String) -> String? { metadata.labels[name] ?? metadata.annotations[name] }
    if mark("argocd.argoproj.io/tracking-id") != nil || mark("argocd.argoproj.io/instance") != nil {
      found.append(Reverter(words: "Argo CD keeps it in step with Git", isCertain: true))
    }
    if let name = mark("kustomize.toolkit.fluxcd.io/name") ?? mark("helm.toolkit.fluxcd.io/name") {
      found.append(Reverter(words: "Flux (\(name)) keeps it in step with Git", isCertain: true))
    }
    if target.object.kind != .pods, let owner = metadata.controller {
      found.append(Reverter(words: "\(owner.kind) \(owner.name) writes it again", isCertain: true))
    }
    if let key = target.workload.flatMap({ snapshot.workload($0, at: now)?.autoscaler }) {
      found.append(Reverter(words: "the autoscaler \(key.name) sets the replicas", isAutoscaler: true))
    }
    if let release = mark("meta.helm.sh/release-name"), target.object.kind != .pods {
      found.append(Reverter(words: "the next upgrade of the Helm release \(release) may overwrite it"))
    }
    return found
  }

  /// The budget that guards the pods of the target.
  static func budget(of target: DrillTarget, in snapshot: Snapshot, at now: Timestamp) -> PodDisruptionBudget? {
    target.workload.flatMap { snapshot.workload($0, at: now)?.disruptionBudget }
      .flatMap { snapshot.podDisruptionBudgets[$0] }
  }

  /// The rights that a change and its undo need and the user lacks; none where the rights are not known.
  static func missingRights(for change: DrillChange, _ setting: DrillSetting) -> [ChangeRight] {
    guard let rights = setting.rights else { return [] }
    var commands = change.commands + change.cleanup.map { .delete($0, byForce: false) }
    if let creation = change.creation { commands.append(.delete(creation.object, byForce: false)) }
    var seen: Set<ChangeRight> = []
    return commands.compactMap(\.right).filter { !rights.allows($0) && seen.insert($0).inserted }
  }

  /// Whether users will be spared, and why.
  static func gate(_ kind: DrillKind, _ target: DrillTarget, in snapshot: Snapshot, at now: Timestamp) -> DrillGate {
    guard let workload = target.workload, let view = snapshot.rolloutView(of: workload, at: now) else {
      return DrillGate(sparesUsers: false, explanation: "the way of users' requests itself is changed")
    }
    if kind.level == .reachesUsers {
      return DrillGate(sparesUsers: false, explanation: "no rollout gate holds it back")
    }
    guard kind.traits.contains(.changesTemplate) else {
      let left = view.available - target.pods.count
      return DrillGate(
        sparesUsers: left > 0,
        explanation: left > 0 ? "\(left) other pod\(left == 1 ? " serves" : "s serve") on" : "no other pod serves")
    }
    return DrillGate(sparesUsers: view.gate.protectsUsers, explanation: view.gate.explanation)
  }
}

/// Whether users will be spared by a drill, as far as that can be told before.
package struct DrillGate: Hashable, Sendable {
  package let sparesUsers: Bool
  /// Why, in words.
  package let explanation: String
}
