import ClusterModel
import Playbook

extension DrillKind {
  /// The target that somebody named, or the only one there is.
  ///
  /// Pods of one workload are as good as each other, so the workload's name is enough for one of them. A drill of the
  /// profile says the rest of its target: the container, the host, and how long it may last.
  ///
  /// - Parameter proposed: The drills of the profile.
  /// - Throws: ``StartProblem`` with the names there are.
  func target(
    named name: String?, host: String?, proposed: [DrillInstance], in snapshot: Snapshot, _ scope: ApplicationScope
  ) throws(StartProblem) -> (target: DrillTarget, limitSeconds: Int?) {
    let targets = targets(in: snapshot, scope)
    guard !targets.isEmpty else {
      throw StartProblem("There is nothing here that \(id) could be done to.", exitCode: 1)
    }
    let fitting = name.map { name in targets.filter { $0.names.contains(name) } } ?? targets
    var seen: Set<String> = []
    let choices = fitting.map(\.choice).filter { seen.insert($0).inserted }
    let own = proposed.filter { $0.kind == self && (host == nil || $0.host == host) }.compactMap { drill in
      drill.target(among: fitting).map { (drill: drill, target: $0) }
    }
    let isToldByProfile = name != nil && Set(own.map(\.target.choice)).count == 1
    guard var target = choices.count == 1 ? fitting.first : isToldByProfile ? own.first?.target : nil else {
      let all = Set(targets.map(\.choice)).sorted().joined(separator: ", ")
      let words = name.map { "“\($0)” is \(choices.isEmpty ? "no target" : "not one target alone") of \(id)" }
      throw StartProblem("\(words ?? "\(id) has more than one target"); name one with --target: \(all)", exitCode: 2)
    }
    let drill = own.first { $0.target.choice == target.choice }
    if let place = host ?? drill?.target.place { target.place = place }
    return (target, drill?.drill.limitSeconds)
  }
}

extension DrillTarget {
  /// What it may be called.
  fileprivate var names: Set<String> {
    var names = [object.typedName, object.name, choice]
    if let workload { names += [workload.typedName, workload.name] }
    if object.kind == .ingresses { names.append(place) }
    return Set(names)
  }

  /// What tells it from the others of its kind of drill.
  fileprivate var choice: String {
    switch object.kind {
    case .pods: workload?.typedName ?? object.typedName
    case .ingresses: place
    default: container.isEmpty ? object.typedName : "\(object.typedName)/\(container)"
    }
  }
}
