/// A change that a client asks for.
struct Patch {
  private let content: JSON
  private let type: String

  /// The media types of patches besides server-side apply.
  private static let types = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
  ]

  /// Reads the body of a request.
  init(_ request: Request) throws(Refusal) {
    type = request.mediaType
    guard Self.types.contains(type) else {
      throw Refusal(
        code: 415, reason: "UnsupportedMediaType",
        message: "the body of the request was in an unknown format - accepted media types include: "
          + (Self.types + ["application/apply-patch+yaml"]).joined(separator: ", "))
    }
    guard let content = try? JSON(parsing: request.body) else {
      throw Refusal.badRequest("error decoding patch: the body is not JSON")
    }
    self.content = content
    switch content {
    case .array where type == Self.types[0], .object where type != Self.types[0]: break
    default: throw Refusal.badRequest("error decoding patch: the body is not of the form that its type asks for")
    }
  }

  /// The most operations of a JSON patch, and the bytes they may copy.
  static let operationLimit = 10_000
  static let copyLimit = 3 << 20

  /// The object after the change.
  func applied(to object: JSON) throws -> JSON {
    switch type {
    case Self.types[0]: try object.applying(operations: content)
    default: object.merging(content, isStrategic: type == Self.types[2])
    }
  }
}

extension JSON {
  /// The value after a merge patch: objects are merged, `null` removes, anything else replaces.
  ///
  /// A strategic patch merges lists of objects by their names too, as Kubernetes does for containers, ports and
  /// variables of the environment.
  func merging(_ patch: JSON, isStrategic: Bool, named name: String = "") -> JSON {
    guard case .object(let changes) = patch else {
      if isStrategic, case .array(let additions) = patch { return merging(additions, named: name) }
      return patch
    }
    if isStrategic, patch["$patch"]?.string == "replace" {
      return .object(changes.filter { $0.name != "$patch" })
    }
    var result = self
    if case .object = self {} else { result = .object([]) }
    if isStrategic { result.removeUnwanted(patch) }
    for change in changes where !(isStrategic && change.name.hasPrefix("$")) {
      if change.value == .null || (isStrategic && change.value["$patch"]?.string == "delete") {
        result[change.name] = nil
      } else {
        result[change.name] = (result[change.name] ?? .null).merging(
          change.value, isStrategic: isStrategic, named: change.name)
      }
    }
    return result
  }

  /// Takes away what a strategic patch says with `$retainKeys` and `$deleteFromPrimitiveList`.
  private mutating func removeUnwanted(_ patch: JSON) {
    if let kept = patch["$retainKeys"]?.elements.compactMap(\.string) {
      self = .object(members.filter { kept.contains($0.name) })
    }
    let prefix = "$deleteFromPrimitiveList/"
    for change in patch.members where change.name.hasPrefix(prefix) {
      let name = String(change.name.dropFirst(prefix.count))
      guard let present = self[name] else { continue }
      self[name] = .array(present.elements.filter { !change.value.elements.contains($0) })
    }
  }

  private func merging(_ additions: [JSON], named name: String) -> JSON {
    if MergeRules.sets.contains(name) { return .array(elements + additions.filter { !elements.contains($0) }) }
    let values = additions.filter { $0["$patch"]?.string != "replace" }
    guard values.count == additions.count, let key = MergeRules.strategicKey(of: additions, name) else {
      return .array(values)
    }
    var result = elements
    for addition in additions {
      let index = result.firstIndex { $0[key] == addition[key] }
      if addition["$patch"]?.string == "delete" {
        if let index { result.remove(at: index) }
      } else if let index {
        result[index] = result[index].merging(addition, isStrategic: true)
      } else {
        result.append(addition)
      }
    }
    return .array(result)
  }

  /// The value after the operations of a JSON patch (RFC 6902).
  func applying(operations: JSON) throws -> JSON {
    var result = self
    var copied = 0
    guard operations.elements.count <= Patch.operationLimit else { throw Refusal.tooManyOperations }
    for operation in operations.elements {
      let path = Self.pointer(operation["path"]?.string ?? "")
      guard path.count <= JSON.maximumDepth else { throw Refusal.patchFailed }
      let value = operation["value"] ?? .null
      switch operation["op"]?.string {
      case "test":
        guard result.value(at: path)?.sorted == value.sorted else { throw Refusal.patchFailed }
      case "add": try result.change(at: path[...]) { $0.insert($1, value) }
      case "replace":
        guard result.value(at: path) != nil else { throw Refusal.patchFailed }
        try result.change(at: path[...]) { $0.set($1, value) }
      case "remove":
        guard result.value(at: path) != nil else { throw Refusal.patchFailed }
        try result.change(at: path[...]) { $0.remove($1) }
      case "copy", "move":
        let source = Self.pointer(operation["from"]?.string ?? "")
        guard let value = result.value(at: source), value.depth <= JSON.maximumDepth else { throw Refusal.patchFailed }
        copied += value.size
        guard copied <= Patch.copyLimit else { throw Refusal.patchFailed }
        if operation["op"] == "move" { try result.change(at: source[...]) { $0.remove($1) } }
        try result.change(at: path[...]) { $0.insert($1, value) }
      default: throw Refusal.badRequest("Unexpected kind of operation: \(operation["op"]?.string ?? "")")
      }
    }
    return result
  }

  private static func pointer(_ text: String) -> [String] {
    text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  private func value(at path: [String]) -> JSON? {
    var current: JSON? = self
    for name in path {
      if case .array(let elements) = current {
        guard let index = Int(name), elements.indices.contains(index) else { return nil }
        current = elements[index]
      } else {
        current = current?[name]
      }
    }
    return current
  }

  private mutating func change(at path: ArraySlice<String>, _ body: (inout JSON, String) -> Void) throws {
    guard let name = path.first else { throw Refusal.badRequest("a patch of the whole object is not served") }
    guard path.count > 1 else { return body(&self, name) }
    if case .array(var elements) = self {
      guard let index = Int(name), elements.indices.contains(index) else { throw Refusal.patchFailed }
      try elements[index].change(at: path.dropFirst(), body)
      self = .array(elements)
    } else {
      guard var inner = self[name] else { throw Refusal.patchFailed }
      try inner.change(at: path.dropFirst(), body)
      self[name] = inner
    }
  }

  private mutating func insert(_ name: String, _ value: JSON) {
    guard case .array(var elements) = self else { return self[name] = value }
    elements.insert(value, at: Int(name).map { max(0, min($0, elements.count)) } ?? elements.count)
    self = .array(elements)
  }

  private mutating func set(_ name: String, _ value: JSON) {
    guard case .array(var elements) = self, let index = Int(name) else { return self[name] = value }
    elements[index] = value
    self = .array(elements)
  }

  private mutating func remove(_ name: String) {
    guard case .array(var elements) = self, let index = Int(name) else { return self[name] = nil }
    elements.remove(at: index)
    self = .array(elements)
  }
}
