// How the small values inside recorded events are written: short, and as people know them.

extension Timestamp: Codable {
  /// Reads a moment as the API writes it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a moment")
    }
    self = moment
  }

  /// Writes the moment with all its nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rfc3339WithNanoseconds)
  }
}

extension UID: Codable {
  /// Reads a UID as written.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the UID as it is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension ResourceKind: Codable {
  /// Reads a kind by the name that kubectl takes without doubt.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let kind = Self.allCases.first(where: { $0.qualifiedResource == name }) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a kind that is read")
    }
    self = kind
  }

  /// Writes the name of the kind: `deployments.apps`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(qualifiedResource)
  }
}
