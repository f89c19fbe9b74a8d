import CellScreen

/// A picture with every widget in it, for the tests of whole screens.
func showcase(_ size: Size = Size(columns: 100, rows: 30)) -> Screen {
  Screen(size: size) { canvas in
    var area = canvas.bounds
    drawHeader(canvas.inner(area.takeTop(2)))
    KeyHints([
      KeyHint("enter", "why"), KeyHint("l", "logs", priority: 1), KeyHint("r", "restart", priority: 2),
      KeyHint("s", "scale", priority: 3, isEnabled: false), KeyHint("F5", "deploy", priority: 2), KeyHint("?", "help"),
    ]).draw(on: canvas.inner(area.takeBottom(1)))
    drawLetters(canvas.inner(area.takeTop(7)))
    let left = area.takeLeft(34)
    drawUsage(canvas.inner(left))
    drawPods(canvas.inner(area))
  }
}

private func drawHeader(_ canvas: Canvas) {
  canvas.write(
    [
      Span(" Todo AI Chatbot  ", .logo), Span(" ◐ DEGRADED ", .verdictDegraded),
      Span("  todo-backend: pod x7k2p cannot pull todo-backend:v1.0.1 (not found) · "), Span("42 s", .stamp),
    ], at: .zero)
  canvas.write(
    [
      Span(" minikube", .contextLocal), Span(" › ", .muted), Span("todo", .value), Span("   v1.32.4   watch ", .muted),
      Span("●", .good), Span(" 0.4 s  ", .stamp), Span(" armed 4:12 ", .armed), Span(" "), Span(" demo ", .demo),
    ], at: Position(column: 0, row: 1))
}

private func drawLetters(_ canvas: Canvas) {
  BlockLetters("Degraded").draw(on: canvas.inner(Rect(column: 1, row: 1, columns: 70, rows: 5)), style: .warning)
  Tabs(["1 Phases", "2 Usage", "3 Ingress"], selected: 1).draw(
    on: canvas.inner(Rect(column: 66, row: 3, columns: 33, rows: 1)))
}

private func drawUsage(_ canvas: Canvas) {
  let inside = canvas.box(
    title: [Span("2 ", .key), Span("Usage", .title)], titleRight: [Span("12 s old", .stamp)], style: .border)
  let bars = [
    ("cpu", Bar(value: 0.9, maximum: 4, request: 2, limit: 3.6), "0.9/2.0/4"),
    ("mem", Bar(value: 2.5, maximum: 3, request: 1.8), "2.5/1.8/3Gi"),
    ("disk", Bar(value: 0.97, form: .blocks), "97 %"), ("net", Bar(value: 0.33, form: .blocks), "33 %"),
    ("gpu", Bar(value: nil), "no data"),
  ]
  for (row, (name, bar, note)) in bars.enumerated() {
    inside.write(name, at: Position(column: 1, row: row), style: .label)
    bar.draw(on: inside.inner(Rect(column: 6, row: row, columns: 12, rows: 1)))
    inside.writeRight(note, end: 31, row: row, style: .value)
  }
  let samples: [Double?] = [1, 2, 3, nil, 5, 6, 7, 8, 7, nil, nil, 4, 3, 2, 1, 0, 0, 1]
  Sparkline(samples, maximum: 8).draw(on: inside.inner(Rect(column: 1, row: 6, columns: 20, rows: 1)))
  inside.write("15 min", at: Position(column: 22, row: 6), style: .stamp)
  let words: [(String, Style)] = [
    ("good", .good), ("rolling", .rolling), ("warning", .warning), ("danger", .danger), ("unknown", .unknown),
    ("changed", .changed), ("match", .match), ("link", .link), ("stale", .stale), ("accent", .accent),
  ]
  for (index, (word, style)) in words.enumerated() {
    inside.write(word, at: Position(column: 1 + index % 3 * 10, row: 8 + index / 3), style: style)
  }
  let verdicts: [(String, Style)] = [
    ("HEALTHY", .verdictHealthy), ("ROLLING", .verdictRolling), ("DOWN", .verdictDown), ("UNKNOWN", .verdictUnknown),
  ]
  for (index, (word, style)) in verdicts.enumerated() {
    inside.write(" \(word) ", at: Position(column: 1 + index % 2 * 14, row: 13 + index / 2), style: style)
  }
}

private func drawPods(_ canvas: Canvas) {
  let pods: [(String, String, String, Style)] = [
    ("todo-frontend-5655c45-7rzhj", "1/1", "Running", .good), ("todo-frontend-5655c45-8q44v", "1/1", "Running", .good),
    ("todo-backend-7bbd475-作者-é-👩‍👩‍👧", "1/1", "Running", .good),
    ("todo-backend-86d9f-x7k2p", "0/1", "ImagePullBackOff", .danger),
    ("todo-backend-7bbd475-xnp22", "1/1", "\u{1B}[31mTerminating", .warning),
  ]
  let scrollbar = Scrollbar(visible: 0..<6, count: 11)
  let inside = canvas.box(
    title: [Span("5 ", .key), Span("Pods", .title)], titleRight: [Span(scrollbar.note, .muted)], style: .borderFocused)
  Table(
    columns: [
      TableColumn("NAME", minimum: 16, isFlexible: true, fit: .middle), TableColumn("READY", alignment: .centre),
      TableColumn("STATUS", minimum: 10), TableColumn("RESTARTS", alignment: .right, priority: 2),
      TableColumn("CPU", minimum: 10, priority: 1), TableColumn("AGE", alignment: .right),
    ],
    rowCount: 6, selectedRow: 3
  ) { row in
    if row == 4 { return .note([Span("  ✗ cannot pull todo-backend:v1.0.1: not found (tried 3×)", .danger)]) }
    let (name, ready, status, style) = pods[row > 4 ? 4 : row]
    return .cells([
      [Span(name)], [Span(ready)], [Span(status, style)], [Span("\(row)", .muted)],
      [Sparkline([3, 3, 2, 4], maximum: 8).span(columns: 5), Span(" 12 %")], [Span("12m", .stamp)],
    ])
  }.draw(on: inside)
  scrollbar.draw(on: canvas.inner(Rect(row: 1, columns: canvas.columns, rows: canvas.rows - 2)))
  let lines = wrapped("Restart deployment/todo-backend in todo on minikube?", columns: 40).map { [Span($0)] }
  Dialog(
    title: [Span("Restart", .title)], lines: [[]] + lines + [[], [Span("$ kubectl rollout restart …", .muted)]],
    answers: [Span("[ Cancel ]", .tabSelected), Span("   y", .key), Span(" restart", .label)]
  ).draw(on: canvas.inner(Rect(row: 8, columns: canvas.columns, rows: canvas.rows - 8)))
}
