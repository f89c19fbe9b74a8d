extension Timestamp {
  /// A moment as the API writes it: `2026-11-21T03:07:33.9061Z`, with any offset.
  public init?(_ text: String) {
    var text = text
    guard let moment = text.withUTF8({ Timestamp(rfc3339: $0) }) else { return nil }
    self = moment
  }

  /// A moment by the bytes of its text.
  ///
  /// Go's zero time (year 1) is no moment; years that cannot be told apart are the nearest that can.
  init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2), let day = Self.number(bytes, 8, 2),
      let hour = Self.number(bytes, 11, 2), let minute = Self.number(bytes, 14, 2),
      let second = Self.number(bytes, 17, 2)
    else { return nil }
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60, year > 1 else {
      return nil
    }
    var index = 19
    let fraction = Self.fraction(bytes, &index)
    guard let offset = Self.offset(bytes, index) else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    let whole = Timestamp(seconds: days * 86_400 + hour * 3_600 + minute * 60 + second - offset)
    let (sum, overflow) = whole.nanoseconds.addingReportingOverflow(fraction)
    self.init(nanoseconds: overflow ? .max : sum)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int64? {
    var number: Int64 = 0
    for index in start..<start + count {
      guard index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") else {
        return nil
      }
      number = number * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
    }
    return number
  }

  /// The fraction of a second in nanoseconds; digits beyond nine are cut.
  private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int64 {
    guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
    index += 1
    var fraction: Int64 = 0
    var scale: Int64 = 100_000_000
    while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
      fraction += Int64(bytes[index] - UInt8(ascii: "0")) * scale
      scale /= 10
      index += 1
    }
    return fraction
  }

  /// Seconds east of Greenwich.
  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int64? {
    guard index < bytes.count else { return nil }
    if bytes[index] | 0x20 == UInt8(ascii: "z") { return index + 1 == bytes.count ? 0 : nil }
    guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"), index + 6 == bytes.count,
      bytes[index + 3] == UInt8(ascii: ":"), let hours = number(bytes, index + 1, 2),
      let minutes = number(bytes, index + 4, 2)
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return bytes[index] == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Days from 1970-01-01 in the Gregorian calendar.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    // Years that begin in March put the leap day at the end, and make the days before a month a line.
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
