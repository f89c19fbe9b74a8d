import CellScreen

/// A line over as many as it takes, broken between words; what follows stands under the text behind its first blanks or
/// name.
///
/// - Parameter indent: Where what follows stands, if not there.
func hanging(_ line: [Span], columns: Int, indent wanted: Int? = nil) -> [[Span]] {
  guard line.columns > columns, columns > 0, let first = line.first else { return [line] }
  let firstColumns = TextWidth.columns(of: first.text)
  let isLead = first.text.hasSuffix(" ") && firstColumns <= columns / 3
  let indent = min(wanted ?? (isLead ? firstColumns : 2), columns / 2)
  var lines: [[Span]] = [[]]
  var used = 0
  func breakLine() {
    lines.append([Span(String(repeating: " ", count: indent))])
    used = indent
  }
  for span in line {
    for word in wordsWithBlanks(span.text.prefix(hangingCharactersMax)) {
      let visible = TextWidth.columns(of: String(word.prefix { $0 != " " }))
      if used > indent, used + visible > columns, word.first != " " { breakLine() }
      // A word longer than a line is cut where the line ends.
      var piece = ""
      for character in word {
        let width = TextWidth.columns(of: String(character))
        if used + width > columns {
          lines[lines.count - 1].append(Span(piece, span.style))
          piece = ""
          if character == " " { break }
          breakLine()
        }
        piece.append(character)
        used += width
      }
      lines[lines.count - 1].append(Span(piece, span.style))
    }
  }
  return lines
}

/// More of one text is not laid out: outside text has no end of its own.
private let hangingCharactersMax = 4_000

/// The words of a text, each with the blanks behind it.
private func wordsWithBlanks(_ text: Substring) -> [Substring] {
  var words: [Substring] = []
  var start = text.startIndex
  var last: Character = " "
  for index in text.indices {
    if last == " ", text[index] != " ", index > start {
      words.append(text[start..<index])
      start = index
    }
    last = text[index]
  }
  return words + [text[start...]]
}

extension String {
  /// The text with blanks behind it up to a width; longer text stays.
  func padded(to width: Int) -> String {
    count >= width ? self + " " : self + String(repeating: " ", count: width - count)
  }
}
