import JSON

extension ObjectDecoding {
  func autoscaler(_ json: JSONValue, _ metadata: ObjectMetadata) -> HorizontalPodAutoscaler {
    var autoscaler = HorizontalPodAutoscaler()
    autoscaler.metadata = metadata
    let status = json["status"]
    if let spec = json["spec"] {
      autoscaler.targetKind = text(spec["scaleTargetRef"]?["kind"])
      autoscaler.targetName = text(spec["scaleTargetRef"]?["name"])
      autoscaler.minReplicas = count(spec["minReplicas"]) ?? 1
      autoscaler.maxReplicas = count(spec["maxReplicas"]) ?? 0
      let current = list(status?["currentMetrics"]) { $0 }
      autoscaler.metrics = list(spec["metrics"]) { $0 }.enumerated().map { index, metric in
        metricText(metric, current: index < current.count ? current[index] : nil)
      }
    }
    autoscaler.currentReplicas = count(status?["currentReplicas"]) ?? 0
    autoscaler.desiredReplicas = count(status?["desiredReplicas"]) ?? 0
    autoscaler.conditions = conditions(status?["conditions"])
    return autoscaler
  }

  /// One metric as kubectl prints it: `cpu: 34%/70%`, `100m/200m (avg)`.
  private func metricText(_ metric: JSONValue, current: JSONValue?) -> String {
    switch metric["type"]?.string {
    case "Resource": resourceText(metric["resource"], current?["resource"])
    case "ContainerResource": resourceText(metric["containerResource"], current?["containerResource"])
    case "Pods": valueText(metric["pods"], current?["pods"], average: "")
    case "Object": valueText(metric["object"], current?["object"], average: " (avg)")
    case "External": valueText(metric["external"], current?["external"], average: " (avg)")
    default: "<unknown type>"
    }
  }

  private func resourceText(_ metric: JSONValue?, _ status: JSONValue?) -> String {
    let name = text(metric?["name"])
    let current = status?["current"]
    if let target = optionalText(metric?["target"]?["averageValue"]) {
      return "\(name): \(optionalText(current?["averageValue"]) ?? "<unknown>")/\(target)"
    }
    let target = number(metric?["target"]?["averageUtilization"]).map { "\($0)%" } ?? "<auto>"
    let used = number(current?["averageUtilization"]).map { "\($0)%" } ?? "<unknown>"
    return "\(name): \(used)/\(target)"
  }

  private func valueText(_ metric: JSONValue?, _ status: JSONValue?, average: String) -> String {
    let current = status?["current"]
    if let target = optionalText(metric?["target"]?["averageValue"]) {
      return "\(optionalText(current?["averageValue"]) ?? "<unknown>")/\(target)\(average)"
    }
    return "\(optionalText(current?["value"]) ?? "<unknown>")/\(text(metric?["target"]?["value"]))"
  }

  func budget(_ json: JSONValue, _ metadata: ObjectMetadata) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget()
    budget.metadata = metadata
    if let spec = json["spec"] {
      budget.selector = selector(spec["selector"])
      budget.minAvailable = countOrPercent(spec["minAvailable"])
      budget.maxUnavailable = countOrPercent(spec["maxUnavailable"])
    }
    guard let status = json["status"] else { return budget }
    budget.disruptionsAllowed = count(status["disruptionsAllowed"]) ?? 0
    budget.currentHealthy = count(status["currentHealthy"]) ?? 0
    budget.desiredHealthy = count(status["desiredHealthy"]) ?? 0
    budget.expectedPods = count(status["expectedPods"]) ?? 0
    return budget
  }
}
