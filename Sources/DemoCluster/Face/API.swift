/// The Kubernetes API over a world: a request in, an answer out, no network.
struct API {
  var world: World
  /// Kinds that a fault refuses, by their names in paths.
  var refusedKinds: Set<String> = []

  /// Answers a request; anything it cannot make sense of gets a `Status`, never silence.
  mutating func answer(_ request: Request) -> Answer {
    if let answer = ingressAnswer(request) { return answer }
    // What a dry run does, it does to a world that is then forgotten.
    let kept = request.isDryRun ? world : nil
    defer { if let kept { world = kept } }
    do {
      guard ["", "All"].contains(request.query["dryRun"] ?? "") else {
        throw Refusal.invalid(
          "PatchOptions", group: "meta.k8s.io", "",
          [.init("FieldValueNotSupported", "Unsupported value: supported values: \"All\"", field: "dryRun")])
      }
      return try route(request)
    } catch let refusal as Refusal {
      return refusal.answer
    } catch {
      return Refusal(code: 500, reason: "InternalError", message: "Internal error occurred: \(error)").answer
    }
  }

  private mutating func route(_ request: Request) throws -> Answer {
    let segments = request.segments
    switch segments.first {
    case "api" where segments.count >= 2:
      return try routeGroup(request, group: "", version: segments[1], rest: Array(segments.dropFirst(2)))
    case "apis" where segments.count >= 3:
      return try routeGroup(request, group: segments[1], version: segments[2], rest: Array(segments.dropFirst(3)))
    default:
      guard ["GET", "HEAD"].contains(request.method) else { throw Refusal.methodNotAllowed }
      return try fixedAnswer(request, segments)
    }
  }

  private func fixedAnswer(_ request: Request, _ segments: [String]) throws -> Answer {
    switch (segments.first, segments.count) {
    case ("api", 1): return .json(Discovery.coreVersions)
    case ("apis", 1): return .json(Discovery.groups)
    case ("apis", 2):
      guard let group = Discovery.group(segments[1]) else { throw Refusal.unknownPath }
      return .json(group)
    case ("version", 1): return .json(Discovery.version)
    case ("openapi", 2) where segments[1] == "v2": return OpenAPI.secondVersion
    case ("openapi", 2) where segments[1] == "v3": return .json(OpenAPI.index)
    case ("openapi", _) where segments.dropFirst().first == "v3":
      guard let document = OpenAPI.document(segments.dropFirst(2).joined(separator: "/")) else {
        throw Refusal.unknownPath
      }
      return .json(document)
    default:
      guard Discovery.healthPaths.contains(request.path) else { throw Refusal.unknownPath }
      return .text("ok")
    }
  }

  private mutating func routeGroup(
    _ request: Request, group: String, version: String, rest: [String]
  ) throws -> Answer {
    guard let resources = Discovery.resources(group: group, version: version) else { throw Refusal.unknownPath }
    guard !rest.isEmpty else {
      guard request.method == "GET" else { throw Refusal.methodNotAllowed }
      return .json(resources)
    }
    if group == "metrics.k8s.io" { return try metricsAnswer(request, rest) }
    if Discovery.reviewGroups.contains(group) { return try reviewAnswer(request, rest) }
    if group == "autoscaling", version == "v1" { return try firstVersionAnswer(request, rest) }
    if group.isEmpty, let answer = try proxyAnswer(request, rest) { return answer }
    guard let target = Target(rest, group: group) else { throw Refusal.unknownPath }
    return try answer(request, target)
  }

  /// Answers a request for a resource.
  mutating func answer(_ request: Request, _ target: Target) throws -> Answer {
    if let subresource = target.subresource { return try subresourceAnswer(request, target, subresource) }
    guard let key = target.key else {
      switch request.method {
      case "GET":
        return request.isSet("watch") ? try watchAnswer(request, target) : try listAnswer(request, target)
      case "POST": return try createAnswer(request, target)
      case "DELETE": return try deleteCollectionAnswer(request, target)
      default: throw Refusal.methodNotAllowed
      }
    }
    switch request.method {
    case "GET":
      guard let object = world.store.object(target.kind, key) else { throw Refusal.notFound(target.kind, key.name) }
      if request.isSet("watch") { return try watchAnswer(request, target) }
      return ObjectWriter(kind: target.kind, form: request.form, now: world.now, rows: request.rows).answer(object)
    case "DELETE": return try deleteAnswer(request, target.kind, key)
    case "PUT": return try replaceAnswer(request, target.kind, key)
    case "PATCH": return try patchAnswer(request, target, key)
    default: throw Refusal.methodNotAllowed
    }
  }
}

/// What a path below a group and version names.
struct Target {
  let kind: ResourceKind
  /// The namespace; `nil` for all, and for kinds of the cluster.
  let namespace: String?
  let name: String?
  let subresource: String?

  /// Reads the parts of a path after the version; `nil` where no such resource is served.
  init?(_ rest: [String], group: String) {
    var rest = rest
    var namespace: String?
    if rest.first == "namespaces", rest.count >= 3, !["status", "finalize"].contains(rest[2]) {
      namespace = rest[1]
      rest.removeFirst(2)
    }
    guard let plural = rest.first, rest.count <= 3,
      let kind = ResourceKind.all.first(where: { $0.plural == plural && $0.group == group }),
      namespace == nil || kind.isNamespaced, kind.isNamespaced == false || namespace != nil || rest.count == 1
    else { return nil }
    self.kind = kind
    self.namespace = namespace
    name = rest.count > 1 ? rest[1] : nil
    subresource = rest.count > 2 ? rest[2] : nil
  }

  /// The object that is named, if one is.
  var key: ObjectKey? { name.map { ObjectKey(namespace: namespace ?? "", name: $0) } }
}
