/// A text with marked places that are filled in many times; much faster than encoding each copy.
struct ByteTemplate: Sendable {
  private let parts: [[UInt8]]
  /// Which value goes after each part but the last.
  private let places: [Int]

  /// Splits a text at marks such as `@0@`, the numbers of the values.
  init(_ text: [UInt8]) {
    var parts: [[UInt8]] = []
    var places: [Int] = []
    var rest = 0
    var index = 0
    let at = UInt8(ascii: "@")
    while index + 2 < text.count {
      let digit = text[index + 1]
      if text[index] == at, text[index + 2] == at, digit >= 0x30, digit <= 0x39 {
        parts.append(Array(text[rest..<index]))
        places.append(Int(digit - 0x30))
        index += 3
        rest = index
      } else {
        index += 1
      }
    }
    parts.append(Array(text[rest...]))
    self.parts = parts
    self.places = places
  }

  /// The text with the values in their places, in pieces: those between the values are shared by all copies.
  func pieces(_ values: [String]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    pieces.reserveCapacity(parts.count * 2 - 1)
    for (index, part) in parts.enumerated() {
      pieces.append(part)
      if index < places.count { pieces.append(Array(values[places[index]].utf8)) }
    }
    return pieces
  }

  /// The text with the values in their places.
  func filled(_ values: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count } + places.reduce(0) { $0 + values[$1].utf8.count })
    for (part, place) in zip(parts, places) {
      bytes += part
      bytes += values[place].utf8
    }
    return bytes + (parts.last ?? [])
  }
}
