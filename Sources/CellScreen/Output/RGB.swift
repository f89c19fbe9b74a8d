/// A colour as a screen mixes it.
package struct RGB: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  /// Makes a colour from its usual spelling, such as `0xFF7B72`.
  package init(_ hex: UInt32) {
    red = UInt8(truncatingIfNeeded: hex >> 16)
    green = UInt8(truncatingIfNeeded: hex >> 8)
    blue = UInt8(truncatingIfNeeded: hex)
  }

  /// `#ff7b72`.
  package var hex: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}

extension RGB {
  /// The nearest of the 240 fixed colours of a terminal with 256; the first 16 belong to the user.
  package var xterm256: Int {
    let cube = parts.map(RGB.cubeStep)
    let grey = max(0, min(23, (parts.reduce(0, +) / 3 - 3) / 10))
    let cubeColour = RGB(levels: cube.map { RGB.cubeLevels[$0] })
    let greyColour = RGB(levels: Array(repeating: 8 + 10 * grey, count: 3))
    if distance(to: greyColour) < distance(to: cubeColour) { return 232 + grey }
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
  }

  /// The colour that a terminal with 256 shows for an index from 16 on.
  package static func xterm256(_ index: Int) -> RGB {
    if index >= 232 { return RGB(levels: Array(repeating: 8 + 10 * (index - 232), count: 3)) }
    let cube = index - 16
    return RGB(levels: [cubeLevels[cube / 36], cubeLevels[cube / 6 % 6], cubeLevels[cube % 6]])
  }

  /// The colour of the same kind among 16, by hue: the nearest one would nearly always be some grey.
  package var ansi16: Int {
    let top = parts.max() ?? 0
    let bottom = parts.min() ?? 0
    let lightness = (top + bottom) / 2
    // So dark that the hue does not show.
    if lightness < 40 { return 0 }
    // Below this the eye sees a grey.
    if top - bottom < 40 { return lightness < 64 ? 0 : lightness < 150 ? 8 : lightness < 220 ? 7 : 15 }
    let bits = (parts[0] > lightness ? 1 : 0) | (parts[1] > lightness ? 2 : 0) | (parts[2] > lightness ? 4 : 0)
    return bits + (lightness > 127 ? 8 : 0)
  }

  private var parts: [Int] { [Int(red), Int(green), Int(blue)] }

  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  private static func cubeStep(_ part: Int) -> Int { part < 48 ? 0 : part < 115 ? 1 : (part - 35) / 40 }

  private init(levels: [Int]) {
    self.init(UInt32(levels[0]) << 16 | UInt32(levels[1]) << 8 | UInt32(levels[2]))
  }

  private func distance(to other: RGB) -> Int {
    zip(parts, other.parts).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
