import CellScreen
import ClusterModel
import CursesTerminal
import Dashboard
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The longest deploy that is waited for, in seconds.
private let deploySeconds = 3_600.0

/// Walks the phases without a screen: prints the plan, asks, runs it and prints what comes of it.
///
/// - Returns: 0 where all checks of the application hold at the end, 1 where it stopped or was refused.
func deploy(_ arguments: Arguments) throws -> Int32 {
  // Another application than the one that was meant is never deployed.
  let profiles = try ProfileSource.forCluster(arguments)
  if let problem = profiles?.problem { throw StartProblem(problem, exitCode: 2) }
  let values = try arguments.secretsFile.map { path throws(StartProblem) in try secrets(inFile: path) }
  var loop = try HeadlessLoop(Opened.open(arguments, profiles), arguments)
  defer { loop.close() }
  try loop.learn()
  if let values { loop.apply(.secretsGiven(values)) }
  if let problem = loop.state.deployObstacle { throw StartProblem(problem, exitCode: 1) }
  let plan = loop.state.deployPlan
  output(loop.state.deployText)
  if arguments.isDryRun { return 0 }
  guard !plan.steps.isEmpty else { return CheckReport(loop.state).fails(in: DeployPlan.goalPhases) ? 1 : 0 }
  try agree(to: plan, loop.state, arguments)
  loop.signals = SignalPipe.install()
  loop.apply(.deployAgreed(plan))
  var printer = DeployPrinter()
  _ = loop.run(until: { $0.deploying.walk?.isActive != true }, seconds: deploySeconds, watch: { printer.print($0) })
  printer.print(loop.state)
  output("\(sanitized(loop.state.notice))\n")
  return loop.state.deploying.walk?.state == .done ? 0 : 1
}

/// Asks the person at the terminal, unless the command line said yes already.
private func agree(to plan: DeployPlan, _ state: DashboardState, _ arguments: Arguments) throws(StartProblem) {
  let word = state.wordToAgree(to: plan) ?? "yes"
  // What others depend on, and commands that nobody has seen, are never agreed to by a flag alone.
  if arguments.saysYes, word == "yes" { return }
  guard isatty(STDIN_FILENO) == 1 else {
    throw StartProblem(
      word == "yes"
        ? "Nothing was run: give --yes to agree to the plan, or --dry-run to see it only."
        : "Nothing was run: this must be agreed to by typing “\(word)” at a terminal.", exitCode: 1)
  }
  output("Type \(word) to run this on context \(state.snapshot.connection.context), namespace ")
  output("\(state.namespace ?? "?"): ")
  guard readLine() == word else { throw StartProblem("Nothing was run.", exitCode: 1) }
}

/// Prints what is new of a walk: a line a step and a command, and what commands print.
private struct DeployPrinter {
  private var states: [DeployWalk.StepState] = []
  private var number = 0
  private var printed = 0

  mutating func print(_ state: DashboardState) {
    guard let walk = state.deploying.walk else { return }
    // What the last command printed comes before what came of it.
    if walk.number == number { printOutput(state) }
    for (index, step) in walk.steps.enumerated() where !states.indices.contains(index) || states[index] != step.state {
      printStep(index, step, walk, at: state.now)
    }
    states = walk.steps.map(\.state)
    guard walk.number != number, let command = walk.command else { return }
    (number, printed) = (walk.number, 0)
    let played = command.isSimulated ? "   (played by the demo)" : ""
    output("$ \(sanitized(command.words.map(shellWord).joined(separator: " ")))\(played)\n")
    printOutput(state)
  }

  private mutating func printOutput(_ state: DashboardState) {
    let lines = state.deploying.output
    let count = lines.dropped + lines.lines.count
    guard count > printed else { return }
    for line in lines.lines.suffix(min(count - printed, lines.lines.count)) { output("  \(sanitized(line))\n") }
    printed = count
  }

  private func printStep(_ index: Int, _ step: DeployWalk.Progress, _ walk: DeployWalk, at now: Timestamp) {
    let name = "step \(index + 1) of \(walk.steps.count), \(sanitized(walk.plan.steps[index].title))"
    let took = step.startedAt.map { Age.text(of: (step.endedAt ?? now).since($0)) } ?? ""
    switch step.state {
    case .waiting, .verifying: break
    case .running where states.indices.contains(index) && states[index] == .running: break
    case .running: output("\(name)\n")
    case .done: output("\(name): done in \(took)\n")
    case .passedOver: output("\(name): holds already\n")
    case .failed(let words): output("\(name): FAILED after \(took): \(sanitized(words))\n")
    }
  }
}
