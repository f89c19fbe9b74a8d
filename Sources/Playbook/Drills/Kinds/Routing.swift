import ClusterModel

extension DrillKind {
  /// D27.
  static let brokenSelector = DrillKind(
    id: "D27", name: "broken-selector", title: "Break the selector of a Service", level: .reachesUsers, aim: .service,
    symptom: .init("all pods are ready and no endpoint is; 503, and no event says why", within: 15) {
      $0.hasNoReadyEndpoint
    }, notRestored: [], footprint: .one(.services, "/spec/selector/todotop~1blackhole") { $0.asText != nil },
    change: { material throws(DrillObstacle) in
      let edit = FieldEdit(
        member: "todotop/blackhole", of: "/spec/selector", in: material.document, to: .text(material.token))
      guard material.document[pointer: "/spec/selector"] != nil else { throw DrillObstacle("it has no selector") }
      return DrillChange(patch: try material.patch([edit]))
    })

  /// D28.
  static let wrongBackend = DrillKind(
    id: "D28", name: "wrong-backend", title: "Lead a path to a missing Service", level: .reachesUsers,
    aim: .ingressPath, symptom: .init("that path answers 503, the others are fine", within: 15) { $0.pathTrouble },
    footprint: .one(.ingresses, "\(pathBackend)/name") { $0.asText == "todotop-missing" },
    change: { material throws(DrillObstacle) in
      try material.pathChange { ("\($0)/backend/service/name", .text("todotop-missing")) }
    })

  /// D29.
  static let wrongPort = DrillKind(
    id: "D29", name: "wrong-port", title: "Lead a path to a port that does not exist", level: .reachesUsers,
    aim: .ingressPath, symptom: .init("that path answers 503, the others are fine", within: 15) { $0.pathTrouble },
    footprint: .one(.ingresses, "\(pathBackend)/port") { $0["number"]?.asNumber == 9 },
    change: { material throws(DrillObstacle) in
      try material.pathChange { ("\($0)/backend/service/port", .object(("number", .number(9)))) }
    })

  /// D30.
  static let partition = DrillKind(
    id: "D30", name: "partition", title: "Cut a workload off the network", level: .reachesUsers,
    aim: .deployment(hitsPods: false),
    symptom: .init("requests time out; nothing happens where the network does not keep policies", within: 10) {
      $0.pathTrouble
    },
    footprint: DrillFootprint(isCreation: true),
    change: { material throws(DrillObstacle) in
      let object = try material.object
      guard let labels = material.document[pointer: "/spec/selector/matchLabels"] else {
        throw DrillObstacle("\(object.typedName) does not select its pods by labels alone")
      }
      let policy = DrillObject(.networkPolicies, namespace: object.namespace, name: "todotop-\(material.token)")
      let manifest = DocumentValue.object(
        ("apiVersion", .text(policy.resource.apiVersion)), ("kind", .text(policy.resource.kindName)),
        (
          "metadata",
          .object(
            ("name", .text(policy.name)), ("namespace", .text(policy.namespace)),
            ("labels", .members([DocumentValue.Member(DrillCreation.label, .text(material.token))])))
        ),
        (
          "spec",
          .object(("podSelector", .object(("matchLabels", labels))), ("policyTypes", .list([.text("Ingress")])))
        ))
      return DrillChange(creation: DrillCreation(policy, manifest, token: material.token))
    })

  /// D32.
  static let noRoom = DrillKind(
    id: "D32", name: "no-room", title: "Cordon a node and kill a pod on it", level: .reachesUsers, aim: .node,
    symptom: .init("the new pod fits nowhere: Pending, Unschedulable", within: 30) { $0.hasUnschedulablePod },
    traits: [.changesNode, .removesPods], notRestored: podIdentity,
    footprint: DrillFootprint(
      resource: .nodes, fields: [.init("/spec/unschedulable") { $0 == .bool(true) }], strikesPods: true),
    change: { material throws(DrillObstacle) in
      guard material.document[pointer: "/spec/unschedulable"] != .bool(true) else {
        throw DrillObstacle("the node is cordoned already")
      }
      guard let pod = material.target.pods.first else {
        throw DrillObstacle("no pod of the application is on the node")
      }
      return DrillChange(
        patch: try material.patch([material.edit("/spec/unschedulable", to: .bool(true))]),
        strikes: [.delete(pod.object, byForce: false)])
    })

  /// The place of the backend of a path.
  private static let pathBackend = "/spec/rules/#/http/paths/#/backend/service"
}

extension DrillMaterial {
  /// A change of the backend of the target's host and path.
  fileprivate func pathChange(
    _ edit: (_ path: String) -> (String, DocumentValue)
  ) throws(DrillObstacle) -> DrillChange {
    for (index, rule) in (document[pointer: "/spec/rules"]?.elements ?? []).enumerated() {
      for (place, path) in (rule[pointer: "/http/paths"]?.elements ?? []).enumerated() {
        let name = (rule["host"]?.asText ?? "") + (path["path"]?.asText ?? "/")
        guard name == target.place, path[pointer: "/backend/service"] != nil else { continue }
        let root = "/spec/rules/\(index)/http/paths/\(place)"
        let anchors = ["/spec/rules/\(index)/host", "\(root)/path"].filter { document[pointer: $0] != nil }
        let (field, value) = edit(root)
        return DrillChange(patch: try patch(anchors: anchors, [self.edit(field, to: value)]))
      }
    }
    throw DrillObstacle("\(self.target.object.typedName) has no path \(target.place)")
  }
}
