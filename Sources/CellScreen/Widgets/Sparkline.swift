/// The last samples of a measure as one row of small columns.
package struct Sparkline: Equatable, Sendable {
  /// Oldest first; nil is a missing sample and stays a gap.
  package var samples: [Double?]
  /// What a full column means; nil takes the largest sample shown.
  package var maximum: Double?

  /// Makes a sparkline.
  package init(_ samples: [Double?], maximum: Double? = nil) {
    self.samples = samples
    self.maximum = maximum
  }

  /// A maximum so much above the largest sample keeps strips that stand on each other apart.
  package static let headroom = 1.15

  private static let steps: [Glyph] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Draws as many samples as fit, the newest at the right end.
  package func draw(on canvas: Canvas, style: Style = .sparkline) {
    let shown = samples.suffix(canvas.columns)
    let start = canvas.columns - shown.count
    for (offset, glyph) in glyphs(shown).enumerated() {
      canvas.put(glyph, at: Position(column: start + offset, row: 0), style: style)
    }
  }

  /// The sparkline as a span, for a cell of a table; `columns` wide whatever the number of samples.
  package func span(columns: Int, style: Style = .sparkline) -> Span {
    let shown = samples.suffix(max(0, columns))
    let gap = String(repeating: " ", count: max(0, columns - shown.count))
    return Span(gap + glyphs(shown).map(\.text).joined(), style)
  }

  private func glyphs(_ shown: ArraySlice<Double?>) -> [Glyph] {
    let top = maximum ?? shown.compactMap { $0 }.max() ?? 0
    return shown.map { sample in
      guard let sample, sample.isFinite else { return .blank }
      guard top > 0 else { return Sparkline.steps[0] }
      let share = min(1, max(0, sample / top))
      return Sparkline.steps[min(7, Int((share * 7).rounded()))]
    }
  }
}
