import ClusterModel

extension DrillKind {
  /// D02.
  static let killPod = DrillKind(
    id: "D02", name: "kill-pod", title: "Kill one pod", level: .healsItself, aim: .pod,
    symptom: .init("the pod ends, its endpoint goes, another pod is made", within: 10) { $0.isLosingPods },
    traits: [.removesPods], notRestored: podIdentity,
    footprint: .strikes,
    change: { material throws(DrillObstacle) in try material.strikes { .delete($0, byForce: false) } })

  /// D03.
  static let killPodByForce = DrillKind(
    id: "D03", name: "kill-pod-now", title: "Kill one pod without grace", level: .healsItself, aim: .pod,
    symptom: .init("the pod is gone at once; requests under way are cut", within: 10) { $0.isLosingPods },
    traits: [.removesPods, .ignoresBudget], notRestored: podIdentity,
    footprint: .strikes,
    change: { material throws(DrillObstacle) in try material.strikes { .delete($0, byForce: true) } })

  /// D04.
  static let evictPod = DrillKind(
    id: "D04", name: "evict-pod", title: "Evict one pod", level: .healsItself, aim: .pod,
    symptom: .init("the pod ends and another is made, or its budget refuses", within: 10) { $0.isLosingPods },
    notRestored: podIdentity,
    footprint: .strikes,
    change: { material throws(DrillObstacle) in try material.strikes { .evict($0) } })

  /// D05.
  static let killAllPods = DrillKind(
    id: "D05", name: "kill-all-pods", title: "Kill all pods of a workload", level: .reachesUsers,
    aim: .deployment(hitsPods: true),
    symptom: .init("no endpoint is ready, the ingress answers 503", within: 10) {
      $0.hasNoReadyEndpoint ?? $0.isLosingPods
    },
    traits: [.removesPods, .ignoresBudget], notRestored: podIdentity,
    footprint: .strikes,
    change: { material throws(DrillObstacle) in try material.strikes { .delete($0, byForce: false) } })

  /// D06.
  static let killProcess = DrillKind(
    id: "D06", name: "kill-process", title: "End the main process of a container", level: .healsItself, aim: .pod,
    symptom: .init("the container ends and is started again in the same pod", within: 30) { $0.hasRestarted },
    notRestored: ["the restart count of the container is one higher"],
    footprint: .strikes,
    change: { material throws(DrillObstacle) in
      let container = material.target.container
      return try material.strikes { .endProcess($0, container: container) }
    })

  /// What every drill that takes a pod away leaves different.
  static let podIdentity = ["the name and UID of the pods, and what was in their emptyDir volumes"]
}

extension DrillMaterial {
  /// Blows to the pods that were seen.
  fileprivate func strikes(_ strike: (DrillObject) -> DrillStrike) throws(DrillObstacle) -> DrillChange {
    guard !target.pods.isEmpty else { throw DrillObstacle("\(target.object.typedName) has no pods") }
    _ = try object
    return DrillChange(strikes: target.pods.map { strike($0.object) })
  }
}
