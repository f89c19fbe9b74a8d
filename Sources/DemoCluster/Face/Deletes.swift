extension API {
  /// What a request asks of a deletion.
  private struct DeleteOptions {
    var graceSeconds: Int?
    var uid: String?
    var version: String?
    var orphans = false

    init(_ request: Request) throws(Refusal) {
      var body: JSON = [:]
      if !request.body.isEmpty {
        guard let parsed = try? JSON(parsing: request.body), case .object = parsed else {
          throw Refusal.badRequest("the body of the request is not a DeleteOptions object in JSON")
        }
        body = parsed
      }
      self.init(
        body, graceSeconds: request.number("gracePeriodSeconds"),
        orphans: request.query["propagationPolicy"] == "Orphan")
    }

    init(_ body: JSON, graceSeconds: Int? = nil, orphans: Bool = false) {
      self.graceSeconds = (body["gracePeriodSeconds"]?.integer ?? graceSeconds).map { min($0, Int(Int32.max)) }
      uid = body["preconditions", "uid"]?.string
      version = body["preconditions", "resourceVersion"]?.string
      self.orphans = orphans || body["propagationPolicy"]?.string == "Orphan"
    }

    func check(_ object: StoredObject) throws(Refusal) {
      if let uid, uid != object.uid {
        throw Refusal.otherUID(object.kind, object.key.name, asked: uid, present: object.uid)
      }
      if let version, version != String(object.resourceVersion) { throw Refusal.changed(object.kind, object.key.name) }
    }
  }

  /// Deletes one object.
  mutating func deleteAnswer(_ request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws -> Answer {
    guard let present = world.store.object(kind, key) else { throw Refusal.notFound(kind, key.name) }
    let options = try DeleteOptions(request)
    try options.check(present)
    guard request.query["dryRun"] == nil else { return Answer.json([kind.head] + present.pieces) }
    if kind == .pods {
      guard let last = world.deletePod(key, graceSeconds: options.graceSeconds) else {
        throw Refusal.notFound(kind, key.name)
      }
      return Answer.json([kind.head] + last.pieces)
    }
    world.delete(kind, key, orphans: options.orphans)
    var details: JSON = ["name": .string(key.name)]
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    details["kind"] = .string(kind.plural)
    details["uid"] = .string(present.uid)
    return .json(["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details])
  }

  /// Deletes what a selection names.
  mutating func deleteCollectionAnswer(_ request: Request, _ target: Target) throws -> Answer {
    guard target.kind.verbs.contains("deletecollection") else { throw Refusal.methodNotAllowed }
    let selection = try Selection(namespace: target.namespace, request: request, kind: target.kind)
    let options = try DeleteOptions(request)
    let chosen = world.store.objects(target.kind, in: target.namespace).filter(selection.matches)
    for object in chosen {
      if target.kind == .pods {
        world.deletePod(object.key, graceSeconds: options.graceSeconds)
      } else {
        world.delete(target.kind, object.key, orphans: options.orphans)
      }
    }
    let metadata: JSON = ["resourceVersion": .string(String(world.store.resourceVersion))]
    return .json(
      ObjectWriter(kind: target.kind, form: .object, now: world.now).pieces(Array(chosen), metadata: metadata))
  }

  /// Deletes a pod unless a budget forbids it.
  mutating func evictionAnswer(_ request: Request, _ key: ObjectKey) throws -> Answer {
    guard let pod = world.store.object(.pods, key) else { throw Refusal.notFound(.pods, key.name) }
    guard let body = try? JSON(parsing: request.body) else {
      throw Refusal.badRequest("the body of the request is not an Eviction object in JSON")
    }
    let options = DeleteOptions(body["deleteOptions"] ?? .object([]))
    try options.check(pod)
    for budget in world.store.objects(.podDisruptionBudgets, in: key.namespace) where budget.selects(pod.labels) {
      let status = budget.object["status"]
      guard status?["disruptionsAllowed"]?.integer ?? 0 < 1, pod.isReady else { continue }
      throw Refusal.budget(
        budget.key.name, needed: status?["desiredHealthy"]?.integer ?? 0,
        healthy: status?["currentHealthy"]?.integer ?? 0)
    }
    world.deletePod(key, graceSeconds: options.graceSeconds)
    return .json(["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success"], status: 201)
  }
}
