import ClusterModel

/// How far the output of a container was read, so that a new connection brings no line twice.
struct LogPosition {
  /// The time stamp of the last line; the next connection begins there.
  private(set) var last: Timestamp?
  /// How many lines had the last time stamp.
  private var countAtLast = 0
  /// How many of those are still to be passed over; `nil` once new lines came.
  private var leftToSkip: Int?

  /// A new connection was asked for from ``last`` on: the server sends the last lines again.
  mutating func reconnected() { leftToSkip = last == nil ? nil : countAtLast }

  /// Whether a line is new.
  mutating func accepts(_ time: Timestamp?) -> Bool {
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
    last = time
    return true
  }
}

/// A line of output with the server's time stamp in front, taken apart.
///
/// - Parameter isCut: Whether the line was too long; it says so at its end then.
/// - Returns: The time stamp, where the line begins with one, and the text after it.
func takeApart(_ line: UnsafeRawBufferPointer, isCut: Bool) -> (time: Timestamp?, text: String) {
  let bytes = line.assumingMemoryBound(to: UInt8.self)
  let sign = isCut ? "… cut after \(ByteText.text(line.count))" : ""
  let head = bytes.prefix(longestTime + 1)
  // An empty line of output is a time stamp alone.
  let end = head.firstIndex(of: UInt8(ascii: " ")) ?? (bytes.count <= longestTime ? bytes.count : 0)
  guard let time = Timestamp(rfc3339: UnsafeBufferPointer(rebasing: bytes[..<end])) else {
    return (nil, String(decoding: bytes, as: UTF8.self) + sign)
  }
  let rest = bytes[min(bytes.count, end + 1)...]
  return (time, String(decoding: rest, as: UTF8.self) + sign)
}

/// The length of `2006-01-02T15:04:05.000000000+07:00`.
private let longestTime = 35
