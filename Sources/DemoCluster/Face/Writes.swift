extension API {
  /// Creates an object.
  mutating func createAnswer(_ request: Request, _ target: Target) throws -> Answer {
    var object = try body(of: request, kind: target.kind)
    object["metadata", "managedFields"] = nil
    var maker = ManagedFields.makers(target.kind, World.withDefaults(target.kind, object))
    for index in maker.indices {
      maker[index].name = author(request, target.kind).name
      maker[index].time = world.now.text
    }
    object["metadata", "managedFields"] = .array(maker.map(\.json))
    return try create(object, target, isDryRun: request.isDryRun)
  }

  /// Creates an object that says who manages its fields.
  mutating func create(_ given: JSON, _ target: Target, isDryRun: Bool) throws -> Answer {
    var object = given
    if target.kind.isNamespaced {
      guard let namespace = target.namespace else { throw Refusal.methodNotAllowed }
      guard world.store.object(.namespaces, ObjectKey(namespace: "", name: namespace)) != nil else {
        throw Refusal.notFound(.namespaces, namespace)
      }
      object["metadata", "namespace"] = .string(namespace)
    }
    let name = object["metadata", "name"]?.string ?? ""
    guard !name.isEmpty || object["metadata", "generateName"]?.string != nil else {
      throw Refusal.badRequest("name or generateName is required")
    }
    if world.store.object(target.kind, ObjectKey(namespace: target.namespace ?? "", name: name)) != nil {
      throw Refusal.alreadyExists(target.kind, name)
    }
    try checkRoom(for: object)
    try Validation.check(World.withDefaults(target.kind, object), target.kind)
    if target.kind == .pods, let words = world.exceededQuota(in: target.namespace ?? "", by: object) {
      throw Refusal(
        code: 403, reason: "Forbidden", message: "pods \"\(name)\" is forbidden: \(words)",
        details: ["name": .string(name), "kind": "pods"])
    }
    if target.kind == .namespaces {
      var labels = object["metadata", "labels"] ?? .object([])
      labels["kubernetes.io/metadata.name"] = .string(name)
      object["metadata", "labels"] = labels
      object["spec"] = ["finalizers": ["kubernetes"]]
      object["status"] = ["phase": "Active"]
    }
    let created = target.kind == .pods ? world.createPod(object) : world.create(target.kind, object)
    if target.kind == .namespaces { world.createNamespaceContents(created.key.name) }
    if isDryRun {
      var shown = created.shownObject
      shown["metadata", "resourceVersion"] = nil
      let head: JSON = ["kind": .string(target.kind.kind), "apiVersion": .string(target.kind.apiVersion)]
      return .json(.object(head.members + shown.members), status: 201)
    }
    return Answer(
      status: 201, contentType: "application/json", content: .pieces([target.kind.head] + created.pieces + [[0x0A]]))
  }

  /// Replaces an object; a version in the request must be the present one.
  mutating func replaceAnswer(_ request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws -> Answer {
    let object = try body(of: request, kind: kind)
    let stored = try write(kind, key, by: author(request, kind), isDryRun: request.isDryRun) { _ in object }
    return Answer.json([kind.head] + stored.pieces)
  }

  /// Changes an object by a patch.
  mutating func patchAnswer(_ request: Request, _ target: Target, _ key: ObjectKey) throws -> Answer {
    guard request.mediaType != "application/apply-patch+yaml" else { return try applyAnswer(request, target, key) }
    let patch = try Patch(request)
    let kind = target.kind
    let stored = try write(kind, key, by: author(request, kind), isDryRun: request.isDryRun, patch.applied)
    return Answer.json([kind.head] + stored.pieces)
  }

  /// The object in the body of a request.
  func body(of request: Request, kind: ResourceKind) throws(Refusal) -> JSON {
    if request.contentType.contains("protobuf") {
      // `kubectl create KIND` without a file knows no other form.
      guard let type = ProtobufType.kinds[kind] else { throw Refusal.unsupportedMediaType }
      guard let object = Protobuf.object(request.body, as: type) else {
        throw Refusal.badRequest("the body of the request is not an object in protobuf")
      }
      return object
    }
    guard ["application/json", ""].contains(request.mediaType) else { throw Refusal.unsupportedMediaType }
    guard let object = try? JSON(parsing: request.body), case .object = object else {
      throw Refusal.badRequest("the body of the request is not an object in JSON")
    }
    let named = object["kind"]?.string ?? kind.kind
    guard named == kind.kind else {
      throw Refusal.badRequest(
        "\(named) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): the kinds differ")
    }
    return object
  }
}
