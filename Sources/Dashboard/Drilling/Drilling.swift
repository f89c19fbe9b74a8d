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
  /// How drills went before.
  package internal(set) var history: [DrillHistory.Run] = []
}
