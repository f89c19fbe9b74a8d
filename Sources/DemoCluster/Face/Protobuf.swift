/// Reads Kubernetes' protobuf form, as far as ``ProtobufType`` knows it.
enum Protobuf {
  /// The deepest nesting that is read.
  private static let depthLimit = 16

  /// The object in the envelope `k8s\0`; `nil` for anything else.
  static func object(_ body: [UInt8], as type: ProtobufType) -> JSON? {
    guard body.starts(with: Array("k8s\0".utf8)), let envelope = fields(body[4...]),
      let raw = envelope.first(where: { $0.number == 2 })?.bytes
    else { return nil }
    return value(Field(number: 2, bytes: raw), type, depth: 0)
  }

  /// A field as it is on the wire: a number or bytes.
  private struct Field {
    let number: Int
    var integer = 0
    var bytes: ArraySlice<UInt8> = []
  }

  private static func value(_ field: Field, _ type: ProtobufType, depth: Int) -> JSON? {
    guard depth < depthLimit else { return nil }
    switch type {
    case .text: return .string(String(decoding: field.bytes, as: UTF8.self))
    case .bytes: return .string(Base64.paddedText(field.bytes))
    case .number: return .integer(field.integer)
    case .flag: return .bool(field.integer != 0)
    case .list(let element): return value(field, element, depth: depth + 1)
    case .map: return nil
    case .quantity:
      return fields(field.bytes)?.first { $0.number == 1 }.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }
    case .numberOrText:
      guard let parts = fields(field.bytes) else { return nil }
      if parts.contains(where: { $0.number == 1 && $0.integer == 1 }) {
        return .string(String(decoding: parts.first { $0.number == 3 }?.bytes ?? [], as: UTF8.self))
      }
      return .integer(parts.first { $0.number == 2 }?.integer ?? 0)
    case .message(let known):
      guard let parts = fields(field.bytes) else { return nil }
      var result: JSON = .object([])
      for part in parts {
        guard let member = known[part.number] else { continue }
        if member.name.isEmpty {
          // A message whose members JSON writes among those of the outer one.
          guard let inlined = value(part, member.type, depth: depth + 1) else { return nil }
          for member in inlined.members { result[member.name] = member.value }
          continue
        }
        guard let inner = add(part, to: result[member.name], member.type, depth: depth + 1) else { return nil }
        // An empty text is one that was not set.
        if inner != "" { result[member.name] = inner }
      }
      return result
    }
  }

  /// The value of a member after one more of its fields.
  private static func add(_ part: Field, to present: JSON?, _ type: ProtobufType, depth: Int) -> JSON? {
    switch type {
    case .list(let element):
      return value(part, element, depth: depth).map { .array((present?.elements ?? []) + [$0]) }
    case .map(let element):
      guard let pair = fields(part.bytes), let key = pair.first(where: { $0.number == 1 }) else { return nil }
      var map = present ?? .object([])
      let value = value(pair.first { $0.number == 2 } ?? Field(number: 2), element, depth: depth)
      map[String(decoding: key.bytes, as: UTF8.self)] = value
      return map
    default: return value(part, type, depth: depth)
    }
  }

  private static func fields(_ message: ArraySlice<UInt8>) -> [Field]? {
    var rest = message
    var fields: [Field] = []
    while !rest.isEmpty {
      guard let tag = varint(&rest) else { return nil }
      switch tag & 7 {
      case 0:
        guard let integer = varint(&rest) else { return nil }
        fields.append(Field(number: tag >> 3, integer: integer))
      case 2:
        guard let count = varint(&rest), count >= 0, count <= rest.count else { return nil }
        fields.append(Field(number: tag >> 3, bytes: rest.prefix(count)))
        rest = rest.dropFirst(count)
      default: return nil
      }
    }
    return fields
  }

  /// A number of at most 64 bits.
  private static func varint(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: value) }
    }
    return nil
  }
}
