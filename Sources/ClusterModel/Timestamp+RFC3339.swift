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
  package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
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

  /// The moment as the API writes it, in whole seconds: `2026-11-21T03:07:33Z`.
  public var rfc3339: String { dateAndTime + "Z" }

  /// The moment with all its nanoseconds: `2026-11-21T03:07:33.906100000Z`.
  public var rfc3339WithNanoseconds: String {
    let fraction = nanoseconds - seconds * 1_000_000_000
    return "\(dateAndTime).\(Self.padded(fraction, 9))Z"
  }

  private var dateAndTime: String {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let second = seconds - days * 86_400
    // The way back from days() above: eras of 400 years that begin in March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
      + "T\(Self.padded(second / 3_600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
  }

  private static func padded(_ number: Int64, _ digits: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
