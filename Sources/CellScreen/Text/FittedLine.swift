/// Styled glyphs that fill at most a number of columns, with `…` where something had to go.
struct FittedLine {
  private(set) var glyphs: [(glyph: Glyph, style: Style)] = []
  private(set) var columns = 0
  private let limit: Int

  init(columns limit: Int) { self.limit = max(0, limit) }

  /// Takes in the spans as far as they fit.
  ///
  /// - Complexity: O(columns) for `.end`; `.start` and `.middle` need the whole text to know its end.
  mutating func read(_ spans: [Span], fit: Fit) {
    guard limit > 0 else { return }
    if fit == .end {
      readBeginning(spans)
    } else {
      readWhole(spans, fit: fit)
    }
  }

  private mutating func readBeginning(_ spans: [Span]) {
    for span in spans {
      var reader = GlyphReader(span.text)
      while let glyph = reader.next() {
        if columns + glyph.columns <= limit {
          append(glyph, span.style)
        } else if glyph != .blank {
          // Blanks that do not fit are no loss; anything else is.
          cutEnd()
          return
        }
      }
    }
  }

  private mutating func cutEnd() {
    var style = glyphs.last?.style ?? .plain
    while columns > limit - 1, let last = glyphs.popLast() {
      columns -= last.glyph.columns
      style = last.style
    }
    append(.ellipsis, style)
  }

  private mutating func readWhole(_ spans: [Span], fit: Fit) {
    var all: [(glyph: Glyph, style: Style)] = []
    var width = 0
    for span in spans {
      var reader = GlyphReader(span.text)
      while let glyph = reader.next() {
        all.append((glyph, span.style))
        width += glyph.columns
      }
    }
    guard width > limit else {
      glyphs = all
      columns = width
      return
    }
    let head = fit == .start ? 0 : (limit - 1) / 2
    for item in all {
      if columns + item.glyph.columns > head { break }
      append(item.glyph, item.style)
    }
    let tail = FittedLine.tail(of: all, columns: limit - 1 - columns)
    append(.ellipsis, tail.first?.style ?? all.last?.style ?? .plain)
    for item in tail { append(item.glyph, item.style) }
  }

  private static func tail(
    of all: [(glyph: Glyph, style: Style)], columns: Int
  ) -> ArraySlice<(glyph: Glyph, style: Style)> {
    var start = all.endIndex
    var room = columns
    while start > all.startIndex, all[start - 1].glyph.columns <= room {
      start -= 1
      room -= all[start].glyph.columns
    }
    return all[start...]
  }

  private mutating func append(_ glyph: Glyph, _ style: Style) {
    glyphs.append((glyph, style))
    columns += glyph.columns
  }
}
