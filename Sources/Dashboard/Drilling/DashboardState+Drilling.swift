import ClusterModel
import Playbook

extension DashboardState {
  /// Takes what happened to drills.
  mutating func take(drill action: Action) -> [Effect] {
    switch action {
    case .drillPlanned(let plan): drilling.plan = plan
    case .drillWent(let course): drilling.course = course
    case .openDrillsFound(let found): drilling.open = found
    case .drillHistoryRead(let runs): drilling.history = runs
    default: break
    }
    return []
  }
}
