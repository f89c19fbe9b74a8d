import ClusterModel

/// Reads the metrics of pods or nodes once a period, through any way to ask for a path.
///
/// A class because answers call back.
final class MetricsSampler {
  /// Asks for a path; the answer is the body or how it failed.
  typealias Ask = (_ path: String, _ onEnd: @escaping (Result<[UInt8], RequestEndError>) -> Void) -> Void

  /// Why there is no sample.
  struct RequestEndError: Error {
    var end: RequestEnd
  }

  /// How long metrics that are forbidden or not installed are left alone.
  static let refusedPause: Duration = .seconds(60)

  private let kind: ResourceKind
  private let context: FeedContext
  private let ask: Ask
  private var timer: EventLoop.Ticket?
  private var shown = StreamState.idle
  /// Answers to a question before the last are passed over.
  private var round = 0

  init(_ kind: ResourceKind, _ context: FeedContext, ask: @escaping Ask) {
    self.kind = kind
    self.context = context
    self.ask = ask
  }

  /// Asks now and from then on once a period.
  func sample() {
    stop()
    let asked = round
    ask(kind.path(namespace: context.target.namespace)) { [weak self] result in
      guard let self, round == asked else { return }
      take(result)
    }
  }

  /// Asks no more.
  func stop() {
    round += 1
    context.loop.cancel(timer)
    timer = nil
  }

  private func take(_ result: Result<[UInt8], RequestEndError>) {
    var pause = context.configuration.metricsPeriod
    switch result {
    case .success(let body):
      do throws(DecodingProblem) {
        let page = try context.decoder.page(kind, body)
        context.emit(.listed(kind, page.objects))
        context.releaseBuffers(afterAnswerOfBytes: body.count)
        show(.live)
      } catch {
        pause = show(RequestEnd(error), pause)
      }
    case .failure(let error): pause = show(error.end, pause)
    }
    timer = context.loop.after(pause) { [unowned self] in sample() }
  }

  /// Shows a failure and says how long to wait.
  private func show(_ end: RequestEnd, _ pause: Duration) -> Duration {
    switch end {
    case .refused(let status, _) where status.code == 404:
      show(.absent("metrics-server is not installed"))
      return Self.refusedPause
    case .refused(let status, _) where status.code == 403 || status.code == 401:
      show(.forbidden(status.message))
      return Self.refusedPause
    case .refused(let status, _): show(.retrying(reason: status.message, at: context.loop.now.advanced(by: pause)))
    case .broken(let reason): show(.retrying(reason: reason, at: context.loop.now.advanced(by: pause)))
    case .finished: show(.retrying(reason: "no answer", at: context.loop.now.advanced(by: pause)))
    }
    return pause
  }

  private func show(_ state: StreamState) {
    guard state != shown else { return }
    shown = state
    context.emit(.streamChanged(kind, state))
  }
}
