/// A key and what it does, as the footer shows it.
package struct KeyHint: Equatable, Sendable {
  package var key: String
  package var label: String
  /// Hints with higher numbers leave first when room is short.
  package var priority: Int
  /// Whether the key works now; if not it is shown muted.
  package var isEnabled: Bool

  /// Makes a hint.
  package init(_ key: String, _ label: String, priority: Int = 0, isEnabled: Bool = true) {
    self.key = key
    self.label = label
    self.priority = priority
    self.isEnabled = isEnabled
  }
}

/// The footer: `enter why · l logs · ? help`.
package struct KeyHints: Equatable, Sendable {
  package var hints: [KeyHint]

  /// Makes a footer; the order of the hints is the order on screen.
  package init(_ hints: [KeyHint]) { self.hints = hints }

  /// The hint that stands in a column when `width` columns are drawn on; `nil` for none.
  package func index(at column: Int, width: Int) -> Int? {
    var start = 0
    for index in shown(width) {
      let end = start + TextWidth.columns(of: hints[index].key) + 1 + TextWidth.columns(of: hints[index].label)
      if (start..<end).contains(column) { return index }
      start = end + 3
    }
    return nil
  }

  /// The hints that fit, in their order.
  private func shown(_ width: Int) -> [Int] {
    var shown = Array(hints.indices)
    while !shown.isEmpty, columns(shown) > width,
      let leaving = shown.max(by: { (hints[$0].priority, $0) < (hints[$1].priority, $1) })
    {
      shown.removeAll { $0 == leaving }
    }
    return shown
  }

  /// Draws the hints that fit over the first row, and `…` if some had to leave.
  package func draw(on canvas: Canvas) {
    let shown = shown(canvas.columns)
    var spans: [Span] = []
    for index in shown {
      if !spans.isEmpty { spans.append(Span(" · ", .muted)) }
      let hint = hints[index]
      spans.append(Span(hint.key, hint.isEnabled ? .key : .muted))
      spans.append(Span(" " + hint.label, hint.isEnabled ? .label : .muted))
    }
    if shown.count < hints.count { spans.append(Span(shown.isEmpty ? "…" : " …", .muted)) }
    canvas.write(spans, at: .zero)
  }

  private func columns(_ shown: [Int]) -> Int {
    let texts = shown.reduce(0) {
      $0 + TextWidth.columns(of: hints[$1].key) + 1 + TextWidth.columns(of: hints[$1].label)
    }
    return texts + 3 * (shown.count - 1) + (shown.count < hints.count ? 2 : 0)
  }
}
