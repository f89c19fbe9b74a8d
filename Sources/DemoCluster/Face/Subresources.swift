extension API {
  /// Answers a part of an object that has a path of its own.
  mutating func subresourceAnswer(_ request: Request, _ target: Target, _ subresource: String) throws -> Answer {
    guard let key = target.key, target.kind.subresources.contains(where: { $0.name == subresource }) else {
      throw Refusal.unknownPath
    }
    switch (subresource, request.method) {
    case ("log", "GET"): return try logAnswer(request, key)
    case ("exec", "GET"), ("exec", "POST"): return try execAnswer(request, key)
    case ("eviction", "POST"): return try evictionAnswer(request, key)
    case ("scale", "GET"): return .json(try scale(target.kind, key))
    case ("scale", "PUT"), ("scale", "PATCH"): return try changeScale(request, target.kind, key)
    case ("status", "GET"):
      guard let object = world.store.object(target.kind, key) else { throw Refusal.notFound(target.kind, key.name) }
      return ObjectWriter(kind: target.kind, form: request.form, now: world.now).answer(object)
    case ("status", "PUT"), ("status", "PATCH"): return try changeStatus(request, target, key)
    default: throw Refusal.methodNotAllowed
    }
  }

  /// Changes what an object says of its state, and nothing else.
  private mutating func changeStatus(_ request: Request, _ target: Target, _ key: ObjectKey) throws -> Answer {
    let kind = target.kind
    let change: (JSON) throws -> JSON
    if request.method == "PATCH" {
      change = try Patch(request).applied
    } else {
      let given = try body(of: request, kind: kind)
      change = { _ in given }
    }
    let stored = try write(
      kind, key, by: author(request, kind, subresource: "status"), isDryRun: request.isDryRun, part: .status, change)
    return Answer.json([kind.head] + stored.pieces)
  }

  private func scale(_ kind: ResourceKind, _ key: ObjectKey) throws -> JSON {
    guard let stored = world.store.object(kind, key) else { throw Refusal.notFound(kind, key.name) }
    let object = stored.object
    var metadata: JSON = [:]
    for name in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[name] = object["metadata", name]
    }
    let labels = object.value(at: "spec.selector.matchLabels")?.stringMembers ?? [:]
    let selector = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return [
      "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
      "spec": ["replicas": object["spec", "replicas"] ?? 0],
      "status": ["replicas": object["status", "replicas"] ?? 0, "selector": .string(selector)],
    ]
  }

  private mutating func changeScale(_ request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws -> Answer {
    let present = try scale(kind, key)
    var wanted: JSON
    if request.method == "PATCH" {
      wanted = try Patch(request).applied(to: present)
    } else {
      guard let body = try? JSON(parsing: request.body), case .object = body else {
        throw Refusal.badRequest("the body of the request is not an object in JSON")
      }
      wanted = body
    }
    let replicas = wanted["spec", "replicas"]?.integer ?? 0
    guard replicas >= 0 else {
      throw Refusal.invalid(
        "Scale", group: "autoscaling", key.name,
        [.value(String(replicas), "must be greater than or equal to 0", field: "spec.replicas")])
    }
    let author = author(request, kind, subresource: "scale")
    _ = try write(kind, key, by: author, isDryRun: request.isDryRun) { object in
      var object = object
      object["spec", "replicas"] = .integer(replicas)
      for name in ["uid", "resourceVersion"] { object["metadata", name] = wanted["metadata", name] }
      return object
    }
    return .json(try scale(kind, key))
  }
}
