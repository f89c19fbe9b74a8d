import ClusterModel

/// Label selectors as kubectl reads them: `-l app=x,tier!=y`, `-l 'key in (a,b)'`, `-l key,!other`.
///
/// Quotes may stand around the selector; no shell takes them away here.
extension FilterParser {
  /// Whether `-l` stands here, alone or at the end.
  var startsSelector: Bool {
    let rest = characters[position...]
    guard rest.starts(with: "-l") else { return false }
    return rest.count == 2 || rest[rest.startIndex + 2].isWhitespace
  }

  mutating func selectorTerm() throws(RowFilter.Problem) -> RowFilter.Term {
    position += 2
    skipBlanks()
    let start = position
    let quote = ["'", "\""].first { take($0) }
    var selector = LabelSelector()
    repeat { selector.expressions.append(try requirement(in: quote)) } while takeAfterBlanks(",")
    if let quote {
      guard takeAfterBlanks(quote) else { throw problem(position, "missing \(quote) for the one at \(start + 1)") }
    }
    return RowFilter.Term(condition: .labels(selector))
  }

  private mutating func requirement(in quote: String?) throws(RowFilter.Problem) -> LabelSelector.Expression {
    skipBlanks()
    let isAbsent = take("!")
    let key = labelText()
    guard !key.isEmpty else { throw problem(position, "missing label", "for example -l app=web") }
    if isAbsent { return LabelSelector.Expression(key: key, operation: "DoesNotExist", values: []) }
    for (sign, operation) in [("!=", "NotIn"), ("==", "In"), ("=", "In")] where takeAfterBlanks(sign) {
      skipBlanks()
      let value = labelText()
      // An empty value is a value; but without quotes the person is still typing.
      if value.isEmpty, quote == nil { throw problem(position, "missing value of \(key)") }
      return LabelSelector.Expression(key: key, operation: operation, values: [value])
    }
    for (word, operation) in [("in", "In"), ("notin", "NotIn")] where takeSet(word) {
      return LabelSelector.Expression(key: key, operation: operation, values: try values())
    }
    return LabelSelector.Expression(key: key, operation: "Exists", values: [])
  }

  /// The values in parentheses, of which the first is taken.
  private mutating func values() throws(RowFilter.Problem) -> [String] {
    var values: [String] = []
    repeat {
      skipBlanks()
      values.append(labelText())
    } while takeAfterBlanks(",")
    guard takeAfterBlanks(")") else { throw problem(position, "missing )") }
    return values
  }

  /// Takes `in (` or `notin (`, whatever the blanks; another word after a label is the filter's next.
  private mutating func takeSet(_ word: String) -> Bool {
    let start = position
    skipBlanks()
    if position > start, take(word), takeAfterBlanks("(") { return true }
    position = start
    return false
  }

  private mutating func takeAfterBlanks(_ text: String) -> Bool {
    let start = position
    skipBlanks()
    if take(text) { return true }
    position = start
    return false
  }

  /// What a label's key or value may consist of.
  private mutating func labelText() -> String {
    let start = position
    while position < characters.count, Self.isLabel(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private static func isLabel(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_./".contains(character))
  }
}
