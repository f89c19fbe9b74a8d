import ClusterModel

extension DrillKind {
  /// D07.
  static let wrongPodImage = podImage(
    "D07", "wrong-pod-image", "Run the wrong image in one pod", image: "registry.k8s.io/pause:3.9",
    "the container runs another program: not ready, then restarted again and again")

  /// D08.
  static let missingPodImage = podImage(
    "D08", "missing-pod-image", "Run an image that does not exist in one pod", image: "todotop.invalid/none:0",
    "the container waits: ErrImagePull, then ImagePullBackOff")

  private static func podImage(
    _ id: String, _ name: String, _ title: String, image: String, _ words: String
  ) -> DrillKind {
    DrillKind(
      id: id, name: name, title: title, level: .heldByGate, aim: .pod,
      symptom: .init(words, within: 60) { $0.hasUnreadyTarget ?? $0.isLosingPods },
      notRestored: podIdentity,
      footprint: DrillFootprint(
        resource: .pods,
        fields: [.init("/spec/containers/#/image") { $0.asText == image }]
          + .member("todotop/original-image", of: "/metadata/annotations"),
        counts: 2...2, cleansPod: true),
      change: { material throws(DrillObstacle) in
        let container = try material.container(below: "/spec")
        let path = "\(container)/image"
        guard let before = material.document[pointer: path] else { throw DrillObstacle("the container has no image") }
        let edits = [
          material.edit(path, to: .text(image)),
          FieldEdit(member: "todotop/original-image", of: "/metadata/annotations", in: material.document, to: before),
        ]
        let patch = try material.patch(anchors: ["\(container)/name"], edits)
        return DrillChange(patch: patch, cleanup: [patch.object])
      })
  }

  /// D09.
  static let quarantine = DrillKind(
    id: "D09", name: "quarantine", title: "Take one pod out of service and keep it", level: .healsItself, aim: .pod,
    symptom: .init("the Service drops the pod and another is made; the pod itself runs on", within: 15) {
      $0.hasReplacement
    }, notRestored: podIdentity,
    footprint: keptPodPatch("/metadata/labels/*") { $0.hasPrefix("quarantine-") },
    change: { material throws(DrillObstacle) in
      let label = try material.sharedLabel()
      let edit = material.edit("/metadata/labels/\(pointerPart(label))", to: .text("quarantine-\(material.token)"))
      // Put back, the label would make the ReplicaSet kill one of its pods: the pod is deleted instead.
      let patch = try material.patch([edit], isKept: true)
      return DrillChange(patch: patch, cleanup: [patch.object])
    })

  /// D10.
  static let pastDeadline = DrillKind(
    id: "D10", name: "past-deadline", title: "Let one pod pass its deadline", level: .healsItself, aim: .pod,
    symptom: .init("the pod fails with DeadlineExceeded and another is made", within: 30) { $0.hasFailedTarget },
    notRestored: podIdentity, footprint: keptPodPatch("/spec/activeDeadlineSeconds") { $0.asNumber == 1 },
    change: { material throws(DrillObstacle) in
      // The field can only be lowered, never taken away: the failed pod is deleted instead.
      let patch = try material.patch([material.edit("/spec/activeDeadlineSeconds", to: .number(1))], isKept: true)
      return DrillChange(patch: patch, cleanup: [patch.object])
    })

  /// One field of a pod that stays as it is set until the pod is deleted.
  private static func keptPodPatch(
    _ path: String, sets: @escaping @Sendable (DocumentValue) -> Bool
  ) -> DrillFootprint {
    DrillFootprint(resource: .pods, fields: [.init(path, sets: sets)], isKept: true, cleansPod: true)
  }
}

extension DrillMaterial {
  /// A label by which both the ReplicaSet and a Service know the pod.
  fileprivate func sharedLabel() throws(DrillObstacle) -> String {
    let services = snapshot.services(selecting: target.object).compactMap { snapshot.services[$0]?.selector }
    let selector = target.workload.flatMap { snapshot.deployments[$0]?.selector.matchLabels } ?? [:]
    let shared = selector.keys.sorted().first { label in services.contains { $0[label] != nil } }
    guard let label = shared ?? selector.keys.min() else {
      throw DrillObstacle("no label binds \(target.object.name) to its workload")
    }
    return label
  }
}
