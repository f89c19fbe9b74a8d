import CellScreen
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

/// Does what `drill` asks for.
func drill(_ arguments: Arguments) throws -> Int32 {
  switch arguments.drill.verb {
  case .list: return try listDrills(arguments)
  case .plan, .run: return try planAndRun(arguments)
  case .undo: return try undo(arguments)
  case .report: return try reportDrill(arguments)
  }
}

/// How long what is known before a plan is waited for, in seconds.
private let knowingSeconds = 60.0
/// How long a plan may take, in seconds: it asks the server a few times.
private let planSeconds = 120.0
/// How long users are watched before a drill at least, in seconds: their answers are compared with those.
private let watchedBefore = 3.0
/// How much longer than its limit a drill is waited for, in seconds: its undo and its recovery.
private let patienceSeconds = 900.0

/// Plans a drill and, if that is wanted and agreed to, does it.
///
/// - Returns: 0 where it passed, 1 for any other verdict or a refusal, 4 where it is still to be undone.
private func planAndRun(_ arguments: Arguments) throws -> Int32 {
  var loop = try HeadlessLoop.forDrills(arguments)
  defer { loop.close() }
  let began = monotonicTime()
  let plan = try loop.plan(arguments)
  let isText = arguments.format == .text
  let document = try documentText(DrillPlanDocument(plan))
  if arguments.drill.verb == .plan || isText { output(isText ? loop.state.text(of: plan) : document) }
  // What a flag can allow is told last.
  if let refusal = plan.refusals.first(where: { $0.guardID != "G1" }) ?? plan.refusals.first {
    let canBeAllowed = refusal.guardID == "G1" && !arguments.isReadOnly
    complain(
      "refused: \(refusal.sentence) (\(refusal.guardID))"
        + (canBeAllowed ? "; give --allow-drills to allow changes here" : ""))
    return 1
  }
  guard arguments.drill.verb == .run else { return 0 }
  try agree(to: plan, arguments)
  // What happened while the question was read counts too.
  let left = max(0.5, watchedBefore - (monotonicTime() - began).inSeconds)
  _ = loop.run(until: { _ in false }, seconds: left)
  return try loop.run(plan, arguments)
}

/// Asks the person at the terminal, unless the command line said yes already.
private func agree(to plan: DrillPlan, _ arguments: Arguments) throws(StartProblem) {
  let word = if case .typing(let text) = plan.confirmation { text } else { "y" }
  if arguments.saysYes {
    if plan.level < .reachesUsers || arguments.drill.confirmation == word { return }
    // What reaches users is never agreed to without a word about where.
    let given = arguments.drill.confirmation.map { "\($0) is another place" } ?? "it reaches users"
    throw StartProblem("Nothing was done: \(given); with --yes give --confirm \(word)", exitCode: 1)
  }
  guard isatty(STDIN_FILENO) == 1 else {
    throw StartProblem("Nothing was done: give --yes to agree to the plan.", exitCode: 1)
  }
  output("Type \(sanitized(word)) to do this: ")
  guard readLine() == word else { throw StartProblem("Nothing was done.", exitCode: 1) }
}

extension HeadlessLoop {
  /// A loop that knows all that a drill must know before: the cluster, what users get, rights, drills left open.
  static func forDrills(_ arguments: Arguments) throws -> HeadlessLoop {
    let profiles = try ProfileSource.forCluster(arguments)
    if let problem = profiles?.problem { throw StartProblem(problem, exitCode: 2) }
    var loop = try HeadlessLoop(Opened.open(arguments, profiles), arguments)
    loop.doesDrills = true
    let (start, news) = (monotonicTime(), loop.news)
    _ = loop.run(
      until: { state in
        // Where nothing may be changed there is nothing to wait for.
        if !state.acting.arming.readOnlyReason.isEmpty { return true }
        if state.unreachable != nil, (monotonicTime() - start).inSeconds > unreachableSeconds { return true }
        // Which cluster it is must be known; what else checks look up may take longer, and is not asked for.
        let isKnown = state.drillSetting.map { !$0.cluster.uid.isEmpty } ?? false
        return state.isComplete && state.isAnswered && isKnown && news.hasFoundDrills && news.hasRights
      }, seconds: knowingSeconds)
    if let problem = loop.state.unreachable {
      loop.close()
      throw StartProblem(problem, exitCode: 3)
    }
    loop.apply(.ticked)
    if arguments.drill.isAllowed { loop.arm() }
    return loop
  }

  /// Plans the drill that the arguments name.
  fileprivate mutating func plan(_ arguments: Arguments) throws(StartProblem) -> DrillPlan {
    guard let kind = arguments.drillKind, let setting = state.drillSetting else {
      throw StartProblem(state.drillObstacle ?? "the cluster is not known yet", exitCode: 1)
    }
    let (target, limit) = try kind.target(
      named: arguments.drill.target, host: arguments.drill.host, proposed: state.profile.drills, in: state.snapshot,
      setting.scope)
    let token = String(UInt16.random(in: 0x1000...0xffff), radix: 16)
    let limitSeconds = arguments.limit ?? limit ?? DrillLimit.standard
    apply(.drillChosen(DrillRequest(kind, target, limitSeconds: limitSeconds, token: token)))
    _ = run(until: { $0.drilling.request == nil }, seconds: planSeconds)
    guard let plan = state.drilling.plan else {
      throw StartProblem(state.notice.isEmpty ? "the plan was not made in time" : state.notice, exitCode: 1)
    }
    return plan
  }

  /// Does a drill that was agreed to, prints its course, and says what came of it.
  fileprivate mutating func run(_ plan: DrillPlan, _ arguments: Arguments) throws -> Int32 {
    signals = SignalPipe.install()
    ending = .drillCancelled("ctrl-c, or the end of the program")
    var printer = DrillPrinter(isQuiet: arguments.format == .json)
    apply(.drillAgreed(plan))
    let news = news
    _ = run(
      until: { state in
        let drilling = state.drilling
        if drilling.stage == .none { return true }
        // Who wishes the end waits for the undo, and for nothing else.
        if news.endings > 0, case .settling = drilling.stage { return true }
        return drilling.stage == .over && (drilling.course?.injectedAt == nil || news.savedReport != nil)
      }, seconds: Double(plan.limitSeconds) + patienceSeconds, watch: { printer.print($0) })
    printer.print(state)
    guard let course = state.drilling.course, state.drilling.stage != .none else {
      complain(state.notice)
      return 1
    }
    if !course.conflict.isEmpty { course.conflict.text.split(separator: "\n").forEach { printer.say(String($0)) } }
    if course.isActive {
      complain("\(course.record.id) is still to be undone: todotop undo")
      return 4
    }
    guard let report = state.drilling.report else {
      complain("\(course.record.id) was ended: \(course.state.words)")
      return 1
    }
    output(arguments.format == .json ? withoutSecrets(report.json) : report.summary)
    if let saved = news.savedReport {
      saved.problem.isEmpty
        ? printer.say("report: \(saved.folder)") : complain("the report could not be kept: \(saved.problem)")
    }
    return report.verdict.word == .passed ? 0 : 1
  }
}

extension DashboardState {
  /// A plan as people read it, with the place it is about.
  fileprivate func text(of plan: DrillPlan) -> String {
    let place = "context \(snapshot.connection.context), namespace \(namespace ?? "?")"
    return ([place] + plan.lines).map { sanitized(redacted($0)) + "\n" }.joined()
  }
}
