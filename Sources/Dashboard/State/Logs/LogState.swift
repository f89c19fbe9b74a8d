import ClusterModel

/// The logs that are followed, and how they are looked at.
package struct LogState: Sendable {
  /// How the time of a line is shown.
  package enum TimeStyle: CaseIterable, Sendable { case none, local, utc, relative }

  /// What is known of the present run of a container.
  struct Run: Hashable, Sendable {
    var restart: Int
    var startedAt: Timestamp?
  }

  /// A container with its present run, and the number that its lines have in the store.
  private struct Origin: Sendable {
    let namespace, pod, container: String
    let run: Run
    let number: Int

    func made(_ line: LogLine) -> Bool { line.container == container && line.pod == pod && line.namespace == namespace }
  }

  /// What is looked at, for the title: `todo-backend-x7k2p` or `deployment/todo-backend`.
  package var title: String
  /// The pod or workload whose logs these are.
  package var subject: ObjectKey
  package var request: LogRequest
  /// Whether the runs before the present ones are shown.
  package var isPrevious = false
  package var store: LogStore
  /// Lines that came faster than they could be taken, and were dropped on the way.
  package var lost = 0
  /// How many lines with errors each pod had, and when.
  package var rates: [String: ErrorRate] = [:]
  /// The pods that are there, and those that were.
  var pods: Set<String> = []
  var gonePods: Set<String> = []
  var runs: [LogTarget: Run] = [:] { didSet { origin = nil } }
  /// Where the last line came from: many in a row come from one container.
  private var origin: Origin?
  /// The seam that was said last: more of the same goes into it.
  var seam: SeamWords?

  /// The line that the keys are about; `nil` follows the newest.
  package var cursor: LogRef?
  /// The line at the bottom of the window, while the cursor is set.
  package var bottom: LogRef?
  /// The line that is shown in full.
  package var expanded: LogRef?
  /// Which lines are shown.
  package var filter: LogMatches?
  /// Which lines are hits.
  package var search: LogMatches?
  /// Whether the first hit is still to be gone to.
  var seeksHit = false
  package var isWrapped = false
  /// Whether structured lines are shown as they came.
  package var isRaw = false
  package var timeStyle = TimeStyle.none
  /// How many columns of each line are passed over.
  package var shift = 0
  /// How many lines a person marked.
  var marks = 0

  /// Logs of which nothing has been read.
  package init(title: String, subject: ObjectKey, request: LogRequest, bytesMax: Int = LogStore.usualBytesMax) {
    self.title = title
    self.subject = subject
    self.request = request
    store = LogStore(bytesMax: bytesMax)
    pods = Set(request.targets.map(\.pod))
  }

  /// The containers that are followed.
  package var sources: [LogTarget] { request.targets }

  /// Whether the newest line is on the screen, and every one that comes.
  package var isFollowing: Bool { cursor == nil }

  /// Adds a line of a container.
  mutating func add(_ line: LogLine, at now: Timestamp) {
    let entry = store.add(line.text, run: runNumber(of: line), time: line.time)
    if entry.level == .error { rates[line.pod, default: ErrorRate()].count(at: line.time ?? now) }
    match(entry)
  }

  private mutating func runNumber(of line: LogLine) -> Int {
    let known = origin(of: line)
    // What is older than the run belongs to the one before.
    if let time = line.time, let start = known.run.startedAt, time < start, known.run.restart > 0 {
      return number(of: line, restart: known.run.restart - 1)
    }
    return known.number
  }

  private mutating func origin(of line: LogLine) -> Origin {
    if let origin, origin.made(line) { return origin }
    let target = LogTarget(namespace: line.namespace, pod: line.pod, container: line.container)
    let run = runs[target] ?? Run(restart: 0, startedAt: nil)
    let new = Origin(
      namespace: line.namespace, pod: line.pod, container: line.container, run: run,
      number: number(of: line, restart: run.restart))
    origin = new
    return new
  }

  private mutating func number(of line: LogLine, restart: Int) -> Int {
    store.number(of: LogRun(namespace: line.namespace, pod: line.pod, container: line.container, restart: restart))
  }

  /// Sets a mark, or says something of the stream of lines.
  mutating func add(_ kind: LogEntry.Kind, _ text: String, at time: Timestamp) -> LogRef {
    let entry = store.add(kind, text, at: time)
    match(entry)
    return entry.ref
  }

  private mutating func match(_ entry: LogEntry) {
    guard filter != nil || search != nil else { return }
    filter?.take(entry, in: store)
    search?.take(entry, in: store)
  }

  /// Takes the newest entry back, to say more in its place.
  mutating func takeBack(_ ref: LogRef) {
    guard store.removeLast(ref) else { return }
    filter?.forget(ref)
    if cursor == ref { cursor = lastRow }
    if bottom == ref { bottom = lastRow }
  }

  /// Lets go what points at lines that were dropped.
  mutating func forgetDropped() {
    guard let first = store.first else { return }
    filter?.forget(before: first)
    search?.forget(before: first)
    if let cursor, cursor < first { self.cursor = first }
    if let bottom, bottom < first { self.bottom = first }
    if let expanded, expanded < first { self.expanded = nil }
  }
}

/// What is said between lines, as far as more may still be added to it.
struct SeamWords: Sendable {
  /// Some names and what is said of all of them.
  struct Part: Hashable, Sendable {
    var names: [String]
    var words: String
  }

  var ref: LogRef
  var parts: [Part]
  var said: Timestamp

  /// `todo-backend-x7 gone · k2 joined`.
  var text: String {
    parts.map { ($0.names.joined(separator: ", ") + " " + $0.words).drop { $0 == " " } }.joined(separator: " · ")
  }
}
