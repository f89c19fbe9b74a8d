import ClusterModel
import Playbook
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Everything the program learns of a cluster, as one stream of events.
///
/// A class because it owns a thread; its functions may be called from any thread and never wait, but ``stop()``.
package final class ClusterFeed: Sendable {
  private let configuration: FeedConfiguration
  private let mailbox = Mailbox()
  private let commands = FeedCommands()
  private let drillAnswers = DrillAnswers()
  private let thread = Mutex<Course>(.idle)

  private enum Course: @unchecked Sendable {
    case idle
    // The system's name of a thread is a number or a pointer that any thread may use.
    case running(pthread_t)
    case stopped
  }

  /// A feed that has not started.
  package init(_ configuration: FeedConfiguration) { self.configuration = configuration }

  deinit { stop() }

  /// Begins to read; once.
  package func start() {
    thread.withLock { course in
      guard case .idle = course else { return }
      let parts = FeedParts(
        configuration: configuration, mailbox: mailbox, commands: commands, drillAnswers: drillAnswers)
      course = startThread(parts).map { .running($0) } ?? .stopped
    }
  }

  /// Ends reading, kills children and removes the socket; returns within two seconds.
  package func stop() {
    let running: pthread_t? = thread.withLock { course in
      defer { course = .stopped }
      return if case .running(let thread) = course { thread } else { nil }
    }
    guard let running else { return }
    commands.send(.stop)
    pthread_join(running, nil)
  }

  /// Readable when events wait.
  package var wakeDescriptor: Int32 { mailbox.wakeDescriptor }

  /// The events that have come since the last call, in their order; empties the mailbox.
  package func takeEvents() -> [ClusterEvent] { mailbox.take() }

  /// Follows the output of the containers of a request and no others.
  package func followLogs(_ request: LogRequest) { commands.send(.followLogs(request)) }

  /// Reads the last lines of a container, once; the answer is an event.
  package func readLogTail(of target: LogTarget, lines: Int) { commands.send(.readLogTail(target, lines: lines)) }

  /// Probes these ingresses, and no others, once a period.
  package func probe(_ targets: [ProbeRequest]) { commands.send(.probe(targets)) }

  /// Sends these requests, and no others, four times a second while a drill lasts.
  package func probeForDrill(_ requests: [DrillProbeRequest]) { commands.send(.probeForDrill(requests)) }

  /// Readable when answers to the requests of a drill wait.
  package var drillDescriptor: Int32 { drillAnswers.descriptor }

  /// The answers to the requests of a drill since the last call, in the order in which they came.
  package func takeDrillProbes() -> [DrillProbe] { drillAnswers.take() }

  /// Pauses a replay, lets it go on, or plays it at another speed.
  package func replay(_ change: ReplayChange) { commands.send(.replay(change)) }

  /// Reads everything anew now, keeping what is shown until the new lists are complete.
  package func refresh() { commands.send(.refresh) }
}

/// What the feed's thread is given at its start.
private final class FeedParts {
  let configuration: FeedConfiguration
  let mailbox: Mailbox
  let commands: FeedCommands
  let drillAnswers: DrillAnswers

  init(
    configuration: FeedConfiguration, mailbox: Mailbox, commands: FeedCommands, drillAnswers: DrillAnswers
  ) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.commands = commands
    self.drillAnswers = drillAnswers
  }
}

/// Starts a thread that reads; `nil` when the system has none left.
private func startThread(_ parts: FeedParts) -> pthread_t? {
  // The new thread inherits a mask of all signals: those are the main thread's business.
  var all = sigset_t()
  var before = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  let context = Unmanaged.passRetained(parts)
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  guard pthread_create(&thread, nil, runThread, context.toOpaque()) == 0 else {
    context.release()
    return nil
  }
  return thread
}

#if canImport(Darwin)
  private func runThread(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? { runFeed(context) }
#else
  private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? { context.flatMap(runFeed) }
#endif

private func runFeed(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  let parts = Unmanaged<FeedParts>.fromOpaque(context).takeRetainedValue()
  FeedThread(parts.configuration, parts.mailbox, parts.commands, parts.drillAnswers).run()
  return nil
}
