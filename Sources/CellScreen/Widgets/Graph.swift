/// The last samples of a measure as columns over several rows, with lines across where limits lie.
package struct Graph: Equatable, Sendable {
  /// A level that the columns are read against.
  package struct Line: Equatable, Sendable {
    package var value: Double
    package var glyph: Glyph
    package var style: Style

    /// A line at a value.
    package init(_ value: Double, _ glyph: Glyph, _ style: Style) {
      self.value = value
      self.glyph = glyph
      self.style = style
    }
  }

  /// Oldest first; nil is a missing sample and stays a gap.
  package var samples: [Double?]
  /// What the full height means.
  package var maximum: Double
  package var lines: [Line]
  /// The styles of the samples, where they are not all the same.
  package var styles: [Style]

  /// Makes a graph.
  package init(_ samples: [Double?], maximum: Double, lines: [Line] = [], styles: [Style] = []) {
    self.samples = samples
    self.maximum = maximum
    self.lines = lines
    self.styles = styles
  }

  /// Draws as many samples as fit, the newest at the right end; columns cover lines.
  package func draw(on canvas: Canvas) {
    guard maximum > 0, canvas.rows > 0 else { return }
    for line in lines {
      guard let row = row(of: line.value, rows: canvas.rows) else { continue }
      for column in 0..<canvas.columns {
        canvas.put(line.glyph, at: Position(column: column, row: row), style: line.style)
      }
    }
    let first = max(0, samples.count - canvas.columns)
    for index in first..<samples.count {
      guard let sample = samples[index], sample.isFinite else { continue }
      let style = styles.indices.contains(index) ? styles[index] : .sparkline
      drawColumn(sample, canvas.columns - samples.count + index, style, canvas)
    }
  }

  /// The row a value lies in; nil where it is above the graph or nothing.
  package func row(of value: Double, rows: Int) -> Int? {
    guard value > 0, value <= maximum, rows > 0 else { return nil }
    return max(0, rows - 1 - Int(value / maximum * Double(rows)))
  }

  private func drawColumn(_ sample: Double, _ column: Int, _ style: Style, _ canvas: Canvas) {
    let share = min(1, max(0, sample / maximum))
    // Something above nothing always shows, and nothing shows as the lowest step: it is a sample all the same.
    let eighths = max(1, Int((share * Double(canvas.rows) * 8).rounded()))
    for row in 0..<canvas.rows where eighths > row * 8 {
      // The top says how much; what is below it is shaded, so that a large graph stays calm.
      let isBody = eighths - row * 8 > 8
      let glyph = isBody ? "░" : Graph.steps[eighths - row * 8 - 1]
      canvas.put(glyph, at: Position(column: column, row: canvas.rows - 1 - row), style: style)
    }
  }

  private static let steps: [Glyph] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
