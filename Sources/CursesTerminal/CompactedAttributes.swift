/// The same bytes with fewer of them for colours and attributes.
///
/// curses changes one thing at a time: `ESC [39m ESC (B ESC [m` only says “plain”, and a third of a frame is such
/// changes. Attributes that follow each other become one sequence, what a reset takes back anyway goes, and so does
/// the choice of the character set, of which there is only one here.
func compactedAttributes(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var waiting = WaitingAttributes()
  var index = 0
  while index < bytes.count {
    guard bytes[index] == escape else {
      waiting.write(to: &result)
      result.append(bytes[index])
      index += 1
      continue
    }
    if bytes[index...].starts(with: plainCharacters) {
      index += plainCharacters.count
    } else if let parameters = attributes(bytes[index...]) {
      waiting.add(parameters, to: &result)
      index = parameters.endIndex + 1
    } else {
      waiting.write(to: &result)
      result.append(escape)
      index += 1
    }
  }
  waiting.write(to: &result)
  return result
}

private let escape: UInt8 = 0x1B
private let plainCharacters: [UInt8] = Array("\u{1B}(B".utf8)
private let attributesStart: [UInt8] = Array("\u{1B}[".utf8)

/// The parameters of a sequence that sets attributes, if one stands at the start.
private func attributes(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
  guard bytes.starts(with: attributesStart) else { return nil }
  let parameters = bytes.dropFirst(attributesStart.count).prefix { (0x30...0x39).contains($0) || $0 == separator }
  return parameters.endIndex < bytes.endIndex && bytes[parameters.endIndex] == UInt8(ascii: "m") ? parameters : nil
}

private let separator = UInt8(ascii: ";")

/// Attributes that are set, but not written yet.
private struct WaitingAttributes {
  private var parameters: [UInt8] = []
  /// A terminal need not take more than sixteen parameters in one sequence.
  private static let bytesMax = 40

  mutating func add(_ more: ArraySlice<UInt8>, to result: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    let isReset = more.isEmpty || more.first == zero && (more.count == 1 || more.dropFirst().first == separator)
    if isReset {
      parameters = more.isEmpty ? [zero] : Array(more)
      return
    }
    if parameters.count + more.count > WaitingAttributes.bytesMax { write(to: &result) }
    if !parameters.isEmpty { parameters.append(separator) }
    parameters += more
  }

  mutating func write(to result: inout [UInt8]) {
    guard !parameters.isEmpty else { return }
    result += attributesStart
    if parameters != [UInt8(ascii: "0")] { result += parameters }
    result.append(UInt8(ascii: "m"))
    parameters = []
  }
}
