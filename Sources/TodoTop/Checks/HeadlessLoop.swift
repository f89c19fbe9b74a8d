import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard
import Playbook
import Subprocess

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
  /// While it is there, the wish to end is a wish to end what runs.
  var signals: SignalPipe?
  /// Whether it is for drills: others ask the cluster nothing for them.
  var doesDrills = false
  /// How what runs is ended.
  var ending = Action.deployCancelled
  /// What came of what was asked for.
  let news = HeadlessNews()
  private var rights: Background<Action>?

  /// A loop over a session, as the arguments say.
  init(_ opened: Opened, _ arguments: Arguments) {
    session = Session(opened)
    self.arguments = arguments
    state = DashboardState(opened, arguments)
    lastTick = currentMoment()
  }

  /// Ends the session.
  func close() {
    session.drills?.close { isEnded || signals?.requests().contains(.terminate) == true }
    session.close()
  }

  /// Allows changes, as somebody at the command line said.
  mutating func arm() { state.acting.arming.arm(for: state.standing, at: moment(of: arguments)) }

  private var isEnded: Bool { news.endings > 1 }

  /// Runs until a condition holds or the time is over; whether it holds.
  ///
  /// - Parameter watch: Called after each change, to print what is new.
  mutating func run(
    until isDone: (DashboardState) -> Bool, seconds: Double, watch: (DashboardState) -> Void = { _ in }
  ) -> Bool {
    let start = monotonicTime()
    while !isDone(state) {
      guard monotonicTime() - start < .seconds(seconds), !isEnded else { return false }
      wait()
      if let signals, !signals.requests().isDisjoint(with: [.terminate, .hangup]) {
        news.endings += 1
        apply(ending)
      }
      perform(session.takeEvents(into: &state, at: moment(of: arguments)))
      session.chooseProfile(for: &state)
      for action in takeActions() {
        news.take(action)
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
  mutating func apply(_ action: Action) {
    perform(reduce(&state, action, at: moment(of: arguments), uptime: timeSinceBoot()))
  }

  /// Carries out effects that are not about a screen.
  mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      session.work?.perform(effect)
      guard doesDrills else { continue }
      session.perform(drill: effect, state)
      if case .readRights = effect, let target = session.source.target { rights = askRights(target) }
    }
  }

  private mutating func takeActions() -> [Action] {
    var actions = (session.work?.takeActions() ?? []) + session.takeDrillActions()
    if let rights, let answer = try? rights.take() {
      self.rights = nil
      actions.append(answer)
    }
    return actions
  }

  private func wait() {
    var waiting =
      ([session.feed.wakeDescriptor] + (session.work?.descriptors ?? []) + session.drillDescriptors
      + [signals?.descriptor ?? -1]).map {
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

/// What came of what was asked for, as far as the state of the screen does not tell.
///
/// A class because the conditions that a loop waits for read it while the loop writes it.
final class HeadlessNews {
  /// How often the end was wished for; twice, and nothing is waited for.
  var endings = 0
  /// Whether it was looked for drills that were left open.
  private(set) var hasFoundDrills = false
  /// Whether it was asked what the user may do.
  private(set) var hasRights = false
  /// Where the report of a drill is, or why it is not kept.
  private(set) var savedReport: (folder: String, problem: String)?

  /// Takes what came.
  func take(_ action: Action) {
    switch action {
    case .openDrillsFound: hasFoundDrills = true
    case .rightsRead: hasRights = true
    case .drillReportSaved(_, let folder, let problem): savedReport = (folder, problem)
    default: break
    }
  }
}
