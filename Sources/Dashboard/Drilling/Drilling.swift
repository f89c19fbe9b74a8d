import ClusterModel
import Playbook

/// What is known and under way of failure drills.
package struct Drilling: Sendable {
  /// What is planned, until its plan comes.
  package internal(set) var request: DrillRequest?
  /// The plan that is shown, or that runs.
  package internal(set) var plan: DrillPlan?
  /// How far the drill is that was begun last; `nil` before the first.
  package internal(set) var course: DrillCourse?
  /// What is measured of it.
  package internal(set) var watch: DrillWatch?
  /// The drills that were left open.
  package internal(set) var open = OpenDrills()
  /// How drills went before, on whatever cluster.
  package internal(set) var history: [DrillHistory.Run] = []
  /// How far the drill is that was agreed to last.
  package internal(set) var stage = Stage.none
  /// What came of it; `nil` until it is over.
  package internal(set) var report: DrillReport?
  /// The folder that its report was saved to; empty until then.
  package internal(set) var folder = ""
  /// Whether the namespace is marked as one that drills may be done in; found out outside.
  package var isOptedIn = false

  /// What the requests of each path came to, as measured last: asked once for many frames.
  package internal(set) var paths: [PathMeasures] = []
  /// The share of good answers, as measured last.
  package internal(set) var availability: Double?

  /// What users got before the drill, to compare with.
  var probesBefore: [DrillProbe] = []
  /// Whether requests are sent as users would send them.
  var isProbing = false
  /// Since when the cluster does not answer.
  var unreachableSince: DrillMoment?
  /// Whether it was ended before what was expected was seen, or because users or others suffered.
  var isStopped = false
  /// The revision of the workload when the drill was begun.
  var revision = ""
  /// What was wrong when the symptom was first seen, as a text to keep.
  var evidence = ""
  /// When it was wished that the program ends while the drill is open.
  var leavingSince: DrillMoment?
  /// Those of the open drills that are being undone.
  var undoing: Set<String> = []
  /// Where drills that were left open were looked for.
  var searchedPlace: Acting.Place?

  /// How far a drill is, from the yes of a person to its verdict.
  package enum Stage: Hashable, Sendable {
    case none
    /// It was agreed to; nothing was heard of it yet.
    case beginning
    /// Its change may be in the cluster.
    case open
    /// It is closed; until when all is as before is still watched.
    case settling(since: DrillMoment)
    case over
  }

  /// Whether there may be something to undo.
  package var isOpen: Bool { stage == .beginning || stage == .open }

  /// Whether something is still measured.
  package var isWatched: Bool { if case .settling = stage { true } else { isOpen } }

  /// When was last summed up what users got.
  var summarizedAt: DrillMoment?

  /// How often that is done at most.
  static let summaryPause = Duration.seconds(1)
  /// How many answers from before a drill are kept: of eight paths, four a second.
  static let probesBeforeMax = 2_000
  /// How long an end of the program waits for the undo; then the watchdog does it.
  static let leavingMax = Duration.seconds(20)

  /// Begins anew with a plan that was agreed to.
  mutating func begin(_ plan: DrillPlan, _ scope: ApplicationScope, revision: String) {
    var watch = DrillWatch(plan, scope)
    for probe in probesBefore { watch.take(probe) }
    (self.plan, self.watch, course, report) = (plan, watch, nil, nil)
    (stage, isStopped, folder, evidence) = (.beginning, false, "", "")
    self.revision = revision
    summarize()
    unreachableSince = nil
  }

  /// Sums up what users got.
  mutating func summarize() {
    paths = watch?.measures.paths ?? []
    availability = DrillMeasures.availability(of: paths)
  }

  /// Takes what users got.
  mutating func take(_ probes: [DrillProbe], at now: DrillMoment) {
    if isWatched {
      for probe in probes { watch?.take(probe) }
      // All that was asked is looked at for it, so not at every answer.
      guard summarizedAt.map({ now.since($0) >= Self.summaryPause }) ?? true else { return }
      summarizedAt = now
      summarize()
    } else {
      probesBefore = (probesBefore + probes).filter { now.since($0.at) <= DrillMeasures.before }
        .suffix(Self.probesBeforeMax)
    }
  }
}
