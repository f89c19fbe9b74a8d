import ClusterModel

extension DrillKind {
  /// D20.
  static let missingSecret = template(
    "D20", "missing-secret", "Roll out with a Secret that does not exist", within: 30,
    "the new pod cannot start: CreateContainerConfigError; the old pods serve on", seen: { $0.newPodTrouble },
    footprint: DrillFootprint(resource: .deployments, fields: missingSource),
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.missingReference(container)] }
    })

  /// D21.
  static let hostUnreachable = template(
    "D21", "host-unreachable", "Make a host unreachable for the pods", level: .reachesUsers, within: 120,
    "the new pods cannot reach the host: they crash, stay unready, or count as ready and answer with errors",
    placeWords: "the host that cannot be reached any more",
    seen: { $0.newPodTrouble ?? $0.newPodStaysUnready ?? $0.pathTrouble },
    footprint: .one(.deployments, "/spec/template/spec/hostAliases") {
      $0.elements.last?["ip"]?.asText == "192.0.2.1"
    },
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
    footprint: DrillFootprint(resource: .deployments, fields: wrongVariable),
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.variable("DATABASE_URL", of: container)] }
    })

  private static let missingSource: [DrillFootprint.Field] = {
    @Sendable func isMissing(_ value: DocumentValue?) -> Bool { value?.hasPrefix("todotop-missing-") ?? false }
    @Sendable func isSource(_ value: DocumentValue?) -> Bool { isMissing(value?[pointer: "/secretRef/name"]) }
    let container = DrillFootprint.container
    let names = ["envFrom/#/secretRef", "envFrom/#/configMapRef", "env/#/valueFrom/secretKeyRef"]
    return names.map { name in .init("\(container)/\(name)/name") { isMissing($0) } } + [
      .init("\(container)/envFrom/#", isNew: true) { isSource($0) },
      .init("\(container)/envFrom", isNew: true) { $0.elements.count == 1 && isSource($0.elements.first) },
    ]
  }()

  private static let wrongVariable: [DrillFootprint.Field] = {
    @Sendable func isWrong(_ value: DocumentValue?) -> Bool {
      value?["name"]?.asText == "DATABASE_URL" && value?["value"]?.hasPrefix("postgresql://todotop@192.0.2.1") ?? false
    }
    let variables = "\(DrillFootprint.container)/env"
    return [
      .init("\(variables)/#") { isWrong($0) },
      .init(variables, isNew: true) { $0.elements.count == 1 && isWrong($0.elements.first) },
    ]
  }()
}

extension DrillMaterial {
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
