/// Memory of bodies that were read, for those that come: the pages of a list are all of one size.
///
/// A class because the exchanges of a loop share it.
final class BodyBuffers {
  /// How many are kept at most.
  static let maximumSpare = 2
  /// Smaller ones are not worth keeping, larger ones are an exception.
  static let keptBytes = 64 << 10...16 << 20

  private var spare: [[UInt8]] = []
  /// Whether any are kept.
  ///
  /// While the first lists are read; later large bodies are rare.
  var isKeeping = true {
    didSet { if !isKeeping { spare = [] } }
  }

  /// An empty body, with memory if there is some.
  func take() -> [UInt8] { spare.popLast() ?? [] }

  /// Takes the memory of a body that is not needed any more.
  func give(_ body: inout [UInt8]) {
    guard isKeeping, spare.count < Self.maximumSpare, Self.keptBytes.contains(body.capacity) else { return }
    body.removeAll(keepingCapacity: true)
    spare.append(body)
    body = []
  }
}
