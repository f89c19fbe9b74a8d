import ClusterModel

extension DrillKind {
  /// D18.
  static let readinessFails = template(
    "D18", "readiness-fails", "Roll out with a readiness probe that fails", within: 60,
    "the new pod runs and never gets ready; the old pods serve on", seen: { $0.newPodUnready },
    footprint: failingProbe("readinessProbe"),
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.failingProbe("\(container)/readinessProbe")] }
    })

  /// D19.
  static let livenessFails = template(
    "D19", "liveness-fails", "Roll out with a liveness probe that fails", level: .reachesUsers, within: 180,
    "the new pods pass the gate, replace the old ones and are restarted again and again",
    seen: { $0.newPodRestarts },
    footprint: failingProbe("livenessProbe"),
    change: { material throws(DrillObstacle) in
      try material.templateChange { container in [material.failingProbe("\(container)/livenessProbe")] }
    })

  /// D01.
  static let restart = DrillKind(
    id: "D01", name: "restart", title: "Rehearse a restart", level: .healsItself, aim: .deployment(hitsPods: false),
    symptom: .init("every pod is replaced, one after the other; no request fails", within: 30) { $0.hasReplacement },
    traits: [.changesTemplate],
    notRestored: podIdentity + ["the annotation kubectl.kubernetes.io/restartedAt of the template"],
    footprint: DrillFootprint(
      resource: .deployments,
      fields: .member("kubectl.kubernetes.io/restartedAt", of: DrillFootprint.podAnnotations), isKept: true),
    change: { material throws(DrillObstacle) in
      let edit = FieldEdit(
        member: "kubectl.kubernetes.io/restartedAt", of: "/spec/template/metadata/annotations",
        in: material.document, to: .text(material.now.rfc3339))
      guard edit.before != edit.after else { throw DrillObstacle("it was restarted within the last second") }
      return DrillChange(patch: try material.patch([edit], isKept: true))
    })

  private static func failingProbe(_ name: String) -> DrillFootprint {
    let probe = "\(DrillFootprint.container)/\(name)"
    let ports = ["httpGet", "tcpSocket", "grpc"].map { way in
      DrillFootprint.Field("\(probe)/\(way)/port") { $0.asNumber == 9 }
    }
    return DrillFootprint(
      resource: .deployments,
      fields: ports + [
        .init("\(probe)/exec/command") { $0.elements.first?.asText == "/todotop-missing" },
        .init(probe, isNew: true) { $0[pointer: "/httpGet/port"]?.asNumber == 9 },
      ])
  }
}

extension DrillMaterial {
  /// A probe that asks where nothing listens: the port `discard`, because any path may be answered.
  fileprivate func failingProbe(_ probe: String) -> FieldEdit {
    for way in ["httpGet", "tcpSocket", "grpc"] where document[pointer: "\(probe)/\(way)/port"] != nil {
      return edit("\(probe)/\(way)/port", to: .number(9))
    }
    if document[pointer: "\(probe)/exec/command"] != nil {
      return edit("\(probe)/exec/command", to: .list([.text("/todotop-missing")]))
    }
    // Written in full, so that the server adds nothing to it.
    return FieldEdit(
      probe, from: nil,
      to: .object(
        ("failureThreshold", .number(3)),
        ("httpGet", .object(("path", .text("/")), ("port", .number(9)), ("scheme", .text("HTTP")))),
        ("periodSeconds", .number(10)), ("successThreshold", .number(1)), ("timeoutSeconds", .number(1))))
  }
}
