import ClusterModel
import Playbook
import Subprocess

/// Finds drills that were left open and undoes them.
///
/// The next start, `todotop undo`, the watchdog, and another machine that has only the cluster's lock: all go this way.
package struct DrillRescue: Sendable {
  /// A drill that was left open.
  package struct Found: Hashable, Sendable {
    package let record: DrillRecord
    package let source: DrillCourse.Source
    /// Why it is not undone from here; empty where it can be.
    package let obstacle: String
    let lock: DrillLock?
    /// Whether nobody can tell now if there is a lock: to undo it without would leave the lock, and its way back, behind.
    var isLockUnread = false
  }

  /// All that was found.
  package struct Findings: Hashable, Sendable {
    package var open: [Found] = []
    /// Sentences about journals and locks that are not believed, or belong elsewhere.
    package var notes: [String] = []
  }

  private let tools: DrillRunner.Tools
  private let kubectl: DrillKubectl

  /// Finds and undoes what the tools reach.
  package init(_ tools: DrillRunner.Tools) {
    self.tools = tools
    kubectl = DrillKubectl(tools.kubectl)
  }

  /// Looks for open drills in the journals and in the cluster.
  ///
  /// - Parameter namespace: Where the cluster is asked for a lock; the namespaces of open journals are asked too.
  package func find(in namespace: String?) -> Findings {
    var findings = Findings()
    let (records, strange) = tools.folder.read()
    findings.notes = strange.map(\.sentence)
    let open = records.filter(\.isOpen)
    guard !open.isEmpty || namespace != nil else { return findings }
    guard let uid = kubectl.clusterUID() else {
      findings.notes.append("the cluster could not be asked which it is, so nothing is undone")
      return findings
    }
    for record in open {
      if record.cluster.uid == uid {
        findings.open.append(found(record))
      } else {
        findings.notes.append(
          "the open drill \(record.id) belongs to another cluster (context \(record.cluster.context)): undo it there")
      }
    }
    if let namespace { findLock(in: namespace, uid, records, &findings) }
    return findings
  }

  /// A drill of a journal, with its lock.
  private func found(_ record: DrillRecord) -> Found {
    switch DrillLocking.find(in: record.namespace, kubectl) {
    case .failure(let problem) where !problem.isForbidden:
      return Found(
        record: record, source: .journal, obstacle: "its lock cannot be read now: \(problem.sentence)", lock: nil,
        isLockUnread: true)
    case .success(let lock?):
      guard case .success(let locked) = lock.record, locked.id == record.id else { break }
      let isElsewhere = lock.holder != tools.holder && lock.isAlive(at: DrillRunner.moment().wall)
      return Found(
        record: record, source: .journal, obstacle: isElsewhere ? "\(lock.holder) is undoing it" : "", lock: lock)
    default: break
    }
    return Found(record: record, source: .journal, obstacle: "", lock: nil)
  }

  private func findLock(
    in namespace: String, _ uid: String, _ records: [DrillRecord], _ findings: inout Findings
  ) {
    switch DrillLocking.find(in: namespace, kubectl) {
    case .failure(let problem): findings.notes.append("the lock of \(namespace) could not be read: \(problem.sentence)")
    case .success(nil): break
    case .success(let lock?):
      switch lock.record {
      case .failure(let problem):
        findings.notes.append("\(lock.object.typedName) of \(lock.holder) is set aside: \(problem.sentence)")
      case .success(let record):
        guard !findings.open.contains(where: { $0.record.id == record.id }) else { return }
        guard record.cluster.uid == uid else {
          findings.notes.append("\(lock.object.typedName) is of another cluster: it is not carried out")
          return
        }
        if let own = records.first(where: { $0.id == record.id }) {
          // Closed, but its lock was left behind.
          findings.open.append(Found(record: own, source: .journal, obstacle: "", lock: lock))
          return
        }
        let isAlive = lock.isAlive(at: DrillRunner.moment().wall)
        findings.open.append(
          Found(
            record: record, source: .lock,
            obstacle: isAlive ? "\(lock.holder) is at it, and was heard of just now" : "", lock: lock))
      }
    }
  }

  /// Undoes one; `nil` where another process or machine is at it.
  package func undo(
    _ found: Found, runner: DrillRunner = DrillRunner(), isForced: Bool = false,
    onChange: (DrillCourse) -> Void = { _ in }
  ) throws(JournalFolder.Problem) -> DrillCourse? {
    guard found.obstacle.isEmpty else { return nil }
    guard let journal = try DrillJournal.open(found.record.id, in: tools.folder, isForced: isForced) else { return nil }
    // It may have been closed between the finding and the hold.
    var record = found.record
    if found.source == .journal, let last = try? JournalFolder.last(of: journal.path) { record = last }
    var locking = DrillLocking(kubectl, holder: tools.holder)
    if let lock = found.lock, !locking.take(over: lock, at: DrillRunner.moment().wall) {
      // Somebody was faster, or it is gone: then its drill is closed, unless our own journal says that it is open.
      guard found.source == .journal, case .success(nil) = DrillLocking.find(in: record.namespace, kubectl) else {
        return nil
      }
    }
    let course = runner.rescue(record, from: found.source, journal, locking, tools, onChange: onChange)
    if !course.record.isOpen { locking.clear(of: course.record, at: DrillRunner.moment().wall) }
    return course
  }

  /// Watches over a drill of another process: undoes it when that process is gone, or its time is long up.
  ///
  /// - Parameters:
  ///   - path: The journal.
  ///   - answer: Called once it watches.
  /// - Returns: How the drill ended, in a sentence.
  package func watch(_ path: String, answer: () -> Void) -> String {
    guard let first = try? JournalFolder.last(of: path), tools.folder.path(of: first.id) == path else {
      return "\(path) is no journal of a drill"
    }
    answer()
    let start = monotonicTime()
    var wait = Self.glance
    var stall = DrillStall()
    while true {
      guard let record = try? JournalFolder.last(of: path) else { return "the journal is gone" }
      guard record.isOpen else { return "\(record.id): \(record.state.words)" }
      // Held by nobody: its process is gone. Held, but long over its time: its process is stuck, and as every step of
      // the way back asks whether the value is still ours, two at once do no harm.
      let isStuck = stall.isSeen(in: record, uptime: timeSinceBoot())
      let isFree = (try? DrillJournal.open(record.id, in: tools.folder, isForced: isStuck)) ?? nil != nil
      guard isFree else {
        pause(Self.glance)
        continue
      }
      let seen = found(record)
      guard !seen.isLockUnread else {
        guard monotonicTime() - start < Self.longestWait else { return "\(record.id): \(seen.obstacle)" }
        pause(wait)
        wait = min(wait * 2, DrillCourse.longestPause)
        continue
      }
      let free = Found(record: record, source: .journal, obstacle: "", lock: seen.lock)
      let course = try? undo(free, runner: DrillRunner(patience: Self.longestWait), isForced: isStuck)
      if let course = course ?? nil { return "\(record.id): \(course.state.words)" }
      pause(Self.glance)
    }
  }

  /// How long a watchdog tries to reach a cluster that has gone; the next start finds what it left.
  private static let longestWait = Duration.seconds(86_400)
  /// How often a watchdog looks.
  private static let glance = Duration.milliseconds(500)
}
