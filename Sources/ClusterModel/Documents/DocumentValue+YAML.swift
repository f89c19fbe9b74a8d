/// One line of a document written as YAML, in pieces, so that they can be told apart on a screen.
public struct YAMLLine: Hashable, Sendable {
  /// What a piece is.
  public enum Piece: Hashable, Sendable { case indent, key, punctuation, value, text, comment }

  /// In their order; together they are the line.
  public var pieces: [(piece: Piece, text: String)] { zip(kinds, texts).map { ($0, $1) } }
  private var kinds: [Piece] = []
  private var texts: [String] = []

  /// The line as it stands in a file.
  public var text: String { texts.joined() }

  init(_ indent: String) { append(.indent, indent) }

  mutating func append(_ piece: Piece, _ text: String) {
    guard !text.isEmpty else { return }
    kinds.append(piece)
    texts.append(text)
  }
}

extension DocumentValue {
  /// The document as YAML, as kubectl prints it.
  ///
  /// - Parameters:
  ///   - foldingManagedFields: Whether who manages which field is one line, not hundreds.
  ///   - limit: How many lines are written; the rest is one line that says so.
  public func yaml(foldingManagedFields: Bool, limit: Int) -> [YAMLLine] {
    var writer = YAMLWriter(folds: foldingManagedFields, limit: limit)
    writer.write(self)
    return writer.lines
  }
}

/// Writes values as YAML, line by line.
private struct YAMLWriter {
  let folds: Bool
  let limit: Int
  private(set) var lines: [YAMLLine] = []
  private var current = YAMLLine("")

  init(folds: Bool, limit: Int) {
    self.folds = folds
    self.limit = limit
  }

  /// Writes a whole document.
  mutating func write(_ value: DocumentValue) {
    switch value {
    case .members(let members) where !members.isEmpty: write(members, indent: 0)
    case .list(let list) where !list.isEmpty: write(list, indent: 0)
    default:
      writeScalar(value, indent: 0)
      endLine()
    }
    if lines.count >= limit {
      var note = YAMLLine("")
      note.append(.comment, "# cut after \(limit) lines")
      lines.append(note)
    }
  }

  private mutating func endLine() {
    if lines.count < limit { lines.append(current) }
    current = YAMLLine("")
  }

  /// Writes members, the first of them on the line that was begun where one was.
  private mutating func write(_ members: [DocumentValue.Member], indent: Int, isLineBegun: Bool = false) {
    for (index, member) in members.enumerated() where lines.count < limit {
      if index > 0 || !isLineBegun { current = YAMLLine(blanks(indent)) }
      current.append(.key, Self.scalar(member.name))
      current.append(.punctuation, ":")
      if let note = foldNote(member) {
        current.append(.comment, " # \(note)")
        endLine()
      } else {
        writeBehindKey(member.value, indent: indent)
      }
    }
  }

  private mutating func writeBehindKey(_ value: DocumentValue, indent: Int) {
    switch value {
    case .members(let members) where !members.isEmpty:
      endLine()
      write(members, indent: indent + 2)
    case .list(let list) where !list.isEmpty:
      endLine()
      // As kubectl does: the dashes stand under their key.
      write(list, indent: indent)
    default:
      current.append(.punctuation, " ")
      writeScalar(value, indent: indent + 2)
      endLine()
    }
  }

  private mutating func write(_ list: [DocumentValue], indent: Int, isLineBegun: Bool = false) {
    for (index, value) in list.enumerated() where lines.count < limit {
      if index > 0 || !isLineBegun { current = YAMLLine(blanks(indent)) }
      current.append(.punctuation, "- ")
      switch value {
      case .members(let members) where !members.isEmpty: write(members, indent: indent + 2, isLineBegun: true)
      case .list(let list) where !list.isEmpty: write(list, indent: indent + 2, isLineBegun: true)
      default:
        writeScalar(value, indent: indent + 2)
        endLine()
      }
    }
  }

  /// What stands in place of a value that is folded; `nil` for one that is written.
  private func foldNote(_ member: DocumentValue.Member) -> String? {
    if folds, member.name == "managedFields", case .list(let list) = member.value {
      return "\(list.count) \(list.count == 1 ? "manager" : "managers"), folded"
    }
    if member.name == "kubectl.kubernetes.io/last-applied-configuration", let text = member.value.asText {
      return "\(text.utf8.count) bytes, left out: the object once more as it was last applied"
    }
    return nil
  }

  private mutating func writeScalar(_ value: DocumentValue, indent: Int) {
    switch value {
    case .null: current.append(.value, "null")
    case .bool(let flag): current.append(.value, flag ? "true" : "false")
    case .number(let number): current.append(.value, number)
    case .list: current.append(.punctuation, "[]")
    case .members: current.append(.punctuation, "{}")
    case .text(let text):
      if let block = Self.block(text) {
        current.append(.punctuation, block.sign)
        for line in block.lines where lines.count < limit {
          endLine()
          if line.isEmpty { continue }
          current = YAMLLine(blanks(indent))
          current.append(.text, line)
        }
      } else {
        current.append(.text, Self.scalar(text))
      }
    }
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// A text of several lines as a block, where a block can hold it.
  private static func block(_ text: String) -> (sign: String, lines: [String])? {
    let bytes = text.utf8
    guard bytes.contains(10), bytes.first != 32, bytes.first != 10, bytes.first != 9,
      bytes.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 10 || $0 == 9 })
    else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.last?.isEmpty == true else { return ("|-", lines) }
    lines.removeLast()
    return (lines.last?.isEmpty == true ? "|+" : "|", lines)
  }

  /// A text on one line: plain where YAML takes it for the same text, else in quotes.
  private static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, last != 32, last != 58 else { return false }
    guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }), !leading.contains(first) else { return false }
    if first == 45 || first == 63, bytes.count == 1 || bytes[1] == 32 { return false }
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      if byte == 58 && next == 32 || byte == 32 && next == 35 { return false }
    }
    // Numbers, dates and words that mean something else.
    if bytes.allSatisfy({ numberLike.contains($0) }) && bytes.contains(where: \.isASCIIDigit) {
      return false
    }
    return !words.contains(text.lowercased()) && !text.hasPrefix("0x") && !text.hasPrefix("0o")
  }

  private static let leading = Set(" ,[]{}#&*!|>'\"%@`:=".utf8)
  private static let numberLike = Set("0123456789+-.eE_:TZ".utf8)
  private static let words: Set<String> = [
    "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "-.inf", "+.inf", ".nan", "---", "...",
  ]

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
