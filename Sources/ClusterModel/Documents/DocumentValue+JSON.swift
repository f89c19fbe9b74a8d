extension DocumentValue {
  /// The document as JSON, in one line.
  public var json: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let number): text += number
    case .text(let words): Self.quote(words, into: &text)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .members(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.quote(member.name, into: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func quote(_ words: String, into text: inout String) {
    text += "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Only the members of these names, in the order of the names.
  public func keeping(_ names: [String]) -> DocumentValue {
    .members(names.compactMap { name in self[name].map { Member(name, $0) } })
  }

  /// The same with every text changed.
  public func mappingTexts(_ change: (String) -> String) -> DocumentValue {
    switch self {
    case .text(let words): .text(change(words))
    case .list(let values): .list(values.map { $0.mappingTexts(change) })
    case .members(let members): .members(members.map { Member($0.name, $0.value.mappingTexts(change)) })
    case .null, .bool, .number: self
    }
  }
}
