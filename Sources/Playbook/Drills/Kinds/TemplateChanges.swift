import ClusterModel

extension DrillKind {
  /// What every change of a template leaves different.
  static let rolloutTraces = [
    "the revision number of the Deployment and its generation", "a ReplicaSet without pods in the rollout history",
  ]

  static func template(
    _ id: String, _ name: String, _ title: String, level: Level = .heldByGate, within seconds: Int64,
    _ words: String, notRestored: [String] = [], placeWords: String = "",
    seen: @escaping @Sendable (DrillScene) -> String?,
    change: @escaping @Sendable (DrillMaterial) throws(DrillObstacle) -> DrillChange
  ) -> DrillKind {
    DrillKind(
      id: id, name: name, title: title, level: level, aim: .container,
      symptom: .init(words, within: seconds, seen: seen), traits: [.changesTemplate],
      notRestored: rolloutTraces + notRestored, placeWords: placeWords, change: change)
  }

  /// D14.
  static let badImage = template(
    "D14", "bad-image", "Roll out an image that does not exist", within: 60,
    "the new pod waits: ErrImagePull, then ImagePullBackOff; the old pods serve on",
    seen: { $0.newPodTrouble },
    change: { material throws(DrillObstacle) in
      let image = "todotop.invalid/\(material.target.container):\(material.token)"
      return try material.templateChange { container in [material.edit("\(container)/image", to: .text(image))] }
    })

  /// D16.
  static let crashLoop = template(
    "D16", "crash-loop", "Roll out a program that ends at once", within: 60,
    "the new pod crashes again and again: CrashLoopBackOff; the old pods serve on", seen: { $0.newPodTrouble },
    change: { material throws(DrillObstacle) in
      let command = ["/bin/sh", "-c", "echo todotop: crash; exit 1"].map(DocumentValue.text)
      return try material.templateChange { container in [material.edit("\(container)/command", to: .list(command))] }
    })

  /// D17.
  static let outOfMemory = template(
    "D17", "out-of-memory", "Roll out with too little memory", within: 90,
    "the new pod is OOMKilled again and again; the old pods serve on", seen: { $0.newPodTrouble },
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

  /// D20.
  static let missingSecret = template(
    "D20", "missing-secret", "Roll out with a Secret that does not exist", within: 30,
    "the new pod cannot start: CreateContainerConfigError; the old pods serve on", seen: { $0.newPodTrouble },
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.missingReference(container)] }
    })

  /// D21.
  static let hostUnreachable = template(
    "D21", "host-unreachable", "Make a host unreachable for the pods", level: .reachesUsers, within: 120,
    "the new pods cannot reach the host: they crash, stay unready, or count as ready and answer with errors",
    placeWords: "the host that cannot be reached any more",
    seen: { $0.newPodTrouble ?? $0.newPodStaysUnready ?? $0.pathTrouble },
    change: { material throws(DrillObstacle) in
      let host = material.target.place
      guard isObjectName(host), host.contains(".") else { throw DrillObstacle("“\(host)” is no name of a host") }
      // Nothing answers at an address of the documentation (RFC 5737).
      let alias = DocumentValue.object(("ip", .text("192.0.2.1")), ("hostnames", .list([.text(host)])))
      let list = "/spec/template/spec/hostAliases"
      let before = material.document[pointer: list]?.elements ?? []
      return try material.templateChange { _ in [material.edit(list, to: .list(before + [alias]))] }
    })

  /// D22.
  static let badConfiguration = template(
    "D22", "bad-config", "Roll out with a wrong DATABASE_URL", level: .reachesUsers, within: 120,
    "the new pods cannot reach their database: they crash, stay unready, or answer with errors",
    seen: { $0.newPodTrouble ?? $0.newPodStaysUnready ?? $0.pathTrouble },
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.variable("DATABASE_URL", of: container)] }
    })
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

  /// A reference that the container cannot start without, to something that does not exist.
  fileprivate func missingReference(_ container: String) -> FieldEdit {
    let missing = DocumentValue.text("todotop-missing-\(token)")
    func isNeeded(_ path: String) -> Bool {
      document[pointer: "\(path)/name"] != nil && document[pointer: "\(path)/optional"] != .bool(true)
    }
    let sources = document[pointer: "\(container)/envFrom"]?.elements.indices ?? 0..<0
    let variables = document[pointer: "\(container)/env"]?.elements.indices ?? 0..<0
    let places =
      sources.flatMap { ["\(container)/envFrom/\($0)/secretRef", "\(container)/envFrom/\($0)/configMapRef"] }
      + variables.map { "\(container)/env/\($0)/valueFrom/secretKeyRef" }
    // A Secret rather than a ConfigMap, where both are there.
    let wanted = places.filter(isNeeded).min { $0.contains("secret") && !$1.contains("secret") }
    if let wanted { return edit("\(wanted)/name", to: missing) }
    let source = DocumentValue.object(("secretRef", .object(("name", missing))))
    return appended(source, to: "\(container)/envFrom")
  }

  /// A variable with a database that does not answer: what stands in the container itself wins over every other source.
  fileprivate func variable(_ name: String, of container: String) -> FieldEdit {
    let wrong = DocumentValue.text("postgresql://todotop@192.0.2.1:5432/none?connect_timeout=3")
    let variable = DocumentValue.object(("name", .text(name)), ("value", wrong))
    let list = document[pointer: "\(container)/env"]?.elements ?? []
    guard let index = list.firstIndex(where: { $0["name"]?.asText == name }) else {
      return appended(variable, to: "\(container)/env")
    }
    var edit = edit("\(container)/env/\(index)", to: variable)
    // A value that stands in the template may hold a password.
    edit.isSecret = list[index]["value"] != nil
    return edit
  }

  private func appended(_ value: DocumentValue, to list: String) -> FieldEdit {
    guard let before = document[pointer: list]?.elements else { return edit(list, to: .list([value])) }
    return FieldEdit("\(list)/\(before.count)", from: nil, to: value)
  }
}
