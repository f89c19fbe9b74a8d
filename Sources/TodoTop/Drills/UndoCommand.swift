import CellScreen
import ClusterAccess
import ClusterModel
import Operations
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Undoes drills that were left open, by this machine's journals and by the lock in the namespace.
///
/// - Returns: 0 where all that was to be undone is closed, 1 where something was in the way, 3 where the cluster cannot
///   be reached, 4 where a drill is still to be undone.
func undo(_ arguments: Arguments) throws -> Int32 {
  if let journal = arguments.drill.watchedJournal { return try watch(journal, arguments) }
  if arguments.demo { throw StartProblem("A demo that begins has no drill to undo.", exitCode: 1) }
  if arguments.isReadOnly { throw StartProblem("Nothing is undone: \(readOnlyReason).", exitCode: 1) }
  let target = try ClusterTarget.resolve(TargetOptions(arguments, nil))
  let place = DrillPlace(target.calledKubectl, demo: nil)
  guard DrillKubectl(place.kubectl).clusterUID() != nil else {
    throw StartProblem("The cluster of context \(target.context) does not answer, so nothing is undone.", exitCode: 3)
  }
  do {
    let rescue = DrillRescue(try place.tools())
    let findings = rescue.find(in: target.namespace)
    for note in findings.notes { complain(note) }
    let open = findings.open.sorted { $0.record.id > $1.record.id }
    guard !open.isEmpty else {
      output("no drill is open\n")
      return findings.notes.isEmpty ? 0 : 1
    }
    let wanted = arguments.drill.isForAll ? open : Array(open.prefix(1))
    let codes = try wanted.map { try undo($0, rescue) }
    if wanted.count < open.count { complain("\(open.count - wanted.count) more open: todotop undo --all") }
    return max(codes.max() ?? 0, findings.notes.isEmpty ? 0 : 1)
  } catch let problem as JournalFolder.Problem {
    throw StartProblem(problem.sentence, exitCode: 1)
  }
}

private func undo(_ found: DrillRescue.Found, _ rescue: DrillRescue) throws -> Int32 {
  let record = found.record
  let source = found.source == .journal ? "its journal" : "the lock in the cluster"
  output(sanitized("\(record.id): \(record.kind) on \(record.target), by \(source)") + "\n")
  guard found.obstacle.isEmpty else {
    complain("\(record.id) is not undone from here: \(found.obstacle)")
    return 4
  }
  var told = 0
  let course = try rescue.undo(found) { course in
    for note in course.notes.dropFirst(told) { output("  \(sanitized(redacted(note)))\n") }
    told = course.notes.count
  }
  guard let course else {
    complain("\(record.id): another process is at it")
    return 4
  }
  output("\(course.state.rawValue) \(course.state.words)\n")
  if !course.conflict.isEmpty { output(sanitizedLines(redacted(course.conflict.text))) }
  if course.record.isOpen { return 4 }
  return course.state == .conflict ? 1 : 0
}

/// Watches over the drill of another process of this program, until it is closed.
private func watch(_ journal: String, _ arguments: Arguments) throws -> Int32 {
  // Whoever ends the terminal or the session of a drill does not mean its watchdog.
  signal(SIGHUP, SIG_IGN)
  signal(SIGINT, SIG_IGN)
  let kubectl = Kubectl(
    program: arguments.kubectl.split(separator: " ").map(String.init), kubeconfig: arguments.kubeconfig,
    context: arguments.context ?? "")
  do {
    let folder = try JournalFolder(String(journal[..<(journal.lastIndex(of: "/") ?? journal.startIndex)]))
    let tools = DrillRunner.Tools(
      kubectl: kubectl, folder: folder, holder: DrillPlace(kubectl, demo: nil).holder, watchdog: [])
    var hasAnswered = false
    let words = DrillRescue(tools).watch(journal) {
      hasAnswered = true
      output("ready\n")
    }
    if !hasAnswered { throw StartProblem(words, exitCode: 1) }
    output("\(sanitized(words))\n")
    return 0
  } catch let problem as JournalFolder.Problem {
    throw StartProblem(problem.sentence, exitCode: 1)
  }
}

/// Lines without what could disturb a terminal.
private func sanitizedLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { sanitized(String($0)) + "\n" }.joined()
}
