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
    terminal = try Terminal.open(Terminal.Options(theme: Theme.named(arguments.theme) ?? .dark))
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

  private let arguments: Arguments
  private var state: DashboardState
  private let opening: Opening
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
    state.verdict.reason = arguments.demo ? "starting the demo cluster" : "finding the cluster"
    terminal.present(draw(state))
    opening = Opening(arguments)
  }

  /// Runs until the user leaves, the terminal goes or a signal says so.
  mutating func run() throws {
    defer { session?.close() }
    while !isLeaving {
      wait()
      takeSignals()
      let hasKeys = takeKeys()
      try open()
      if let session { perform(session.takeEvents(into: &state, at: moment(of: arguments))) }
      tick()
      paint(atOnce: hasKeys)
    }
  }

  /// Begins to read as soon as it is known what.
  private mutating func open() throws {
    guard session == nil, let opened = try opening.take() else { return }
    session = Session(opened)
    state.title = opened.title
    state.verdict.reason = "waiting for the first answer of the cluster"
    isDirty = true
  }

  /// Sleeps until something happens or the next second, or the next frame when something waits to be painted.
  private mutating func wait() {
    let now = currentMoment()
    let untilTick = 1_000 - Int(now.nanoseconds / 1_000_000 % 1_000)
    let untilFrame = isDirty ? max(0, Int((RunLoop.frame - now.since(lastPaint)).inSeconds * 1_000) + 1) : 1_000
    // While a frame is due soon, events may gather; keys and signals never wait.
    let events = isDirty ? -1 : session?.feed.wakeDescriptor ?? opening.descriptor
    var waiting = [terminal.inputDescriptor, signals.descriptor, events].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&waiting, nfds_t(waiting.count), Int32(min(untilTick, untilFrame)))
    if waiting[2].revents != 0 { isDirty = true }
  }

  private mutating func takeKeys() -> Bool {
    let keys = terminal.readKeys()
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

  private mutating func apply(_ action: Action) {
    perform(reduce(&state, action, at: moment(of: arguments)))
    isDirty = true
  }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isLeaving = true
      case .suspend: stop()
      case .refresh: session?.feed.refresh()
      case .repaint: terminal.invalidate()
      case .followLogs(let sources):
        session?.feed.followLogs(of: sources)
      }
    }
  }

  /// Once a second what depends on time is derived anew.
  private mutating func tick() {
    let now = currentMoment()
    guard now.seconds != lastTick.seconds else { return }
    lastTick = now
    if let session {
      _ = reduce(&state, .ticked, at: moment(of: arguments))
      session.probe(state.ingresses)
    } else {
      // Until it is known what is shown only the clock runs.
      state.now = moment(of: arguments)
    }
    isDirty = true
  }

  private mutating func paint(atOnce: Bool) {
    let now = currentMoment()
    guard isDirty, atOnce || now.since(lastPaint) >= RunLoop.frame else { return }
    terminal.present(draw(state))
    lastPaint = now
    isDirty = false
  }

  /// Leaves to the shell and comes back, perhaps to another size.
  private mutating func stop() {
    terminal.stop()
    apply(.resized(terminal.size))
  }
}
