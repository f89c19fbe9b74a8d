extension DocumentValue: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes it as what it was read from, the order of members aside.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .members(let members):
      var container = encoder.container(keyedBy: Name.self)
      for member in members { try container.encode(member.value, forKey: Name(stringValue: member.name)) }
    case .list(let list):
      var container = encoder.unkeyedContainer()
      for value in list { try container.encode(value) }
    default:
      var container = encoder.singleValueContainer()
      try encode(in: &container)
    }
  }

  private func encode(in container: inout any SingleValueEncodingContainer) throws {
    switch self {
    case .text(let text): try container.encode(text)
    case .bool(let flag): try container.encode(flag)
    case .number(let text):
      if let number = Int(text) {
        try container.encode(number)
      } else {
        try container.encode(Double(text) ?? 0)
      }
    default: try container.encodeNil()
    }
  }
}
