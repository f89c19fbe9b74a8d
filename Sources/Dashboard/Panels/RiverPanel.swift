import CellScreen
import ClusterModel

extension Panel {
  /// What happened, newest first.
  static let river: Panel = Panel(
    .river, "River", kinds: [.events],
    rows: { state in
      let shown = state.river.shown
      return Rows(
        count: shown.entries.count, id: { .entry(shown.entries[$0].id) },
        index: { row in
          guard case .entry(let id) = row else { return nil }
          return shown.index(of: id)
        })
    },
    room: { $1.rows },
    note: { state in
      let warnings = state.river.warnings
      if state.river.showsWarningsOnly { return "warnings only" }
      return warnings == 0 ? "" : warnings == 1 ? "1 warning" : "\(warnings) warnings"
    },
    commands: [
      Command(
        "river-warnings", .panel(.river), keys: "w", summary: "show only warnings, or everything again",
        hint: "warnings",
        perform: { state in
          state.river.showsWarningsOnly.toggle()
          state.keepSelectionVisible(in: river)
          return []
        })
    ],
    headerRows: 0,
    draw: { state, canvas in
      let entries = state.river.shown.entries
      if entries.isEmpty {
        let text = state.river.showsWarningsOnly ? "No warnings; w shows everything." : "Nothing has happened yet."
        return drawWrapped(text, canvas, style: .muted)
      }
      let columns = riverColumns(canvas.columns)
      Table(
        columns: columns.map { $0.column(in: canvas.columns) }, rowCount: entries.count,
        selectedRow: state.focus == .river ? state.selectedIndex(in: .river) : nil,
        firstRow: state.firstRows[.river] ?? 0, showsHeader: false
      ) { index in
        let entry = entries[index]
        let isFirstOfDay = index > 0 && day(of: entries[index - 1].time) != day(of: entry.time)
        return .cells(columns.map { riverCell($0, entry, isFirstOfDay: isFirstOfDay, state) })
      }.draw(on: canvas)
    })
}

/// The columns of the river.
private enum RiverColumn {
  case time, ago, sort, kind, object, text, count

  /// The column in a table so wide: the words come first, and the object keeps what makes it known.
  func column(in width: Int) -> TableColumn {
    switch self {
    case .time: TableColumn("TIME", alignment: .right, minimum: 8, ideal: 15)
    case .ago: TableColumn("AGO", alignment: .right, minimum: 10)
    case .sort: TableColumn("", minimum: 1)
    case .kind: TableColumn("KIND", minimum: 10, ideal: 24, priority: 2)
    case .object:
      TableColumn("OBJECT", minimum: width < 60 ? 8 : width < 110 ? 20 : 32, ideal: 34, priority: 1, fit: .middle)
    case .text: TableColumn("WHAT", minimum: 10, ideal: 400, isFlexible: true)
    case .count: TableColumn("×", alignment: .right, minimum: 4, priority: 3)
    }
  }
}

/// From these widths on there is room for how long ago it was, and for the object's kind.
private let (columnsForAgo, columnsForKind) = (90, 130)

private func riverColumns(_ columns: Int) -> [RiverColumn] {
  let ago: [RiverColumn] = columns >= columnsForAgo ? [.ago] : []
  let kind: [RiverColumn] = columns >= columnsForKind ? [.kind] : []
  return [.time] + ago + [.sort] + kind + [.object, .text, .count]
}

private func riverCell(
  _ column: RiverColumn, _ entry: River.Entry, isFirstOfDay: Bool, _ state: DashboardState
) -> [Span] {
  switch column {
  case .time:
    // Where a day ends the first entry before it says which day that was; so does everything of another day.
    let date = isFirstOfDay || day(of: entry.time) != day(of: state.now) ? dateText(entry.time) + " " : ""
    return [Span(date, isFirstOfDay ? .label : .muted), Span(timeText(entry.time), .stamp)]
  case .ago: return [Span(agoText(state.now.since(entry.time).inSeconds), .muted)]
  case .sort: return [Span(entry.sort.glyph, entry.sort.style)]
  case .kind: return [Span(entry.object?.kind.kindName ?? "", .muted)]
  case .object: return [Span(entry.subject, .label)]
  case .text: return [Span(entry.text, entry.warns ? entry.sort.style : .plain)]
  case .count: return [Span(countText(entry.count), .muted)]
  }
}

/// How often something came, in at most four columns.
private func countText(_ count: Int) -> String {
  switch count {
  case ...1: ""
  case ..<1_000: "×\(count)"
  case ..<100_000: "×\(count / 1_000)k"
  default: ">99k"
  }
}

private func day(of moment: Timestamp) -> Int64 {
  (moment.seconds - ((moment.seconds % 86_400) + 86_400) % 86_400) / 86_400
}

/// The day without the year: `20 Nov`.
private func dateText(_ moment: Timestamp) -> String {
  // Days since 1 March of year 0, counted in whole cycles of the calendar (Howard Hinnant's days algorithm).
  let days = day(of: moment) + 719_468
  let inCycle = days - (days >= 0 ? days : days - 146_096) / 146_097 * 146_097
  let year = (inCycle - inCycle / 1_460 + inCycle / 36_524 - inCycle / 146_096) / 365
  let inYear = inCycle - (365 * year + year / 4 - year / 100)
  let month = (5 * inYear + 2) / 153
  return "\(inYear - (153 * month + 2) / 5 + 1) \(months[Int(month)])"
}

/// Beginning with March, as the algorithm does.
private let months = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]

extension River.Entry.Sort {
  var glyph: String {
    switch self {
    case .normal: "·"
    case .warning: "⚠"
    case .good: "✓"
    case .bad: "✗"
    case .rollout: "↻"
    case .connection: "↔"
    case .action: "»"
    case .drill: "⚑"
    }
  }

  var style: Style {
    switch self {
    case .normal: .muted
    case .warning: .warning
    case .good: .good
    case .bad: .danger
    case .rollout: .rolling
    case .connection: .accent
    case .action: .strong
    case .drill: .accent
    }
  }
}
