import ClusterModel

/// What a filter can ask of a row by name, as in `status:Running`.
package enum FilterColumn: String, CaseIterable, Hashable, Sendable {
  case name, status, node, namespace, ready, image, restarts, cpu, memory, age

  /// The column of a word before a colon; `nil` where there is none of that name.
  init?(word: String) {
    switch word.lowercased() {
    case "ns": self = .namespace
    case "mem": self = .memory
    case let word: self.init(rawValue: word)
    }
  }

  /// Whether what stands behind the colon can be compared.
  var isNumber: Bool {
    switch self {
    case .ready, .restarts, .cpu, .memory, .age: true
    case .name, .status, .node, .namespace, .image: false
    }
  }

  /// A comparison that is right, for those who typed one that is not.
  var example: String {
    switch self {
    case .ready: "ready:<1"
    case .restarts: "restarts:>3"
    case .cpu: "cpu:>100m or cpu:>80%"
    case .memory: "memory:>200Mi or memory:>80%"
    case .age: "age:<2h"
    case .name, .status, .node, .namespace, .image: "\(rawValue):text"
    }
  }
}

/// A number to compare with, in the unit of its column.
package struct FilterNumber: Hashable, Sendable {
  /// How two numbers are compared.
  enum Comparison: String, CaseIterable, Sendable {
    // The longer signs first: they are tried in this order.
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
    case equal = "="
  }

  let comparison: Comparison
  let value: Double
  /// Whether it is a share of the limit, not an amount.
  let isShare: Bool

  /// Reads `100m`, `200Mi`, `80%`, `2h30m`, `3`; `nil` where the text is none of the column's.
  init?(_ text: String, of column: FilterColumn, _ comparison: Comparison) {
    self.comparison = comparison
    if text.hasSuffix("%"), [.cpu, .memory, .ready].contains(column) {
      guard let percent = Double(text.dropLast()), percent.isFinite else { return nil }
      (value, isShare) = (percent / 100, true)
      return
    }
    isShare = column == .ready
    let number: Double?
    switch column {
    case .restarts: number = Int(text).map(Double.init)
    case .ready: number = Double(text)
    case .cpu: number = Quantity.millicores(text).map(Double.init)
    case .memory: number = Quantity.units(text).map(Double.init)
    case .age: number = Self.seconds(text)
    case .name, .status, .node, .namespace, .image: number = nil
    }
    guard let number, number.isFinite else { return nil }
    value = number
  }

  func holds(for number: Double) -> Bool {
    switch comparison {
    case .atLeast: number >= value
    case .atMost: number <= value
    case .more: number > value
    case .less: number < value
    case .equal: number == value
    }
  }

  /// The whole numbers at which a number that grows begins or ceases to meet the comparison.
  var edges: [Double] {
    switch comparison {
    case .less, .atLeast: [value]
    case .more, .atMost: [value + 1]
    case .equal: [value, value + 1]
    }
  }

  /// The seconds of `90s`, `2h`, `1d12h`; `nil` for anything else.
  private static func seconds(_ text: String) -> Double? {
    var total = 0.0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let count = Double(digits), let unit = units[character] else { return nil }
      total += count * unit
      digits = ""
    }
    // Nothing is older than some ten thousand years.
    return digits.isEmpty && !text.isEmpty && total <= 1e12 ? total : nil
  }

  private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "y": 31_536_000]
}
