/// The panels that had the focus, for going back and forth.
struct FocusTrail: Hashable, Sendable {
  /// How many steps are kept.
  static let limit = 50

  private(set) var back: [Panel.ID] = []
  private(set) var forward: [Panel.ID] = []

  /// Notes that the focus goes elsewhere.
  mutating func leave(_ panel: Panel.ID) {
    back = (back + [panel]).suffix(Self.limit)
    forward = []
  }

  /// The panel before; `nil` at the beginning.
  mutating func goBack(from panel: Panel.ID) -> Panel.ID? {
    guard let last = back.popLast() else { return nil }
    forward.append(panel)
    return last
  }

  /// The panel after; `nil` at the end.
  mutating func goForward(from panel: Panel.ID) -> Panel.ID? {
    guard let next = forward.popLast() else { return nil }
    back.append(panel)
    return next
  }
}
