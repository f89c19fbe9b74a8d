import CellScreen
import ClusterModel

/// How lines of logs are written.
enum LogLook {
  /// So much of a line is read to be shown in one row or some.
  static let readBytes = 32 << 10
  /// So much of it is shown, in characters.
  static let shownCharacters = 16 << 10
  /// A line that is longer says how long it is.
  static let longBytes = 16 << 10
}

extension LogLevel {
  /// The letter that says the same as the colour.
  var letter: String {
    switch self {
    case .none: " "
    case .trace: "T"
    case .debug: "D"
    case .info: "I"
    case .warning: "W"
    case .error: "E"
    }
  }

  var style: Style {
    switch self {
    case .error: .danger
    case .warning: .warning
    case .debug, .trace: .muted
    case .none, .info: .plain
    }
  }
}

extension DashboardState {
  /// A line as it is shown: what stands before it, and its text with secrets and names hidden.
  func logSpans(_ entry: LogEntry, _ logs: LogState, showsPod: Bool) -> (head: [Span], text: [Span]) {
    if entry.kind != .line {
      let style: Style = entry.kind == .mark ? .accent : .muted
      return ([], masking.masked([Span("── \(redacted(logs.store.text(of: entry))) ──", style)]))
    }
    let run = logs.store.runs[Int(entry.run)]
    var head: [Span] = []
    if logs.timeStyle != .none { head.append(Span(logTime(entry.time, logs.timeStyle) + " ", .stamp)) }
    if showsPod { head.append(Span("\(shortPodName(run.pod))/\(run.container) ", .accent)) }
    head.append(Span(entry.level.letter + " ", entry.level.style.emphasized))
    return (masking.masked(head), masking.masked(logText(entry, logs)))
  }

  private func logText(_ entry: LogEntry, _ logs: LogState) -> [Span] {
    let style = entry.level.style
    let isLong = entry.length > LogLook.longBytes
    if !logs.isRaw, !isLong, let fields = logs.store.withBytes(of: entry, { LogFields($0) }) {
      var spans = logs.timeStyle == .none && !fields.time.isEmpty ? [Span(fields.time + " ", .stamp)] : []
      if !fields.message.isEmpty { spans.append(Span(redacted(fields.message) + " ", style)) }
      for field in fields.fields {
        let pair = redacted("\(field.name)=\(field.value)")
        let name = pair.prefix { $0 != "=" }
        spans += [Span(name + "=", .label), Span(pair.dropFirst(name.count + 1) + " ", style)]
      }
      return spans
    }
    let text = redacted(logs.store.text(of: entry, bytesMax: LogLook.readBytes))
    guard isLong else { return [Span(text, style)] }
    return [
      Span("[\(grouped(Int(entry.length))) bytes, enter shows more] ", .label),
      Span(String(text.prefix(LogLook.shownCharacters)) + "…", style),
    ]
  }

  /// The time of a line: of another day with its date.
  func logTime(_ time: Timestamp?, _ style: LogState.TimeStyle) -> String {
    guard let time else { return style == .relative ? "     –" : "–" }
    switch style {
    case .none: return ""
    case .relative:
      let text = ageText(max(0, now.since(time).inSeconds))
      return String(repeating: " ", count: max(0, 6 - text.count)) + text
    case .utc: return timeOfDay(time, offset: 0)
    case .local: return timeOfDay(time, offset: utcOffsetSeconds)
    }
  }

  private func timeOfDay(_ time: Timestamp, offset: Int) -> String {
    let here = time.advanced(by: .seconds(offset))
    let today = now.advanced(by: .seconds(offset)).rfc3339.prefix(10)
    let text = here.rfc3339WithNanoseconds
    let date = text.prefix(10)
    let day = date == today ? "" : date.dropFirst(5) + " "
    return day + text.dropFirst(11).prefix(12)
  }

  /// What the times are called: `UTC+1`.
  var zoneName: String {
    let minutes = abs(utcOffsetSeconds) / 60
    let sign = utcOffsetSeconds < 0 ? "-" : "+"
    let rest = minutes % 60 == 0 ? "" : ":" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
    return utcOffsetSeconds == 0 ? "UTC" : "UTC\(sign)\(minutes / 60)\(rest)"
  }
}

/// The spans with every hit of a pattern in the style of a hit.
func highlighted(_ spans: [Span], _ pattern: TextPattern) -> [Span] {
  spans.flatMap { span -> [Span] in
    var text = span.text
    let ranges = text.withUTF8 { hits(of: pattern, in: $0) }
    guard !ranges.isEmpty else { return [span] }
    let bytes = Array(text.utf8)
    var parts: [Span] = []
    var end = 0
    for range in ranges {
      if range.lowerBound > end { parts.append(Span(decoded(bytes[end..<range.lowerBound]), span.style)) }
      parts.append(Span(decoded(bytes[range]), .match))
      end = range.upperBound
    }
    if end < bytes.count { parts.append(Span(decoded(bytes[end...]), span.style)) }
    return parts
  }
}

/// How many hits of a line are shown as such.
private let hitsMax = 100

private func hits(of pattern: TextPattern, in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start = 0
  while found.count < hitsMax, start < bytes.count,
    let range = pattern.range(in: UnsafeBufferPointer(rebasing: bytes[start...]))
  {
    if !range.isEmpty { found.append(start + range.lowerBound..<start + range.upperBound) }
    start += max(range.upperBound, 1)
  }
  return found
}

private func decoded(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
