/// A text that is not JSON, or is nested too deeply.
struct JSONSyntaxError: Error, Equatable {
  /// The byte at which reading stopped.
  let offset: Int
}

extension JSON {
  /// The deepest nesting that is read.
  static let maximumDepth = 128

  /// Reads one JSON text.
  init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    self = try bytes.span.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
      var parser = JSONParser(bytes: buffer)
      return try parser.document()
    }
  }

  /// Reads one JSON text.
  init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: Array(text.utf8)) }
}

/// Reads JSON by recursive descent; lives only as long as the buffer it was lent.
private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONSyntaxError) -> JSON {
    let value = try value(depth: 0)
    guard next() == nil else { throw failure }
    return value
  }

  private var failure: JSONSyntaxError { JSONSyntaxError(offset: position) }

  /// The next byte that is not white space, without consuming it.
  private mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  private mutating func take(_ expected: Character) -> Bool {
    guard next() == expected.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSON {
    guard depth < JSON.maximumDepth, let first = next() else { throw failure }
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    if take("}") { return .object(members) }
    members.reserveCapacity(8)
    repeat {
      guard next() == UInt8(ascii: "\"") else { throw failure }
      let name = try string()
      guard take(":") else { throw failure }
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw failure }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSON {
    position += 1
    var elements: [JSON] = []
    if take("]") { return .array(elements) }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw failure }
    return .array(elements)
  }

  private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONSyntaxError) -> JSON {
    let end = position + text.utf8CodeUnitCount
    guard end <= bytes.count else { throw failure }
    for index in position..<end where bytes[index] != text.utf8Start[index - position] { throw failure }
    position = end
    return value
  }

  private mutating func number() throws(JSONSyntaxError) -> JSON {
    let start = position
    while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let integer = Int(text) { return .integer(integer) }
    guard let fraction = Double(text) else { throw failure }
    return .fraction(fraction)
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
      position += 1
    }
    guard position < bytes.count else { throw failure }
    guard bytes[position] == UInt8(ascii: "\\") else {
      position += 1
      return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
    var units = Array(String(decoding: bytes[start..<position], as: UTF8.self).utf16)
    var plain: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") else {
        plain.append(byte)
        continue
      }
      units += String(decoding: plain, as: UTF8.self).utf16
      plain.removeAll(keepingCapacity: true)
      if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF16.self) }
      units.append(try escape())
    }
    throw failure
  }

  private mutating func escape() throws(JSONSyntaxError) -> UInt16 {
    guard position < bytes.count else { throw failure }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case let byte where "\"\\/".utf8.contains(byte): return UInt16(byte)
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count,
        let unit = UInt16(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
      else { throw failure }
      position += 4
      return unit
    default: throw failure
    }
  }
}
