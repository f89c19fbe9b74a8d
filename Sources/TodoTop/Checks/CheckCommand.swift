import ClusterModel
import Dashboard
import Playbook

/// How long `check` and `deploy` wait for a complete picture and for all that is looked up, in seconds.
private let knowingSeconds = 90.0

/// Prints what every check finds now.
///
/// - Returns: 0 where nothing fails, else 1.
/// - Throws: ``StartProblem`` with code 3 where the cluster cannot be reached, with 2 where the profile that was named
///   is broken.
func check(_ arguments: Arguments) throws -> Int32 {
  let profiles = try ProfileSource.forCluster(arguments)
  if let problem = profiles?.problem {
    guard arguments.profile == nil else { throw StartProblem(problem, exitCode: 2) }
    complain("\(problem); a profile that comes with the program is used instead")
  }
  var loop = try HeadlessLoop(Opened.open(arguments, profiles), arguments)
  defer { loop.close() }
  try loop.learn()
  let report = CheckReport(loop.state)
  output(try report.rendered(arguments.format))
  return report.fails() ? 1 : 0
}

extension HeadlessLoop {
  /// Waits until all is known that can be: the cluster, and what checks look up beside it.
  mutating func learn() throws(StartProblem) {
    let start = currentMoment()
    _ = run(
      until: { state in
        if state.unreachable != nil, currentMoment().since(start).inSeconds > unreachableSeconds { return true }
        return state.isComplete && state.isAnswered && state.isLookedUp
      }, seconds: knowingSeconds)
    if let problem = state.unreachable { throw StartProblem(problem, exitCode: 3) }
    // Answers that came last are judged with the rest.
    apply(.ticked)
  }
}
