import CellScreen
import ClusterAccess
import ClusterModel
import Dashboard
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names that `--panel` takes.
let panelNames = Panel.ID.allCases.map(\.rawValue)

/// The names that `--theme` takes.
let themeNames = Theme.all.map(\.name)

/// How long one frame waits for a complete picture, in seconds.
private let patienceSeconds = 30.0

/// How long the first answers of ingresses and the server's version are waited for, in seconds.
private let answerSeconds = 4.0

/// How long a server that does not answer is tried, in seconds.
let unreachableSeconds = 3.0

/// Prints one frame, or the same as JSON.
func snapshot(_ arguments: Arguments) throws -> Int32 {
  var arguments = arguments
  let opened = try Opened.open(arguments)
  // Unless a moment is given, a recorded session is judged at its end.
  if case .replay(let plan) = opened.source, plan.until == nil {
    arguments.now = try RecordingFile(plan.path).lastMoment()?.rfc3339WithNanoseconds
  }
  let session = Session(opened)
  defer { session.close() }
  var state = DashboardState(opened, arguments)
  waitUntilComplete(session, &state, arguments)
  follow(session, &state, arguments, seconds: arguments.afterSeconds)
  _ = reduce(&state, .ticked, at: moment(of: arguments))
  if let problem = state.unreachable { throw StartProblem(problem, exitCode: arguments.from.isEmpty ? 3 : 2) }
  try press(KeyScript(arguments.keys).keys, session, &state, arguments)
  if let problem = state.snapshot.connection.replay?.problem, !problem.isEmpty { complain(problem) }
  if arguments.format == .json {
    output(try SnapshotDocument(state).text())
  } else {
    output(rendered(state, arguments))
  }
  return [.healthy, .rolling].contains(state.verdict.word) ? 0 : 1
}

/// The moment that data is judged at: given for recorded data, else now.
func moment(of arguments: Arguments) -> Timestamp { arguments.now.flatMap(moment) ?? currentMoment() }

private func rendered(_ state: DashboardState, _ arguments: Arguments) -> String {
  let screen = arguments.panel.flatMap(Panel.ID.init).map { draw($0, of: state) } ?? draw(state)
  let theme = Theme.named(arguments.theme) ?? .dark
  switch arguments.format {
  case .svg: return screen.svg(theme: theme)
  case .ansi: return screen.ansi(theme: theme, colours: .trueColour)
  case .text, .json, .junit: return screen.text()
  }
}

/// Waits until every kind has been read or cannot be.
private func waitUntilComplete(_ session: Session, _ state: inout DashboardState, _ arguments: Arguments) {
  let start = currentMoment()
  while currentMoment().since(start).inSeconds < patienceSeconds {
    var waiting = pollfd(fd: session.feed.wakeDescriptor, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, 200)
    _ = carryOut(session.takeEvents(into: &state, at: moment(of: arguments)), session, &state, arguments)
    takePlaybook(session, &state, arguments)
    if state.isComplete {
      _ = carryOut(reduce(&state, .ticked, at: moment(of: arguments)), session, &state, arguments)
      session.probe(state.ingresses)
      if state.isAnswered && state.isLookedUp || currentMoment().since(start).inSeconds > answerSeconds { return }
    }
    // A server that does not answer now is not waited for.
    if state.unreachable != nil, currentMoment().since(start).inSeconds > unreachableSeconds { return }
  }
}

/// Takes which profile counts, and what was looked up for its checks.
private func takePlaybook(_ session: Session, _ state: inout DashboardState, _ arguments: Arguments) {
  session.chooseProfile(for: &state)
  for action in session.work?.takeActions() ?? [] {
    _ = carryOut(reduce(&state, action, at: moment(of: arguments)), session, &state, arguments)
  }
}

/// How long logs are read that a key asked for, in seconds.
private let logSeconds = 2.0

/// Presses keys as a person would; of what they ask of the outside only logs and texts of objects are carried out.
private func press(_ keys: [Key], _ session: Session, _ state: inout DashboardState, _ arguments: Arguments) {
  for key in keys {
    let asksForLogs = carryOut(reduce(&state, .key(key), at: moment(of: arguments)), session, &state, arguments)
    if asksForLogs { follow(session, &state, arguments, seconds: logSeconds) }
  }
}

/// Carries out what is about logs and texts of objects; whether lines were asked for.
private func carryOut(
  _ effects: [Effect], _ session: Session, _ state: inout DashboardState, _ arguments: Arguments
) -> Bool {
  var asksForLogs = false
  for effect in effects {
    switch effect {
    case .followLogs(let request):
      session.feed.followLogs(request)
      asksForLogs = asksForLogs || !request.targets.isEmpty
    case .readLogTail(let target, let lines):
      session.feed.readLogTail(of: target, lines: lines)
      asksForLogs = true
    case .lookOnInLogs:
      while !reduce(&state, .lookedOnInLogs, at: moment(of: arguments)).isEmpty {}
    case .change(let request):
      // A picture is no place to change a cluster from.
      let problem = ChangeProblem(.other, "a snapshot changes nothing")
      let outcomes = request.changes.map { ChangeOutcome($0, .failure(problem)) }
      _ = reduce(&state, .changed(number: request.number, outcomes), at: moment(of: arguments))
    case .readFacts: session.work?.perform(effect)
    case .runRemedy(_, let number):
      _ = reduce(&state, .remedyEnded(number: number, problem: "a snapshot runs nothing"), at: moment(of: arguments))
    case .readText(let wanted):
      _ = reduce(&state, readText(wanted, session.source.target), at: moment(of: arguments))
    default: break
    }
  }
  return asksForLogs
}

/// Lets time pass as it does on the screen: events as they come, a tick a second.
private func follow(_ session: Session, _ state: inout DashboardState, _ arguments: Arguments, seconds: Double) {
  let start = currentMoment()
  var ticked = start
  while case let left = seconds - currentMoment().since(start).inSeconds, left > 0 {
    var waiting = pollfd(fd: session.feed.wakeDescriptor, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, Int32(min(200, left * 1_000 + 1)))
    let effects = session.takeEvents(into: &state, at: moment(of: arguments))
    _ = carryOut(effects, session, &state, arguments)
    takePlaybook(session, &state, arguments)
    guard currentMoment().since(ticked).inSeconds >= 1 else { continue }
    ticked = currentMoment()
    _ = carryOut(reduce(&state, .ticked, at: moment(of: arguments)), session, &state, arguments)
    session.probe(state.ingresses)
  }
}

extension DashboardState {
  /// Hides what the command line says; that is also what the key for it hides from then on.
  mutating func hideFromStart(_ mask: Mask) {
    guard !mask.isEmpty else { return }
    chosenMask = mask
    hide(mask)
  }

  /// Whether every kind has been read, or will not be.
  var isComplete: Bool {
    let connection = snapshot.connection
    if let replay = connection.replay { return replay.isOver }
    guard connection.isReachable || connection.feed == .recording else { return false }
    return ResourceKind.allCases.allSatisfy { kind in
      let status = snapshot.stream(kind)
      switch status.state {
      case .forbidden, .absent: return true
      case .retrying: return true
      case .idle where connection.feed == .recording: return true
      default: return status.hasList
      }
    }
  }

  /// Whether the server has said its version and every path that is asked has been asked once.
  var isAnswered: Bool {
    if snapshot.connection.feed == .recording { return true }
    let asked = ingresses.filter { !$0.addresses.isEmpty }.flatMap(\.paths).filter(\.canBeProbed)
    return !snapshot.connection.serverVersion.isEmpty
      && asked.count { $0.lastProbe != nil } >= min(asked.count, ProbeRequest.limit)
  }

  /// Why nothing at all could be read, if so.
  var unreachable: String? {
    let connection = snapshot.connection
    guard !connection.isReachable, !connection.problem.isEmpty, !snapshot.stream(.pods).hasList else { return nil }
    return connection.problem
  }
}
