/// Reads text scalar by scalar and leaves out what would steer a terminal.
///
/// Whole escape sequences vanish: a colour is not content. Other controls become a visible replacement, line ends and
/// tabs become a blank. Nothing is read ahead, so a line of any length costs only as much as is drawn.
struct ScalarReader: IteratorProtocol {
  private var source: String.UnicodeScalarView.Iterator
  private var held: Unicode.Scalar?

  init(_ text: String) { source = text.unicodeScalars.makeIterator() }

  mutating func next() -> (scalar: Unicode.Scalar, kind: ScalarKind)? {
    while let scalar = take() {
      switch scalar.value {
      case 0x20...0x7E: return (scalar, .narrow)
      case 0x09, 0x0A: return (" ", .narrow)
      case 0x0D:
        held = take()
        if held != "\n" { return (" ", .narrow) }
      case 0x1B: if !skipEscape() { return (Glyph.replacement.base, .narrow) }
      case 0x9B: skipControlSequence()
      case 0x90, 0x98, 0x9D, 0x9E, 0x9F: if !skipControlString() { return (Glyph.replacement.base, .narrow) }
      default: return classified(scalar)
      }
    }
    return nil
  }

  private mutating func take() -> Unicode.Scalar? {
    guard let scalar = held else { return source.next() }
    held = nil
    return scalar
  }

  private func classified(_ scalar: Unicode.Scalar) -> (scalar: Unicode.Scalar, kind: ScalarKind) {
    let kind = ScalarKind(scalar)
    switch kind {
    case .space: return (" ", .narrow)
    case .unprintable: return (Glyph.replacement.base, .narrow)
    case .narrow, .wide, .mark, .hidden: return (scalar, kind)
    }
  }

  /// Skips what follows an ESC.
  ///
  /// - Returns: False if the sequence never ends, which must not hide the rest without a sign.
  private mutating func skipEscape() -> Bool {
    guard let scalar = take() else { return true }
    switch scalar.value {
    case 0x5B: skipControlSequence()
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F: return skipControlString()
    case 0x20...0x2F:
      held = scalar
      while let next = take() {
        if (0x20...0x2F).contains(next.value) { continue }
        if !(0x30...0x7E).contains(next.value) { held = next }
        return true
      }
    case 0x30...0x7E: break
    default: held = scalar
    }
    return true
  }

  /// Skips the parameters and the final letter of a CSI sequence; anything else ends it, as in a terminal.
  private mutating func skipControlSequence() {
    while let scalar = take() {
      if (0x20...0x3F).contains(scalar.value) { continue }
      if !(0x40...0x7E).contains(scalar.value) { held = scalar }
      return
    }
  }

  /// Skips an OSC, DCS, SOS, PM or APC up to its terminator.
  private mutating func skipControlString() -> Bool {
    while let scalar = take() {
      switch scalar.value {
      case 0x07, 0x9C: return true
      case 0x1B:
        guard let next = take() else { return false }
        if next == "\\" { return true }
        held = next
      default: break
      }
    }
    return false
  }
}
