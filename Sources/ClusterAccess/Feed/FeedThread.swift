import ClusterModel
import Subprocess
import Synchronization

/// What the main program tells the feed's thread.
enum FeedCommand: Sendable {
  case followLogs(LogRequest)
  case readLogTail(LogTarget, lines: Int)
  case probe([ProbeRequest])
  case probeForDrill([DrillProbeRequest])
  case replay(ReplayChange)
  case refresh
  case stop
}

/// Commands on their way to the feed's thread.
///
/// A class because two threads share it.
final class FeedCommands: Sendable {
  private let waiting = Mutex<[FeedCommand]>([])
  private let wake = WakePipe()

  /// Readable when commands wait.
  var descriptor: Int32 { wake.descriptor }

  /// Adds a command; any thread may.
  func send(_ command: FeedCommand) {
    waiting.withLock { $0.append(command) }
    wake.wake()
  }

  /// The commands that wait, in order.
  func take() -> [FeedCommand] {
    wake.drain()
    return waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

/// All that lives on the feed's thread.
///
/// A class because everything on the thread calls back to it.
final class FeedThread {
  private let loop = EventLoop()
  private let context: FeedContext
  private let commands: FeedCommands
  private let prober: IngressProber
  private let drillProber: DrillProber
  private var work: (any FeedWork)?
  /// Work that was given up; kept until the end of the turn because it may be the caller.
  private var abandoned: (any FeedWork)?
  private var followed = LogRequest()

  /// Blocks of this size are buffers for answers, which are needed for moments only.
  static let largeBlockBytes = 256 << 10
  /// How often a cluster is polled that cannot be watched.
  static let fallbackPeriod: Duration = .seconds(2)

  init(
    _ configuration: FeedConfiguration, _ mailbox: Mailbox, _ commands: FeedCommands, _ drillAnswers: DrillAnswers
  ) {
    self.commands = commands
    let (target, feed) = configuration.targetAndFeed
    var connection = Connection(feed: feed)
    connection.context = target.context
    connection.cluster = target.cluster
    connection.namespace = target.namespace
    connection.server = target.server
    if case .poll(_, let period) = configuration.source { connection.pollPeriod = period }
    context = FeedContext(
      loop: loop, configuration: configuration, target: target, connection: connection, mailbox: mailbox)
    prober = IngressProber(context)
    drillProber = DrillProber(context, drillAnswers)
  }

  /// Reads until the command to stop.
  func run() {
    returnLargeBlocks(ofBytes: Self.largeBlockBytes)
    loop.afterTurn = { [unowned self] in
      abandoned = nil
      context.deliver()
    }
    loop.watch(commands.descriptor) { [unowned self] in
      for command in commands.take() { carryOut(command) }
    }
    context.emit(.connectionChanged(context.connection))
    drillProber.server = { [unowned self] in work?.apiServer }
    begin()
    context.deliver()
    loop.run()
    work?.stop()
    prober.stop()
    drillProber.stop()
    context.deliver()
  }

  private func carryOut(_ command: FeedCommand) {
    switch command {
    case .followLogs(let request):
      followed = request
      work?.followLogs(request)
    case .readLogTail(let target, let lines): work?.readLogTail(of: target, lines: lines)
    case .probe(let targets): prober.probe(targets)
    case .probeForDrill(let requests): drillProber.probe(requests)
    case .replay(let change): (work as? ReplayFeed)?.change(change)
    case .refresh: work?.refresh()
    case .stop: loop.stop()
    }
  }

  private func begin() {
    switch context.configuration.source {
    case .watch: watch(base: nil)
    case .direct(_, let base): watch(base: base)
    case .poll(_, let period): begin(PollFeed(context, period: period))
    case .recording(let paths): begin(RecordingFeed(context, paths: paths))
    case .replay(let plan): begin(ReplayFeed(context, plan))
    }
  }

  private func watch(base: String?) {
    do throws(AccessProblem) {
      let feed = try WatchFeed(context, base: base)
      feed.onUnusable = { [unowned self] reason in pollInstead(reason) }
      begin(feed)
    } catch {
      pollInstead("\(error)")
    }
  }

  private func begin(_ work: any FeedWork) {
    self.work = work
    work.start()
    work.followLogs(followed)
  }

  /// Goes on by polling where watching is not possible; without kubectl there is nothing to poll with.
  private func pollInstead(_ reason: String) {
    guard !context.target.kubectl.isEmpty, context.connection.feed == .watch else {
      return context.setReachable(AccessProblem.recognise(reason))
    }
    work?.stop()
    abandoned = work
    context.updateConnection { connection in
      connection.feed = .poll
      connection.feedReason = reason
      connection.pollPeriod = Self.fallbackPeriod
    }
    begin(PollFeed(context, period: Self.fallbackPeriod))
  }
}

extension FeedConfiguration {
  /// What is read, and by which feed.
  fileprivate var targetAndFeed: (ClusterTarget, Connection.Feed) {
    switch source {
    case .watch(let target): (target, .watch)
    case .direct(let target, _): (target, .watch)
    case .poll(let target, _): (target, .poll)
    case .recording, .replay: (ClusterTarget(kubectl: [], context: "", namespace: nil), .recording)
    }
  }
}
