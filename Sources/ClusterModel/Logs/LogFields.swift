import JSON

/// What a structured line says: JSON objects and logfmt.
package struct LogFields: Hashable, Sendable {
  /// A name and its value, as text.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  /// The line's own time, as written; empty where it has none.
  package var time = ""
  package var message = ""
  /// What else it says, in its order.
  package var fields: [Field] = []

  /// So many fields of a line are read; the rest is in its raw text.
  package static let fieldsMax = 100

  /// Reads a line; `nil` where it is not structured.
  package init?(_ line: UnsafeBufferPointer<UInt8>) {
    guard let first = line.first(where: { $0 != 0x20 }) else { return nil }
    let found = first == UInt8(ascii: "{") ? Self.json(line) : Self.logfmt(line)
    guard let found, !found.isEmpty else { return nil }
    for field in found.prefix(Self.fieldsMax) { take(field) }
  }

  private mutating func take(_ field: Field) {
    switch field.name {
    case "level", "severity", "lvl", "levelname", "log.level": break
    case _ where message.isEmpty && ["msg", "message", "event"].contains(field.name): message = field.value
    case _ where time.isEmpty && ["time", "ts", "timestamp", "@timestamp", "t"].contains(field.name): time = field.value
    default: fields.append(field)
    }
  }

  private static func json(_ line: UnsafeBufferPointer<UInt8>) -> [Field]? {
    var reader = JSONReader()
    return try? reader.read(UnsafeRawBufferPointer(line)) { root -> [Field]? in
      guard root.isObject else { return nil }
      return root.members.map { Field(name: $0.key, value: text($0.value)) }
    }
  }

  /// A value as people read it; of what is nested only how much there is.
  private static func text(_ value: JSONValue) -> String {
    if let string = value.string { return string }
    if let bool = value.bool { return "\(bool)" }
    if let integer = value.integer { return "\(integer)" }
    if let double = value.double { return "\(double)" }
    if value.isNull { return "null" }
    if value.isObject { return "{" + value.members.map { "\($0.key)=\(text($0.value))" }.joined(separator: " ") + "}" }
    return "[" + value.elements.map(text).joined(separator: " ") + "]"
  }

  /// `level=info msg="a b" n=3`: at least two pairs, and nothing else.
  private static func logfmt(_ line: UnsafeBufferPointer<UInt8>) -> [Field]? {
    var fields: [Field] = []
    var index = 0
    while index < line.count {
      if line[index] == 0x20 {
        index += 1
        continue
      }
      let start = index
      while index < line.count, line[index].isKeyByte { index += 1 }
      guard index > start, index < line.count, line[index] == UInt8(ascii: "=") else { return nil }
      let name = String(decoding: line[start..<index], as: UTF8.self)
      index += 1
      guard let value = value(line, &index) else { return nil }
      fields.append(Field(name: name, value: value))
      if fields.count > fieldsMax { break }
    }
    return fields.count >= 2 ? fields : nil
  }

  /// A value, quoted or up to the next blank; `nil` for a quote without an end.
  private static func value(_ line: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> String? {
    guard index < line.count, line[index] == UInt8(ascii: "\"") else {
      let start = index
      while index < line.count, line[index] != 0x20 { index += 1 }
      return String(decoding: line[start..<index], as: UTF8.self)
    }
    var bytes: [UInt8] = []
    index += 1
    while index < line.count, line[index] != UInt8(ascii: "\"") {
      if line[index] == UInt8(ascii: "\\"), index + 1 < line.count { index += 1 }
      bytes.append(line[index])
      index += 1
    }
    guard index < line.count else { return nil }
    index += 1
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  /// What names of fields are made of.
  fileprivate var isKeyByte: Bool { isASCIILetter || isASCIIDigit || self == 95 || self == 45 || self == 46 }
}
