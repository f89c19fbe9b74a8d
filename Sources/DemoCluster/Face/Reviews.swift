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
      answer["status"] = Self.allRights
    default: throw Refusal.unknownPath
    }
    answer["apiVersion"] = "authorization.k8s.io/v1"
    return .json(answer, status: 201)
  }

  /// What an administrator may do, with the rules that every user has.
  private static let allRights: JSON = [
    "resourceRules": [
      ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]],
      [
        "verbs": ["create"], "apiGroups": ["authorization.k8s.io"],
        "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
      ],
      ["verbs": ["create"], "apiGroups": ["authentication.k8s.io"], "resources": ["selfsubjectreviews"]],
    ],
    "nonResourceRules": [
      ["verbs": ["*"], "nonResourceURLs": ["*"]],
      [
        "verbs": ["get"],
        "nonResourceURLs": [
          "/.well-known", "/.well-known/*", "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi",
          "/openapi/*", "/readyz", "/version", "/version/",
        ],
      ],
      ["verbs": ["get"], "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version", "/version/"]],
    ],
    "incomplete": false,
  ]
}
