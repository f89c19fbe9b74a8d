extension API {
  /// Creates an object.
  mutating func createAnswer(_ request: Request, _ target: Target) throws -> Answer {
    var object = try body(of: request, kind: target.kind)
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
    if request.query["dryRun"] != nil { return .json(object, status: 201) }
    if target.kind == .namespaces {
      var labels = object["metadata", "labels"] ?? .object([])
      labels["kubernetes.io/metadata.name"] = .string(name)
      object["metadata", "labels"] = labels
      object["spec"] = ["finalizers": ["kubernetes"]]
      object["status"] = ["phase": "Active"]
    }
    let created = target.kind == .pods ? world.createPod(object) : world.create(target.kind, object)
    if target.kind == .namespaces { world.createNamespaceContents(created.key.name) }
    return Answer(
      status: 201, contentType: "application/json", content: .pieces([target.kind.head] + created.pieces + [[0x0A]]))
  }

  /// Replaces an object; a version in the request must be the present one.
  mutating func replaceAnswer(_ request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws -> Answer {
    let object = try body(of: request, kind: kind)
    return try write(kind, key, isDryRun: request.query["dryRun"] != nil) { _ in object }
  }

  /// Changes an object by a patch.
  mutating func patchAnswer(_ request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws -> Answer {
    guard let patch = try? JSON(parsing: request.body) else {
      throw Refusal.badRequest("error decoding patch: the body is not JSON")
    }
    let type = request.contentType.split(separator: ";").first.map(String.init) ?? ""
    return try write(kind, key, isDryRun: request.query["dryRun"] != nil) { present in
      switch type {
      case "application/json-patch+json": try present.applying(operations: patch)
      case "application/merge-patch+json": present.merging(patch, isStrategic: false)
      case "application/strategic-merge-patch+json": present.merging(patch, isStrategic: true)
      default:
        throw Refusal(
          code: 415, reason: "UnsupportedMediaType",
          message: "the body of the request was in an unknown format - accepted media types include: "
            + "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json")
      }
    }
  }

  /// Stores what `change` makes of an object, as far as a client may change it.
  private mutating func write(
    _ kind: ResourceKind, _ key: ObjectKey, isDryRun: Bool, _ change: (JSON) throws -> JSON
  ) throws -> Answer {
    guard let present = world.store.object(kind, key) else { throw Refusal.notFound(kind, key.name) }
    let before = present.object
    var after = try change(before)
    if let uid = after["metadata", "uid"]?.string, !uid.isEmpty, uid != present.uid {
      throw Refusal.otherUID(kind, key.name, asked: uid, present: present.uid)
    }
    let asked = after["metadata", "resourceVersion"]?.string ?? ""
    if !asked.isEmpty, asked != String(present.resourceVersion) { throw Refusal.changed(kind, key.name) }
    for name in ["name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp"] {
      after["metadata", name] = before["metadata", name]
    }
    // Who manages a field follows from the object.
    after["metadata", "managedFields"] = nil
    // Status is written by controllers, not by clients.
    after["status"] = before["status"]
    after = World.withDefaults(kind, after)
    after["kind"] = nil
    after["apiVersion"] = nil
    guard !isDryRun else {
      let shown = StoredObject(kind: kind, object: after, resourceVersion: present.resourceVersion)
      return .json([kind.head] + shown.pieces)
    }
    guard let stored = world.update(kind, key, { $0 = after }) else { throw Refusal.notFound(kind, key.name) }
    return Answer.json([kind.head] + stored.pieces)
  }

  private func body(of request: Request, kind: ResourceKind) throws(Refusal) -> JSON {
    if request.contentType.contains("protobuf") {
      // `kubectl create namespace` knows no other form; of other kinds more than the metadata would be needed.
      guard kind == .namespaces, let object = Protobuf.metadataOnly(request.body) else {
        throw Refusal.unsupportedMediaType
      }
      return object
    }
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
