import CellScreen

/// Where everything stands on a screen of a given size.
package struct Layout: Hashable, Sendable {
  /// From this size on all panels are shown at once.
  package static let wholeSize = Size(columns: 120, rows: 36)
  /// Below this size nothing useful fits.
  package static let smallestSize = Size(columns: 40, rows: 12)

  /// From this width on verdict and reason share a row.
  static let columnsForOneLine = 160

  /// How much is shown at once.
  package enum Form: Hashable, Sendable { case whole, tabs, tooSmall }

  package var form: Form
  package var header: Rect
  /// The row of tabs; empty unless `form` is `tabs`.
  package var tabs: Rect
  package var panels: [PanelPlace]
  package var footer: Rect
  /// All between header and footer: where a view or a zoomed panel lies.
  package var body: Rect

  /// A panel and its rectangle.
  package struct PanelPlace: Hashable, Sendable {
    package var id: Panel.ID
    package var rect: Rect
  }

  /// The layout for a state's size, focus and zoom.
  package init(of state: DashboardState) {
    var rest = Rect(state.size)
    guard state.size.holds(Self.smallestSize) else {
      form = .tooSmall
      (header, tabs, footer, body, panels) = (rest, Rect(.init(columns: 0, rows: 0)), rest, rest, [])
      return
    }
    form = state.size.holds(Self.wholeSize) ? .whole : .tabs
    header = rest.takeTop(state.size.columns >= Self.columnsForOneLine ? 2 : 3)
    footer = rest.takeBottom(1)
    tabs = form == .tabs ? rest.takeTop(1) : rest.takeTop(0)
    body = rest
    if form == .tabs || state.isZoomed {
      panels = [PanelPlace(id: state.focus, rect: rest)]
    } else {
      panels = Self.whole(rest, workloadCount: state.workloads.count, isRiverFocused: state.focus == .river)
    }
  }

  /// Left phases, usage and ingress; right workloads, pods and river.
  private static func whole(_ rect: Rect, workloadCount: Int, isRiverFocused: Bool) -> [PanelPlace] {
    var rest = rect
    var left = rest.takeLeft(min(48, max(36, rect.columns * 25 / 100)))
    let phases = left.takeTop(min(12, max(10, left.rows / 4)))
    let ingress = left.takeBottom(max(9, left.rows * 45 / 100))
    let river = rest.takeBottom(max(8, rest.rows * 3 / 10))
    let workloads = rest.takeTop(min(max(5, workloadCount + 3), rest.rows * 4 / 10))
    return [
      PanelPlace(id: .phases, rect: phases), PanelPlace(id: .usage, rect: left),
      PanelPlace(id: .ingress, rect: ingress), PanelPlace(id: .workloads, rect: workloads),
      PanelPlace(id: .pods, rect: rest), PanelPlace(id: .river, rect: river),
    ]
  }

  /// The rectangle of a panel, if it is on the screen.
  package func rect(of id: Panel.ID) -> Rect? { panels.first { $0.id == id }?.rect }
}
