/// How much of something is done, as a heavy line on a thin one: a course, where a `Bar` is a load.
package struct Progress: Equatable, Sendable {
  package var done: Int
  package var total: Int

  /// Makes a progress; with nothing to do the track is empty.
  package init(_ done: Int, of total: Int) {
    self.done = done
    self.total = total
  }

  /// The segments for a line; only what is complete is full.
  package func spans(columns: Int, style: Style = .barFill) -> [Span] {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let filled = Int(share * Double(max(0, columns)))
    return [
      Span(String(repeating: "━", count: filled), style),
      Span(String(repeating: "─", count: max(0, columns) - filled), .barTrack),
    ]
  }
}
