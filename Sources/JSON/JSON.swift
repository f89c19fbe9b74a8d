import CSimdjson

/// Reading JSON: text to values, by simdjson, with limits on size and depth.
///
/// The values live in the parser's buffers, so they are lent to a closure and must not leave it.
public struct JSONReader: ~Copyable {
  private var parser: OpaquePointer
  private var buffer: [UInt8] = []

  /// The largest text that is read, in bytes.
  public static let maximumBytes = 512 << 20

  /// A reader with empty buffers; they grow to the largest text read.
  public init() { parser = Self.newParser() }

  private static func newParser() -> OpaquePointer {
    guard let parser = cj_parser_new() else { preconditionFailure("out of memory") }
    return parser
  }

  deinit { cj_parser_free(parser) }

  /// Reads one JSON document and lends its root to `body`.
  ///
  /// - Parameter bytes: UTF-8 text; white space around the document is fine.
  /// - Throws: ``JSONError`` if the text is not JSON, is too large, or is nested too deeply (1,024 levels).
  public mutating func read<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (JSONValue) throws -> Result
  ) throws -> Result {
    guard bytes.count <= Self.maximumBytes else { throw JSONError(reason: "larger than 512 MiB") }
    // simdjson reads a few bytes past the end, so the text is copied to a buffer that has them.
    let needed = bytes.count + cj_padding()
    if buffer.count < needed { buffer = [UInt8](repeating: 0, count: needed + needed / 4) }
    return try buffer.withUnsafeMutableBytes { padded in
      padded.copyMemory(from: bytes)
      guard let start = padded.baseAddress else { throw JSONError(reason: "empty") }
      memsetZero(start + bytes.count, cj_padding())
      var root = cj_value()
      let code = cj_parse(parser, start.assumingMemoryBound(to: UInt8.self), bytes.count, &root)
      guard code == 0 else { throw JSONError(reason: String(cString: cj_message(code))) }
      return try body(JSONValue(value: root))
    }
  }

  /// Reads one JSON document held in an array.
  public mutating func read<Result>(_ bytes: [UInt8], _ body: (JSONValue) throws -> Result) throws -> Result {
    try bytes.withUnsafeBytes { try read($0, body) }
  }

  /// Gives back the buffers, after an unusually large text.
  public mutating func releaseMemory() {
    buffer = []
    cj_parser_free(parser)
    parser = Self.newParser()
  }
}

private func memsetZero(_ start: UnsafeMutableRawPointer, _ count: Int) {
  start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
}

/// Why a text could not be read as JSON.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// In words, without the text itself.
  public let reason: String

  /// A reason in words.
  public init(reason: String) { self.reason = reason }

  /// One sentence for people.
  public var description: String { "not JSON: \(reason)" }
}

/// A value of a JSON document that is being read.
///
/// Valid only inside the closure that was given the document's root.
public struct JSONValue {
  let value: cj_value

  /// Whether the value is `null`.
  public var isNull: Bool { cj_type_of(value) == CJ_NULL }

  /// The text of a string; `nil` for any other type.
  public var string: String? {
    guard cj_type_of(value) == CJ_STRING else { return nil }
    var length = 0
    guard let start = cj_string(value, &length) else { return nil }
    return text(start, length)
  }

  /// The bytes of a string, lent; `nil` for any other type.
  public func withStringBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard cj_type_of(value) == CJ_STRING else { return nil }
    var length = 0
    guard let start = cj_string(value, &length) else { return nil }
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      body(UnsafeBufferPointer(start: $0, count: length))
    }
  }

  /// A number without a fraction that fits; `nil` otherwise.
  public var integer: Int? {
    switch cj_type_of(value) {
    case CJ_INTEGER: Int(cj_integer(value))
    case CJ_UNSIGNED: Int(exactly: cj_unsigned(value))
    case CJ_DOUBLE: Int(exactly: cj_double(value))
    default: nil
    }
  }

  /// Any number; `nil` for other types.
  public var double: Double? {
    switch cj_type_of(value) {
    case CJ_INTEGER: Double(cj_integer(value))
    case CJ_UNSIGNED: Double(cj_unsigned(value))
    case CJ_DOUBLE: cj_double(value)
    default: nil
    }
  }

  /// A truth value; `nil` for other types.
  public var bool: Bool? { cj_type_of(value) == CJ_BOOL ? cj_bool(value) : nil }

  /// Whether the value is an object.
  public var isObject: Bool { cj_type_of(value) == CJ_OBJECT }

  /// Whether the value is an array.
  public var isArray: Bool { cj_type_of(value) == CJ_ARRAY }

  /// The member of that name; `nil` where there is none, where it is `null`, and for values that are not objects.
  public subscript(_ key: StaticString) -> JSONValue? {
    member(UnsafeRawPointer(key.utf8Start), key.utf8CodeUnitCount)
  }

  /// The member of a name known only at run time.
  public func member(named key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { bytes in bytes.baseAddress.flatMap { member(UnsafeRawPointer($0), bytes.count) } }
  }

  private func member(_ key: UnsafeRawPointer, _ length: Int) -> JSONValue? {
    var found = cj_value()
    guard cj_member(value, key.assumingMemoryBound(to: CChar.self), length, &found) else { return nil }
    let member = JSONValue(value: found)
    return member.isNull ? nil : member
  }

  /// How many elements an array has; 0 for other types.
  public var elementCount: Int { isArray ? cj_count(value) : 0 }

  /// The elements of an array in order; empty for other types.
  public var elements: Elements { Elements(value: value) }

  /// The members of an object in their order; empty for other types.
  public var members: Members { Members(value: value) }

  /// The elements of an array.
  public struct Elements: Sequence, IteratorProtocol {
    private var walk: cj_walk?

    init(value: cj_value) { walk = cj_type_of(value) == CJ_ARRAY ? cj_elements(value) : nil }

    /// The next element, or `nil` after the last.
    public mutating func next() -> JSONValue? {
      guard walk != nil else { return nil }
      var element = cj_value()
      return cj_next_element(&walk!, &element) ? JSONValue(value: element) : nil
    }
  }

  /// The members of an object.
  public struct Members: Sequence, IteratorProtocol {
    private var walk: cj_walk?

    init(value: cj_value) { walk = cj_type_of(value) == CJ_OBJECT ? cj_members(value) : nil }

    /// The next member, or `nil` after the last.
    public mutating func next() -> (key: String, value: JSONValue)? {
      guard walk != nil else { return nil }
      var key: UnsafePointer<CChar>?
      var length = 0
      var member = cj_value()
      guard cj_next_member(&walk!, &key, &length, &member), let key else { return nil }
      return (text(key, length), JSONValue(value: member))
    }
  }
}

/// Text of the document; simdjson has checked that it is UTF-8.
private func text(_ start: UnsafePointer<CChar>, _ length: Int) -> String {
  start.withMemoryRebound(to: UInt8.self, capacity: length) {
    String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
  }
}
