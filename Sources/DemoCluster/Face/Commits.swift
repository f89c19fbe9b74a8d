/// The part of an object that a request may change.
enum WrittenPart {
  /// Everything but the status.
  case object
  /// The status alone.
  case status
}

extension API {
  /// Who a request writes as.
  func author(_ request: Request, _ kind: ResourceKind, subresource: String = "") -> FieldManager {
    let agent = request.userAgent.split(separator: "/").first.map(String.init) ?? "unknown"
    let name = request.query["fieldManager"].flatMap { $0.isEmpty ? nil : $0 } ?? agent
    return FieldManager(
      name: name, operation: .update, apiVersion: kind.apiVersion, subresource: subresource, time: world.now.text,
      fields: FieldSet())
  }

  /// The managers of an object, as far as they are clients.
  func managers(of object: StoredObject) -> [FieldManager] {
    object.clients ?? ManagedFields.makers(object.kind, object.object)
  }

  /// Stores what `change` makes of an object, as far as a client may change it.
  ///
  /// `change` sees the object as clients do, with `managedFields`: who changes those gives fields away.
  mutating func write(
    _ kind: ResourceKind, _ key: ObjectKey, by author: FieldManager, isDryRun: Bool, part: WrittenPart = .object,
    _ change: (JSON) throws -> JSON
  ) throws -> StoredObject {
    guard let present = world.store.object(kind, key) else { throw Refusal.notFound(kind, key.name) }
    let wanted = try change(present.shownObject)
    try checkRoom(for: wanted)
    if let uid = wanted["metadata", "uid"]?.string, !uid.isEmpty, uid != present.uid {
      throw Refusal.otherUID(kind, key.name, asked: uid, present: present.uid)
    }
    let asked = wanted["metadata", "resourceVersion"]?.string ?? ""
    if !asked.isEmpty, asked != String(present.resourceVersion) { throw Refusal.changed(kind, key.name) }
    let before = present.object
    var after = before
    switch part {
    case .object: after = Self.permitted(wanted, kind, before: before)
    case .status: after["status"] = wanted["status"]
    }
    try Validation.check(after, kind, before: before)
    let known = FieldManager.ofClients(wanted) ?? managers(of: present)
    return try store(
      after, over: present, managers: known.changed(by: author, from: before, to: after), isDryRun: isDryRun)
  }

  /// Stores an object with its managers in place of the present one, unless that changes nothing.
  mutating func store(
    _ object: JSON, over present: StoredObject, managers: [FieldManager], isDryRun: Bool
  ) throws -> StoredObject {
    if object == present.object, managers == self.managers(of: present) { return present }
    var object = object
    object["metadata", "managedFields"] = .array(managers.isEmpty ? [[:]] : managers.map(\.json))
    guard let stored = world.update(present.kind, present.key, { $0 = object }) else {
      throw Refusal.notFound(present.kind, present.key.name)
    }
    if present.kind == .pods { world.takeUp(stored, before: present) }
    guard isDryRun else { return stored }
    var shown = stored.object
    shown["metadata", "resourceVersion"] = .string(String(present.resourceVersion))
    return StoredObject(
      kind: present.kind, object: shown, resourceVersion: present.resourceVersion, clients: stored.clients)
  }

  /// What a client may make of an object: the server's metadata and the status stay, defaults are filled in.
  static func permitted(_ wanted: JSON, _ kind: ResourceKind, before: JSON) -> JSON {
    var after = wanted
    for name in ManagedFields.ofServer.sorted() { after["metadata", name] = before["metadata", name] }
    after["status"] = before["status"]
    after["kind"] = nil
    after["apiVersion"] = nil
    after = World.withDefaults(kind, after)
    // Clients write members in another order, which is no change.
    for member in before.members where after[member.name]?.sorted == member.value.sorted {
      after[member.name] = member.value
    }
    return after.sorted == before.sorted ? before : after
  }
}

extension [FieldManager] {
  /// The managers after one of them made one object of another.
  func changed(by author: FieldManager, from before: JSON, to after: JSON) -> [FieldManager] {
    let (changed, removed) = FieldSet.changes(from: before, to: after)
    guard !changed.isEmpty || !removed.isEmpty else { return self }
    var own = author
    own.fields = first { $0.isSame(as: author) }?.fields ?? FieldSet()
    own.fields = own.fields.union(changed).subtracting(removed)
    return (without(changed.union(removed), except: author) + [own]).filter { !$0.fields.isEmpty }
  }

  /// The managers but one, without some fields.
  func without(_ fields: FieldSet, except author: FieldManager) -> [FieldManager] {
    compactMap { manager in
      var manager = manager
      manager.fields = manager.fields.subtracting(fields)
      return manager.isSame(as: author) || manager.fields.isEmpty ? nil : manager
    }
  }
}
