/// Breaks text into lines of at most `columns`, between words where possible; newlines in it stay.
///
/// - Returns: At least one line, which may be empty.
package func wrapped(_ text: String, columns: Int) -> [String] {
  let width = max(1, columns)
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ") {
      let clean = sanitized(String(word))
      let columns = TextWidth.columns(of: clean)
      if used > 0, used + 1 + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if used > 0 { line += " " }
      used += used > 0 ? 1 : 0
      if columns <= width {
        line += clean
        used += columns
      } else {
        for piece in pieces(of: clean, columns: width) {
          if used > 0 { lines.append(line) }
          (line, used) = (piece, TextWidth.columns(of: piece))
        }
      }
    }
    lines.append(line)
  }
  return lines
}

/// A word too long for a line, broken wherever it must be.
private func pieces(of word: String, columns: Int) -> [String] {
  var result = [""]
  var used = 0
  var reader = GlyphReader(word)
  while let glyph = reader.next() {
    if used + glyph.columns > columns, used > 0 {
      result.append("")
      used = 0
    }
    result[result.count - 1] += glyph.text
    used += glyph.columns
  }
  return result
}
