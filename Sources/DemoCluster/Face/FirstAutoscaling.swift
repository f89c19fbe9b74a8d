/// HorizontalPodAutoscalers in the words of `autoscaling/v1`, which knows one target only: the CPU.
enum FirstAutoscaling {
  /// The group and version.
  static let apiVersion = "autoscaling/v1"
  private static let target = "targetCPUUtilizationPercentage"

  /// An object of the first version in the words of the second.
  static func converted(fromFirst object: JSON) -> JSON {
    var result = object
    result["apiVersion"] = .string(ResourceKind.horizontalPodAutoscalers.apiVersion)
    guard var spec = object["spec"] else { return result }
    if let percentage = spec[target] {
      spec[target] = nil
      spec["metrics"] = [
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": percentage]],
        ]
      ]
    }
    result["spec"] = spec
    return result
  }

  /// An object of the second version in the words of the first; other metrics than the CPU are left out.
  static func converted(toFirst object: JSON) -> JSON {
    var result = object
    result["apiVersion"] = .string(apiVersion)
    if let metrics = object["spec", "metrics"]?.elements {
      result["spec", "metrics"] = nil
      result["spec", target] = cpu(metrics)?["target"]?["averageUtilization"]
    }
    if var status = object["status"] {
      let current = cpu(status["currentMetrics"]?.elements ?? [])?["current"]?["averageUtilization"]
      for name in ["currentMetrics", "conditions"] { status[name] = nil }
      status["currentCPUUtilizationPercentage"] = current
      result["status"] = status
    }
    return result
  }

  private static func cpu(_ metrics: [JSON]) -> JSON? {
    metrics.first { $0["resource"]?["name"] == "cpu" }?["resource"]
  }
}

extension API {
  /// Answers a request in `autoscaling/v1` by one in the version that is stored; watching is left to that version.
  mutating func firstVersionAnswer(_ request: Request, _ rest: [String]) throws -> Answer {
    guard let target = Target(rest, group: "autoscaling") else { throw Refusal.unknownPath }
    guard !request.isSet("watch") else { throw Refusal.methodNotAllowed }
    var request = request
    if ["POST", "PUT"].contains(request.method), !request.body.isEmpty {
      let given =
        request.contentType.contains("protobuf")
        ? Protobuf.object(request.body, as: ProtobufType.firstAutoscaler) : try? JSON(parsing: request.body)
      guard let given, case .object = given else {
        throw Refusal.badRequest("the body of the request is not a HorizontalPodAutoscaler")
      }
      request.body = FirstAutoscaling.converted(fromFirst: given).encoded
      request.contentType = "application/json"
    } else if request.method == "PATCH" {
      throw Refusal.unsupportedMediaType
    }
    let answer = try answer(request, target)
    guard request.form == .object, var object = try? JSON(parsing: answer.bytes) else { return answer }
    if let items = object["items"]?.elements {
      object["apiVersion"] = .string(FirstAutoscaling.apiVersion)
      object["items"] = .array(items.map(FirstAutoscaling.converted(toFirst:)))
    } else if object["kind"]?.string == ResourceKind.horizontalPodAutoscalers.kind {
      object = FirstAutoscaling.converted(toFirst: object)
    }
    return .json(object, status: answer.status)
  }
}
