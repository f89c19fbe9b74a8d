/// Reads the words and separators of a script.
struct ShellReader {
  /// What a script consists of.
  enum Token {
    case word(ShellWord)
    case end(next: ShellStep.Condition)
  }

  private var rest: ArraySlice<Character>

  init(_ script: String) { rest = Array(script)[...] }

  /// The next word or separator; `nil` at the end.
  mutating func next() throws(ShellStep.SyntaxError) -> Token? {
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    guard let first = rest.first else { return nil }
    switch first {
    case "#":
      rest = rest.drop { $0 != "\n" }
      return .end(next: .always)
    case ";", "\n", "\r\n":
      rest.removeFirst()
      return .end(next: .always)
    case "&", "|":
      guard rest.dropFirst().first == first else { throw unknown(first == "&" ? "jobs in the background" : "pipes") }
      rest.removeFirst(2)
      return .end(next: first == "&" ? .afterSuccess : .afterFailure)
    case "<", ">": throw unknown("redirections")
    case "(", ")": throw unknown("subshells")
    default: return .word(try word())
    }
  }

  private func unknown(_ what: String) -> ShellStep.SyntaxError {
    ShellStep.SyntaxError(words: "the demo's shell knows no \(what)")
  }

  private mutating func word() throws(ShellStep.SyntaxError) -> ShellWord {
    var parts: [ShellWord.Part] = []
    while let character = rest.first, !" \t\n;&|<>()".contains(character), character != "\r\n" {
      rest.removeFirst()
      switch character {
      case "'": parts.append(.text(String(try take(until: "'"))))
      case "\"": try quoted(&parts)
      case "\\": parts.append(.text(rest.popFirst().map { String($0) } ?? ""))
      case "$": parts.append(try variable())
      case "`": throw unknown("command substitution")
      default: parts.append(.text(String(character)))
      }
    }
    return ShellWord(parts)
  }

  private mutating func quoted(_ parts: inout [ShellWord.Part]) throws(ShellStep.SyntaxError) {
    parts.append(.text(""))
    while let character = rest.popFirst() {
      switch character {
      case "\"": return
      case "\\":
        guard let next = rest.popFirst() else { break }
        parts.append(.text("\"\\$`".contains(next) ? String(next) : "\\" + String(next)))
      case "$": parts.append(try variable())
      case "`": throw unknown("command substitution")
      default: parts.append(.text(String(character)))
      }
    }
    throw ShellStep.SyntaxError(words: "Syntax error: Unterminated quoted string")
  }

  /// Reads what stands behind a dollar sign.
  private mutating func variable() throws(ShellStep.SyntaxError) -> ShellWord.Part {
    guard let first = rest.first else { return .text("$") }
    if first == "(" { throw unknown("command substitution") }
    if first == "?" {
      rest.removeFirst()
      return .variable("?")
    }
    if first == "{" {
      rest.removeFirst()
      return .variable(String(try take(until: "}")))
    }
    let name = rest.prefix { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    rest = rest.dropFirst(name.count)
    return name.isEmpty ? .text("$") : .variable(String(name))
  }

  private mutating func take(until end: Character) throws(ShellStep.SyntaxError) -> ArraySlice<Character> {
    guard let index = rest.firstIndex(of: end) else {
      throw ShellStep.SyntaxError(words: "Syntax error: Unterminated quoted string")
    }
    defer { rest = rest[(index + 1)...] }
    return rest[..<index]
  }
}
