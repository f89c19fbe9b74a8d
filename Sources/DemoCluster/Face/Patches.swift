extension JSON {
  /// The value after a merge patch: objects are merged, `null` removes, anything else replaces.
  ///
  /// A strategic patch merges lists of objects by their names too, as Kubernetes does for containers, ports and
  /// variables of the environment.
  func merging(_ patch: JSON, isStrategic: Bool) -> JSON {
    guard case .object(let changes) = patch else {
      if isStrategic, case .array(let additions) = patch { return merging(named: additions) }
      return patch
    }
    var result = self
    if case .object = self {} else { result = .object([]) }
    for change in changes where !change.name.hasPrefix("$") {
      if change.value == .null {
        result[change.name] = nil
      } else {
        result[change.name] = (result[change.name] ?? .null).merging(change.value, isStrategic: isStrategic)
      }
    }
    return result
  }

  private func merging(named additions: [JSON]) -> JSON {
    var result = elements
    for addition in additions {
      guard
        let key = ["name", "containerPort", "port", "type", "uid", "mountPath"].first(where: { addition[$0] != nil })
      else { return .array(additions) }
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
    for operation in operations.elements {
      let path = Self.pointer(operation["path"]?.string ?? "")
      let value = operation["value"] ?? .null
      switch operation["op"]?.string {
      case "test":
        guard result.value(at: path) == value else {
          throw Refusal(
            code: 422, reason: "Invalid",
            message: "the server rejected our request due to an error in our request")
        }
      case "add": try result.change(at: path[...]) { $0.insert($1, value) }
      case "replace":
        guard result.value(at: path) != nil else { throw Self.missing(path) }
        try result.change(at: path[...]) { $0.set($1, value) }
      case "remove":
        guard result.value(at: path) != nil else { throw Self.missing(path) }
        try result.change(at: path[...]) { $0.remove($1) }
      default: throw Refusal.badRequest("Unexpected kind of operation: \(operation["op"]?.string ?? "")")
      }
    }
    return result
  }

  private static func missing(_ path: [String]) -> Refusal {
    Refusal(
      code: 422, reason: "Invalid",
      message:
        "the server rejected our request due to an error in our request: path /\(path.joined(separator: "/")) is missing"
    )
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
      guard let index = Int(name), elements.indices.contains(index) else { throw Self.missing(Array(path)) }
      try elements[index].change(at: path.dropFirst(), body)
      self = .array(elements)
    } else {
      guard var inner = self[name] else { throw Self.missing(Array(path)) }
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
