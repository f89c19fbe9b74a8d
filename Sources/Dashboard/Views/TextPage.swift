import CellScreen
import ClusterModel

/// The lines of an object's text, or why there are none.
func textLines(_ text: ObjectText, _ reading: TextReading) -> [TextLine] {
  if !reading.problem.isEmpty {
    return [TextLine([Span("✗ ", .danger), Span(reading.problem, .warning)])]
  }
  if reading.readAt == nil {
    let words = text.form == .yaml ? "Reading the object …" : "Asking kubectl describe …"
    return [TextLine([Span(words, .muted)])]
  }
  if reading.lines.isEmpty { return [TextLine([Span("There is nothing in it.", .muted)])] }
  return reading.lines
}
