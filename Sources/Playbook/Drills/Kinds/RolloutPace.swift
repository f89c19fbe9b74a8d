import ClusterModel

extension DrillKind {
  /// D24.
  static let slowRollout = DrillKind(
    id: "D24", name: "slow-rollout", title: "Make a rollout slow", level: .heldByGate,
    aim: .deployment(hitsPods: false),
    symptom: .init("new pods are ready but do not count as available for 45 s", within: 60) { $0.rolloutWaits },
    traits: [.changesTemplate], notRestored: rolloutTraces + ["undoing it rolls the pods once more"],
    footprint: paced("/spec/minReadySeconds") { $0.asNumber == 45 },
    change: { material throws(DrillObstacle) in
      DrillChange(
        patch: try material.patch([
          material.edit("/spec/minReadySeconds", to: .number(45)), material.rollMark,
        ]))
    })

  /// D25.
  static let pausedRollout = DrillKind(
    id: "D25", name: "paused-rollout", title: "Pause a rollout", level: .heldByGate,
    aim: .deployment(hitsPods: false),
    symptom: .init("the rollout never begins: DeploymentPaused", within: 15) { $0.isPaused },
    traits: [.changesTemplate], notRestored: ["the generation of the Deployment"],
    footprint: paced("/spec/paused") { $0 == .bool(true) },
    change: { material throws(DrillObstacle) in
      // The inverse goes the other way round: the template first, so that nothing is rolled out in between.
      DrillChange(
        patch: try material.patch([material.edit("/spec/paused", to: .bool(true)), material.rollMark]))
    })

  /// D26.
  static let scaleToZero = DrillKind(
    id: "D26", name: "scale-to-zero", title: "Scale a workload to zero", level: .reachesUsers,
    aim: .deployment(hitsPods: false),
    symptom: .init("no pods, no endpoints, 503; the Deployment still says Available", within: 30) {
      $0.hasNoReadyEndpoint
    }, traits: [.changesReplicas], notRestored: podIdentity + ["the generation of the Deployment"],
    footprint: .one(.deployments, "/spec/replicas") { $0.asNumber == 0 },
    change: { material throws(DrillObstacle) in
      let edit = material.edit("/spec/replicas", to: .number(0))
      guard edit.before?.asNumber != 0 else { throw DrillObstacle("it has no replicas already") }
      return DrillChange(patch: try material.patch([edit]))
    })

  /// A change of the pace together with the mark that makes new pods.
  private static func paced(_ path: String, sets: @escaping @Sendable (DocumentValue) -> Bool) -> DrillFootprint {
    DrillFootprint(
      resource: .deployments,
      fields: [.init(path, sets: sets)] + .member("todotop/roll", of: DrillFootprint.podAnnotations), counts: 2...2)
  }
}

extension DrillMaterial {
  /// A mark in the template that makes new pods.
  fileprivate var rollMark: FieldEdit {
    FieldEdit(member: "todotop/roll", of: "/spec/template/metadata/annotations", in: document, to: .text(token))
  }
}
