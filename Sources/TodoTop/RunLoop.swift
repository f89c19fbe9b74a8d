import CellScreen
import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard
import Operations
import Playbook

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
  /// Nobody reads a question in less.
  static let readingTime = Duration.milliseconds(300)
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
  /// What was asked of the cluster besides; each answer is an action.
  private var asked: [Background<Action>] = []
  /// The requests for changes that run, each with what ends it.
  private var changing: [(answer: Background<Action>, stop: StopFlag)] = []
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
  /// Whether the keys that came together with the last one were meant for another program.
  private var dropsKeys = false
  /// When the question that is asked was first painted; `nil` while none is, or it was not painted yet.
  private var questionPaintedAt: Timestamp?

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
    if arguments.isReadOnly { state.acting.arming = Arming(readOnlyReason: readOnlyReason) }
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
      // The answer to a key waits for nothing else that has come.
      if takeKeys() { paint(atOnce: true) }
      try open()
      try takeAnswer()
      if let session { perform(session.takeEvents(into: &state, at: now)) }
      takeRecording()
      if looksOn {
        looksOn = false
        apply(.lookedOnInLogs)
      }
      tick()
      paint(atOnce: false)
    }
  }

  /// Begins to read as soon as it is known what.
  private mutating func open() throws {
    guard session == nil, let opening else { return }
    do {
      guard let opened = try opening.take() else { return }
      session = Session(opened)
      state.title = opened.title
      state.kubectl = opened.source.target?.calledKubectl ?? state.kubectl
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
    for (index, answer) in zip(asked.indices, asked).reversed() {
      guard let action = try answer.take() else { continue }
      asked.remove(at: index)
      apply(action)
    }
    for (index, change) in zip(changing.indices, changing).reversed() {
      guard let action = try change.answer.take() else { continue }
      changing.remove(at: index)
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
    for answer in asked + changing.map(\.answer) {
      waiting.append(pollfd(fd: answer.descriptor, events: Int16(POLLIN), revents: 0))
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
      default: if !isTooEarly(key) { apply(.key(key)) }
      }
      if dropsKeys { break }
    }
    dropsKeys = false
    return !keys.isEmpty
  }

  /// Whether a key was typed before the question that it would answer was read.
  private mutating func isTooEarly(_ key: Key) -> Bool {
    guard state.acting.question != nil, key != .escape, key != .ctrl("c") else { return false }
    if let painted = questionPaintedAt, currentMoment().since(painted) >= RunLoop.readingTime { return false }
    apply(.arrived([.noted("that key came before the question could be read, and does not count")]))
    return true
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
      case .readRights:
        if let target = session?.source.target { asked.append(askRights(target)) }
      case .change(let request): begin(request)
      case .stopChanges: for change in changing { change.stop.set() }
      case .readFacts, .runRemedy, .stopRemedy, .saveRecord, .saveEvidence: break
      case .openShell(let pod, let container): openShell(pod, container)
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

  /// Makes changes beside the screen; what came of each is one action.
  private mutating func begin(_ request: ChangeRequest) {
    let stop = StopFlag()
    let runner = ChangeRunner(state.kubectl)
    let answer = Background<Action> {
      .changed(number: request.number, request.changes.map { runner.outcome(of: $0) { stop.isSet } })
    }
    changing.append((answer, stop))
  }

  /// Leaves the terminal to a shell in a container until it ends.
  private mutating func openShell(_ pod: ObjectKey, _ container: String) {
    terminal.suspend()
    let signals = signals
    var isLeaving = false
    let isEnded = {
      isLeaving = isLeaving || !signals.requests().isDisjoint(with: [.terminate, .hangup])
      return isLeaving
    }
    let end = ContainerShell(state.kubectl, pod: pod, container: container).run(isCancelled: isEnded)
    if end.hasWords { waitForEnter(after: end.sentence, isEnded) }
    terminal.resume()
    self.isLeaving = self.isLeaving || isLeaving
    dropsKeys = true
    apply(.resized(terminal.size))
    apply(.arrived([.noted(end.sentence)]))
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
    if state.acting.question == nil {
      questionPaintedAt = nil
    } else if questionPaintedAt == nil {
      questionPaintedAt = now
    }
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

/// Leaves what stands on the terminal there until enter is pressed.
private func waitForEnter(after sentence: String, _ isEnded: () -> Bool) {
  let words = "\n\(sanitized(sentence)); enter comes back to the screen "
  _ = words.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
  while !isEnded() {
    guard poll(&input, 1, 100) > 0 else { continue }
    var byte: UInt8 = 0
    if read(STDIN_FILENO, &byte, 1) <= 0 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return }
  }
}

extension ChangeRunner {
  /// Makes a change; what came of it, whatever it was.
  fileprivate func outcome(of change: ClusterChange, isCancelled: @escaping @Sendable () -> Bool) -> ChangeOutcome {
    do {
      return ChangeOutcome(change, .success(try run(change, isCancelled: isCancelled)))
    } catch {
      return ChangeOutcome(change, .failure(error))
    }
  }
}

/// Asks what the user may do; where nobody says the server decides.
private func askRights(_ target: ClusterTarget) -> Background<Action> {
  Background { .rightsRead(try? target.rights(), namespace: target.namespace) }
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
