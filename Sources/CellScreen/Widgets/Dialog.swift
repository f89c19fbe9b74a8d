/// A box in the middle of the screen with text that scrolls and a line of answers.
package struct Dialog: Sendable {
  package var title: [Span]
  package var lines: [[Span]]
  package var answers: [Span]
  /// The first line shown.
  package var firstLine: Int
  package var border: Style
  /// Wider than this no text reads well.
  package var columnsMax: Int

  /// Makes a dialog; its lines are shown as they are, so wrap them before (`wrapped`).
  package init(
    title: [Span], lines: [[Span]], answers: [Span] = [], firstLine: Int = 0, border: Style = .borderFocused,
    columnsMax: Int = 100
  ) {
    self.title = title
    self.lines = lines
    self.answers = answers
    self.firstLine = firstLine
    self.border = border
    self.columnsMax = columnsMax
  }

  /// Room in the border for `45–50 of 50`.
  private static let noteColumns = 16

  /// Draws the dialog over whatever is there and returns the range of lines that are visible.
  @discardableResult
  package func draw(on canvas: Canvas) -> Range<Int> {
    let answerRows = answers.isEmpty ? 0 : 2
    let widest = max(
      lines.map(\.columns).max() ?? 0, answers.columns, title.columns + Dialog.noteColumns)
    let wanted = Size(columns: min(widest + 6, columnsMax), rows: lines.count + 2 + answerRows)
    let frame = canvas.inner(canvas.bounds.inset(columns: 1).centred(wanted))
    frame.fill()
    let room = max(0, frame.rows - 2 - answerRows)
    let first = max(0, min(firstLine, lines.count - room))
    let visible = first..<min(lines.count, first + room)
    let scrollbar = Scrollbar(visible: visible, count: lines.count)
    let note = scrollbar.isNeedless ? [] : [Span(scrollbar.note, .muted)]
    let inside = frame.box(title: title, titleRight: note, style: border)
    let text = inside.inner(inside.bounds.inset(columns: 2))
    for (row, index) in visible.enumerated() { text.write(lines[index], at: Position(column: 0, row: row)) }
    scrollbar.draw(on: frame.inner(Rect(row: 1, columns: frame.columns, rows: room)))
    if answerRows > 0 {
      let place = Rect(row: inside.rows - 1, columns: text.columns, rows: 1)
      text.write(answers, in: place, align: .centre)
    }
    return visible
  }
}
