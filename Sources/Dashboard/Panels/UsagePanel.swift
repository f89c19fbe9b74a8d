import CellScreen
import ClusterModel

extension Panel {
  /// What the namespace, its workloads and the nodes use, against request and limit.
  static let usage: Panel = Panel(
    .usage, "Usage", kinds: [.podMetrics, .nodeMetrics], needs: .pods,
    rows: { state in
      let nodes = state.nodesStandFirst
      return Rows(
        count: state.consumers.count + 1,
        id: { state.consumer(atRow: $0).map(state.rowID) ?? .whole },
        index: { row in
          if row == .whole { return nodes }
          guard let key = row.object, state.rowID(of: key) == row, let index = state.consumers.firstIndex(of: key)
          else { return nil }
          return index < nodes ? index : index + 1
        })
    },
    room: { UsageForm($0, $1).room },
    headerRows: 0,
    rowAt: { state, size, place in
      let form = UsageForm(state, size)
      return state.row(
        of: usage, at: place, list: form.list, headerRows: form.isTable ? 1 : 0,
        linesPerRow: form.isTable ? 1 : form.linesPerRow, in: size)
    },
    draw: { state, canvas in
      let form = UsageForm(state, canvas.size)
      if form.notice.rows > 0 { drawWrapped(form.words, canvas.inner(form.notice), style: .warning) }
      if form.isTable {
        drawUsageTable(state, canvas.inner(form.list))
      } else {
        let rows = state.visibleRows(of: usage, in: canvas.size)
        drawUsageBlocks(rows, lines: form.linesPerRow, state, canvas.inner(form.list))
      }
      guard form.history.rows > 0 else { return }
      let reading = UsageReading(state.historyRow, state)
      if form.isTable {
        drawUsageGraphs(reading, state, canvas.inner(form.history))
      } else {
        drawUsageHistory(reading, state, canvas.inner(form.history))
      }
    })
}

/// How the panel shares out its inside.
struct UsageForm {
  /// Whether there is room for a table and a graph instead of blocks and a strip.
  let isTable: Bool
  /// Why there are no numbers and how to get them; empty where there are.
  let words: String
  let notice: Rect
  let list: Rect
  let history: Rect

  /// From this size on a table says more.
  static let tableSize = Size(columns: 90, rows: 8)
  /// Lines of a block: the name, cpu, memory.
  static let blockLines = 3
  /// Lines of the history below blocks.
  static let stripLines = 4

  init(_ state: DashboardState, _ size: Size) {
    var rest = Rect(size)
    let availability = state.snapshot.metricsAvailability(at: state.now)
    if availability == .available {
      words = ""
    } else {
      let remedy = availability.remedyHint.isEmpty ? "" : " → \(availability.remedyHint)"
      words = "No numbers: \(availability.explanation)\(remedy)"
    }
    let lines = words.isEmpty ? 0 : wrapped(words, columns: max(1, size.columns - 2)).count
    notice = rest.takeTop(min(lines, max(1, size.rows - Self.blockLines)))
    isTable = size.holds(Self.tableSize)
    if !words.isEmpty {
      history = rest.takeBottom(0)
    } else if isTable {
      // What the table does not need the graphs have, up to three quarters.
      let free = min(size.rows * 3 / 4, size.rows - state.consumers.count - 3)
      history = rest.takeBottom(size.rows >= 16 ? max(size.rows * 45 / 100, free) : 0)
    } else {
      history = rest.takeBottom(size.rows >= Self.blockLines + Self.stripLines ? Self.stripLines : 0)
    }
    list = rest
  }

  /// Lines of one row of the list.
  var linesPerRow: Int { isTable || list.rows < Self.blockLines ? 1 : Self.blockLines }

  /// How many rows of the list are seen.
  var room: Int { isTable ? list.rows - 1 : list.rows / linesPerRow }
}

extension DashboardState {
  /// How many nodes stand before the namespace.
  fileprivate var nodesStandFirst: Int {
    consumers.first?.kind == .nodes ? consumers.prefix { $0.kind == .nodes }.count : 0
  }

  /// The consumer of a row; `nil` for the namespace as a whole.
  func consumer(atRow index: Int) -> ObjectKey? {
    let nodes = nodesStandFirst
    return index == nodes ? nil : consumers[index < nodes ? index : index - 1]
  }

  /// Whose history is shown: the selected row's, and without the focus that of the namespace.
  fileprivate var historyRow: UsageRow {
    let index = focus == .usage ? selectedIndex(in: .usage) : nil
    return UsageRow(of: index.flatMap(consumer(atRow:)), self)
  }
}
