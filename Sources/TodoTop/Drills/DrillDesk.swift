import ClusterModel
import Dashboard
import Operations
import Playbook
import Synchronization

/// What threads do for drills; each answers with an action.
struct DrillDesk: Sendable {
  let place: DrillPlace
  let inbox = ActionInbox()
  let running = RunningDrill()

  /// What was known when a drill was asked for.
  struct Scene: Sendable {
    let snapshot: Snapshot
    let setting: DrillSetting

    init(_ snapshot: Snapshot, _ setting: DrillSetting) {
      self.snapshot = snapshot
      self.setting = setting
    }
  }

  /// Plans a drill with its object as it is now.
  ///
  /// - Parameter moment: When it was planned first: a change may hold that moment.
  func plan(_ request: DrillRequest, _ scene: Scene, at moment: Timestamp = currentMoment()) -> DrillPlan {
    let kubectl = DrillKubectl(place.kubectl)
    var setting = scene.setting
    // A cluster of this machine needs no mark, so nobody is asked for one.
    if setting.standing == .normal { setting.isOptedIn = kubectl.isOptedIn(setting.namespace) }
    return kubectl.plan(
      request.kind, request.target, limitSeconds: request.limitSeconds, token: request.token, setting: setting,
      in: scene.snapshot, at: moment)
  }

  /// Plans a drill again and, if nothing changed, does it and undoes it.
  func run(_ plan: DrillPlan, _ scene: Scene) {
    defer { running.end() }
    let request = DrillRequest(plan.kind, plan.target, limitSeconds: plan.limitSeconds, token: plan.token)
    let again = self.plan(request, scene, at: plan.plannedAt)
    if let refusal = again.refusal { return inbox.post(.drillRefused(refusal)) }
    guard again.isSame(as: plan) else {
      return inbox.post(.drillRefused("\(plan.target.words) changed since the plan was made: plan it again"))
    }
    let setting = scene.setting
    guard
      let record = again.record(
        cluster: setting.cluster, namespace: setting.namespace, author: place.holder, at: currentMoment())
    else { return inbox.post(.drillRefused("there is nothing to be changed")) }
    do throws(JournalFolder.Problem) {
      let tools = try place.tools()
      guard let runner = running.runner else { return }
      var last: DrillCourse?
      _ = runner.run(record, with: tools) { course in
        guard course != last else { return }
        last = course
        inbox.post(.drillWent(course))
      }
    } catch {
      inbox.post(.drillRefused(error.sentence))
    }
  }

  /// Looks for drills that were left open; the one of this program is not.
  func find(in namespace: String?) {
    do throws(JournalFolder.Problem) {
      let findings = DrillRescue(try place.tools()).find(in: namespace)
      let drills = findings.open.map { OpenDrill($0.record, obstacle: $0.obstacle) }
      inbox.post(.openDrillsFound(OpenDrills(running.runner == nil ? drills : [], notes: findings.notes)))
    } catch {
      inbox.post(.openDrillsFound(OpenDrills(notes: [error.sentence])))
    }
  }

  /// Undoes drills that were left open, as they are now.
  func undo(_ drills: [OpenDrill], in namespace: String?) {
    for drill in drills {
      let (words, isClosed) = undo(drill, in: namespace)
      inbox.post(.openDrillUndone(id: drill.id, words: words, isClosed: isClosed))
    }
  }

  private func undo(_ drill: OpenDrill, in namespace: String?) -> (words: String, isClosed: Bool) {
    do throws(JournalFolder.Problem) {
      let rescue = DrillRescue(try place.tools())
      let findings = rescue.find(in: namespace)
      guard let found = findings.open.first(where: { $0.record.id == drill.id }) else {
        return (findings.notes.first ?? "it is closed already", findings.notes.isEmpty)
      }
      if !found.obstacle.isEmpty { return (found.obstacle, false) }
      guard let course = try rescue.undo(found) else { return ("another process is at it", false) }
      let words = [course.state.words] + course.notes.suffix(1)
      return (words.joined(separator: "; "), !course.record.isOpen)
    } catch {
      return (error.sentence, false)
    }
  }

  /// Keeps a report.
  func save(_ report: DrillReport, _ evidence: String) {
    let id = report.record.id
    guard let folder = DrillReportFolder() else {
      return inbox.post(.drillReportSaved(id: id, folder: "", problem: "there is no place for reports: set HOME"))
    }
    do throws(NewFile.Problem) {
      let path = try folder.save(report, evidence: evidence)
      inbox.post(.drillReportSaved(id: id, folder: path, problem: ""))
    } catch {
      inbox.post(.drillReportSaved(id: id, folder: "", problem: error.sentence))
    }
  }

  /// Reads how drills went before.
  func readHistory() {
    inbox.post(.drillHistoryRead(DrillReportFolder()?.runs(isSimulated: place.isDemo) ?? []))
  }
}

/// The drill that is under way in this program, if one is.
///
/// A class because threads share it.
final class RunningDrill: Sendable {
  private let held = Mutex<DrillRunner?>(nil)

  var runner: DrillRunner? { held.withLock { $0 } }

  /// Makes room for one; whether there was none.
  func begin() -> Bool {
    held.withLock { held in
      guard held == nil else { return false }
      held = DrillRunner()
      return true
    }
  }

  /// It is over.
  func end() { held.withLock { $0 = nil } }
}
