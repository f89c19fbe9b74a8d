/// Cuts a line into rows of at most `columns`, wherever a row ends.
///
/// - Parameter rowsMax: What does not fit into so many rows is left out.
/// - Returns: At least one row, which may be empty.
package func broken(_ line: [Span], columns: Int, rowsMax: Int = .max) -> [[Span]] {
  let width = max(1, columns)
  var rows: [[Span]] = [[]]
  var used = 0
  for span in line {
    var piece = ""
    var reader = GlyphReader(span.text)
    while let glyph = reader.next() {
      if used + glyph.columns > width, used > 0 {
        if !piece.isEmpty { rows[rows.count - 1].append(Span(piece, span.style)) }
        guard rows.count < rowsMax else { return rows }
        rows.append([])
        (piece, used) = ("", 0)
      }
      piece += glyph.text
      used += glyph.columns
    }
    if !piece.isEmpty { rows[rows.count - 1].append(Span(piece, span.style)) }
  }
  return rows
}

/// A line without its first columns, as when it is scrolled to the side.
package func dropped(_ line: [Span], columns: Int) -> [Span] {
  var left = columns
  var result: [Span] = []
  for span in line {
    if left <= 0 {
      result.append(span)
      continue
    }
    var rest = ""
    var reader = GlyphReader(span.text)
    while let glyph = reader.next() {
      if left <= 0 {
        rest += glyph.text
      } else {
        left -= glyph.columns
      }
    }
    if !rest.isEmpty { result.append(Span(rest, span.style)) }
  }
  return result
}
