import CellScreen
import ClusterModel
import Playbook

/// What is known and under way of making the checks hold.
package struct Deploying: Sendable {
  /// How the programs of this machine are called; set once it is known which cluster is read.
  package var programs = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], context: ""))
  /// The walk that was begun last, or the plan that is shown; `nil` before the first.
  package internal(set) var walk: DeployWalk?
  /// What the command that runs, or ran last, printed.
  package internal(set) var output = RemedyOutput()
  /// What is looked up beside the snapshot, and when again.
  var lookUps = LookUps()
  /// What the walk waits for before what checks find counts.
  var awaited: Set<FactQuestion>?
  /// When it began to wait: older answers do not count.
  var awaitedSince = Timestamp.distantPast
  /// How many commands were begun, so that the answers of two walks are told apart.
  var numbers = 0
  /// The folder that the program was started in: what was agreed to there counts there.
  package var folder = ""
  /// What a person gave for the keys of the Secret; it leaves the program by kubectl's standard input alone.
  var secretValues: [String: String]?
  /// Whether the evidence of the first failing container of this walk was saved.
  var savedEvidence = false
}

/// The last lines that a command printed.
package struct RemedyOutput: Hashable, Sendable {
  package private(set) var lines: [String] = []
  /// How many lines are not kept any more.
  package private(set) var dropped = 0

  /// How many lines are kept.
  static let linesMax = 2_000

  mutating func add(_ more: [String]) {
    lines += more.map { redacted(sanitized($0)) }
    guard lines.count > Self.linesMax else { return }
    dropped += lines.count - Self.linesMax
    lines.removeFirst(lines.count - Self.linesMax)
  }
}

/// What is looked up beside the snapshot: each question once at a time, and again when its answer is old.
struct LookUps: Sendable {
  /// What was asked and is not answered yet.
  private(set) var asked: Set<FactQuestion> = []

  /// When questions that the cluster has to answer are looked at again.
  private var clusterAt = Timestamp.distantPast

  /// How often the cluster is asked at most: pods that come and go bring new questions all the time.
  static let clusterPause = Duration.seconds(60)

  /// The questions that are due: never answered, or too long ago.
  mutating func due(_ questions: Set<FactQuestion>, _ facts: Facts, at now: Timestamp) -> [FactQuestion] {
    let due = questions.filter { question in
      if question.asksCluster, now < clusterAt { return false }
      guard let fact = facts[question] else { return true }
      return now.since(fact.readAt) > question.lifetime
    }
    if due.contains(where: \.asksCluster) { clusterAt = now.advanced(by: Self.clusterPause) }
    return begin(due)
  }

  /// Asks these now, but for those that are on their way.
  mutating func begin(_ questions: Set<FactQuestion>) -> [FactQuestion] {
    let new = questions.subtracting(asked)
    asked.formUnion(new)
    // In an order of their own, so that equal states ask equally.
    return new.sorted { "\($0)" < "\($1)" }
  }

  mutating func end(_ questions: some Sequence<FactQuestion>) { asked.subtract(questions) }
}

extension FactQuestion {
  /// How long an answer is believed while nobody asks anew: starting a program costs more than reading a file.
  fileprivate var lifetime: Duration {
    switch self {
    case .file, .folder, .host: .seconds(120)
    case .tool: .seconds(600)
    }
  }

  /// Whether the answer comes from the cluster.
  fileprivate var asksCluster: Bool { if case .tool(let tool) = self { tool.asksCluster } else { false } }
}

extension ToolQuestion {
  /// Whether the answer comes from the cluster.
  fileprivate var asksCluster: Bool {
    switch self {
    case .clusterUID, .secretShape, .ownership, .podHealth, .logTail, .helmStatus, .helmHistory: true
    default: false
    }
  }
}
