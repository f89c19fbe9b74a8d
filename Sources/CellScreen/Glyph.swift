/// One visible sign: a base character with its marks, in 16 bytes that compare as numbers.
///
/// Up to six scalars of 21 bits are kept, three in each half; the spare top bit of the first half says that the sign
/// is two columns wide. All zero is the continuation: the column behind a wide sign.
package struct Glyph: Hashable, Sendable {
  private var first: UInt64
  private var second: UInt64

  /// More marks than this on one base are dropped: no script needs them, only text made to disturb.
  package static let scalarsMax = 6

  private static let wideBit: UInt64 = 1 << 63
  private static let scalarMask: UInt64 = (1 << 21) - 1

  /// Makes a sign of one narrow scalar, which must be printable.
  package init(_ scalar: Unicode.Scalar) {
    first = UInt64(scalar.value)
    second = 0
  }

  private init(first: UInt64) {
    self.first = first
    second = 0
  }

  /// An empty column.
  package static let blank = Glyph(" ")
  /// The column behind a wide sign.
  package static let continuation = Glyph(first: 0)
  /// What stands for a sign that must not reach the screen.
  package static let replacement = Glyph("\u{FFFD}")
  /// The sign of something cut.
  package static let ellipsis = Glyph("…")

  /// How many columns it takes: 0 for the continuation, else 1 or 2.
  package var columns: Int { first == 0 ? 0 : isWide ? 2 : 1 }

  /// Whether it takes two columns.
  package var isWide: Bool {
    get { first & Glyph.wideBit != 0 }
    set { first = newValue ? first | Glyph.wideBit : first & ~Glyph.wideBit }
  }

  /// Whether it is the column behind a wide sign.
  package var isContinuation: Bool { first == 0 }

  /// The scalar that carries the marks; NUL for the continuation.
  package var base: Unicode.Scalar { Unicode.Scalar(UInt32(first & Glyph.scalarMask)) ?? "\u{FFFD}" }

  /// The scalars in order.
  package var scalars: [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for half in [first, second] {
      for shift in [UInt64(0), 21, 42] {
        let value = UInt32((half >> shift) & Glyph.scalarMask)
        if value == 0 { return result }
        if let scalar = Unicode.Scalar(value) { result.append(scalar) }
      }
    }
    return result
  }

  /// The sign as text; empty for the continuation.
  package var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Adds a mark to the base; beyond `scalarsMax` it is dropped.
  mutating func append(_ scalar: Unicode.Scalar) {
    let value = UInt64(scalar.value)
    for shift in [UInt64(21), 42] where (first >> shift) & Glyph.scalarMask == 0 {
      first |= value << shift
      return
    }
    for shift in [UInt64(0), 21, 42] where (second >> shift) & Glyph.scalarMask == 0 {
      second |= value << shift
      return
    }
  }
}

/// One column of one row.
package struct Cell: Hashable, Sendable {
  package var glyph: Glyph
  package var style: Style

  /// Makes a cell.
  package init(_ glyph: Glyph = .blank, _ style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  /// An empty plain cell.
  package static let blank = Cell()
}
