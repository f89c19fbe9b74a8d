import ClusterModel

/// How the application was right before a drill: what counts as recovered follows from it.
package struct DrillBaseline: Hashable, Sendable {
  /// The workload that is waited for; `nil` where none is touched.
  package let workload: ObjectKey?
  package let replicas: Int
  /// The ReplicaSet that stands for the template.
  package let replicaSet: UID?
  /// The pods of the workload.
  package let pods: Set<UID>
  /// The ready endpoints of the Services that lead to the workload, by Service.
  package let endpoints: [ObjectKey: Int]
  /// How often the containers of all other pods of the namespace had been restarted, by pod.
  package let restarts: [UID: Int]
  /// The same of the pods that are hit.
  let ownRestarts: [UID: Int]
  /// The other workloads that had all they want.
  package let sound: Set<ObjectKey>
  /// Paths of the ingress that answered well.
  package let goodPaths: Set<ProbeTarget>
  /// Paths that nothing answers on from this machine: what their users get is not known.
  package let unreachable: Set<ProbeTarget>

  /// What there is now.
  package init(for target: DrillTarget, in snapshot: Snapshot, at now: Timestamp) {
    workload = target.workload
    let deployment = target.workload.flatMap { snapshot.deployments[$0] }
    replicas = deployment?.replicas ?? 0
    replicaSet = target.workload.flatMap { snapshot.rolloutView(of: $0, at: now)?.newPart }
      .flatMap { snapshot.replicaSets[$0.key]?.metadata.uid }
    let own = target.workload.map { snapshot.pods(of: $0) } ?? []
    pods = Set(own.compactMap { snapshot.pods[$0]?.metadata.uid })
    let namespace = target.workload?.namespace ?? target.object.namespace
    let services = Set(own.flatMap { snapshot.services(selecting: $0) })
    endpoints = Dictionary(uniqueKeysWithValues: services.map { ($0, snapshot.readyEndpoints(of: $0)) })
    restarts = Dictionary(
      snapshot.keys(of: .pods, in: namespace).filter { !own.contains($0) }.compactMap { key in
        snapshot.pods[key].map { ($0.metadata.uid, $0.restarts) }
      }
    ) { first, _ in first }
    ownRestarts = Dictionary(
      target.pods.compactMap { seen in snapshot.pods[seen.key].map { ($0.metadata.uid, $0.restarts) } }
    ) { first, _ in first }
    sound = Set(
      snapshot.keys(of: .deployments, in: namespace).filter { key in
        key != target.workload && snapshot.workload(key, at: now)?.isFine == true
      })
    unreachable = snapshot.unreachablePaths
    goodPaths = Set(snapshot.probes.targets.filter { snapshot.probes.last($0)?.isFailure == false })
  }
}

/// One condition of recovery, as a line for people.
package struct DrillCondition: Hashable, Sendable {
  package let title: String
  package let holds: Bool
  /// How far it is; empty where nothing more can be said.
  package let evidence: String
}

extension DrillBaseline {
  /// How many good answers in a row a path needs to count as well again.
  package static let goodAnswers = 3

  /// What must hold for the application to count as recovered, each with how far it is.
  ///
  /// - Parameters:
  ///   - users: What users got last, by path; where a path is not among them, what the screen saw counts.
  ///   - answered: The paths on which users got good answers before, also those that no ingress has.
  package func conditions(
    after change: DrillChange, in snapshot: Snapshot, users: [String: DrillRow] = [:], answered: Set<String> = [],
    at now: Timestamp
  ) -> [DrillCondition] {
    var found: [DrillCondition] = []
    // What is gone has nothing more to be asked, and must not count as recovered for that.
    let needed = Set([workload, change.patch?.object.key].compactMap { $0 }.filter { Self.lasting.contains($0.kind) })
    found += needed.sorted().filter { snapshot[$0] == nil }.map {
      DrillCondition(title: "\($0.typedName) is there", holds: false, evidence: "it is gone")
    }
    if let workload, let deployment = snapshot.deployments[workload],
      let view = snapshot.rolloutView(of: workload, at: now)
    {
      found.append(
        DrillCondition(
          title: "\(workload.name) has its \(replicas) replicas", holds: deployment.replicas == replicas,
          evidence: "\(deployment.replicas) wanted"))
      let isRolled =
        view.status.isDone && view.updated == replicas && view.available == replicas && view.oldParts.isEmpty
      found.append(
        DrillCondition(
          title: "its rollout is done and all pods are available", holds: isRolled,
          evidence: "\(view.available)/\(replicas) available"))
      if let replicaSet, change.patch.map({ !$0.isKept || $0.object.resource != .deployments }) ?? true {
        let now = view.newPart.flatMap { snapshot.replicaSets[$0.key]?.metadata.uid }
        found.append(DrillCondition(title: "its template is the one of before", holds: now == replicaSet, evidence: ""))
      }
      found.append(killed(change, workload, snapshot))
    }
    for (service, count) in endpoints.sorted(by: { $0.key < $1.key }) {
      let ready = snapshot.readyEndpoints(of: service)
      found.append(
        DrillCondition(
          title: "\(service.name) has its \(count) endpoints", holds: ready >= count, evidence: "\(ready) ready"))
    }
    for path in goodPaths.sorted(by: { ($0.host, $0.path) < ($1.host, $1.path) }) {
      let last = snapshot.probes.results(of: path).suffix(Self.goodAnswers)
      let good = users[path.host + path.path]?.good ?? last.reversed().prefix { !$0.isFailure }.count
      found.append(Self.answers(path.host + path.path, good))
    }
    for path in answered.subtracting(goodPaths.map { $0.host + $0.path }).sorted() {
      found.append(Self.answers(path, users[path]?.good ?? 0))
    }
    if let creation = change.creation {
      found.append(DrillCondition(title: "\(creation.object.typedName) is gone", holds: true, evidence: "by the undo"))
    }
    return found
  }

  private static func answers(_ path: String, _ good: Int) -> DrillCondition {
    DrillCondition(title: "\(path) answers", holds: good >= goodAnswers, evidence: "\(good) good in a row")
  }

  /// The kinds of objects that must be there under their old name.
  private static let lasting: Set<ResourceKind> = [.deployments, .services, .ingresses]

  /// Whether the pods that were hit are gone and those that are there are ready.
  private func killed(_ change: DrillChange, _ workload: ObjectKey, _ snapshot: Snapshot) -> DrillCondition {
    let gone = Set(
      change.cleanup.map(\.uid)
        + change.strikes.compactMap { strike in if case .endProcess = strike { nil } else { strike.object.uid } })
    let present = snapshot.pods(of: workload).compactMap { snapshot.pods[$0] }
    let left = present.filter { gone.contains($0.metadata.uid) || $0.metadata.isTerminating }
    let unready = present.filter { $0.conditions[type: "Ready"]?.isTrue != true }
    return DrillCondition(
      title: "the pods that were hit are gone, all others are ready", holds: left.isEmpty && unready.isEmpty,
      evidence: "\(left.count) left, \(unready.count) not ready")
  }

  /// What went wrong beside the target: other workloads that lost pods, containers elsewhere that were restarted.
  package func harmElsewhere(in snapshot: Snapshot, at now: Timestamp) -> [String] {
    let worse = sound.sorted().filter { key in snapshot.workload(key, at: now).map { !$0.isFine } ?? true }
    let restarted = snapshot.pods.keys(in: workload?.namespace).sorted().filter { key in
      guard let pod = snapshot.pods[key], let before = restarts[pod.metadata.uid] else { return false }
      return pod.restarts > before
    }
    return worse.map { "\($0.typedName) is not well any more" } + restarted.map { "\($0.typedName) was restarted" }
  }
}

extension Snapshot {
  /// The paths of ingresses that nothing answers on from this machine: without a tunnel to a virtual one, none do.
  var unreachablePaths: Set<ProbeTarget> {
    Set(probes.targets.filter { target in probes.last(target).map { $0.status == nil } ?? false })
  }

  /// The verdict that would be if nobody had asked some paths: their Services and endpoints count all the same.
  func verdict(of scope: ApplicationScope, without paths: Set<ProbeTarget>, at now: Timestamp) -> Verdict {
    guard !paths.isEmpty else { return verdict(of: scope, at: now) }
    let views = ingressViews(in: scope.namespace, hosts: scope.hosts, at: now).map { view in
      var view = view
      for index in view.paths.indices where paths.contains(view.paths[index].target) {
        view.paths[index].lastProbe = nil
        view.paths[index].layers.removeAll { $0.id == .answer }
      }
      return view
    }
    return verdict(of: scope, views: views, at: now)
  }

  /// How many addresses behind a Service take requests.
  func readyEndpoints(of service: ObjectKey) -> Int {
    endpointSlices(of: service).reduce(0) { $0 + $1.endpoints.count(where: \.isReady) }
  }
}

extension Pod {
  /// How often its containers were restarted in all.
  var restarts: Int { containerStatuses.reduce(0) { $0 + $1.restartCount } }
}
