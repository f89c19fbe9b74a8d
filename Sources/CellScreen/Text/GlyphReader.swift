/// Reads text sign by sign, as a terminal lays it out; outside data comes out harmless.
///
/// The rules of joining are few and do not depend on the Unicode version of the system: marks sit on their base,
/// emoji join over ZWJ, take skin tones and the emoji selector, and two regional indicators make a flag.
struct GlyphReader: IteratorProtocol {
  private var scalars: ScalarReader
  private var held: (scalar: Unicode.Scalar, kind: ScalarKind)?

  init(_ text: String) { scalars = ScalarReader(text) }

  mutating func next() -> Glyph? {
    while let (scalar, kind) = take() {
      switch kind {
      case .narrow, .wide, .space, .unprintable:
        var glyph = Glyph(scalar)
        glyph.isWide = kind == .wide
        join(to: &glyph)
        return glyph
      // A mark without a base has nothing to sit on.
      case .mark: return .replacement
      case .hidden: continue
      }
    }
    return nil
  }

  private mutating func take() -> (scalar: Unicode.Scalar, kind: ScalarKind)? {
    if let taken = held {
      held = nil
      return taken
    }
    return scalars.next()
  }

  private mutating func join(to glyph: inout Glyph) {
    let base = glyph.base
    while let next = take() {
      // Plain text leaves here after one comparison.
      if next.kind == .narrow && next.scalar.value < 0x1F1E6 {
        held = next
        return
      }
      if next.kind == .mark {
        glyph.append(next.scalar)
      } else if next.scalar == Self.emojiSelector {
        guard base.properties.isEmoji else { continue }
        glyph.append(next.scalar)
        glyph.isWide = true
      } else if next.scalar == Self.joiner {
        guard base.isPicture, let joined = take() else { continue }
        guard joined.scalar.isPicture else {
          held = joined
          continue
        }
        glyph.append(next.scalar)
        glyph.append(joined.scalar)
        glyph.isWide = true
      } else if next.kind == .hidden {
        continue
      } else if next.scalar.isSkinTone && base.isPicture {
        glyph.append(next.scalar)
        glyph.isWide = true
      } else if next.scalar.isRegionalIndicator && base.isRegionalIndicator && !glyph.isWide {
        glyph.append(next.scalar)
        glyph.isWide = true
      } else {
        held = next
        return
      }
    }
  }

  private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"
  private static let joiner: Unicode.Scalar = "\u{200D}"
}

extension Unicode.Scalar {
  fileprivate var isPicture: Bool { value >= 0x203C && properties.isEmoji }
  fileprivate var isSkinTone: Bool { (0x1F3FB...0x1F3FF).contains(value) }
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
