/// A refusal in the API server's words.
struct Refusal: Error, Equatable {
  let code: Int
  let reason: String
  let message: String
  var details: JSON?
  /// A token with which a list can go on all the same.
  var continueToken: String?

  /// The `Status` object.
  var status: JSON {
    var metadata: JSON = [:]
    if let continueToken { metadata["continue"] = .string(continueToken) }
    var status: JSON = ["kind": "Status", "apiVersion": "v1", "metadata": metadata, "status": "Failure"]
    status["message"] = .string(message)
    if !reason.isEmpty { status["reason"] = .string(reason) }
    if let details { status["details"] = details }
    status["code"] = .integer(code)
    return status
  }

  /// The refusal as an answer.
  var answer: Answer {
    var answer = Answer.json(status, status: code)
    answer.retryAfterSeconds = details?["retryAfterSeconds"]?.integer
    return answer
  }

  /// There is no such path.
  static let unknownPath = Refusal(
    code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: [:])

  /// There is no such object.
  static func notFound(_ kind: ResourceKind, _ name: String) -> Refusal {
    notFound(kind.plural, group: kind.group, name)
  }

  /// There is no such object of a resource.
  static func notFound(_ plural: String, group: String, _ name: String) -> Refusal {
    var details: JSON = ["name": .string(name)]
    if !group.isEmpty { details["group"] = .string(group) }
    details["kind"] = .string(plural)
    let qualified = group.isEmpty ? plural : plural + "." + group
    return Refusal(code: 404, reason: "NotFound", message: "\(qualified) \"\(name)\" not found", details: details)
  }

  /// The resource does not know the method.
  static let methodNotAllowed = Refusal(
    code: 405, reason: "MethodNotAllowed", message: "the server does not allow this method on the requested resource",
    details: [:])

  /// An object of that name exists.
  static func alreadyExists(_ kind: ResourceKind, _ name: String) -> Refusal {
    var details: JSON = ["name": .string(name)]
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    details["kind"] = .string(kind.plural)
    return Refusal(
      code: 409, reason: "AlreadyExists", message: "\(kind.qualifiedName) \"\(name)\" already exists", details: details)
  }

  /// A precondition names another object of the same name.
  static func otherUID(_ kind: ResourceKind, _ name: String, asked: String, present: String) -> Refusal {
    Refusal(
      code: 409, reason: "Conflict",
      message:
        "Operation cannot be fulfilled on \(kind.kind) \"\(name)\": the UID in the precondition (\(asked)) does not "
        + "match the UID in record (\(present)). The object might have been deleted and then recreated",
      details: ["name": .string(name), "kind": .string(kind.kind)])
  }

  /// The object was changed since it was read.
  static func changed(_ kind: ResourceKind, _ name: String) -> Refusal {
    Refusal(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(kind.qualifiedName) \"\(name)\": the object has been modified; "
        + "please apply your changes to the latest version and try again", details: alreadyExists(kind, name).details)
  }

  /// The request does not make sense.
  static func badRequest(_ message: String) -> Refusal {
    Refusal(code: 400, reason: "BadRequest", message: message)
  }

  /// An eviction would break a budget.
  static func budget(_ name: String, needed: Int, healthy: Int) -> Refusal {
    Refusal(
      code: 429, reason: "TooManyRequests",
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: [
        "causes": [
          [
            "reason": "DisruptionBudget",
            "message": .string(
              "The disruption budget \(name) needs \(needed) healthy pods and has \(healthy) currently"),
          ]
        ]
      ])
  }

  /// A watch begins before what is kept.
  static func versionTooOld(_ version: Int, oldest: Int) -> Refusal {
    Refusal(code: 410, reason: "Expired", message: "too old resource version: \(version) (\(oldest))")
  }

  /// A page is asked for of a list that is too old.
  static func continueTooOld(next: String) -> Refusal {
    Refusal(
      code: 410, reason: "Expired",
      message:
        "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        + "without the continue parameter, or use the continue token in this response to retrieve the remainder of the "
        + "results. Continuing with the provided token results in an inconsistent list - objects that were created, "
        + "modified, or deleted between the time the first chunk was returned and now may show up in the list.",
      continueToken: next)
  }

  /// The version does not exist yet.
  static func versionTooLarge(_ version: Int, current: Int) -> Refusal {
    Refusal(
      code: 504, reason: "Timeout", message: "Timeout: Too large resource version: \(version), current: \(current)",
      details: [
        "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
        "retryAfterSeconds": 1,
      ])
  }

  /// The body is in a form that is not read, such as protobuf.
  static let unsupportedMediaType = Refusal(
    code: 415, reason: "UnsupportedMediaType",
    message: "the body of the request was in an unknown format - accepted media types include: application/json")

  /// A JSON patch has more operations than are done.
  static let tooManyOperations = Refusal(
    code: 413, reason: "RequestEntityTooLarge",
    message: "Request entity too large: The allowed maximum operations in a JSON patch is \(Patch.operationLimit)")

  /// The body is larger than what is read.
  static let tooLarge = Refusal(
    code: 413, reason: "RequestEntityTooLarge",
    message: "Request entity too large: limit is \(Request.bodyLimit)")
}
