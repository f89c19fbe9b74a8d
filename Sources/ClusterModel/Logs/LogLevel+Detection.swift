extension LogLevel {
  /// A level is said near the beginning of a line, in bytes.
  private static let headBytes = 512
  /// A word that is a level by itself stands nearer, in bytes.
  private static let wordBytes = 120

  /// The level that a line names itself: JSON, klog, Python, a word, or the status of an access log.
  package init(of line: UnsafeBufferPointer<UInt8>) {
    let head = UnsafeBufferPointer(rebasing: line.prefix(Self.headBytes))
    var found = LogLevel.none
    if head.first == UInt8(ascii: "{") {
      found = Self.inFields(head)
    } else {
      found = Self.klog(head) ?? Self.word(UnsafeBufferPointer(rebasing: head.prefix(Self.wordBytes)))
    }
    // An access line may call a failed answer information.
    if found < .error, Self.isServerError(head) { found = .error }
    self = found
  }

  /// `I1121 03:07:32.123456`: the letter, month and day.
  private static func klog(_ line: UnsafeBufferPointer<UInt8>) -> LogLevel? {
    guard line.count > 8, line[5] == 0x20, line[8] == UInt8(ascii: ":"), line[1...4].allSatisfy(\.isASCIIDigit) else {
      return nil
    }
    switch line[0] {
    case UInt8(ascii: "I"): return .info
    case UInt8(ascii: "W"): return .warning
    case UInt8(ascii: "E"), UInt8(ascii: "F"): return .error
    default: return nil
    }
  }

  /// The value of a field of a JSON line whose name says that it is the level.
  private static func inFields(_ line: UnsafeBufferPointer<UInt8>) -> LogLevel {
    for name in fieldNames {
      guard let at = line.firstIndex(of: name) else { continue }
      var index = at + name.count
      while index < line.count, line[index] == 0x20 || line[index] == UInt8(ascii: ":") { index += 1 }
      guard index < line.count else { return .none }
      if line[index] == UInt8(ascii: "\"") {
        let value = line[(index + 1)...].prefix { $0 != UInt8(ascii: "\"") }
        return named(value) ?? .none
      }
      // Pino and bunyan count in tens.
      guard line[index].isASCIIDigit else { return .none }
      switch line[index] {
      case UInt8(ascii: "5")...UInt8(ascii: "6"): return .error
      case UInt8(ascii: "4"): return .warning
      case UInt8(ascii: "3"): return .info
      case UInt8(ascii: "2"): return .debug
      default: return .trace
      }
    }
    return .none
  }

  private static let fieldNames: [[UInt8]] = [
    #""level""#, #""severity""#, #""lvl""#, #""levelname""#, #""log.level""#,
  ].map { Array($0.utf8) }

  /// A word that means a level: in capitals anywhere near the beginning, else where its place says so.
  private static func word(_ line: UnsafeBufferPointer<UInt8>) -> LogLevel {
    var best = LogLevel.none
    var index = 0
    while index < line.count {
      guard line[index].isASCIILetter else {
        index += 1
        continue
      }
      let start = index
      while index < line.count, line[index].isASCIILetter { index += 1 }
      let word = line[start..<index]
      guard (3...9).contains(word.count), let level = named(word) else { continue }
      let isCapitals = word.allSatisfy { $0 < 0x61 }
      let before = start > 0 ? line[start - 1] : 0x20
      let after = index < line.count ? line[index] : 0x20
      let isMarked =
        before == UInt8(ascii: "=") || before == UInt8(ascii: "[") || before == UInt8(ascii: "<")
        || after == UInt8(ascii: ":") || (start == 0 && word.count > 8)
      if isCapitals || isMarked {
        // The first word counts; what follows may be its message.
        best = level
        break
      }
    }
    return best
  }

  private static func named(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> LogLevel? {
    guard (3...9).contains(word.count) else { return nil }
    return words.first { $0.word.elementsEqual(word.lazy.map(\.lowercased)) }?.level
  }

  private static let words: [(word: [UInt8], level: LogLevel)] = {
    let names: [(String, LogLevel)] = [
      ("info inf notice information", .info), ("debug dbg", .debug), ("trace", .trace), ("warn warning wrn", .warning),
      ("error err fatal panic critical crit severe emerg alert traceback exception", .error),
    ]
    return names.flatMap { names, level in names.split(separator: " ").map { (Array($0.utf8), level) } }
  }()

  /// Whether an access line ends in a status of 500 and more: `HTTP/1.1" 503 `, or `"status":502`.
  private static func isServerError(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if let at = line.firstIndex(of: protocolName) {
      let rest = line[(at + protocolName.count)...]
      if let quote = rest.prefix(6).firstIndex(of: UInt8(ascii: "\"")) { return isFiveHundred(line, quote + 1) }
    }
    if line.first == UInt8(ascii: "{"), let at = line.firstIndex(of: statusName) {
      return isFiveHundred(line, at + statusName.count)
    }
    return false
  }

  private static let protocolName = Array("HTTP/".utf8)
  private static let statusName = Array("\"status\":".utf8)

  private static func isFiveHundred(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var start = start
    if start < line.count, line[start] == 0x20 { start += 1 }
    guard start + 3 <= line.count, line[start] == UInt8(ascii: "5") else { return false }
    return line[start + 1].isASCIIDigit && line[start + 2].isASCIIDigit
      && (start + 3 == line.count || !line[start + 3].isASCIIDigit)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a few bytes begin first.
  fileprivate func firstIndex(of needle: [UInt8]) -> Int? {
    guard count >= needle.count else { return nil }
    let first = needle[0]
    var index = 0
    while index <= count - needle.count {
      if self[index] == first, self[index + needle.count - 1] == needle[needle.count - 1],
        self[index..<index + needle.count].elementsEqual(needle)
      {
        return index
      }
      index += 1
    }
    return nil
  }
}
