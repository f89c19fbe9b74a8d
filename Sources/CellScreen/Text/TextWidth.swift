/// How wide text is on the screen, by our own table and not by the locale.
package enum TextWidth {
  /// How many columns the text takes when it is drawn.
  ///
  /// - Complexity: O(length of the text); plain ASCII is only counted.
  package static func columns(of text: String) -> Int {
    let bytes = text.utf8
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return bytes.count }
    var reader = GlyphReader(text)
    var columns = 0
    while let glyph = reader.next() { columns += glyph.columns }
    return columns
  }
}

/// The text as it is drawn: without escape sequences, controls, direction marks and hidden signs.
///
/// Everything drawn passes through the same rules; this is for text that leaves by another way, such as a report.
package func sanitized(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var reader = GlyphReader(text)
  var result = ""
  while let glyph = reader.next() { result += glyph.text }
  return result
}

/// The text cut to a number of columns, with `…` where something is missing.
package func fitted(_ text: String, columns: Int, fit: Fit = .end) -> String {
  var line = FittedLine(columns: columns)
  line.read([Span(text)], fit: fit)
  return line.glyphs.map(\.glyph.text).joined()
}
