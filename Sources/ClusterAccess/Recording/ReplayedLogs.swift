import ClusterModel

/// The output of containers in a replay: lines that were recorded, for those that are followed now.
struct ReplayedLogs {
  /// How many lines are kept for those who ask later; the oldest go.
  static let linesMax = 50_000
  /// How many tails are kept; then it begins anew.
  static let tailsMax = 64

  private let context: FeedContext
  private var request = LogRequest()
  /// The lines so far, in the order in which they came.
  private var lines: [LogLine] = []
  /// The request that was recorded last for each container: an older one brought the same lines.
  private var recordedRequests: [LogTarget: Int] = [:]
  private var positions: [LogTarget: LogPosition] = [:]
  private var tails: [LogTarget: LogTail] = [:]

  init(_ context: FeedContext) { self.context = context }

  /// Gives what there is of the containers of a request; more comes as it is played.
  mutating func follow(_ request: LogRequest, at now: Timestamp?) {
    let old = request.number == self.request.number ? Set(self.request.targets.map(\.name)) : []
    self.request = request
    for target in request.targets.map(\.name) where !old.contains(target) {
      positions[target] = LogPosition()
      let known = lines.filter { $0.target == target && $0.request == recordedRequests[target] }
      if known.isEmpty { say(target, "nothing of it is recorded up to here") }
      for line in begin(of: known, request.start, at: now) { give(line, to: target) }
    }
  }

  /// Takes lines of the recording.
  mutating func take(_ new: [LogLine]) {
    for line in new {
      let target = line.target
      if recordedRequests[target] != line.request {
        recordedRequests[target] = line.request
        positions[target]?.reconnected()
      }
      lines.append(line)
      give(line, to: target)
    }
    if lines.count > Self.linesMax * 2 { lines.removeFirst(lines.count - Self.linesMax) }
  }

  /// Takes a seam of the recording.
  mutating func take(_ seam: LogSeam) {
    guard request.targets.contains(where: { $0.pod == seam.pod && $0.container == seam.container }) else { return }
    var seam = seam
    seam.request = request.number
    context.emit(.logSeam(seam))
  }

  /// Takes the last lines of a container, which somebody asked for then.
  mutating func take(_ tail: LogTail) {
    if tails.count >= Self.tailsMax { tails = [:] }
    tails[tail.target] = tail
    context.emit(.logTail(tail))
  }

  /// Gives the last lines of a container, where they were recorded.
  func readTail(of target: LogTarget) {
    context.emit(
      .logTail(tails[target] ?? LogTail(target: target, lines: [], problem: "they are not in the recording")))
  }

  private mutating func give(_ line: LogLine, to target: LogTarget) {
    guard request.targets.contains(where: { $0.name == target }), positions[target]?.accepts(line.time) == true else {
      return
    }
    var line = line
    line.request = request.number
    context.emit(line)
  }

  private func say(_ target: LogTarget, _ words: String) {
    context.emit(
      .logSeam(
        LogSeam(pod: target.pod, container: target.container, change: .failed(words), request: request.number)))
  }

  private func begin(of lines: [LogLine], _ start: LogStart, at now: Timestamp?) -> ArraySlice<LogLine> {
    switch start {
    case .tail(let count): return lines.suffix(count)
    case .beginning: return lines[...]
    case .since(let seconds):
      guard let begin = now?.advanced(by: .seconds(-seconds)) else { return lines[...] }
      return lines.drop { $0.time.map { $0 < begin } ?? false }
    }
  }
}

extension LogLine {
  /// The container that wrote it.
  fileprivate var target: LogTarget { LogTarget(namespace: namespace, pod: pod, container: container) }
}

extension LogTarget {
  /// The container, whichever run of it.
  fileprivate var name: LogTarget { LogTarget(namespace: namespace, pod: pod, container: container) }
}
