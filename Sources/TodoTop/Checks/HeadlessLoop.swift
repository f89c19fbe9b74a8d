import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The state of a screen that nobody sees: for commands that print what a person would have read there.
struct HeadlessLoop {
  private(set) var state: DashboardState
  private let session: Session
  private let arguments: Arguments
  private var lastTick: Timestamp
  /// While it is there, the wish to end is a wish to end the deploy.
  var signals: SignalPipe?

  /// A loop over a session, as the arguments say.
  init(_ opened: Opened, _ arguments: Arguments) {
    session = Session(opened)
    self.arguments = arguments
    state = DashboardState(opened, arguments)
    lastTick = currentMoment()
  }

  /// Ends the session.
  func close() { session.close() }

  /// Runs until a condition holds or the time is over; whether it holds.
  ///
  /// - Parameter watch: Called after each change, to print what is new.
  mutating func run(
    until isDone: (DashboardState) -> Bool, seconds: Double, watch: (DashboardState) -> Void = { _ in }
  ) -> Bool {
    let start = currentMoment()
    while !isDone(state) {
      guard currentMoment().since(start).inSeconds < seconds else { return false }
      wait()
      if let signals, !signals.requests().isDisjoint(with: [.terminate, .hangup]) { apply(.deployCancelled) }
      perform(session.takeEvents(into: &state, at: moment(of: arguments)))
      session.chooseProfile(for: &state)
      for action in session.work?.takeActions() ?? [] {
        apply(action)
        // What a command printed last is there for a moment only when its end comes with it.
        watch(state)
      }
      tick()
      watch(state)
    }
    return true
  }

  /// Takes an action as if a key had brought it.
  mutating func apply(_ action: Action) { perform(reduce(&state, action, at: moment(of: arguments))) }

  /// Carries out effects that are not about a screen.
  mutating func perform(_ effects: [Effect]) {
    for effect in effects { session.work?.perform(effect) }
  }

  private func wait() {
    var waiting = ([session.feed.wakeDescriptor] + (session.work?.descriptors ?? []) + [signals?.descriptor ?? -1]).map
    {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&waiting, nfds_t(waiting.count), 200)
  }

  private mutating func tick() {
    let now = currentMoment()
    guard now.seconds != lastTick.seconds else { return }
    lastTick = now
    apply(.ticked)
    session.probe(state.ingresses)
  }
}
