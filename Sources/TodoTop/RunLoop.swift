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

/// Shows the screen until the user leaves.
func dashboard(_ arguments: Arguments) throws -> Int32 {
  guard let signals = SignalPipe.install() else { throw StartProblem("The system gives no pipe.", exitCode: 1) }
  let terminal: Terminal
  do {
    terminal = try Terminal.open(
      Terminal.Options(theme: Theme.named(arguments.theme) ?? .dark, usesMouse: arguments.usesMouse))
  } catch {
    throw StartProblem("\(error.description)", exitCode: 2)
  }
  defer { terminal.close() }
  var loop = RunLoop(arguments, terminal, signals)
  try loop.run()
  return 0
}

/// The one loop: drains all that waits, reduces it, draws once.
struct RunLoop {
  /// Cluster events are painted at most this often.
  static let frame = Duration.milliseconds(33)
  /// On a slow line what only time changes is painted every so many seconds; the line is for what happens.
  static let slowTickSeconds: Int64 = 5

  private var arguments: Arguments
  private var state: DashboardState
  /// Finding the cluster; `nil` while its context is to be chosen.
  private var opening: Background<Opened>?
  /// Why a context has to be chosen, if nothing else can be done.
  private var reasonToChoose: (any Error)?
  /// A question to kubectl; its answer is an action.
  private var question: Background<Action>?
  /// The reading of one object's text; its answer is an action, and a newer one takes its place.
  private var reading: Background<Action>?
  /// A file that is being written; what became of it is an action.
  private var saving: Background<Action>?
  /// Whether there is more to look at in the logs when no key waits.
  private var looksOn = false
  private var session: Session?
  private let terminal: Terminal
  private let signals: SignalPipe
  private var isLeaving = false
  private var isDirty = false
  private var lastPaint: Timestamp
  private var lastTick: Timestamp

  /// Paints the first frame, before anything is asked of the cluster.
  init(_ arguments: Arguments, _ terminal: Terminal, _ signals: SignalPipe) {
    self.terminal = terminal
    self.signals = signals
    let now = currentMoment()
    (lastPaint, lastTick) = (now, now)
    self.arguments = arguments
    state = DashboardState(
      title: "TodoTop", isDemo: arguments.demo, size: terminal.size, now: moment(of: arguments))
    state.hideFromStart(arguments.mask)
    state.verdict.reason = arguments.demo ? "starting the demo cluster" : "finding the cluster"
    state.theme = arguments.theme
    state.utcOffsetSeconds = utcOffset(at: state.now)
    if arguments.choosesContext {
      state.verdict.reason = "a context is to be chosen"
      question = askContexts(arguments, isStart: true)
    } else {
      opening = Background { try Opened.open(arguments) }
    }
    terminal.present(draw(state))
  }

  /// Runs until the user leaves, the terminal goes or a signal says so.
  mutating func run() throws {
    defer { session?.close() }
    while !isLeaving {
      wait()
      takeSignals()
      let hasKeys = takeKeys()
      try open()
      try takeAnswer()
      if let session { perform(session.takeEvents(into: &state, at: now)) }
      takeRecording()
      if looksOn {
        looksOn = false
        apply(.lookedOnInLogs)
      }
      tick()
      paint(atOnce: hasKeys)
    }
  }

  /// Begins to read as soon as it is known what.
  private mutating func open() throws {
    guard session == nil, let opening else { return }
    do {
      guard let opened = try opening.take() else { return }
      session = Session(opened)
      state.title = opened.title
      state.kubectl = opened.source.target?.typedKubectl ?? "kubectl"
      state.verdict.reason = "waiting for the first answer of the cluster"
    } catch {
      // A kubeconfig may have contexts of which none is the current one.
      guard !arguments.demo, arguments.context == nil, (error as? AccessProblem)?.reason == .noKubeconfig else {
        throw error
      }
      reasonToChoose = error
      question = askContexts(arguments, isStart: true)
    }
    self.opening = nil
    isDirty = true
  }

  /// Takes the answer to a question, if it is there.
  private mutating func takeAnswer() throws {
    if let action = try reading?.take() {
      reading = nil
      apply(action)
    }
    if let action = try saving?.take() {
      saving = nil
      apply(action)
    }
    guard let action = try question?.take() else { return }
    question = nil
    if case .contextsRead(let names, let problem, isStart: true) = action, names.isEmpty {
      throw reasonToChoose
        ?? StartProblem(problem.isEmpty ? "The kubeconfig has no contexts to choose from." : problem, exitCode: 2)
    }
    apply(action)
  }

  /// Sleeps until something happens or the next second, or the next frame when something waits to be painted.
  private mutating func wait() {
    let now = currentMoment()
    let untilTick = 1_000 - Int(now.nanoseconds / 1_000_000 % 1_000)
    let untilFrame =
      isDirty && terminal.isReady ? max(0, Int((RunLoop.frame - now.since(lastPaint)).inSeconds * 1_000) + 1) : 1_000
    // While a frame is due soon, events may gather; keys and signals never wait.
    let events = isDirty ? -1 : session?.feed.wakeDescriptor ?? opening?.descriptor ?? -1
    var waiting = [
      terminal.inputDescriptor, signals.descriptor, events, question?.descriptor ?? -1, reading?.descriptor ?? -1,
      saving?.descriptor ?? -1, session?.recorder?.descriptor ?? -1,
    ].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    waiting.append(pollfd(fd: terminal.blockedDescriptor ?? -1, events: Int16(POLLOUT), revents: 0))
    poll(&waiting, nfds_t(waiting.count), looksOn ? 0 : Int32(min(untilTick, untilFrame)))
    if waiting[2].revents != 0 { isDirty = true }
    terminal.flush()
  }

  private mutating func takeKeys() -> Bool {
    let keys = terminal.readKeys().withWheelMerged()
    for key in keys {
      switch key {
      case .hangup: isLeaving = true
      case .resize(let size): apply(.resized(size))
      default: apply(.key(key))
      }
    }
    return !keys.isEmpty
  }

  private mutating func takeSignals() {
    for request in signals.requests() {
      switch request {
      // The size itself comes with the keys.
      case .resize: isDirty = true
      case .stop: stop()
      case .resume: terminal.invalidate()
      case .terminate, .hangup: isLeaving = true
      }
    }
  }

  /// The moment that the screen is of: now, or that of then in a replay.
  private var now: Timestamp {
    state.snapshot.connection.replay?.moment(at: currentMoment()) ?? moment(of: arguments)
  }

  private mutating func apply(_ action: Action) {
    perform(reduce(&state, action, at: now))
    isDirty = true
  }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isLeaving = true
      case .suspend: stop()
      case .refresh: session?.feed.refresh()
      case .repaint: terminal.invalidate()
      case .followLogs(let request): session?.feed.followLogs(request)
      case .readLogTail(let target, let lines): session?.feed.readLogTail(of: target, lines: lines)
      case .lookOnInLogs: looksOn = true
      case .saveLogs(let path): saveLogs(to: path)
      case .listNamespaces: question = askNamespaces(session?.source.target)
      case .listContexts: question = askContexts(arguments, isStart: false)
      case .readText(let wanted):
        let target = session?.source.target
        reading = Background { readText(wanted, target) }
      case .readNamespace(let namespace): session?.read(namespace)
      case .openContext(let context): begin(with: context)
      case .setTheme(let name): Theme.named(name).map(terminal.use)
      case .record(let path): record(to: path)
      case .stopRecording: session?.recorder?.end("it was ended by :record")
      case .replay(let change): session?.feed.replay(change)
      case .copy(let text): terminal.copy(text)
      case .save(let path):
        let file = ScreenFile(
          screen: draw(state), theme: Theme.named(state.theme) ?? .dark, moment: moment(of: arguments))
        apply(.arrived([.noted(file.save(to: path))]))
      }
    }
  }

  /// Writes the logs to a file beside the screen: a slow disk holds up no key.
  private mutating func saveLogs(to path: String) {
    guard let logs = state.logs else { return }
    guard saving == nil else { return apply(.arrived([.noted("a file is being written; wait for it")])) }
    let file = LogFile(logs: logs, masking: state.masking, moment: moment(of: arguments))
    saving = Background { .arrived([.noted(file.save(to: path))]) }
    apply(.arrived([.noted("writing the lines")]))
  }

  /// Begins to record: what is known now, and then all that comes.
  private mutating func record(to path: String) {
    guard let session, session.recorder == nil else { return apply(.arrived([.noted("a recording is not ended yet")])) }
    let now = self.now
    do throws(NewFile.Problem) {
      let recorder = try Recorder(path, RecordedHeader(of: state, at: now))
      recorder.take(state.snapshot.retold(), at: now)
      session.recorder = recorder
      apply(.recordingBegan(recorder.path))
    } catch {
      apply(.arrived([.noted(error.sentence)]))
    }
  }

  /// Takes what became of a recording, if it has ended.
  private mutating func takeRecording() {
    guard let outcome = session?.recorder?.takeOutcome() else { return }
    session?.recorder = nil
    apply(.recordingEnded(outcome.sentence))
  }

  /// Begins to read the cluster of a context that was chosen.
  private mutating func begin(with context: String) {
    arguments.context = context
    let arguments = arguments
    opening = Background { try Opened.open(arguments) }
  }

  /// Once a second what depends on time is derived anew.
  private mutating func tick() {
    let now = currentMoment()
    guard now.seconds != lastTick.seconds else { return }
    lastTick = now
    state.utcOffsetSeconds = utcOffset(at: now)
    if let session {
      _ = reduce(&state, .ticked, at: self.now)
      session.probe(state.ingresses)
    } else {
      // Until it is known what is shown only the clock runs.
      state.now = moment(of: arguments)
    }
    if !terminal.isSlow || now.seconds % RunLoop.slowTickSeconds == 0 { isDirty = true }
  }

  private mutating func paint(atOnce: Bool) {
    let now = currentMoment()
    // Never a frame behind another that is not shown yet: what is painted is always the newest state.
    guard isDirty, terminal.isReady, atOnce || now.since(lastPaint) >= RunLoop.frame else { return }
    isDirty = !terminal.present(draw(state)).isWhole
    lastPaint = now
  }

  /// Leaves to the shell and comes back, perhaps to another size.
  private mutating func stop() {
    terminal.stop()
    apply(.resized(terminal.size))
  }
}

/// Asks which contexts there are; the answer is an action.
private func askContexts(_ arguments: Arguments, isStart: Bool) -> Background<Action> {
  let options = TargetOptions(arguments, nil)
  return Background {
    do {
      return .contextsRead(try ClusterTarget.contexts(options), problem: "", isStart: isStart)
    } catch {
      return .contextsRead([], problem: "\(error)", isStart: isStart)
    }
  }
}

/// Reads a text about one object; the answer is an action, also where it cannot be read.
func readText(_ wanted: ObjectText, _ target: ClusterTarget?) -> Action {
  guard let target else {
    return .textRead(wanted, .problem("A recording holds no whole objects: only a cluster can be asked for them."))
  }
  do {
    switch wanted.form {
    case .yaml: return .textRead(wanted, .document(try target.object(wanted.object)))
    case .description: return .textRead(wanted, .text(try target.description(of: wanted.object)))
    }
  } catch {
    return .textRead(wanted, .problem("\(error)"))
  }
}

/// Asks which namespaces there are; the answer is an action.
private func askNamespaces(_ target: ClusterTarget?) -> Background<Action>? {
  guard let target else { return nil }
  return Background {
    do {
      return .namespacesRead(try target.namespaces(), problem: "")
    } catch {
      return .namespacesRead([], problem: "\(error)")
    }
  }
}
