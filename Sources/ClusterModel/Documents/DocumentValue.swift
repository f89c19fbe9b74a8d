import JSON

/// A value of a document that was read as a whole, such as one object with all its fields.
public indirect enum DocumentValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is written.
  case number(String)
  case text(String)
  case list([DocumentValue])
  /// In the order in which they were written.
  case members([Member])

  /// A named value.
  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: DocumentValue

    /// A named value.
    public init(_ name: String, _ value: DocumentValue) {
      self.name = name
      self.value = value
    }
  }

  /// How deep a document is read; what lies deeper is left out.
  public static let depthMax = 60

  /// The value of that name; `nil` for values that are no members.
  public subscript(name: String) -> DocumentValue? {
    guard case .members(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text, if it is one.
  public var asText: String? { if case .text(let text) = self { text } else { nil } }
}

extension DocumentValue {
  /// Reads one JSON document.
  ///
  /// - Throws: ``DecodingProblem`` where the text is no JSON.
  public static func read(_ bytes: [UInt8]) throws(DecodingProblem) -> DocumentValue {
    var reader = JSONReader()
    do {
      return try reader.read(bytes) { DocumentValue($0, depth: 0) }
    } catch {
      throw .notJSON((error as? JSONError)?.reason ?? "\(error)")
    }
  }

  init(_ json: JSONValue, depth: Int) {
    if depth >= Self.depthMax {
      self = .text("…")
    } else if json.isObject {
      self = .members(json.members.map { Member($0.key, DocumentValue($0.value, depth: depth + 1)) })
    } else if json.isArray {
      self = .list(json.elements.map { DocumentValue($0, depth: depth + 1) })
    } else if let text = json.string {
      self = .text(text)
    } else if let flag = json.bool {
      self = .bool(flag)
    } else if let number = json.integer {
      self = .number("\(number)")
    } else if let number = json.double {
      self = .number("\(number)")
    } else {
      self = .null
    }
  }

  /// What is known of an object of which only the metadata is ever read.
  public init(_ metadata: ObjectMetadata, kind: ResourceKind) {
    let labels = metadata.labels.sorted { $0.key < $1.key }.map { Member($0.key, .text($0.value)) }
    var parts: [Member] = [Member("name", .text(metadata.name))]
    if !metadata.namespace.isEmpty { parts.append(Member("namespace", .text(metadata.namespace))) }
    parts += [
      Member("uid", .text(metadata.uid.value)), Member("resourceVersion", .text(metadata.resourceVersion)),
    ]
    if !labels.isEmpty { parts.append(Member("labels", .members(labels))) }
    self = .members([
      Member("apiVersion", .text(kind.group.isEmpty ? kind.version : "\(kind.group)/\(kind.version)")),
      Member("kind", .text(kind.kindName)), Member("metadata", .members(parts)),
    ])
  }
}
