extension API {
  /// Applies a configuration: makes the object say what the configuration says, and remembers who said it.
  mutating func applyAnswer(_ request: Request, _ target: Target, _ key: ObjectKey) throws -> Answer {
    let kind = target.kind
    let configuration = try configuration(of: request, kind, key)
    var author = author(request, kind)
    author.operation = .apply
    author.fields = FieldSet(of: configuration, style: .applied)
    guard let present = world.store.object(kind, key) else {
      var object = configuration
      object["metadata", "managedFields"] = [author.json]
      return try create(object, target, isDryRun: request.isDryRun)
    }
    let asked = configuration["metadata", "resourceVersion"]?.string ?? ""
    if !asked.isEmpty, asked != String(present.resourceVersion) { throw Refusal.changed(kind, key.name) }
    let managers = managers(of: present)
    let before = present.object
    var wanted = before.merging(configuration: configuration, named: "")
    if let last = managers.first(where: { $0.isSame(as: author) }) {
      let others = managers.filter { !$0.isSame(as: author) }.reduce(FieldSet()) { $0.union($1.fields) }
      wanted = wanted.removing(last.fields.removable(keeping: author.fields.union(others)))
    }
    let after = Self.permitted(wanted, kind, before: before)
    try checkRoom(for: after)
    let (changed, removed) = FieldSet.changes(from: before, to: after)
    if !request.isSet("force") {
      let conflicts = managers.filter { !$0.isSame(as: author) }.map { ($0, $0.fields.intersection(changed)) }
      if conflicts.contains(where: { !$0.1.isEmpty }) { throw Refusal.applyConflict(conflicts) }
    }
    try Validation.check(after, kind, before: before)
    if let last = managers.first(where: { $0.isSame(as: author) }), last.fields == author.fields, changed.isEmpty {
      author.time = last.time
    }
    let entries = (managers.without(changed.union(removed), except: author) + [author]).filter { !$0.fields.isEmpty }
    let stored = try store(
      after, over: present, managers: entries.sorted(by: FieldManager.isShownBefore), isDryRun: request.isDryRun)
    return Answer.json([kind.head] + stored.pieces)
  }

  private func configuration(of request: Request, _ kind: ResourceKind, _ key: ObjectKey) throws(Refusal) -> JSON {
    guard !(request.query["fieldManager"] ?? "").isEmpty else { throw Refusal.managerRequired }
    guard var configuration = try? JSON(parsing: request.body), case .object = configuration else {
      throw Refusal.badRequest("error decoding YAML: the body is not an object in JSON")
    }
    let named = (configuration["kind"]?.string ?? "", configuration["apiVersion"]?.string ?? "")
    guard named == (kind.kind, kind.apiVersion) else {
      throw Refusal.badRequest(
        "incorrect kind or version specified in apply patch. apply patch: \(named.1) \(named.0), expected: "
          + "\(kind.apiVersion) \(kind.kind)")
    }
    guard (configuration["metadata", "managedFields"] ?? .null) == .null else {
      throw Refusal.badRequest("metadata.managedFields must be nil")
    }
    guard configuration["metadata", "name"]?.string ?? key.name == key.name else {
      throw Refusal.badRequest("the name of the object does not match the name on the URL")
    }
    configuration["metadata", "name"] = .string(key.name)
    return configuration
  }
}

extension JSON {
  /// The value after a configuration is applied: lists are merged as the API server's types say.
  func merging(configuration: JSON, named name: String) -> JSON {
    switch configuration {
    case .null: return self
    case .object(let members) where !MergeRules.atomicObjects.contains(name):
      var result = self
      if case .object = self {} else { result = .object([]) }
      for member in members where member.value != .null {
        result[member.name] = (self[member.name] ?? .null).merging(configuration: member.value, named: member.name)
      }
      return result
    case .array(let additions):
      if MergeRules.sets.contains(name) { return .array(elements + additions.filter { !elements.contains($0) }) }
      guard let keys = MergeRules.keys(of: additions + elements, name) else { return configuration }
      var result = elements
      for addition in additions {
        let element = MergeRules.pathElement(of: addition, keys)
        if let index = result.firstIndex(where: { MergeRules.pathElement(of: $0, keys) == element }) {
          result[index] = result[index].merging(configuration: addition, named: "")
        } else {
          result.append(addition)
        }
      }
      return .array(result)
    default: return configuration
    }
  }

  /// The value without the fields of a set.
  func removing(_ fields: FieldSet) -> JSON {
    switch self {
    case .object:
      var result = self
      for (element, below) in fields.children where element.hasPrefix("f:") {
        let name = String(element.dropFirst(2))
        result[name] = below.isMember ? nil : result[name]?.removing(below)
      }
      return result
    case .array(let elements):
      return .array(
        elements.compactMap { value in
          guard let below = fields.children.first(where: { Self.element($0.key, names: value) })?.value else {
            return value
          }
          return below.isMember ? nil : value.removing(below)
        })
    default: return self
    }
  }

  /// Whether a path element such as `k:{"name":"a"}` names an element of a list.
  private static func element(_ element: String, names value: JSON) -> Bool {
    guard let key = try? JSON(parsing: String(element.dropFirst(2))) else { return false }
    if element.hasPrefix("v:") { return key == value }
    return element == MergeRules.pathElement(of: value, key.members.map(\.name))
  }
}

extension Refusal {
  /// Who applies must say who they are.
  static let managerRequired = invalid(
    "PatchOptions", group: "meta.k8s.io", "",
    [Cause("FieldValueRequired", "Required value: is required for apply patch", field: "fieldManager")])

  /// The configuration says otherwise than other managers.
  static func applyConflict(_ conflicts: [(manager: FieldManager, fields: FieldSet)]) -> Refusal {
    let all = conflicts.flatMap { manager, fields in fields.paths.map { (manager.words, $0) } }
    var message = "Apply failed with 1 conflict: conflict with \(all[0].0): \(all[0].1)"
    if all.count > 1 {
      let lines = conflicts.filter { !$0.fields.isEmpty }.sorted { $0.manager.words < $1.manager.words }.flatMap {
        ["conflicts with \($0.manager.words):"] + $0.fields.paths.map { "- " + $0 }
      }
      message = "Apply failed with \(all.count) conflicts: " + lines.joined(separator: "\n")
    }
    let causes = all.map { Cause("FieldManagerConflict", "conflict with " + $0.0, field: $0.1) }
    return Refusal(
      code: 409, reason: "Conflict", message: message, details: ["causes": .array(causes.map(\.json))])
  }
}
