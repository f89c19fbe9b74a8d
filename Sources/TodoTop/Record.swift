import CellScreen
import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Records a cluster without a screen, until a signal, the time asked for, or the end of the disk.
func record(_ arguments: Arguments) throws -> Int32 {
  guard let signals = SignalPipe.install() else { throw StartProblem("The system gives no pipe.", exitCode: 1) }
  let opened = try Opened.open(arguments)
  let session = Session(opened)
  defer { session.close() }
  let start = currentMoment()
  // The state is kept for what the screen would ask besides: the answers of ingresses.
  var state = DashboardState(
    title: opened.title, isDemo: opened.demo != nil, size: Size(columns: 80, rows: 24), now: start)
  let header = RecordedHeader(
    program: version, title: opened.title, context: opened.source.target?.context ?? "",
    namespace: opened.source.target?.namespace, startedAt: start, isDemo: opened.demo != nil)
  let recorder: Recorder
  do throws(NewFile.Problem) {
    recorder = try Recorder(
      arguments.file ?? "", header, limitMebibytes: arguments.limit ?? Recorder.usualLimitMebibytes)
  } catch {
    throw StartProblem(error.sentence, exitCode: 2)
  }
  session.recorder = recorder
  output("recording to \(sanitized(recorder.path)); ctrl-c ends it\n")
  var ticked = start
  var lastWords = LastWords()
  var hasComplained = false
  while true {
    var waiting = [session.feed.wakeDescriptor, signals.descriptor, recorder.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&waiting, nfds_t(waiting.count), 200)
    let now = currentMoment()
    _ = session.takeEvents(into: &state, at: now)
    if !signals.requests().isDisjoint(with: [.terminate, .hangup]) { recorder.end("it was stopped") }
    if let time = arguments.recordedTime, now.since(start) >= time { recorder.end("the time asked for is over") }
    if let outcome = recorder.takeOutcome() {
      if outcome.isWanted { output(sanitized(outcome.sentence) + "\n") } else { complain(outcome.sentence) }
      return outcome.isWanted ? 0 : 1
    }
    guard now.seconds != ticked.seconds else { continue }
    ticked = now
    _ = reduce(&state, .ticked, at: now)
    session.probe(state.ingresses)
    lastWords.ask(session.feed, of: state)
    if let problem = state.unreachable, !hasComplained {
      hasComplained = true
      complain("\(problem); recording goes on")
    }
  }
}

/// Asks for the last lines of containers that died, once each: whoever looks at them later cannot.
private struct LastWords {
  /// How many are asked for a second at most.
  static let asksMax = 4
  /// How many are remembered; then it begins anew.
  static let rememberedMax = 10_000

  private var asked: Set<LogTarget> = []

  mutating func ask(_ feed: ClusterFeed, of state: DashboardState) {
    if asked.count > Self.rememberedMax { asked = [] }
    var left = Self.asksMax
    for pod in state.snapshot.keys(of: .pods) where left > 0 {
      for crash in state.crashes(ofPod: pod) where asked.insert(crash.target).inserted {
        feed.readLogTail(of: crash.target, lines: CrashCard.linesMax)
        left -= 1
      }
    }
  }
}
