import ClusterModel
import Dashboard
import Operations
import Playbook
import Subprocess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What drills ask of the outside: planning, doing and undoing them, and keeping their reports.
///
/// A class because threads answer it; the run loop alone calls it.
final class DrillWork {
  /// How long the end of the program waits for an undo, in seconds; after that the watchdog has it.
  static let endSeconds = 30.0

  private let desk: DrillDesk

  /// Work with the cluster of a place.
  init(_ place: DrillPlace) { desk = DrillDesk(place: place) }

  /// Readable once there is something to take.
  var descriptors: [Int32] { [desk.inbox.descriptor] }

  /// Whether a drill is under way.
  var isRunning: Bool { desk.running.runner != nil }

  /// Whether somebody undoes the drill if this program does not.
  var hasWatchdog: Bool { !desk.place.isDemo }

  /// Begins what an effect asks for, if it is one of these.
  func perform(_ effect: Effect, _ state: DashboardState) {
    let (desk, namespace) = (desk, state.namespace)
    switch effect {
    case .planDrill(let request):
      guard let scene = scene(of: state) else { return }
      startThread { desk.inbox.post(.drillPlanned(desk.plan(request, scene))) }
    case .runDrill(let plan):
      guard let scene = scene(of: state) else { return }
      guard desk.running.begin() else { return desk.inbox.post(.drillRefused("another drill is under way")) }
      startThread { desk.run(plan, scene) }
    case .tellDrill(let inputs): for input in inputs { desk.running.runner?.send(input) }
    case .findOpenDrills: startThread { desk.find(in: namespace) }
    case .undoOpenDrills(let drills): startThread { desk.undo(drills, in: namespace) }
    case .saveDrillReport(let report, let evidence): startThread { desk.save(report, evidence) }
    case .readDrillHistory: startThread { desk.readHistory() }
    default: break
    }
  }

  private func scene(of state: DashboardState) -> DrillDesk.Scene? {
    if let setting = state.drillSetting { return DrillDesk.Scene(state.snapshot, setting) }
    desk.inbox.post(.drillRefused(state.drillObstacle ?? "the cluster is not known yet"))
    return nil
  }

  /// What has come since it was last asked, as actions.
  func takeActions() -> [Action] { desk.inbox.take() }

  /// Undoes the drill that is under way, because the program ends.
  ///
  /// - Parameter isImpatient: Whether somebody does not want to wait for it.
  /// - Returns: Whether it is closed.
  @discardableResult
  func close(within seconds: Double = endSeconds, isImpatient: () -> Bool = { false }) -> Bool {
    desk.running.runner?.send(.undo("the program ends"))
    let start = monotonicTime()
    while isRunning {
      guard monotonicTime() - start < .seconds(seconds), !isImpatient() else { return false }
      usleep(50_000)
    }
    return true
  }
}
