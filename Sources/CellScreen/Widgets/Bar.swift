/// A share of something as a row of segments, with ticks where request and limit lie.
package struct Bar: Equatable, Sendable {
  /// How the filled part is drawn.
  package enum Form: Sendable {
    /// `━━━╸───`: a heavy line on a thin one, in half columns; every terminal font has both.
    case line
    /// `██▌  `: eighths of a column.
    case blocks
  }

  /// The value, in the unit of `maximum`; nil is a missing sample, which is not zero.
  package var value: Double?
  package var maximum: Double
  package var request: Double?
  package var limit: Double?
  package var form: Form
  /// Whether a nearly full bar is a warning; not where the maximum is only the end of the scale.
  package var isLoad: Bool

  /// Makes a bar; a maximum that is not positive shows an empty track.
  package init(
    value: Double?, maximum: Double = 1, request: Double? = nil, limit: Double? = nil, form: Form = .line,
    isLoad: Bool = true
  ) {
    self.value = value
    self.maximum = maximum
    self.request = request
    self.limit = limit
    self.form = form
    self.isLoad = isLoad
  }

  /// From these shares on the fill changes its style.
  package static let highShare = 0.75
  package static let fullShare = 0.9

  /// Draws the bar over the first row of the canvas.
  package func draw(on canvas: Canvas) {
    for (column, cell) in cells(columns: canvas.columns).enumerated() {
      canvas.put(cell.glyph, at: Position(column: column, row: 0), style: cell.style)
    }
  }

  /// The bar as spans, for a cell of a table.
  package func spans(columns: Int) -> [Span] {
    cells(columns: columns).reduce(into: []) { spans, cell in
      if spans.last?.style == cell.style {
        spans[spans.count - 1].text += cell.glyph.text
      } else {
        spans.append(Span(cell.glyph.text, cell.style))
      }
    }
  }

  private typealias Cell = (glyph: Glyph, style: Style)

  private func cells(columns: Int) -> [Cell] {
    guard columns > 0 else { return [] }
    var cells = [Cell](repeating: (track, .barTrack), count: columns)
    if let value, maximum > 0 { fill(&cells, share(value)) }
    if let request { tick(&cells, "╵", at: request, style: .tickRequest) }
    if let limit { tick(&cells, "╹", at: limit, style: .tickLimit) }
    return cells
  }

  private var track: Glyph { form == .line ? "─" : "·" }

  private func share(_ value: Double) -> Double {
    guard maximum > 0, value.isFinite else { return 0 }
    return min(1, max(0, value / maximum))
  }

  private func fill(_ cells: inout [Cell], _ share: Double) {
    let style = isLoad ? Bar.style(ofShare: share) : .barFill
    let steps = form == .line ? Bar.halves : Bar.eighths
    var filled = Int((share * Double(cells.count * (steps.count + 1))).rounded())
    // Something above nothing always shows.
    if share > 0 { filled = max(1, filled) }
    let (whole, rest) = filled.quotientAndRemainder(dividingBy: steps.count + 1)
    for column in 0..<whole { cells[column] = (form == .line ? "━" : "█", style) }
    if rest > 0 { cells[whole] = (steps[rest - 1], style) }
  }

  /// How a share looks, from where it gets tight.
  package static func style(ofShare share: Double) -> Style {
    share >= fullShare ? .barFull : share >= highShare ? .barHigh : .barFill
  }

  private static let halves: [Glyph] = ["╸"]
  private static let eighths: [Glyph] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private func tick(_ cells: inout [Cell], _ glyph: Glyph, at value: Double, style: Style) {
    guard maximum > 0, value > 0, value.isFinite, value <= maximum else { return }
    let column = min(cells.count - 1, Int((share(value) * Double(cells.count)).rounded(.down)))
    cells[column] = (glyph, style)
  }
}
