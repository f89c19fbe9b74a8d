import ClusterModel

/// How far the output of a container was read, so that a new connection brings no line twice.
struct LogPosition {
  /// The time stamp of the last line as the server wrote it; the next connection begins there.
  private(set) var since: String?
  private var last: Timestamp?
  /// How many lines had the last time stamp.
  private var countAtLast = 0
  /// How many of those are still to be passed over; `nil` once new lines came.
  private var leftToSkip: Int?

  /// A new connection was asked for from ``since`` on: the server sends the last lines again.
  mutating func reconnected() { leftToSkip = last == nil ? nil : countAtLast }

  /// Whether a line is new.
  mutating func accepts(_ time: Timestamp?, _ text: Substring) -> Bool {
    guard let time else { return true }
    if let left = leftToSkip, let last {
      // Servers begin at whole seconds, so older lines come again too.
      if time < last { return false }
      if time == last && left > 0 {
        leftToSkip = left - 1
        return false
      }
      leftToSkip = nil
    }
    countAtLast = time == last ? countAtLast + 1 : 1
    (last, since) = (time, String(text))
    return true
  }
}

/// A line of output with the server's time stamp in front, taken apart.
///
/// - Parameter isCut: Whether the line was too long; it ends with `…` then.
/// - Returns: The time stamp, where the line begins with one, as a moment and as written, and the text after it.
func takeApart(_ line: UnsafeRawBufferPointer, isCut: Bool) -> (time: Timestamp?, written: Substring, text: String) {
  let whole = String(decoding: line, as: UTF8.self)
  let sign = isCut ? "…" : ""
  guard let space = whole.utf8.prefix(longestTime + 1).firstIndex(of: UInt8(ascii: " ")),
    let time = Timestamp(String(whole[..<space]))
  else {
    // An empty line of output is a time stamp alone.
    if let time = Timestamp(whole) { return (time, whole[...], sign) }
    return (nil, "", whole + sign)
  }
  return (time, whole[..<space], String(whole[whole.utf8.index(after: space)...]) + sign)
}

/// The length of `2006-01-02T15:04:05.000000000+07:00`.
private let longestTime = 35
