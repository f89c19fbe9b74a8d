import CellScreen

/// The scalars that make a terminal show a glyph in exactly the glyph's columns.
///
/// Our width table and the C library's differ for some signs, and terminals differ on joined emoji. What is written
/// here has the same width everywhere: a joined emoji becomes its first picture, and a sign that the C library holds
/// for narrower gets a blank behind it.
///
/// - Parameter width: How many columns the C library gives a scalar; below zero if it cannot be printed.
func terminalScalars(of glyph: Glyph, width: (Unicode.Scalar) -> Int) -> [Unicode.Scalar] {
  if glyph.isContinuation { return [] }
  let scalars = glyph.scalars
  let base = glyph.base
  if base.isASCII, scalars.count == 1 { return [base] }
  let marks = scalars.dropFirst().prefix { $0 != "\u{200D}" }
    .filter { width($0) == 0 && $0 != "\u{FE0F}" }
    .prefix(marksMax)
  switch (glyph.columns, width(base)) {
  case (1, 1), (2, 2): return [base] + marks
  case (2, 1):
    // Two letters of a flag: a terminal that knows flags joins them.
    if scalars.count == 2, width(scalars[1]) == 1 { return scalars }
    return [base] + marks + [" "]
  case (1, _): return ["?"]
  default: return ["?", "?"]
  }
}

/// curses keeps no more marks than this in a cell.
private let marksMax = 4
