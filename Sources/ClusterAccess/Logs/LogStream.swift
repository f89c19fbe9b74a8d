import ClusterModel
import Subprocess

/// Follows one container through its restarts and every loss of the connection.
///
/// A class because its source calls back.
final class LogStream {
  /// The longest wait for a container that has nothing to say.
  static let longestPause: Duration = .seconds(10)
  /// How long output that is forbidden is left alone.
  static let forbiddenPause: Duration = .seconds(60)
  /// The wait when something is known to have begun.
  static let shortestPause: Duration = .milliseconds(200)

  private var target: LogTarget
  private let request: Int
  private let start: LogStart
  private let context: FeedContext
  private let source: any LogSource
  private var position = LogPosition()
  private var timer: EventLoop.Ticket?
  private var pause: Duration = .seconds(1)
  /// What was last said of the stream, so that nothing is said twice.
  private var said: Said = .nothing
  private var lostAt: Duration?
  private var course = Course.wanted

  private enum Said: Equatable {
    case nothing, joined, ended
    case failed(String)
  }

  private enum Course {
    case wanted
    /// Nobody waits for more than its last words.
    case leaving
    case over
  }

  init(_ target: LogTarget, _ request: LogRequest, start: LogStart, _ context: FeedContext, _ source: any LogSource) {
    self.target = target
    self.request = request.number
    self.start = start
    self.context = context
    self.source = source
  }

  /// Whether nothing more comes of it.
  var isOver: Bool { course == .over }

  /// Opens the connection.
  func open() {
    timer = nil
    position.reconnected()
    let begin = position.last.map { LogOpening.Begin.at($0) } ?? .start(start)
    source.open(
      LogOpening(begin, follows: !target.isPrevious),
      LogCalls(
        onOpened: { [unowned self] in opened() }, onLine: { [unowned self] in take($0, $1) },
        onEnd: { [unowned self] in ended($0) }))
  }

  /// Another run of the container began: its output is not waited for any longer than needed.
  func expectRun(_ target: LogTarget) {
    guard target != self.target else { return }
    self.target = target
    pause = Self.shortestPause
    guard timer != nil, course == .wanted else { return }
    context.loop.cancel(timer)
    retry(after: Self.shortestPause)
  }

  /// Reads what the connection still brings, and no more.
  func leave() {
    guard course == .wanted else { return }
    guard timer == nil else { return close() }
    course = .leaving
    timer = context.loop.after(LogLimits.leavingTime) { [unowned self] in close() }
  }

  /// Ends the connection for good.
  func close() {
    course = .over
    context.loop.cancel(timer)
    timer = nil
    source.close()
  }

  private func opened() {
    if let lostAt {
      self.lostAt = nil
      emit(.reconnected(gap: monotonicTime() - lostAt))
      said = .joined
    } else if said == .nothing {
      emit(.joined)
      said = .joined
    }
  }

  private func take(_ line: UnsafeRawBufferPointer, _ isCut: Bool) {
    let (time, text) = takeApart(line, isCut: isCut)
    guard position.accepts(time) else { return }
    pause = .seconds(1)
    if said != .joined {
      emit(.joined)
      said = .joined
    }
    context.emit(
      LogLine(
        namespace: target.namespace, pod: target.pod, container: target.container, time: time, text: text,
        request: request))
  }

  private func ended(_ end: LogEnd) {
    guard course == .wanted, !target.isPrevious || end.isLoss else {
      if course == .wanted, let words = end.words { say(.failed(words), .failed(words)) }
      close()
      return
    }
    switch end {
    case .finished:
      say(.ended, .ended)
      retry(after: pause)
    case .gone: say(.ended, .ended)
    case .notReady(let words):
      say(.failed(words), .failed(words))
      retry(after: pause)
    case .forbidden(let words):
      say(.failed(words), .failed(words))
      retry(after: Self.forbiddenPause)
    case .broken(let words):
      // What was lost is told when the connection stands again; before that it never stood.
      if said == .joined { lostAt = lostAt ?? monotonicTime() }
      if lostAt == nil { say(.failed(words), .failed(words)) }
      retry(after: min(pause, Backoff.longest))
    }
  }

  private func retry(after wait: Duration) {
    pause = min(pause * 2, Self.longestPause)
    timer = context.loop.after(wait) { [unowned self] in open() }
  }

  private func say(_ what: Said, _ change: LogSeam.Change) {
    guard said != what else { return }
    said = what
    emit(change)
  }

  private func emit(_ change: LogSeam.Change) {
    context.emit(.logSeam(LogSeam(pod: target.pod, container: target.container, change: change, request: request)))
  }
}

extension LogEnd {
  /// Whether the same may be answered if it is asked again.
  var isLoss: Bool { if case .broken = self { true } else { false } }

  /// Why there was nothing, in a sentence; `nil` where there is nothing to say.
  var words: String? {
    switch self {
    case .finished: nil
    case .gone: "the pod is gone, and its logs with it"
    case .notReady(let words), .forbidden(let words), .broken(let words): words
    }
  }
}
