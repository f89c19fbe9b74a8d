import ClusterModel
import Subprocess

/// Reads a cluster by one `kubectl get` a period.
///
/// A class because its commands call back.
final class PollFeed: FeedWork {
  /// How long one poll may take.
  static let timeLimit: Duration = .seconds(60)
  /// How long a kind that is forbidden or unknown is left out.
  static let refusedPause: Duration = .seconds(60)
  /// How much of a small answer is read: metrics, the version.
  static let smallLimitBytes = 64 << 20

  private let context: FeedContext
  private let period: Duration
  private var leftOut: [ResourceKind: Duration] = [:]
  private var shown: [ResourceKind: StreamState] = [:]
  private var task: ChildTask?
  private var smallTasks: [Int: ChildTask] = [:]
  private var timer: EventLoop.Ticket?
  private var samplers: [MetricsSampler] = []
  private let logs: LogFollower
  private let tails: LogTailReader
  private var hasVersion = false
  private var lastSmallTask = 0

  init(_ context: FeedContext, period: Duration) {
    self.context = context
    self.period = period
    logs = LogFollower(context, limit: LogFollower.maximumChildren) { LogChild(context, $0) }
    tails = LogTailReader(context) { LogChild(context, $0) }
    samplers = context.configuration.kinds.filter { !$0.isWatched }.map { kind in
      MetricsSampler(kind, context) { [unowned self] path, onEnd in ask(path, onEnd) }
    }
  }

  func start() {
    if context.configuration.kinds.contains(.secrets) {
      show(.absent("Secrets are not read by polling: kubectl would print their values"), for: .secrets)
    }
    for kind in polledKinds { show(.listing, for: kind) }
    poll()
  }

  func stop() {
    context.loop.cancel(timer)
    task?.cancel()
    for task in smallTasks.values { task.cancel() }
    for sampler in samplers { sampler.stop() }
    logs.stop()
    tails.stop()
    (timer, task, smallTasks) = (nil, nil, [:])
  }

  func refresh() {
    leftOut = [:]
    guard task == nil else { return }
    context.loop.cancel(timer)
    poll()
  }

  func followLogs(_ request: LogRequest) { logs.follow(request) }

  func readLogTail(of target: LogTarget, lines: Int) { tails.read(target, lines: lines) }

  private var polledKinds: [ResourceKind] {
    context.configuration.kinds.filter { $0.isWatched && $0 != .secrets }
  }

  private func poll() {
    timer = nil
    let start = monotonicTime()
    leftOut = leftOut.filter { $0.value > start }
    let kinds = polledKinds.filter { leftOut[$0] == nil }
    guard !kinds.isEmpty else { return plan(after: Self.refusedPause) }
    do {
      let argv = try ReadCommand.get(kinds).argv(for: context.target)
      task = try ChildTask(context.loop, argv, limitBytes: PollAnswer.maximumBytes, timeLimit: Self.timeLimit) {
        [unowned self] finished in
        task = nil
        take(PollAnswer(finished, asked: kinds, &context.decoder), since: start)
      }
    } catch let problem as SpawnProblem {
      failed(.recognise(problem), after: period)
    } catch {
      failed(error as? AccessProblem ?? AccessProblem(.other, "\(error)"), after: period)
    }
  }

  private func take(_ answer: PollAnswer, since start: Duration) {
    let took = monotonicTime() - start
    // A slow server is not asked more than half of the time.
    let wait = max(.zero, max(period, took * 2) - took)
    if let problem = answer.problem {
      // A server that is gone is looked for often, one that is too slow is not.
      return failed(problem, after: problem.reason == .timedOut ? wait : min(wait, Backoff.longest))
    }
    for kind in polledKinds {
      switch answer.outcomes[kind] {
      case .listed(let objects):
        context.emit(.listed(kind, objects))
        show(.live, for: kind)
      case .forbidden(let words):
        leftOut[kind] = start + Self.refusedPause
        show(.forbidden(words), for: kind)
      case .absent(let words):
        leftOut[kind] = start + Self.refusedPause
        show(.absent(words), for: kind)
      case nil: break
      }
    }
    let isComplete = answer.outcomes.values.contains { if case .listed = $0 { true } else { false } }
    if isComplete { succeeded() }
    // Without any list a kind was unknown: the others are asked for without it at once.
    plan(after: isComplete || answer.outcomes.isEmpty ? wait : .zero)
  }

  private func succeeded() {
    context.emit(.alive(nil))
    context.setReachable(nil)
    guard !hasVersion else { return }
    hasVersion = true
    for sampler in samplers { sampler.sample() }
    ask("/version") { [unowned self] result in
      guard case .success(let body) = result, let version = serverVersion(in: body) else { return }
      context.updateConnection { $0.serverVersion = version }
    }
  }

  private func failed(_ problem: AccessProblem, after wait: Duration) {
    context.setReachable(problem)
    // Asking again without valid credentials may start a log-in each time.
    let isRefused = problem.reason == .unauthorized || problem.reason == .credentialPlugin
    let wait = isRefused ? max(wait, HeartbeatMachine.unauthorizedPause) : wait
    let at = context.loop.now.advanced(by: wait)
    for kind in polledKinds where leftOut[kind] == nil {
      show(.retrying(reason: problem.sentence, at: at), for: kind)
    }
    plan(after: wait)
  }

  private func plan(after wait: Duration) {
    timer = context.loop.after(wait) { [unowned self] in poll() }
  }

  private func show(_ state: StreamState, for kind: ResourceKind) {
    guard shown[kind] != state else { return }
    shown[kind] = state
    context.emit(.streamChanged(kind, state))
  }

  /// Asks for one path by `kubectl get --raw`.
  private func ask(
    _ path: String, _ onEnd: @escaping (Result<[UInt8], MetricsSampler.RequestEndError>) -> Void
  ) {
    lastSmallTask += 1
    let number = lastSmallTask
    do {
      let argv = try ReadCommand.getRaw(path: path).argv(for: context.target)
      smallTasks[number] = try ChildTask(
        context.loop, argv, limitBytes: Self.smallLimitBytes, timeLimit: ReadCommand.requestTimeLimit
      ) { [unowned self] finished in
        smallTasks[number] = nil
        onEnd(finished.end.isSuccess ? .success(finished.stdout) : .failure(.init(end: RequestEnd(finished))))
      }
    } catch {
      context.loop.after(.zero) { onEnd(.failure(.init(end: .broken("\(error)")))) }
    }
  }
}

extension RequestEnd {
  /// What the failure of a `kubectl get --raw` means.
  init(_ finished: Finished) {
    let problem = AccessProblem.recognise(finished.errorText)
    let words = finished.errorText
    let code =
      switch problem.reason {
      case .forbidden: 403
      case .unauthorized: 401
      default: words.contains("(NotFound)") ? 404 : words.contains("(ServiceUnavailable)") ? 503 : 0
      }
    self =
      code == 0
      ? .broken(problem.sentence)
      : .refused(APIStatus(code: code, reason: "", message: problem.sentence), retryAfter: nil)
  }
}
