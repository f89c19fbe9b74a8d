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

  private let target: LogTarget
  private let context: FeedContext
  private let source: any LogSource
  private var position = LogPosition()
  private var timer: EventLoop.Ticket?
  private var pause: Duration = .seconds(1)
  /// What was last said of the stream, so that nothing is said twice.
  private var said: Said = .nothing
  private var lostAt: Duration?

  private enum Said: Equatable {
    case nothing, joined, ended
    case failed(String)
  }

  init(_ target: LogTarget, _ context: FeedContext, _ source: any LogSource) {
    self.target = target
    self.context = context
    self.source = source
  }

  /// Opens the connection.
  func open() {
    timer = nil
    position.reconnected()
    source.open(
      since: position.since,
      LogCalls(
        onOpened: { [unowned self] in opened() }, onLine: { [unowned self] in take($0, $1) },
        onEnd: { [unowned self] in ended($0) }))
  }

  /// Ends the connection for good.
  func close() {
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
    let (time, written, text) = takeApart(line, isCut: isCut)
    guard position.accepts(time, written) else { return }
    pause = .seconds(1)
    if said != .joined {
      emit(.joined)
      said = .joined
    }
    context.emit(
      LogLine(namespace: target.namespace, pod: target.pod, container: target.container, time: time, text: text))
  }

  private func ended(_ end: LogEnd) {
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
    context.emit(.logSeam(LogSeam(pod: target.pod, container: target.container, change: change)))
  }
}
