import ClusterModel
import Playbook

/// A shell in a container of a pod.
extension DashboardState {
  /// Opens a shell in the pod's only container, or asks in which.
  mutating func chooseShell() -> [Effect] {
    guard let subject, let pod = snapshot.pods[subject] else { return [] }
    let running = pod.containerStatuses.filter { if case .running = $0.state { true } else { false } }.map(\.name)
    guard let first = running.first else {
      notice = "no container of \(subject.name) runs, so none has a shell; l shows its logs"
      return []
    }
    let aim = aim(at: subject)
    if running.count == 1 { return openShell(in: first, aim) }
    open(Chooser(.shell, title: "Shell in \(subject.name)", items: running))
    acting.aim = aim
    return []
  }

  /// Opens a shell in a container that was chosen; on a context that others depend on it asks first.
  mutating func openShell(in container: String, _ aim: Acting.Aim?, isConfirmed: Bool = false) -> [Effect] {
    guard let aim else { return [] }
    if let reason = changeObstacle {
      notice = reason
    } else if snapshot[aim.object]?.metadata.uid != aim.uid {
      notice = "\(aim.object.typedName) is gone"
    } else if standing == .protected, !isConfirmed {
      acting.question = ActQuestion(.shell(aim, container: container), wordToType: aim.object.name)
    } else {
      return [.openShell(aim.object, container: container)]
    }
    return []
  }
}
