import CellScreen
import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard
import Operations
import Playbook
import Subprocess

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

  var arguments: Arguments
  var state: DashboardState
  /// Finding the cluster; `nil` while its context is to be chosen.
  var opening: Background<Opened>?
  /// Why a context has to be chosen, if nothing else can be done.
  private var reasonToChoose: (any Error)?
  /// A question to kubectl; its answer is an action.
  var question: Background<Action>?
  /// The reading of one object's text; its answer is an action, and a newer one takes its place.
  var reading: Background<Action>?
  /// What was asked of the cluster besides, changes too; each answer is an action.
  var asked: [Background<Action>] = []
  /// What ends the requests for changes that run, by their numbers.
  var stopFlags: [Int: StopFlag] = [:]
  /// A file that is being written; what became of it is an action.
  var saving: Background<Action>?
  /// Whether there is more to look at in the logs when no key waits.
  var looksOn = false
  var session: Session?
  let terminal: Terminal
  let signals: SignalPipe
  var isLeaving = false
  /// Whether the terminal is gone: then nothing is read from it any more.
  private var isHungUp = false
  private var isDirty = false
  private var lastPaint: Duration
  private var lastTick: Timestamp
  /// Whether the keys that came together with the last one were meant for another program.
  var dropsKeys = false
  /// When the question that is asked was first painted; `nil` while none is, or it was not painted yet.
  private var questionPaintedAt: Duration?

  /// Paints the first frame, before anything is asked of the cluster.
  init(_ arguments: Arguments, _ terminal: Terminal, _ signals: SignalPipe) {
    self.terminal = terminal
    self.signals = signals
    (lastPaint, lastTick) = (monotonicTime(), currentMoment())
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
    defer {
      endDrill()
      session?.close()
    }
    while !isLeaving {
      wait()
      takeSignals()
      // The answer to a key waits for nothing else that has come.
      if takeKeys() { paint(atOnce: true) }
      try open()
      try takeAnswer()
      if let session {
        perform(session.takeEvents(into: &state, at: now))
        session.chooseProfile(for: &state)
        for action in (session.work?.takeActions() ?? []) + session.takeDrillActions() { apply(action) }
      }
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
      state.take(opened)
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
      if case .changed(let number, _) = action { stopFlags[number] = nil }
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
      isDirty && terminal.isReady
      ? max(0, Int((RunLoop.frame - (monotonicTime() - lastPaint)).inSeconds * 1_000) + 1) : 1_000
    // While a frame is due soon, events may gather; keys and signals never wait.
    let events = isDirty ? -1 : session?.feed.wakeDescriptor ?? opening?.descriptor ?? -1
    var waiting = [
      isHungUp ? -1 : terminal.inputDescriptor, signals.descriptor, events, question?.descriptor ?? -1,
      reading?.descriptor ?? -1,
      saving?.descriptor ?? -1, session?.recorder?.descriptor ?? -1,
    ].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    for descriptor in asked.map(\.descriptor) + (session?.work?.descriptors ?? []) + (session?.drillDescriptors ?? []) {
      waiting.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
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
      case .hangup: hangUp()
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
    guard state.acting.question != nil, key != .escape, key != .ctrl("c"), key != Command.panicKey else { return false }
    if let painted = questionPaintedAt, monotonicTime() - painted >= RunLoop.readingTime { return false }
    apply(.arrived([.noted("that key came before the question could be read, and does not count")]))
    return true
  }

  /// Ends once, however often it is said that the terminal is gone.
  private mutating func hangUp() {
    guard !isHungUp else { return }
    isHungUp = true
    apply(.leaveWished("the terminal is gone"))
  }

  private mutating func takeSignals() {
    for request in signals.requests() {
      switch request {
      // The size itself comes with the keys.
      case .resize: isDirty = true
      case .stop: stop()
      case .resume: terminal.invalidate()
      case .terminate: apply(.leaveWished("the program was asked to end"))
      case .hangup: hangUp()
      }
    }
  }

  /// The moment that the screen is of: now, or that of then in a replay.
  var now: Timestamp {
    state.snapshot.connection.replay?.moment(at: currentMoment()) ?? moment(of: arguments)
  }

  mutating func apply(_ action: Action) {
    perform(reduce(&state, action, at: now, uptime: timeSinceBoot()))
    isDirty = true
  }

  /// Once a second what depends on time is derived anew.
  private mutating func tick() {
    let now = currentMoment()
    guard now.seconds != lastTick.seconds else { return }
    lastTick = now
    state.utcOffsetSeconds = utcOffset(at: now)
    if let session {
      perform(reduce(&state, .ticked, at: self.now, uptime: timeSinceBoot()))
      session.probe(state.ingresses)
    } else {
      // Until it is known what is shown only the clock runs.
      state.now = moment(of: arguments)
    }
    if !terminal.isSlow || now.seconds % RunLoop.slowTickSeconds == 0 { isDirty = true }
  }

  private mutating func paint(atOnce: Bool) {
    let now = monotonicTime()
    // Never a frame behind another that is not shown yet: what is painted is always the newest state.
    guard isDirty, terminal.isReady, atOnce || now - lastPaint >= RunLoop.frame else { return }
    isDirty = !terminal.present(draw(state)).isWhole
    lastPaint = now
    if state.acting.question == nil {
      questionPaintedAt = nil
    } else if questionPaintedAt == nil {
      questionPaintedAt = now
    }
  }

  /// Leaves to the shell and comes back, perhaps to another size.
  mutating func stop() {
    terminal.stop()
    apply(.resized(terminal.size))
  }
}
