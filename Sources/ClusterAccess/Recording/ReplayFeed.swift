import ClusterModel

/// How a recorded session is played.
package struct ReplayPlan: Hashable, Sendable {
  package var path: String
  /// How much faster than then; `nil` plays everything at once.
  package var speed: Double?
  /// Where it ends, if not at the end of the recording.
  package var until: Timestamp?

  /// A plan.
  package init(path: String, speed: Double? = nil, until: Timestamp? = nil) {
    (self.path, self.speed, self.until) = (path, speed, until)
  }
}

/// A recorded session as a source of events: each at its moment, so that the screen is that of then.
final class ReplayFeed: FeedWork {
  /// How many lines are played before others have their turn.
  static let linesOfTurn = 64

  private let context: FeedContext
  private let plan: ReplayPlan
  private var file: RecordingFile?
  private var lines = RecordedLines()
  private var logs: ReplayedLogs
  private var replay: Replay?
  /// The line that is to be played next.
  private var waiting: RecordedLine?
  private var timer: EventLoop.Ticket?
  private var lineNumber = 1

  init(_ context: FeedContext, _ plan: ReplayPlan) {
    (self.context, self.plan) = (context, plan)
    logs = ReplayedLogs(context)
  }

  func start() {
    do throws(AccessProblem) {
      let file = try RecordingFile(plan.path)
      let header = try file.header()
      self.file = file
      let last = max(header.startedAt, file.lastMoment() ?? header.startedAt)
      let end = plan.until.map { min(max($0, header.startedAt), last) } ?? last
      replay = Replay(
        from: header.startedAt, to: end, speed: plan.speed ?? 1, isDemo: header.isDemo, at: context.loop.now)
      context.updateConnection { connection in
        (connection.context, connection.namespace) = (header.context, header.namespace)
        connection.replay = replay
      }
      play()
    } catch {
      context.setReachable(error)
    }
  }

  func stop() {
    context.loop.cancel(timer)
    timer = nil
    file = nil
  }

  /// What was recorded does not change.
  func refresh() {}

  func followLogs(_ request: LogRequest) { logs.follow(request, at: replay?.moment(at: context.loop.now)) }

  func readLogTail(of target: LogTarget, lines: Int) { logs.readTail(of: target) }

  /// Pauses, goes on, or plays at another speed.
  func change(_ change: ReplayChange) {
    guard var replay, !replay.isOver else { return }
    switch change {
    case .pauseOrContinue: replay.pauseOrContinue(at: context.loop.now)
    case .speed(let speed): replay.play(atSpeed: speed, at: context.loop.now)
    }
    show(replay)
    play()
  }

  /// Plays what is due, and comes back when more is.
  private func play() {
    context.loop.cancel(timer)
    timer = nil
    for _ in 0..<Self.linesOfTurn {
      guard let replay, !replay.isOver, let line = nextLine() else { return }
      // What comes after the end that was asked for is not shown.
      if line.at > replay.end { return rest(until: replay.end) }
      guard plan.speed == nil || replay.wait(until: line.at, at: context.loop.now) == .zero else {
        return rest(until: line.at)
      }
      waiting = nil
      take(line)
    }
    timer = context.loop.after(.zero) { [unowned self] in play() }
  }

  /// Waits for a moment of then; while paused nothing is waited for.
  private func rest(until then: Timestamp) {
    guard let replay else { return }
    if plan.speed == nil || replay.moment(at: context.loop.now) >= replay.end { return finish() }
    guard let wait = replay.wait(until: then, at: context.loop.now) else { return }
    timer = context.loop.after(max(wait, .milliseconds(1))) { [unowned self] in play() }
  }

  /// The line to play next; `nil` at the end.
  private func nextLine() -> RecordedLine? {
    if let waiting { return waiting }
    switch file?.nextLine() {
    case .line(let bytes):
      lineNumber += 1
      do {
        waiting = try lines.read(bytes[...])
        return waiting
      } catch {
        finish("line \(lineNumber) of the recording cannot be read; what came before it was played")
      }
    case .end(let isInsideLine):
      finish(
        isInsideLine
          ? "the recording is cut off in the middle of a line; what is whole was played"
          : "the recording is cut off: it was not ended")
    case nil: break
    }
    return nil
  }

  private func take(_ line: RecordedLine) {
    context.emit(.moment(line.at))
    for event in line.events {
      switch event {
      case .connectionChanged(let connection): show(connection)
      case .logged(let lines): logs.take(lines)
      case .logSeam(let seam): logs.take(seam)
      case .logTail(let tail): logs.take(tail)
      default: context.emit(event)
      }
    }
    if let reason = line.end { finish(reason: reason) }
  }

  /// Shows a connection of then; that it is played stays known.
  private func show(_ connection: Connection) {
    replay?.feed = connection.feed
    let replay = replay
    context.updateConnection { shown in
      shown = connection
      (shown.feed, shown.replay) = (.recording, replay)
    }
  }

  private func show(_ replay: Replay) {
    self.replay = replay
    context.updateConnection { $0.replay = replay }
  }

  /// Everything was played; the end stays on the screen.
  private func finish(_ problem: String = "", reason: String = "") {
    guard var replay, !replay.isOver else { return }
    context.emit(.moment(replay.end))
    replay.finish()
    replay.problem = problem
    let words = "the recording ends here" + (reason.isEmpty ? "" : ": \(reason)")
    context.emit(.noted(problem.isEmpty ? words : problem))
    show(replay)
    context.releaseMemory()
  }
}
