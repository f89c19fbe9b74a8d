import ClusterModel
import Playbook

/// The drills that the profile proposes: they stand before the kinds.
extension DashboardState {
  /// What a drill of the profile would be done to now; `nil` where that is not there.
  package func target(of drill: DrillInstance) -> DrillTarget? {
    drillSetting.flatMap { drill.target(among: drill.kind.targets(in: snapshot, $0.scope)) }
  }

  /// `D14  ✓ 8.2 s  Roll out an API image that is not there  todo-backend/backend  L2, held back from users`.
  func line(of drill: DrillInstance) -> String {
    let last = target(of: drill).flatMap { DrillHistory(drillRuns, kind: drill.kind.id, target: $0).last }
    let prefix = "deployment/"
    let words = drill.words.hasPrefix(prefix) ? String(drill.words.dropFirst(prefix.count)) : drill.words
    return line(of: drill.kind, last, title: drill.title) + words.padded(to: 26) + drill.kind.level.words
  }

  /// Why a drill of the profile cannot be chosen: its kind cannot, or what it is done to is not there.
  package func obstacle(to drill: DrillInstance) -> String? {
    obstacle(to: drill.kind) ?? (target(of: drill) == nil ? "\(drill.place) is not here" : nil)
  }

  /// Goes on with a drill of the profile; what it is done to may have gone since the list was made.
  mutating func chooseDrill(_ drill: DrillInstance) -> [Effect] {
    guard let target = target(of: drill) else {
      notice = obstacle(to: drill) ?? ""
      return []
    }
    return openPlan(drill.kind, target, limitSeconds: drill.limitSeconds ?? DrillLimit.standard)
  }
}
