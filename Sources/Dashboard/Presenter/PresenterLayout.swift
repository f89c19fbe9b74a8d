import CellScreen
import ClusterModel

/// Where everything stands while presenting: the stage above, calm panels below.
struct PresenterLayout: Hashable, Sendable {
  /// From this size on sentences and numbers are in letters of three rows.
  static let lettersSize = Size(columns: 110, rows: 36)
  /// How many lines of letters a reason may take; the rest of a longer one is in small letters below.
  static let reasonLinesMax = 3
  /// From how many rows on the band above a tour is in letters of five rows.
  static let bandRowsWithTour = 50
  /// What happens now is in letters where so many rows remain for the panels.
  static let panelRowsMin = 12

  /// Who, where, and what time it is.
  var title = Rect(Size(columns: 0, rows: 0))
  var word = Rect(Size(columns: 0, rows: 0))
  /// How large the pieces of the word's letters are; 0 for letters of three rows.
  var scale = 0
  var reason = Rect(Size(columns: 0, rows: 0))
  /// The part of the reason that is in letters of three rows, and what remains for small ones.
  var reasonLines: [String] = []
  var reasonRest = ""
  var happening = Rect(Size(columns: 0, rows: 0))
  var numbers = Rect(Size(columns: 0, rows: 0))
  /// The strip of the tour, below the band; empty while there is none.
  var tour = Rect(Size(columns: 0, rows: 0))
  var panels: [Layout.PanelPlace] = []
  var footer: Rect
  /// Below the stage: where a view or a zoomed panel lies.
  var body: Rect
  /// Blank columns at the left of the stage.
  let margin: Int

  init(of state: DashboardState) {
    let size = state.size
    let isLarge = size.holds(Self.lettersSize)
    margin = isLarge ? 3 : 1
    body = Rect(size)
    footer = body.takeBottom(1)
    title = body.takeTop(1)
    if size.rows >= 20 { _ = body.takeTop(1) }
    if let strip = TourStrip(of: state) {
      placeBand(isLarge: isLarge && size.rows >= Self.bandRowsWithTour)
      tour = body.takeTop(strip.rows)
      if state.isZoomed {
        panels = [Layout.PanelPlace(id: state.focus, rect: body)]
      } else if state.views.isEmpty {
        placePanels(state)
      }
    } else if state.views.isEmpty, !state.isZoomed {
      placeStage(state, isLarge: isLarge)
      placePanels(state)
    } else {
      placeBand(isLarge: isLarge)
      if state.isZoomed { panels = [Layout.PanelPlace(id: state.focus, rect: body)] }
    }
  }

  /// The stage while nothing lies over the panels.
  private mutating func placeStage(_ state: DashboardState, isLarge: Bool) {
    scale = Self.scale(body.columns - 2 * margin, rows: state.size.rows)
    word = takeTop(scale == 0 ? CompactLetters.rows : BlockLetters.rows * scale, gap: state.size.rows >= 20)
    splitReason(state.shownReason, isLarge: isLarge)
    let smallRows = reasonRest.isEmpty ? 0 : wrapped(reasonRest, columns: body.columns - 2 * margin).count
    reason = takeTop(
      CompactLetters.rows * reasonLines.count + min(3, isLarge ? smallRows : max(2, smallRows)), gap: isLarge)
    let numberRows = isLarge ? CompactLetters.rows + 1 : 1
    let hasRoom = body.rows - numberRows - 1 - CompactLetters.rows - 1 >= Self.panelRowsMin
    happening = takeTop(isLarge && hasRoom ? CompactLetters.rows : 1, gap: isLarge)
    numbers = takeTop(numberRows, gap: state.size.rows >= 20)
  }

  /// As much of the reason as may be large.
  private mutating func splitReason(_ text: String, isLarge: Bool) {
    guard isLarge, let lines = CompactLetters.lines(of: text, columns: body.columns - 2 * margin) else {
      reasonRest = text
      return
    }
    reasonLines = Array(lines.prefix(Self.reasonLinesMax))
    reasonRest = lines.dropFirst(Self.reasonLinesMax).joined(separator: " ")
  }

  /// The stage beside a view or a zoomed panel: the word, and the reason at its right.
  private mutating func placeBand(isLarge: Bool) {
    scale = isLarge ? 1 : 0
    var band = takeTop(isLarge ? BlockLetters.rows : CompactLetters.rows, gap: isLarge)
    word = band.takeLeft(Self.longestWord(scale: scale) + 2 * margin)
    happening = band.takeBottom(1)
    reason = band
  }

  /// Workloads above pods at the left and the river at the right, or pods above the river.
  private mutating func placePanels(_ state: DashboardState) {
    // As far from the edge as the stage: a row has one column before its text.
    var rest = body.inset(columns: margin - 1)
    guard rest.columns >= Self.lettersSize.columns - 2 * margin else {
      let river = rest.takeBottom(rest.rows >= 8 ? 4 : 0)
      if state.focus != .river || river.isEmpty { place(state.focus, rest) } else { place(.pods, rest) }
      return place(.river, river)
    }
    let river = rest.takeRight(rest.columns * 47 / 100)
    _ = rest.takeRight(3)
    let showsWorkloads = rest.rows >= 9
    let hasGap = rest.rows >= 12
    let workloads = rest.takeTop(showsWorkloads ? min(state.workloads.count + 2, max(4, rest.rows / 3)) : 0)
    if showsWorkloads, hasGap { _ = rest.takeTop(1) }
    let shown: [Panel.ID] = showsWorkloads ? [.workloads, .river] : [.river]
    place(.workloads, workloads)
    place(shown.contains(state.focus) ? .pods : state.focus, rest)
    place(.river, river)
  }

  private mutating func place(_ id: Panel.ID, _ rect: Rect) {
    if !rect.isEmpty { panels.append(Layout.PanelPlace(id: id, rect: rect)) }
  }

  private mutating func takeTop(_ rows: Int, gap: Bool) -> Rect {
    defer { if gap { _ = body.takeTop(1) } }
    return body.takeTop(rows)
  }

  /// The largest scale at which every verdict fits, so that the word does not change its size with its meaning.
  private static func scale(_ columns: Int, rows: Int) -> Int {
    let fitting = (1...3).last { longestWord(scale: $0) <= columns && rows >= [20, 36, 54][$0 - 1] }
    return fitting ?? 0
  }

  private static func longestWord(scale: Int) -> Int {
    Verdict.Word.allCases.map {
      scale == 0 ? CompactLetters($0.rawValue).columns : BlockLetters($0.rawValue, scale: scale).columns
    }.max() ?? 0
  }
}

extension DashboardState {
  /// The reason as it may be seen: letters of three rows do not pass as text.
  var shownReason: String { masking.masked(verdict.reason) }
}
