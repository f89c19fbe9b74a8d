extension API {
  /// Says that everything is allowed: the demo has no users.
  func reviewAnswer(_ request: Request, _ rest: [String]) throws -> Answer {
    guard rest.count == 1 else { throw Refusal.unknownPath }
    guard request.method == "POST" else { throw Refusal.methodNotAllowed }
    // Who asks what does not matter, so a body in another form than JSON does not either.
    var answer = (try? JSON(parsing: request.body)) ?? .object([])
    if case .object = answer {} else { throw Refusal.badRequest("the body of the request is not a review") }
    switch rest[0] {
    case "selfsubjectaccessreviews":
      answer["kind"] = "SelfSubjectAccessReview"
      answer["status"] = ["allowed": true, "reason": "the demo allows everything"]
    case "selfsubjectrulesreviews":
      answer["kind"] = "SelfSubjectRulesReview"
      answer["status"] = [
        "resourceRules": [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]],
        "nonResourceRules": [["verbs": ["*"], "nonResourceURLs": ["*"]]], "incomplete": false,
      ]
    default: throw Refusal.unknownPath
    }
    answer["apiVersion"] = "authorization.k8s.io/v1"
    return .json(answer, status: 201)
  }
}
