import ClusterModel

/// Reads the last lines of containers, once each.
///
/// A class because its sources call back.
final class LogTailReader {
  /// How many are read at a time; more are asked for again when they are still wanted.
  static let maximumReads = 8

  private let context: FeedContext
  private let makeSource: (LogTarget) -> any LogSource
  private var reads: [LogTarget: Read] = [:]

  private struct Read {
    var source: any LogSource
    var lines: [LogLine] = []
    var timer: EventLoop.Ticket?
  }

  init(_ context: FeedContext, makeSource: @escaping (LogTarget) -> any LogSource) {
    self.context = context
    self.makeSource = makeSource
  }

  /// Reads the last lines of a container; the answer is one event.
  func read(_ target: LogTarget, lines: Int) {
    guard reads[target] == nil else { return }
    guard hasNames(target) else { return answer(target, "“\(target.pod)” is no name of a pod") }
    guard reads.count < Self.maximumReads else { return answer(target, "too many are read at a time") }
    let source = makeSource(target)
    reads[target] = Read(source: source)
    reads[target]?.timer = context.loop.after(LogLimits.tailTime) { [unowned self] in
      answer(target, "no answer within \(LogLimits.tailTime.components.seconds) s")
    }
    source.open(
      LogOpening(.start(.tail(lines: lines)), follows: false),
      LogCalls(
        onOpened: {}, onLine: { [unowned self] in take(target, $0, $1, limit: lines) },
        onEnd: { [unowned self] in answer(target, $0.words ?? "") }))
  }

  /// Reads nothing any more.
  func stop() {
    for read in reads.values {
      context.loop.cancel(read.timer)
      read.source.close()
    }
    reads = [:]
  }

  private func take(_ target: LogTarget, _ line: UnsafeRawBufferPointer, _ isCut: Bool, limit: Int) {
    let (time, text) = takeApart(line, isCut: isCut)
    reads[target]?.lines.append(
      LogLine(namespace: target.namespace, pod: target.pod, container: target.container, time: time, text: text))
    // A server that sends more than it was asked for is no reason to keep more.
    if let count = reads[target]?.lines.count, count > limit { reads[target]?.lines.removeFirst(count - limit) }
  }

  private func answer(_ target: LogTarget, _ problem: String) {
    let read = reads.removeValue(forKey: target)
    context.loop.cancel(read?.timer)
    read?.source.close()
    context.emit(.logTail(LogTail(target: target, lines: read?.lines ?? [], problem: problem)))
  }
}
