/// A share of something as a row of segments, with ticks where request and limit lie.
package struct Bar: Equatable, Sendable {
  /// How the filled part is drawn.
  package enum Form: Sendable {
    /// `▰▰▰▱▱`: reads well from far, one step a column.
    case segments
    /// `██▌  `: eighths of a column.
    case blocks
  }

  /// The value, in the unit of `maximum`; nil is a missing sample, which is not zero.
  package var value: Double?
  package var maximum: Double
  package var request: Double?
  package var limit: Double?
  package var form: Form

  /// Makes a bar; a maximum that is not positive shows an empty track.
  package init(
    value: Double?, maximum: Double = 1, request: Double? = nil, limit: Double? = nil, form: Form = .segments
  ) {
    self.value = value
    self.maximum = maximum
    self.request = request
    self.limit = limit
    self.form = form
  }

  /// From these shares on the fill changes its style.
  package static let highShare = 0.75
  package static let fullShare = 0.9

  /// Draws the bar over the first row of the canvas.
  package func draw(on canvas: Canvas) {
    let columns = canvas.columns
    guard columns > 0 else { return }
    for column in 0..<columns {
      canvas.put(track, at: Position(column: column, row: 0), style: .barTrack)
    }
    if let value, maximum > 0 { drawFill(share(value), on: canvas) }
    if let request { tick("│", at: request, style: .tickRequest, on: canvas) }
    if let limit { tick("┃", at: limit, style: .tickLimit, on: canvas) }
  }

  private var track: Glyph { form == .segments ? "▱" : "·" }

  private func share(_ value: Double) -> Double {
    guard maximum > 0, value.isFinite else { return 0 }
    return min(1, max(0, value / maximum))
  }

  private func drawFill(_ share: Double, on canvas: Canvas) {
    let style: Style = share >= Bar.fullShare ? .barFull : share >= Bar.highShare ? .barHigh : .barFill
    let eighths = Int((share * Double(canvas.columns) * 8).rounded())
    var whole = form == .segments ? (eighths + 4) / 8 : eighths / 8
    // Something above nothing always shows.
    if whole == 0, share > 0, form == .segments { whole = 1 }
    for column in 0..<whole {
      canvas.put(form == .segments ? "▰" : "█", at: Position(column: column, row: 0), style: style)
    }
    if form == .blocks, eighths % 8 > 0 {
      canvas.put(Bar.partial[eighths % 8 - 1], at: Position(column: whole, row: 0), style: style)
    }
  }

  private static let partial: [Glyph] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private func tick(_ glyph: Glyph, at value: Double, style: Style, on canvas: Canvas) {
    guard maximum > 0, value > 0, value.isFinite, value <= maximum else { return }
    let column = min(canvas.columns - 1, Int((share(value) * Double(canvas.columns)).rounded(.down)))
    canvas.put(glyph, at: Position(column: column, row: 0), style: style)
  }
}
