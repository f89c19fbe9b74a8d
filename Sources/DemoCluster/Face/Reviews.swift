extension API {
  /// Answers who asks and what they may do: everything but what a fault refuses.
  func reviewAnswer(_ request: Request, _ rest: [String]) throws -> Answer {
    guard rest.count == 1, let type = ProtobufType.reviews[rest[0]] else { throw Refusal.unknownPath }
    guard request.method == "POST" else { throw Refusal.methodNotAllowed }
    let isProtobuf = request.contentType.contains("protobuf")
    let body = isProtobuf ? Protobuf.object(request.body, as: type) : try? JSON(parsing: request.body)
    guard var answer = body, case .object = answer else {
      throw Refusal.badRequest("the body of the request is not a review")
    }
    answer["metadata"] = answer["metadata"] ?? ["creationTimestamp": nil]
    switch rest[0] {
    case "selfsubjectaccessreviews":
      answer["kind"] = "SelfSubjectAccessReview"
      answer["status"] = accessStatus(answer["spec"])
    case "selfsubjectrulesreviews":
      answer["kind"] = "SelfSubjectRulesReview"
      answer["status"] = [
        "resourceRules": .array(resourceRules + Self.rulesOfEverybody), "nonResourceRules": Self.pathRules,
        "incomplete": false,
      ]
    default:
      answer["kind"] = "SelfSubjectReview"
      answer["status"] = [
        "userInfo": ["username": .string(Access.user), "groups": ["system:masters", "system:authenticated"]]
      ]
    }
    answer["apiVersion"] = rest[0] == "selfsubjectreviews" ? "authentication.k8s.io/v1" : "authorization.k8s.io/v1"
    return .json(answer, status: 201)
  }

  private func accessStatus(_ spec: JSON?) -> JSON {
    guard let attributes = spec?["resourceAttributes"], Access(attributes).isRefused(refusedKinds) else {
      return ["allowed": true, "reason": "the demo allows everything that no fault refuses"]
    }
    return ["allowed": false]
  }

  /// One rule for everything, or one for each group where some kinds are refused.
  private var resourceRules: [JSON] {
    guard !refusedKinds.isEmpty else { return [Self.rule(["*"], groups: ["*"], ["*"])] }
    let groups = Set(ResourceKind.all.map(\.group)).sorted()
    return groups.compactMap { group in
      let kinds = ResourceKind.all.filter { $0.group == group && !refusedKinds.contains($0.plural) }
      let names = kinds.flatMap { kind in
        [kind.plural] + kind.subresources.map { kind.plural + "/" + $0.name }.filter { !refusedKinds.contains($0) }
      }
      return names.isEmpty ? nil : Self.rule(["*"], groups: [group], names)
    }
  }

  private static func rule(_ verbs: [String], groups: [String], _ resources: [String]) -> JSON {
    func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
    return ["verbs": list(verbs), "apiGroups": list(groups), "resources": list(resources)]
  }

  /// The rules that every user has.
  private static let rulesOfEverybody = [
    rule(["create"], groups: ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
    rule(["create"], groups: ["authentication.k8s.io"], ["selfsubjectreviews"]),
  ]

  private static let pathRules: JSON = [
    ["verbs": ["*"], "nonResourceURLs": ["*"]],
    [
      "verbs": ["get"],
      "nonResourceURLs": [
        "/.well-known", "/.well-known/*", "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi",
        "/openapi/*", "/readyz", "/version", "/version/",
      ],
    ],
    ["verbs": ["get"], "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version", "/version/"]],
  ]
}
