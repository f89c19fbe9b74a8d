import ClusterModel

/// Reads a filter from left to right.
struct FilterParser {
  let characters: [Character]
  let columns: [FilterColumn]
  var position = 0

  init(_ text: String, columns: [FilterColumn]) {
    characters = Array(text)
    self.columns = columns
  }

  mutating func terms() throws(RowFilter.Problem) -> [RowFilter.Term] {
    guard characters.count <= RowFilter.lengthMax else {
      throw problem(RowFilter.lengthMax, "more than \(RowFilter.lengthMax) characters")
    }
    var terms: [RowFilter.Term] = []
    skipBlanks()
    while position < characters.count {
      terms.append(startsSelector ? try selectorTerm() : try wordTerm())
      skipBlanks()
    }
    return terms
  }

  // MARK: - Words

  private mutating func wordTerm() throws(RowFilter.Problem) -> RowFilter.Term {
    let isInverse = take("!")
    let start = position
    while position < characters.count, !characters[position].isWhitespace { position += 1 }
    let word = characters[start..<position]
    guard !word.isEmpty else { throw problem(start, "nothing after !", "write what rows must not have") }
    let letters = word.prefix { $0.isASCII && $0.isLetter }
    guard !letters.isEmpty, letters.endIndex < word.endIndex, word[letters.endIndex] == ":" else {
      return RowFilter.Term(condition: .anywhere(try pattern(word)), isInverse: isInverse)
    }
    let value = word[(letters.endIndex + 1)...]
    guard let column = FilterColumn(word: String(letters)), columns.contains(column) else {
      let names = columns.map(\.rawValue).joined(separator: ", ")
      throw problem(start, "unknown column \(String(letters)):", "use \(names)")
    }
    guard !value.isEmpty else { throw problem(value.startIndex, "nothing after \(column.rawValue):") }
    return RowFilter.Term(condition: try condition(column, value), isInverse: isInverse)
  }

  private func condition(
    _ column: FilterColumn, _ value: ArraySlice<Character>
  ) throws(RowFilter.Problem) -> RowFilter.Term.Condition {
    guard column.isNumber else { return .text(column, try pattern(value)) }
    let sign = FilterNumber.Comparison.allCases.first { value.starts(with: $0.rawValue) }
    // READY is text for those who type `ready:0/1`.
    if sign == nil, column == .ready { return .text(column, try pattern(value)) }
    let text = value.dropFirst(sign?.rawValue.count ?? 0)
    guard let number = FilterNumber(String(text), of: column, sign ?? .equal) else {
      throw problem(text.startIndex, "\(column.rawValue): needs a number", "for example \(column.example)")
    }
    return .number(column, number)
  }

  private func pattern(_ word: ArraySlice<Character>) throws(RowFilter.Problem) -> TextPattern {
    do { return try TextPattern(String(word)) } catch {
      throw problem(word.startIndex + error.offset, error.words)
    }
  }

  // MARK: - Characters

  func problem(_ offset: Int, _ words: String, _ advice: String = "") -> RowFilter.Problem {
    RowFilter.Problem(offset: offset, words: words, advice: advice)
  }

  mutating func skipBlanks() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  /// Takes a text if it stands here.
  mutating func take(_ text: String) -> Bool {
    guard characters[position...].starts(with: text) else { return false }
    position += text.count
    return true
  }
}
