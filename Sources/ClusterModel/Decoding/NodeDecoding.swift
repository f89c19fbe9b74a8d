import JSON

extension ObjectDecoding {
  func node(_ json: JSONValue, _ metadata: ObjectMetadata) -> Node {
    var node = Node()
    node.metadata = metadata
    node.isUnschedulable = flag(json["spec"]?["unschedulable"])
    node.taints = list(json["spec"]?["taints"]) { json in
      guard json.isObject else { return nil }
      return Taint(key: text(json["key"]), value: text(json["value"]), effect: text(json["effect"]))
    }
    guard let status = json["status"] else { return node }
    node.capacity = amounts(status["capacity"])
    node.allocatable = amounts(status["allocatable"])
    node.allocatablePods = quantity(status["allocatable"]?["pods"], Quantity.units)
    node.conditions = conditions(status["conditions"])
    node.kubeletVersion = text(status["nodeInfo"]?["kubeletVersion"])
    node.internalIP = text(list(status["addresses"]) { text($0["type"]) == "InternalIP" ? $0["address"] : nil }.first)
    node.images = list(status["images"]) { json in
      guard json.isObject else { return nil }
      return NodeImage(names: texts(json["names"]), sizeBytes: max(0, json["sizeBytes"]?.integer ?? 0))
    }
    return node
  }

  func podMetrics(_ json: JSONValue, _ metadata: ObjectMetadata) -> PodMetrics {
    var metrics = PodMetrics()
    metrics.metadata = metadata
    metrics.timestamp = moment(json["timestamp"])
    metrics.window = duration(json["window"])
    metrics.containers = list(json["containers"]) { json in
      guard json.isObject else { return nil }
      var container = ContainerMetrics()
      container.name = text(json["name"])
      container.usage = amounts(json["usage"])
      return container
    }
    return metrics
  }

  func nodeMetrics(_ json: JSONValue, _ metadata: ObjectMetadata) -> NodeMetrics {
    var metrics = NodeMetrics()
    metrics.metadata = metadata
    metrics.timestamp = moment(json["timestamp"])
    metrics.window = duration(json["window"])
    metrics.usage = amounts(json["usage"])
    return metrics
  }

  /// A duration as Go prints it: `15.001s`, `1m30s`; zero for anything else.
  func duration(_ json: JSONValue?) -> Duration {
    guard let text = json?.string, text.utf8.count <= 32 else { return .zero }
    var total = Duration.zero
    var number = ""
    var unit = ""
    for character in text + "0" {
      if character.isNumber || character == "." {
        if !unit.isEmpty {
          guard let value = Double(number), let seconds = Self.seconds[unit], value < 1e9 else { return .zero }
          total += .seconds(value * seconds)
          (number, unit) = ("", "")
        }
        number.append(character)
      } else {
        unit.append(character)
      }
    }
    return total
  }

  private static let seconds: [String: Double] = ["h": 3_600, "m": 60, "s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9]
}
