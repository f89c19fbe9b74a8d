/// What a scalar does to the screen.
enum ScalarKind: Sendable {
  /// One column.
  case narrow
  /// Two columns.
  case wide
  /// Sits on the sign before it.
  case mark
  /// Some kind of blank; drawn as a plain one.
  case space
  /// Steers the layout of text but shows nothing: direction marks, joiners, fillers.
  case hidden
  /// Must not reach a terminal: controls, private use, not assigned.
  case unprintable

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF: self = .narrow
    // Lines and blocks, which the program itself draws most.
    case 0x2500...0x25FC: self = .narrow
    case 0x4E00...0x9FA5, 0xAC00...0xD7A3: self = .wide
    case 0..<0x20, 0x7F..<0xA0: self = .unprintable
    default: self = ScalarKind.fromTables(value)
    }
  }

  private static func fromTables(_ value: UInt32) -> ScalarKind {
    if contains(UnicodeRanges.mark, value) { return .mark }
    if contains(UnicodeRanges.wide, value) { return .wide }
    if contains(UnicodeRanges.hidden, value) { return .hidden }
    if contains(UnicodeRanges.space, value) { return .space }
    return contains(UnicodeRanges.unprintable, value) ? .unprintable : .narrow
  }

  private static func contains(_ ranges: [UInt32], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > ranges[2 * middle + 1] {
        low = middle + 1
      } else if value < ranges[2 * middle] {
        high = middle
      } else {
        return true
      }
    }
    return false
  }
}
