extension TableColumns {
  static let deployments = TableColumns(
    [
      TableColumn("Name"), TableColumn("Ready"), TableColumn("Up-to-date", type: "integer"),
      TableColumn("Available", type: "integer"), TableColumn("Age"), TableColumn("Containers", priority: 1),
      TableColumn("Images", priority: 1), TableColumn("Selector", priority: 1),
    ]
  ) { object, now in
    [
      Cell.name(object),
      .string("\(Cell.count(object, "readyReplicas"))/\(object["spec", "replicas"]?.integer ?? 0)"),
      .integer(Cell.count(object, "updatedReplicas")), .integer(Cell.count(object, "availableReplicas")),
      Cell.age(object, now), Cell.containers(object, "name"), Cell.containers(object, "image"),
      Cell.selector(object.value(at: "spec.selector.matchLabels")),
    ]
  }

  static let replicaSets = TableColumns(
    [
      TableColumn("Name"), TableColumn("Desired", type: "integer"), TableColumn("Current", type: "integer"),
      TableColumn("Ready", type: "integer"), TableColumn("Age"), TableColumn("Containers", priority: 1),
      TableColumn("Images", priority: 1), TableColumn("Selector", priority: 1),
    ]
  ) { object, now in
    [
      Cell.name(object), object["spec", "replicas"] ?? 0, .integer(Cell.count(object, "replicas")),
      .integer(Cell.count(object, "readyReplicas")), Cell.age(object, now), Cell.containers(object, "name"),
      Cell.containers(object, "image"), Cell.selector(object.value(at: "spec.selector.matchLabels")),
    ]
  }

  static let daemonSets = TableColumns(
    ["Desired", "Current", "Ready", "Up-to-date", "Available"].reduce(into: [TableColumn("Name")]) {
      $0.append(TableColumn($1, type: "integer"))
    } + [
      TableColumn("Node Selector"), TableColumn("Age"), TableColumn("Containers", priority: 1),
      TableColumn("Images", priority: 1), TableColumn("Selector", priority: 1),
    ]
  ) { object, now in
    let counts = [
      "desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled", "numberAvailable",
    ]
    return [Cell.name(object)] + counts.map { .integer(Cell.count(object, $0)) } + [
      Cell.selector(object.value(at: "spec.template.spec.nodeSelector")), Cell.age(object, now),
      Cell.containers(object, "name"), Cell.containers(object, "image"),
      Cell.selector(object.value(at: "spec.selector.matchLabels")),
    ]
  }

  static let autoscalers = TableColumns(
    [
      TableColumn("Name"), TableColumn("Reference"), TableColumn("Targets"), TableColumn("MinPods"),
      TableColumn("MaxPods"), TableColumn("Replicas", type: "integer"), TableColumn("Age"),
    ]
  ) { object, now in
    let target = object.value(at: "spec.metrics")?.elements.first?.value(at: "resource.target.averageUtilization")
    let current = object.value(at: "status.currentMetrics")?.elements.first?
      .value(at: "resource.current.averageUtilization")?.integer
    let reference = object.value(at: "spec.scaleTargetRef")
    return [
      Cell.name(object), .string("\(reference?["kind"]?.string ?? "")/\(reference?["name"]?.string ?? "")"),
      .string("cpu: \(current.map { "\($0)%" } ?? "<unknown>")/\(target?.integer ?? 0)%"),
      .string(String(object["spec", "minReplicas"]?.integer ?? 1)),
      .string(String(object["spec", "maxReplicas"]?.integer ?? 1)), .integer(Cell.count(object, "currentReplicas")),
      Cell.age(object, now),
    ]
  }

  static let budgets = TableColumns(
    [
      TableColumn("Name"), TableColumn("Min Available"), TableColumn("Max Unavailable"),
      TableColumn("Allowed Disruptions", type: "integer"), TableColumn("Age"),
    ]
  ) { object, now in
    func limit(_ name: String) -> JSON {
      switch object["spec", name] {
      case .integer(let number): .string(String(number))
      case .string(let text): .string(text)
      default: "N/A"
      }
    }
    return [
      Cell.name(object), limit("minAvailable"), limit("maxUnavailable"),
      .integer(Cell.count(object, "disruptionsAllowed")), Cell.age(object, now),
    ]
  }
}
