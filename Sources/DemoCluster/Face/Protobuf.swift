/// Reads the little of Kubernetes' protobuf form that is needed: the metadata of an object.
enum Protobuf {
  /// The name and labels of an object in the envelope `k8s\0`; `nil` for anything else.
  static func metadataOnly(_ body: [UInt8]) -> JSON? {
    guard body.starts(with: Array("k8s\0".utf8)), let envelope = fields(body[4...]),
      let raw = envelope.first(where: { $0.number == 2 })?.bytes, let object = fields(raw),
      let metadataBytes = object.first(where: { $0.number == 1 })?.bytes, let metadata = fields(metadataBytes)
    else { return nil }
    var result: JSON = [:]
    if let name = metadata.first(where: { $0.number == 1 }) { result["name"] = text(name.bytes) }
    for (number, member) in [(11, "labels"), (12, "annotations")] {
      let entries = metadata.filter { $0.number == number }.compactMap { entry -> JSON.Member? in
        guard let pair = fields(entry.bytes), let key = pair.first(where: { $0.number == 1 }) else { return nil }
        let value = pair.first { $0.number == 2 }?.bytes ?? []
        return JSON.Member(name: String(decoding: key.bytes, as: UTF8.self), value: text(value))
      }
      if !entries.isEmpty { result[member] = .object(entries) }
    }
    return ["metadata": result]
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> JSON { .string(String(decoding: bytes, as: UTF8.self)) }

  /// The fields that hold bytes; numbers are skipped.
  private static func fields(_ message: ArraySlice<UInt8>) -> [(number: Int, bytes: ArraySlice<UInt8>)]? {
    var rest = message
    var fields: [(number: Int, bytes: ArraySlice<UInt8>)] = []
    while !rest.isEmpty {
      guard let tag = varint(&rest) else { return nil }
      switch tag & 7 {
      case 0: guard varint(&rest) != nil else { return nil }
      case 2:
        guard let count = varint(&rest), count <= rest.count else { return nil }
        fields.append((tag >> 3, rest.prefix(count)))
        rest = rest.dropFirst(count)
      default: return nil
      }
    }
    return fields
  }

  /// A number of at most 35 bits, which is more than any length here.
  private static func varint(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
