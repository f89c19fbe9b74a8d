import CellScreen
import ClusterModel

extension Panel {
  /// What happened, newest first.
  static let river = Panel(
    .river, "River", kinds: [.events],
    rows: { state in
      let entries = state.river.entries
      return Rows(
        count: entries.count, id: { .entry(entries[$0].id) },
        index: { row in
          guard case .entry(let id) = row else { return nil }
          return state.river.index(of: id)
        })
    },
    note: { state in state.river.warnings == 0 ? "" : "\(state.river.warnings) warnings" },
    draw: { state, canvas in
      let entries = state.river.entries
      if entries.isEmpty { return drawWrapped("Nothing has happened yet.", canvas, style: .muted) }
      Table(
        columns: [
          TableColumn("TIME", minimum: 8), TableColumn("", minimum: 1),
          TableColumn("OBJECT", minimum: 12, ideal: 34, fit: .middle),
          TableColumn("WHAT", minimum: 12, ideal: 400, isFlexible: true),
          TableColumn("×", alignment: .right, minimum: 5),
        ],
        rowCount: entries.count, selectedRow: state.focus == .river ? state.selectedIndex(in: .river) : nil,
        firstRow: state.firstRows[.river] ?? 0, showsHeader: false
      ) { index in
        .cells(riverCells(entries[index]))
      }.draw(on: canvas)
    })
}

private func riverCells(_ entry: River.Entry) -> [[Span]] {
  [
    [Span(timeText(entry.time), .stamp)],
    [Span(entry.sort.glyph, entry.sort.style)],
    [Span(entry.subject, .label)],
    [Span(entry.text, entry.sort == .warning || entry.sort == .bad ? entry.sort.style : .plain)],
    [Span(entry.count > 1 ? "×\(entry.count)" : "", .muted)],
  ]
}

extension River.Entry.Sort {
  var glyph: String {
    switch self {
    case .normal: "·"
    case .warning: "⚠"
    case .good: "✓"
    case .bad: "✗"
    case .connection: "↔"
    }
  }

  var style: Style {
    switch self {
    case .normal: .muted
    case .warning: .warning
    case .good: .good
    case .bad: .danger
    case .connection: .accent
    }
  }
}
