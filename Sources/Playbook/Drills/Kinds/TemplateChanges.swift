import ClusterModel

extension DrillKind {
  /// What every change of a template leaves different.
  static let rolloutTraces = [
    "the revision number of the Deployment and its generation", "a ReplicaSet without pods in the rollout history",
  ]

  static func template(
    _ id: String, _ name: String, _ title: String, level: Level = .heldByGate, within seconds: Int64,
    _ words: String, notRestored: [String] = [], placeWords: String = "",
    seen: @escaping @Sendable (DrillScene) -> String?, footprint: DrillFootprint,
    change: @escaping @Sendable (DrillMaterial) throws(DrillObstacle) -> DrillChange
  ) -> DrillKind {
    DrillKind(
      id: id, name: name, title: title, level: level, aim: .container,
      symptom: .init(words, within: seconds, seen: seen), traits: [.changesTemplate],
      notRestored: rolloutTraces + notRestored, placeWords: placeWords, footprint: footprint,
      change: change)
  }

  /// D14.
  static let badImage = template(
    "D14", "bad-image", "Roll out an image that does not exist", within: 60,
    "the new pod waits: ErrImagePull, then ImagePullBackOff; the old pods serve on",
    seen: { $0.newPodTrouble },
    footprint: .one(.deployments, "\(DrillFootprint.container)/image") { $0.hasPrefix("todotop.invalid/") },
    change: { material throws(DrillObstacle) in
      let image = "todotop.invalid/\(material.target.container):\(material.token)"
      return try material.templateChange { container in [material.edit("\(container)/image", to: .text(image))] }
    })

  /// D16.
  static let crashLoop = template(
    "D16", "crash-loop", "Roll out a program that ends at once", within: 60,
    "the new pod crashes again and again: CrashLoopBackOff; the old pods serve on", seen: { $0.newPodTrouble },
    footprint: .one(.deployments, "\(DrillFootprint.container)/command") {
      $0.text.contains("echo todotop: crash; exit 1")
    },
    change: { material throws(DrillObstacle) in
      let command = ["/bin/sh", "-c", "echo todotop: crash; exit 1"].map(DocumentValue.text)
      return try material.templateChange { container in [material.edit("\(container)/command", to: .list(command))] }
    })

  /// D17.
  static let outOfMemory = template(
    "D17", "out-of-memory", "Roll out with too little memory", within: 90,
    "the new pod is OOMKilled again and again; the old pods serve on", seen: { $0.newPodTrouble },
    footprint: DrillFootprint(resource: .deployments, fields: memory, counts: 1...2),
    change: { material throws(DrillObstacle) in
      let amount = material.halfOfMemory
      return try material.templateChange { container in
        // Less than what is requested would be refused: both, or only the limit where nothing is requested.
        let requests = "\(container)/resources/requests"
        let limit = material.memoryEdit(container, "limits", amount)
        guard material.document[pointer: "\(requests)/memory"] != nil else { return [limit] }
        return [limit, material.memoryEdit(container, "requests", amount)]
      }
    })

  private static let memory: [DrillFootprint.Field] = {
    let resources = "\(DrillFootprint.container)/resources"
    return ["limits", "requests"].flatMap { [DrillFootprint.Field].member("memory", of: "\(resources)/\($0)") } + [
      .init(resources, isNew: true) { value in
        value.fields.count == 1 && value.fields.allSatisfy { $0.value.fields.map(\.name) == ["memory"] }
      }
    ]
  }()
}

extension DrillMaterial {
  /// Half of what the container uses, but enough for it to begin at all.
  fileprivate var halfOfMemory: DocumentValue {
    let used = target.workload.map { snapshot.pods(of: $0) }?.compactMap { key in
      snapshot.podMetrics[key]?.containers.first { $0.name == target.container }?.usage.memoryBytes
    }.max()
    // In steps, so that the plan does not change with every sample.
    let mebibytes = max(32, (((used ?? 0) / 2) >> 20) / 32 * 32)
    // As the API writes it: 1024Mi would come back as 1Gi.
    return .text(mebibytes % 1024 == 0 ? "\(mebibytes / 1024)Gi" : "\(mebibytes)Mi")
  }

  fileprivate func memoryEdit(_ container: String, _ part: String, _ amount: DocumentValue) -> FieldEdit {
    if document[pointer: "\(container)/resources"] == nil {
      return FieldEdit(
        "\(container)/resources", from: nil,
        to: .members([DocumentValue.Member(part, .object(("memory", amount)))]))
    }
    return FieldEdit(member: "memory", of: "\(container)/resources/\(part)", in: document, to: amount)
  }
}
