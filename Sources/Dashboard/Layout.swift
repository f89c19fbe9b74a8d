import CellScreen

/// Where everything stands on a screen of a given size.
package struct Layout: Hashable, Sendable {
  /// From this size on all panels are shown at once.
  package static let wholeSize = Size(columns: 120, rows: 36)
  /// The same while a tour is shown.
  static let wholeSizeWithTour = Size(columns: 120, rows: 39)
  /// Below this size nothing useful fits.
  package static let smallestSize = Size(columns: 40, rows: 12)

  /// From this width on verdict and reason share a row.
  static let columnsForOneLine = 160

  /// How much is shown at once.
  package enum Form: Hashable, Sendable { case whole, tabs, presenter, tooSmall }

  package var form: Form
  package var header: Rect
  /// The row of tabs; empty unless `form` is `tabs`.
  package var tabs: Rect
  /// The strip of the tour; empty while there is none.
  package var tour: Rect
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
    form = Self.form(of: state)
    guard form != .tooSmall else {
      let none = Rect(.init(columns: 0, rows: 0))
      (header, tabs, tour, footer, body, panels) = (rest, none, none, rest, rest, [])
      return
    }
    if form == .presenter {
      let presenter = PresenterLayout(of: state)
      (header, tabs, panels) = (rest.takeTop(presenter.body.top), rest.takeTop(0), presenter.panels)
      (tour, footer, body) = (presenter.tour, presenter.footer, presenter.body)
      return
    }
    header = rest.takeTop(state.size.columns >= Self.columnsForOneLine ? 2 : 3)
    footer = rest.takeBottom(1)
    tour = rest.takeTop(TourStrip(of: state)?.rows ?? 0)
    tabs = form == .tabs ? rest.takeTop(1) : rest.takeTop(0)
    body = rest
    if form == .tabs || state.isZoomed {
      panels = [PanelPlace(id: state.focus, rect: rest)]
    } else {
      panels = Self.whole(rest, state)
    }
  }

  /// How much is shown at once: what can be said of a layout without making it.
  static func form(of state: DashboardState) -> Form {
    guard state.size.holds(smallestSize) else { return .tooSmall }
    if state.isPresenting { return .presenter }
    guard state.size.holds(wholeSize) else { return .tabs }
    // Beside the tour all panels at once need what is left of a usual screen.
    return state.showsTour && state.size.rows < wholeSizeWithTour.rows ? .tabs : .whole
  }

  /// Left phases, usage and ingress; right workloads, pods and river.
  ///
  /// Each gets what its rows need where there is room; usage and river take the rest of their columns.
  private static func whole(_ rect: Rect, _ state: DashboardState) -> [PanelPlace] {
    var right = rect
    var usage = right.takeLeft(min(48, max(36, rect.columns * 25 / 100)))
    let phases = usage.takeTop(min(max(10, wanted(.phases, state)), max(10, usage.rows * 3 / 10)))
    let ingress = usage.takeBottom(min(max(9, rect.rows * 45 / 100), max(6, wanted(.ingress, state))))
    let workloads = right.takeTop(min(max(5, wanted(.workloads, state)), right.rows * 4 / 10))
    // In steps, so that one pod more or less does not move the border.
    let podRows = (wanted(.pods, state) + podRowStep) / podRowStep * podRowStep
    let pods = right.takeTop(max(right.rows / 2, min(podRows, right.rows - max(8, right.rows * 3 / 10))))
    return [
      PanelPlace(id: .phases, rect: phases), PanelPlace(id: .usage, rect: usage),
      PanelPlace(id: .ingress, rect: ingress), PanelPlace(id: .workloads, rect: workloads),
      PanelPlace(id: .pods, rect: pods), PanelPlace(id: .river, rect: right),
    ]
  }

  private static let podRowStep = 4

  /// The rows that a panel with all it has to show takes, with its border and header.
  private static func wanted(_ id: Panel.ID, _ state: DashboardState) -> Int { Panel.of(id).rowsWanted(state) }

  /// The rectangle of a panel, if it is on the screen.
  package func rect(of id: Panel.ID) -> Rect? { panels.first { $0.id == id }?.rect }
}
