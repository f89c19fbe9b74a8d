import CellScreen
import ClusterModel

extension Panel {
  /// The way of a request: each path with its answers, its layers, and the first layer that fails.
  static let ingress: Panel = Panel(
    .ingress, "Ingress", kinds: [.ingresses],
    rows: { state in
      Rows(
        state.ingressPaths.map { .path(ingress: $0.ingress, host: $0.host, path: $0.path) })
    },
    room: { IngressForm($0, $1).room },
    note: { state in
      let paths = state.ingressPaths
      let failing = paths.count { $0.firstFailing != nil }
      return failing == 0 ? "" : "\(failing) of \(paths.count) fail"
    },
    rowsWanted: { state in 2 + state.ingresses.reduce(0) { $0 + 1 + 3 * $1.paths.count } },
    headerRows: 0,
    rowAt: { state, size, place in
      let form = IngressForm(state, size)
      return state.row(
        of: ingress, at: place, list: form.list, headerRows: form.isTable ? 1 : 0,
        linesPerRow: form.isTable ? 1 : form.linesPerPath, in: size)
    },
    draw: { state, canvas in
      let paths = state.ingressPaths
      if paths.isEmpty {
        return drawWrapped(
          "No ingress in \(state.namespace ?? "any namespace"): nothing is reached from outside.", canvas, style: .muted
        )
      }
      let form = IngressForm(state, canvas.size)
      if form.isTable {
        drawPathTable(paths, state, canvas.inner(form.list))
        if form.detail.rows > 0, let index = state.selectedIndex(in: .ingress) {
          drawPathDetail(paths[index], state, canvas.inner(form.detail))
        }
      } else {
        if form.head.rows > 0 { drawHead(state.ingresses[0], canvas.inner(form.head)) }
        let rows = state.visibleRows(of: ingress, in: canvas.size)
        drawPathBlocks(rows, paths, lines: form.linesPerPath, state, canvas.inner(form.list))
      }
    })
}

extension DashboardState {
  /// The paths of all ingresses, in order.
  var ingressPaths: [IngressPathView] { ingresses.flatMap(\.paths) }
}

/// How the panel shares out its inside.
private struct IngressForm {
  /// Whether there is room for a table and the layers of the selected path in full.
  let isTable: Bool
  let head: Rect
  let list: Rect
  let detail: Rect
  let linesPerPath: Int

  /// From this size on a table says more.
  static let tableSize = Size(columns: 90, rows: 14)
  /// The path and its answer, the answers of the last minutes, the layers.
  static let linesMax = 3

  init(_ state: DashboardState, _ size: Size) {
    let count = state.ingressPaths.count
    var rest = Rect(size)
    isTable = size.holds(Self.tableSize)
    if isTable {
      linesPerPath = 1
      head = rest.takeTop(0)
      detail = rest.takeBottom(max(size.rows - count - 1, size.rows * 6 / 10))
    } else {
      let lines = (1...Self.linesMax).last { $0 * count <= size.rows } ?? 1
      // Many paths scroll rather than say little.
      linesPerPath = size.rows >= 6 ? max(2, lines) : lines
      let hasRoom = state.ingresses.count == 1 && linesPerPath * count < size.rows
      head = rest.takeTop(hasRoom ? 1 : 0)
      detail = rest.takeBottom(0)
    }
    list = rest
  }

  var room: Int { isTable ? list.rows - 1 : list.rows / linesPerPath }
}

/// The name of the one ingress, its class and address.
private func drawHead(_ ingress: IngressView, _ canvas: Canvas) {
  let address = ingress.addresses.isEmpty ? "no address" : ingress.addresses.joined(separator: ",")
  canvas.write(
    [Span(ingress.key.name, .label), Span("  class \(ingress.className ?? "–") · \(address)", .muted)],
    at: Position(column: 1, row: 0), columns: canvas.columns - 2)
}
