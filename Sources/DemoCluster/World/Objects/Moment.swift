/// A point of the world's time, in milliseconds since 1970.
package struct Moment: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package var milliseconds: Int

  /// A moment so many milliseconds after 1970-01-01T00:00:00Z.
  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// Earlier moments come first.
  package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

  /// The milliseconds of the moments that can be written, up to the end of the year 9999.
  private static let writable = 0...253_402_300_799_999

  /// The moment so many seconds later, as far as it can be written.
  package static func + (moment: Moment, seconds: Double) -> Moment {
    let span = Int((seconds * 1000).rounded(), within: -writable.upperBound...writable.upperBound)
    let sum = min(max(moment.milliseconds + span, writable.lowerBound), writable.upperBound)
    return Moment(milliseconds: sum)
  }

  /// The seconds from `earlier` to this moment.
  package func seconds(since earlier: Moment) -> Double { Double(milliseconds - earlier.milliseconds) / 1000 }

  /// The moment as Kubernetes writes times: whole seconds, UTC.
  var text: String { dateAndTime + "Z" }

  /// The moment as Kubernetes writes `MicroTime`: six decimals, UTC.
  var textWithMicroseconds: String { dateAndTime + "." + Self.padded(milliseconds % 1000, 3) + "000Z" }

  /// The moment as container logs write it: nine decimals, UTC.
  var textWithNanoseconds: String { dateAndTime + "." + Self.padded(milliseconds % 1000, 3) + "000000Z" }

  /// Date and time separated by a blank, with milliseconds, as Python's logging writes them.
  var textForPeople: String {
    dateAndTime.replacing("T", with: " ") + "," + Self.padded(milliseconds % 1000, 3)
  }

  private var dateAndTime: String {
    let seconds = milliseconds / 1000
    let (year, month, day) = Self.civil(day: seconds / 86_400)
    let ofDay = seconds % 86_400
    let date = "\(year)-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    return date + "T\(Self.padded(ofDay / 3600, 2)):\(Self.padded(ofDay / 60 % 60, 2)):\(Self.padded(ofDay % 60, 2))"
  }

  /// The moment in the form of an nginx access log: `21/Nov/2026:04:12:31 +0000`.
  var textOfAccessLog: String {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let seconds = milliseconds / 1000
    let (year, month, day) = Self.civil(day: seconds / 86_400)
    let time = dateAndTime.suffix(8)
    return "\(Self.padded(day, 2))/\(names[month - 1])/\(year):\(time) +0000"
  }

  /// The moment in the form of an nginx error log: `2026/11/21 04:12:31`.
  var textOfErrorLog: String { dateAndTime.replacing("-", with: "/").replacing("T", with: " ") }

  /// Reads a time written as `2026-11-21T02:29:51Z`, with or without decimals.
  init?(_ text: String) {
    let digits = text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    guard digits.count >= 6, text.hasSuffix("Z"), (1970...9999).contains(digits[0]), (1...12).contains(digits[1]),
      (1...31).contains(digits[2]), digits[3] < 24, digits[4] < 60, digits[5] <= 60
    else { return nil }
    let day = Self.day(year: digits[0], month: digits[1], day: digits[2])
    milliseconds = ((day * 24 + digits[3]) * 60 + digits[4]) * 60_000 + digits[5] * 1000
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The civil date of a day counted from 1970, by the era method: 400 years are 146,097 days.
  private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468  // Days since 0000-03-01, so that a leap day ends its year.
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private static func day(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let yearOfEra = year % 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
