/// Where in a long list the visible part lies.
package struct Scrollbar: Equatable, Sendable {
  package var visible: Range<Int>
  package var count: Int

  /// Makes a scroll bar for the visible indices of `count`.
  package init(visible: Range<Int>, count: Int) {
    self.visible = visible
    self.count = count
  }

  /// Whether everything is visible.
  package var isNeedless: Bool { visible.count >= count }

  /// `3–12 of 10,000`, or just `7` when everything or nothing is visible.
  package var note: String {
    if isNeedless || visible.isEmpty { return grouped(count) }
    return "\(grouped(visible.lowerBound + 1))–\(grouped(visible.upperBound)) of \(grouped(count))"
  }

  /// Draws the thumb over the last column of a bordered surface; draws nothing when everything is visible.
  package func draw(on canvas: Canvas) {
    guard !isNeedless, canvas.rows > 0, canvas.columns > 0 else { return }
    let rows = canvas.rows
    let length = max(1, rows * visible.count / count)
    let free = rows - length
    let hidden = max(1, count - visible.count)
    let start = min(free, (free * visible.lowerBound + hidden / 2) / hidden)
    for row in start..<start + length {
      canvas.put("▐", at: Position(column: canvas.columns - 1, row: row), style: .scrollbar)
    }
  }
}

/// A number with its thousands apart: `10,000`.
package func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return number < 0 ? "-" + text : text
}
