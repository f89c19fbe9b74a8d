/// A line of a container's log and its moment.
struct LogLine: Equatable, Sendable {
  let at: Moment
  let text: String
}

/// The log of one run of a container, computed from its identity: nothing is stored.
struct ContainerLog: Sendable {
  /// The most lines a log keeps, as a node rotates files.
  static let lineLimit = 20_000

  let style: LogStyle
  let image: String
  let seed: UInt64
  let startedAt: Moment
  /// When the container ended; `nil` while it runs.
  let endedAt: Moment?
  /// Whether it ended by itself with an error, which its last lines then tell.
  let crashed: Bool
  /// Connections that the network cut off, which the lines of that time tell.
  var silences: [Silence] = []

  /// In how long a log gets no more lines than are kept.
  var secondsOfLimit: Double { Double(Self.lineLimit - 1) * style.secondsBetweenLines }

  /// The lines later than `after` up to `until`, oldest first.
  func lines(after: Moment, until: Moment) -> [LogLine] {
    let end = min(until, endedAt ?? until)
    guard end >= startedAt else { return [] }
    let opening = openingLines.filter { $0.at > after && $0.at <= end }
    guard let endedAt, crashed else { return opening + regularLines(after: after, until: end) }
    let words = style.lastWords(image: image, at: endedAt)
    guard !words.isEmpty else { return opening + regularLines(after: after, until: end) }
    let trace = words.map { LogLine(at: endedAt + -0.05, text: $0) }
    let last = trace.filter { $0.at > after && $0.at <= end }
    return opening.filter { $0.at < endedAt + -0.05 } + last
  }

  private var openingLines: [LogLine] {
    style.openingLines(image: image, at: startedAt).enumerated().map { index, text in
      LogLine(at: startedAt + 0.2 + Double(index) * 0.5, text: text)
    }
  }

  /// Line `n` falls into the n-th period, somewhere in its first 0.9, so that lines stay in order.
  private func regularLines(after: Moment, until: Moment) -> [LogLine] {
    let begin = startedAt + 4
    let period = style.secondsBetweenLines
    guard until > begin else { return [] }
    // Moments are whole milliseconds, so a line may count as up to half of one earlier than its period begins.
    let last = Int((until.seconds(since: begin) + 0.0005) / period)
    let first = max(0, Int(after.seconds(since: begin) / period), last - Self.lineLimit)
    var lines: [LogLine] = []
    for number in first...max(first, last) {
      let moment = begin + (Double(number) + 0.9 * RandomSource.fraction(seed, number)) * period
      guard moment > after, moment <= until else { continue }
      let chance = RandomSource(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
      let silence = silences.first { $0.covers(moment) }
      guard let text = style.line(number, image: image, at: moment, chance: chance, without: silence?.peer) else {
        return []
      }
      lines.append(LogLine(at: moment, text: text))
    }
    return lines
  }
}
