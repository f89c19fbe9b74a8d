import ClusterModel
import Subprocess

/// Reads a cluster by one watch per kind, through `kubectl proxy` or straight from a loopback address.
///
/// A class because the proxy, the watchers and the heartbeat call back.
final class WatchFeed: FeedWork {
  /// How many lists are read at a time.
  static let maximumLists = 6
  /// How long small questions may take: the version, metrics.
  static let shortTimeLimit: Duration = .seconds(5)

  private let context: FeedContext
  private let proxy: KubectlProxy?
  private let server: APIServer
  private var watchers: [KindWatcher] = []
  private var samplers: [MetricsSampler] = []
  private let heartbeat: Heartbeat
  private let logs: LogFollower
  private let tails: LogTailReader
  private var followed = LogRequest()
  private var unsettled = 0
  private var isStarted = false
  private var isStopped = false
  /// Called when watching is not possible: why, in words.
  var onUnusable: (String) -> Void = { _ in }

  /// A feed through the proxy, or straight to `base`.
  init(_ context: FeedContext, base: String?) throws(AccessProblem) {
    self.context = context
    let proxy: KubectlProxy? = base == nil ? try KubectlProxy(context) : nil
    self.proxy = proxy
    server = proxy.map { .proxy(socketPath: $0.socketPath) } ?? APIServer(base: base ?? "", socketPath: nil)
    let server = server
    heartbeat = Heartbeat(context, server)
    logs = LogFollower(context) { LogConnection(context, server, $0) }
    tails = LogTailReader(context) { LogConnection(context, server, $0) }
    let gate = RequestGate(context.loop, limit: Self.maximumLists)
    let kinds = context.configuration.kinds
    watchers = kinds.filter(\.isWatched).map { KindWatcher($0, context, server, gate) }
    samplers = kinds.filter { !$0.isWatched }.map { MetricsSampler($0, context, ask: Self.ask(context, server)) }
    connect()
  }

  private func connect() {
    unsettled = watchers.count
    for watcher in watchers {
      watcher.onHeard = { [unowned self] in heartbeat.handle(.heard) }
      watcher.onSettled = { [unowned self] in settled() }
      // What the program shows stands and falls with the pods.
      guard watcher.kind == .pods else { continue }
      watcher.onState = { [unowned self] state in podsChanged(state) }
      watcher.onCannotWatch = { [unowned self] words in onUnusable("watch is forbidden: \(words)") }
    }
    heartbeat.onBack = { [unowned self] in back() }
    heartbeat.onLost = { [unowned self] reason, nextTry in lost(reason, nextTry) }
    heartbeat.onPathDoubted = { [unowned self] in proxy?.renew() }
    proxy?.onReady = { [unowned self] in ready() }
    proxy?.onLost = { [unowned self] reason in heartbeat.handle(.pathLost(reason)) }
    proxy?.onGivenUp = { [unowned self] reason in onUnusable(reason) }
  }

  var apiServer: APIServer? { isStarted ? server : nil }

  func start() {
    if let proxy { proxy.start() } else { ready() }
  }

  func stop() {
    guard !isStopped else { return }
    isStopped = true
    for watcher in watchers { watcher.cancel() }
    for sampler in samplers { sampler.stop() }
    heartbeat.stop()
    logs.stop()
    tails.stop()
    proxy?.stop()
  }

  func refresh() {
    guard isStarted else { return }
    for watcher in watchers { watcher.handle(.refresh) }
    for sampler in samplers { sampler.sample() }
  }

  /// Logs are asked for once there is a way to the server.
  func followLogs(_ request: LogRequest) {
    followed = request
    if isStarted { logs.follow(request) }
  }

  func readLogTail(of target: LogTarget, lines: Int) { tails.read(target, lines: lines) }

  /// Requests can be sent, for the first time or again.
  private func ready() {
    heartbeat.handle(.pathReady)
    guard !isStarted else { return }
    isStarted = true
    for watcher in watchers { watcher.handle(.start) }
    for sampler in samplers { sampler.sample() }
    logs.follow(followed)
  }

  private func back() {
    context.setReachable(nil)
    for watcher in watchers { watcher.handle(.connectionBack) }
    context.loop.send(server.request("/version", timeLimit: Self.shortTimeLimit)) { [unowned self] answer in
      guard answer.status == 200, let version = serverVersion(in: answer.body) else { return }
      context.updateConnection { $0.serverVersion = version }
    }
  }

  /// A server may answer the heartbeat of anybody and accept the credentials of nobody.
  private func podsChanged(_ state: StreamState) {
    switch state {
    case .forbidden(let words):
      let problem = AccessProblem.recognise(words)
      if problem.reason == .unauthorized { context.setReachable(problem) }
    case .live: context.setReachable(nil)
    case .idle, .listing, .retrying, .absent: break
    }
  }

  private func lost(_ reason: String, _ nextTry: Duration) {
    let problem = AccessProblem.recognise(reason)
    context.setReachable(problem)
    for watcher in watchers { watcher.handle(.connectionLost(problem.sentence, nextTry: nextTry)) }
  }

  /// After the first lists, memory that only they needed is given back.
  private func settled() {
    unsettled -= 1
    guard unsettled == 0 else { return }
    context.loop.buffers.isKeeping = false
    // Before the last list is handed over: taking it in needs memory too. And again when that is done.
    context.releaseMemory()
    context.loop.after(FeedContext.handOverTime) { [context] in context.releaseMemory() }
  }

  private static func ask(_ context: FeedContext, _ server: APIServer) -> MetricsSampler.Ask {
    { path, onEnd in
      context.loop.send(server.request(path, timeLimit: shortTimeLimit)) { answer in
        let end = RequestEnd(answer, &context.decoder)
        onEnd(end == .finished ? .success(answer.body) : .failure(.init(end: end)))
      }
    }
  }
}
