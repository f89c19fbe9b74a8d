import CellScreen
import ClusterModel
import Playbook

/// What lies over the panels.
package enum ViewKind: Hashable, Sendable {
  case logs, details, text, river, changes, rollouts, check, deploy, criteria, tourResult, help, chooser, drillPlan,
    scoreboard, drills
}

/// All that is shown and all that a key can change: the one state of the program.
///
/// Only ``reduce(_:_:at:uptime:)`` changes it; drawing reads it.
package struct DashboardState: Sendable {
  /// The moment of the last action.
  package var now: Timestamp
  /// The same by the clock that nobody can set: what is measured counts by it.
  package var uptime = Duration.zero
  /// The terminal's size.
  package var size: Size
  package var snapshot = Snapshot()
  package var verdict = Verdict(.unknown, "waiting for the first answer of the cluster")
  /// When verdict and ingresses were judged.
  var judgedAt = Timestamp(seconds: 0)
  /// What the checks found at the last look, by phase.
  package var phases: [PhaseResult] = []
  /// The rows of each table of objects.
  package var tables = TableRows.all
  package var river = River()
  /// The workloads that are shown, by kind and name.
  package var workloads: [ObjectKey] = []
  package var ingresses: [IngressView] = []
  /// What uses cpu and memory beside the namespace as a whole: nodes and workloads, in the order they are shown.
  package var consumers: [ObjectKey] = []
  /// The phases that are unfolded where they are folded by themselves, and the other way round.
  package var toggledPhases: Set<Int> = []

  /// The panel that keys go to; on a small screen also the one that is shown.
  package var focus = Panel.ID.pods
  /// Whether the focused panel has the whole screen.
  package var isZoomed = false
  package var selections: [Panel.ID: RowID] = [:]
  /// Where a selection was last seen, so that it can stay near when its row goes.
  var selectedIndexes: [Panel.ID: Int] = [:]
  /// The row at the top of each panel.
  package var firstRows: [Panel.ID: Int] = [:]
  /// What is wrong with the last filter that was typed; what is shown is that of the one before.
  package var filterProblem: RowFilter.Problem?
  /// The line being typed, or `nil`.
  package var prompt: Prompt?
  /// Lines that were typed before.
  package var history = PromptHistory()
  /// The panels that had the focus before, for `[` and `]`.
  var trail = FocusTrail()
  /// The list to choose from, while its view is open.
  package var chooser: Chooser?
  /// The views over the panels; the last is on top.
  package var views: [ViewKind] = []
  package var logs: LogState?
  /// How many requests for logs were made.
  var logRequests = 0
  package var crashCards = CrashCards()
  /// How far the local time is from UTC, in seconds.
  package var utcOffsetSeconds = 0
  /// The pages among the views, in their order.
  package var pages: [Page] = []
  package var viewScroll = 0
  /// What a person does to the cluster.
  package var acting = Acting()
  /// Whether it was asked if the program is to be left.
  package var asksToQuit = false
  /// One sentence about the last key, until the next one.
  package var notice = ""
  /// The file that is recorded to; `nil` while nothing is.
  package var recordingFile: String?

  /// What the application is and what should hold of it.
  package var profile = Profile.plain
  /// What was looked up beside the snapshot.
  package var facts = Facts()
  /// What was timed or said about this cluster.
  package var deployRecord = DeployRecord()
  package var deploying = Deploying()
  /// What is known and under way of failure drills.
  package internal(set) var drilling = Drilling()
  package var touring = Touring()
  /// How careful to be with the cluster that is shown.
  package private(set) var standing = Guards.Standing.normal
  /// Whether the screen is for an audience.
  package var isPresenting = false
  /// Whether the last keys are shown when not presenting.
  package var showsKeys = false
  package var keyCast = KeyCast()
  package var restarts = RestartTally()
  /// What is hidden from a public screen, and what the key for it hides.
  package internal(set) var masking = Masking()
  package var chosenMask = Mask.all

  /// Who the program is for: shown first in the header.
  package var title: String
  package var isDemo: Bool
  /// How kubectl is called for this cluster.
  package var kubectl = Kubectl(program: ["kubectl"], context: "")
  /// The theme in use.
  package var theme = "dark"
  /// The namespaces that the cluster said it has, once it was asked.
  var namespaces: [String] = []
  /// The contexts that the kubeconfig has, once it was asked.
  var contexts: [String] = []
  /// The namespaces that were read before this one: the river still names them.
  var placesLeft: [String] = []
  /// How many of them are remembered.
  static let placesLeftMax = 100

  /// The moment of the last action, as drills are measured.
  package var drillMoment: DrillMoment { DrillMoment(wall: now, uptime: uptime) }

  /// A state in which nothing is known yet.
  package init(title: String, isDemo: Bool, size: Size, now: Timestamp) {
    self.title = title
    self.isDemo = isDemo
    self.size = size
    self.now = now
  }

  /// The namespace that is shown; `nil` for all.
  package var namespace: String? { snapshot.connection.namespace }

  /// All that a check may look at.
  var checkContext: CheckContext {
    CheckContext(snapshot: snapshot, facts: facts, record: deployRecord, profile: profile, now: now)
  }

  /// Judges again how careful to be with the cluster that is shown; a recording can harm nobody.
  mutating func judgeStanding() {
    let connection = snapshot.connection
    let isAnywhere = connection.feed == .recording || connection.context.isEmpty
    standing =
      isAnywhere ? .normal : profile.guards.standing(ofContext: connection.context, server: connection.server)
  }

  /// Where keys go first.
  var scopes: [Command.Scope] {
    if prompt != nil { return [.prompt] }
    let places: [Command.Scope] =
      views.last.map { [.view($0)] }
      ?? (showsTour ? [.tour] : []) + [.panel(focus)] + (tables[focus] == nil ? [] : [.table]) + [.screen]
    return places + [.anywhere]
  }
}

/// What the checks of one phase found.
package struct PhaseResult: Hashable, Sendable {
  package var phase: Int
  package var title: String
  package var reason: String
  package var checks: [Line]

  /// What one check found.
  package struct Line: Hashable, Sendable {
    package var id: String
    package var title: String
    package var result: CheckResult
  }

  /// How many of the checks that could be judged hold, and how many could be judged.
  package var progress: (holding: Int, judged: Int) {
    let judged = checks.filter { $0.result.state != .skipped }
    return (judged.count { $0.result.isGood }, judged.count)
  }

  /// Looks at every phase.
  static func all(in context: CheckContext) -> [PhaseResult] {
    var context = context
    return context.profile.phases.map { phase in
      PhaseResult(
        phase: phase.id, title: phase.title, reason: phase.reason,
        checks: phase.checks.map { check in
          var result = check.result(in: context)
          context.judged[check.id] = result
          result.evidence = redacted(result.evidence)
          return Line(id: check.id, title: check.title, result: result)
        })
    }
  }
}
