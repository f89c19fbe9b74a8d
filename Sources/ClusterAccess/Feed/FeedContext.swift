import ClusterModel
import Subprocess

/// What all that runs on the feed's thread shares.
///
/// A class because it is shared; only the feed's thread uses it.
final class FeedContext {
  let loop: EventLoop
  let configuration: FeedConfiguration
  let target: ClusterTarget
  /// One decoder for all that is read, so that its buffers are there once.
  var decoder = ClusterDecoder()
  private let mailbox: Mailbox
  private var gathered: [ClusterEvent] = []
  private var lines: [LogLine] = []
  private(set) var connection: Connection

  init(
    loop: EventLoop, configuration: FeedConfiguration, target: ClusterTarget, connection: Connection, mailbox: Mailbox
  ) {
    self.loop = loop
    self.configuration = configuration
    self.target = target
    self.connection = connection
    self.mailbox = mailbox
  }

  /// A number between 0 and 1, to spread retries.
  var jitter: Double { Double.random(in: 0...1) }

  /// Hands an event over at the end of this turn.
  func emit(_ event: ClusterEvent) {
    deliverLines()
    gathered.append(event)
  }

  /// Hands a log line over at the end of this turn, together with the others.
  func emit(_ line: LogLine) { lines.append(line) }

  /// Gives the main program all that was gathered.
  func deliver() {
    deliverLines()
    guard !gathered.isEmpty else { return }
    mailbox.post(gathered)
    gathered.removeAll(keepingCapacity: gathered.capacity <= 1_024)
  }

  private func deliverLines() {
    guard !lines.isEmpty else { return }
    gathered.append(.logged(lines))
    lines = []
  }

  /// Changes what is known of the connection and says so where it is news.
  func updateConnection(_ change: (inout Connection) -> Void) {
    let before = connection
    change(&connection)
    if connection != before { emit(.connectionChanged(connection)) }
  }

  /// Whether the server answers, and if not why.
  func setReachable(_ problem: AccessProblem?) {
    updateConnection { connection in
      connection.isReachable = problem == nil
      connection.problem = problem.map { "\($0)" } ?? ""
    }
  }

  /// Gives large buffers back to the system.
  func releaseMemory() {
    decoder = ClusterDecoder()
    releaseFreeMemory()
  }
}

extension FeedContext {
  /// Answers of this size leave buffers behind that are worth giving back.
  static let largeAnswerBytes = 1 << 20
  /// How long the main program may take to take in a large answer, roughly.
  static let handOverTime: Duration = .milliseconds(500)

  /// Gives the buffers that an answer needed back to the system, once it was taken in, if it was large.
  func releaseBuffers(afterAnswerOfBytes count: Int) {
    guard count >= Self.largeAnswerBytes else { return }
    decoder.releaseMemory()
    loop.after(Self.handOverTime) { releaseFreeMemory() }
  }
}

/// A way to read a cluster, at work on the feed's thread.
protocol FeedWork: AnyObject {
  /// Where the API is served privately; `nil` where there is no such place.
  var apiServer: APIServer? { get }
  /// Begins to read.
  func start()
  /// Ends children and requests, in bounded time.
  func stop()
  /// Reads everything anew.
  func refresh()
  /// Follows the containers of a request and no others.
  func followLogs(_ request: LogRequest)
  /// Reads the last lines of a container, once.
  func readLogTail(of target: LogTarget, lines: Int)
}

extension FeedWork {
  var apiServer: APIServer? { nil }
}
