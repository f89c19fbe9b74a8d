import CellScreen
import ClusterAccess
import Dashboard
import Playbook

extension DashboardState {
  /// The state of a screen of the size that the arguments say.
  init(_ opened: Opened, _ arguments: Arguments) {
    self.init(
      title: opened.title, isDemo: opened.demo != nil,
      size: Size(columns: arguments.columns, rows: arguments.rows), now: moment(of: arguments))
    utcOffsetSeconds = utcOffset(at: now)
    hideFromStart(arguments.mask)
    if arguments.isReadOnly { acting.arming = Arming(readOnlyReason: readOnlyReason) }
    take(opened)
  }

  /// Takes what is known of the cluster before it is read.
  mutating func take(_ opened: Opened) {
    title = opened.title
    kubectl = opened.source.target?.calledKubectl ?? kubectl
    deploying.folder = WorkingFolder.path
    if let programs = opened.programs { deploying.programs = programs }
    if let tours = opened.profiles?.tours {
      touring.choice = tours
      if !tours.notice.isEmpty { notice = tours.notice }
    }
  }
}
