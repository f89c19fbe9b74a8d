import ClusterModel

/// What a person is told before a change: what follows from it, or why it is not made.
package struct ChangePlan: Hashable, Sendable {
  /// One thing to know.
  package struct Line: Hashable, Sendable {
    package let severity: Finding.Severity
    package let text: String

    init(_ severity: Finding.Severity, _ text: String) {
      self.severity = severity
      self.text = text
    }
  }

  package let change: ClusterChange
  /// What follows, the most severe first.
  package let consequences: [Line]
  /// Why it is not made; `nil` where it can be.
  package let refusal: String?
  package let undo: Undo

  /// Looks at changes that are made together.
  package static func all(of changes: [ClusterChange], in snapshot: Snapshot, at now: Timestamp) -> [ChangePlan] {
    let objects = Set(changes.map(\.object))
    return changes.map { ChangePlan($0, with: objects, in: snapshot, at: now) }
  }

  /// Looks at a change with what is known now.
  ///
  /// - Parameter objects: What goes together with its object.
  package init(
    _ change: ClusterChange, with objects: Set<ObjectKey> = [], in snapshot: Snapshot, at now: Timestamp
  ) {
    self.change = change
    let facts = PlanFacts(change, objects.union([change.object]), snapshot, now)
    refusal = facts.refusal
    consequences = facts.consequences.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
    undo = change.undo(revisionBefore: snapshot.workload(change.object, at: now).flatMap { Int($0.revision) })
  }
}

/// What a plan is made of.
private struct PlanFacts {
  let change: ClusterChange
  /// The objects that are changed together with it, itself included.
  let objects: Set<ObjectKey>
  let snapshot: Snapshot
  let now: Timestamp
  let object: ClusterObject?
  let workload: WorkloadSummary?

  init(_ change: ClusterChange, _ objects: Set<ObjectKey>, _ snapshot: Snapshot, _ now: Timestamp) {
    self.change = change
    self.objects = objects
    self.snapshot = snapshot
    self.now = now
    object = snapshot[change.object]
    workload = snapshot.workload(change.object, at: now)
  }

  var refusal: String? {
    let name = change.object.typedName
    guard change.verb.kinds.contains(change.object.kind) else {
      return "\(change.verb.word) is not possible for a \(change.object.kind.kindName)"
    }
    guard let object else { return "\(name) is gone" }
    guard object.metadata.uid == change.uid else { return "\(name) is another object of the same name now" }
    if object.metadata.isTerminating, change.verb != .delete(byForce: true) {
      return "\(name) is being deleted already"
    }
    return verbRefusal(name)
  }

  private func verbRefusal(_ name: String) -> String? {
    switch change.verb {
    case .restart, .rollBack:
      isPaused ? "\(name) is paused: kubectl refuses. Resume its rollouts first" : nil
    case .scale(let before, let after):
      if before == after { "\(name) has \(after) replicas already" } else { nil }
    case .setImage(let image):
      image.before == image.after ? "\(image.container) has that image already" : nil
    case .pause: isPaused ? "\(name) is paused already" : nil
    case .resume: isPaused ? nil : "\(name) is not paused"
    case .cordon: node?.isUnschedulable == true ? "\(name) is cordoned already" : nil
    case .uncordon: node?.isUnschedulable == false ? "\(name) is not cordoned" : nil
    case .delete, .evict: nil
    }
  }

  var consequences: [ChangePlan.Line] {
    switch change.verb {
    case .restart, .setImage: rollout + [autoscaler, owner].compactMap { $0 }
    case .rollBack(let revision): difference(to: revision) + rollout + [autoscaler, owner].compactMap { $0 }
    case .scale(_, let after): scaling(to: after) + [autoscaler, owner].compactMap { $0 }
    case .pause: [.init(.note, "changes of its template wait until it is resumed; restarts are refused")]
    case .resume: [.init(.note, "what was changed while it was paused is rolled out now")]
    case .delete(let byForce): deletion(byForce) + [owner].compactMap { $0 }
    case .evict: [replacement] + budget
    case .cordon: [.init(.note, "no new pods come onto the node; those that are there stay")]
    case .uncordon: [.init(.note, "new pods may come onto the node again")]
    }
  }

  // MARK: - Workloads

  private var rollout: [ChangePlan.Line] {
    guard let workload else { return [] }
    if isPaused { return [.init(.warning, "its rollouts are paused: no pod is replaced until it is resumed")] }
    var lines: [ChangePlan.Line] = []
    if let deployment, let gate = snapshot.rolloutView(of: change.object, at: now)?.gate {
      let strategy =
        deployment.strategy == "Recreate"
        ? "Recreate"
        : "RollingUpdate, surge \(deployment.maxSurge.words), at most \(deployment.maxUnavailable.words) missing"
      lines.append(.init(.note, "replaces \(workload.desired.pods), \(strategy)"))
      lines.append(
        gate.protectsUsers
          ? .init(.note, "users should not notice: \(gate.explanation)")
          : .init(.warning, "users may notice: \(gate.explanation)"))
      if workload.desired == 1 {
        lines.append(.init(.warning, "one replica: no gap for users only if its readiness probe is honest"))
      }
    } else {
      lines.append(
        .init(.warning, "replaces \(workload.desired.pods) one after the other: each is missing for a while"))
    }
    if !workload.rollout.isDone {
      lines.append(.init(.warning, "a rollout is already under way: \(workload.rollout.text)"))
    }
    return lines + budget
  }

  /// What a revision has that the present template has not, container by container.
  private func difference(to revision: Int) -> [ChangePlan.Line] {
    let then = snapshot.replicaSets(of: change.object).first { $0.revision == revision }?.template
    guard let then, let now = snapshot.template(of: change.object) else { return [] }
    var lines: [ChangePlan.Line] = []
    for container in then.containers {
      guard let present = now.containers.first(where: { $0.name == container.name }) else {
        lines.append(.init(.note, "container \(container.name) comes back"))
        continue
      }
      if present.image != container.image {
        lines.append(.init(.note, "\(container.name): \(present.image) → \(container.image)"))
      }
      var rest = present
      rest.image = container.image
      if rest != container {
        lines.append(.init(.note, "\(container.name): its probes, resources, ports or references change too"))
      }
    }
    for container in now.containers where !then.containers.contains(where: { $0.name == container.name }) {
      lines.append(.init(.warning, "container \(container.name) goes"))
    }
    if lines.isEmpty { lines.append(.init(.note, "nothing that is read differs but labels or annotations")) }
    return lines
  }

  private func scaling(to count: Int) -> [ChangePlan.Line] {
    guard let workload else { return [] }
    if count == 0 {
      return [.init(.failure, "no pod is left: users of \(change.object.name) get no answer")]
    }
    if count < workload.desired {
      return [.init(.warning, "\((workload.desired - count).pods) end; Kubernetes chooses which")]
    }
    return [.init(.note, "\((count - workload.desired).pods) more, if the nodes have room for them")]
  }

  /// The autoscaler that may undo it.
  private var autoscaler: ChangePlan.Line? {
    guard let key = workload?.autoscaler, let scaler = snapshot.horizontalPodAutoscalers[key] else { return nil }
    let range = "\(scaler.minReplicas) to \(scaler.maxReplicas) replicas"
    if case .scale = change.verb {
      return .init(.warning, "the autoscaler \(key.name) sets the replicas (\(range)) and will change them again")
    }
    return .init(.note, "the autoscaler \(key.name) keeps \(range)")
  }

  /// The disruption budget, which binds evictions and no rollout.
  private var budget: [ChangePlan.Line] {
    let workload = workload ?? snapshot.workload(ofPod: change.object).flatMap { snapshot.workload($0, at: now) }
    guard let key = workload?.disruptionBudget, let budget = snapshot.podDisruptionBudgets[key] else { return [] }
    let allowed =
      "allows \(budget.disruptionsAllowed) now (\(budget.currentHealthy) healthy, \(budget.desiredHealthy) wanted)"
    if change.verb == .evict, budget.disruptionsAllowed == 0 {
      return [.init(.warning, "the budget \(key.name) will refuse: it \(allowed)")]
    }
    let binds = change.verb == .evict ? "" : "; it binds evictions only"
    return [.init(.note, "the budget \(key.name) \(allowed)\(binds)")]
  }

  /// Who keeps the object as it is written somewhere else, and may revert a change by hand.
  private var owner: ChangePlan.Line? {
    guard let metadata = object?.metadata else { return nil }
    let marks = [metadata.labels, metadata.annotations]
    func has(_ key: String) -> String? { marks.lazy.compactMap { $0[key] }.first }
    if has("argocd.argoproj.io/tracking-id") != nil || has("argocd.argoproj.io/instance") != nil {
      return .init(.warning, "Argo CD keeps it in step with Git and may revert this")
    }
    if let name = has("kustomize.toolkit.fluxcd.io/name") ?? has("helm.toolkit.fluxcd.io/name") {
      return .init(.warning, "Flux (\(name)) keeps it in step with Git and may revert this")
    }
    if let release = has("meta.helm.sh/release-name"), change.object.kind != .pods {
      return .init(.note, "belongs to the Helm release \(release): its next upgrade may overwrite this")
    }
    return nil
  }

  // MARK: - Pods

  private func deletion(_ byForce: Bool) -> [ChangePlan.Line] {
    let seconds = pod?.terminationGracePeriodSeconds ?? 30
    let way: ChangePlan.Line =
      byForce
      ? .init(.failure, "by force: the API forgets it at once, its processes may still run on the node")
      : .init(.note, "gets SIGTERM and up to \(seconds) s to end")
    return [way, replacement] + budget
  }

  /// What comes after a pod that goes, and what is left until then.
  private var replacement: ChangePlan.Line {
    guard let controller = pod?.metadata.controller else {
      return .init(.failure, "a bare pod: nothing makes another one, it is gone for good")
    }
    guard let key = snapshot.workload(ofPod: change.object), let workload = snapshot.workload(key, at: now) else {
      return .init(.note, "\(controller.kind) \(controller.name) makes another one")
    }
    let going = snapshot.pods(of: key).count {
      objects.contains($0) && snapshot.pods[$0]?.conditions[type: "Ready"]?.isTrue == true
    }
    let left = workload.available - going
    if left <= 0 {
      return .init(.failure, "\(key.name) has no other ready pod: users notice until the next one is ready")
    }
    return .init(.note, "\(key.name) makes another one; \(left.pods) keep serving")
  }

  private var deployment: Deployment? { snapshot.deployments[change.object] }
  private var isPaused: Bool { deployment?.isPaused ?? false }
  private var pod: Pod? { snapshot.pods[change.object] }
  private var node: Node? { snapshot.nodes[change.object] }
}

extension Int {
  /// `1 pod`, `3 pods`.
  fileprivate var pods: String { self == 1 ? "1 pod" : "\(self) pods" }
}

extension CountOrPercent {
  fileprivate var words: String {
    switch self {
    case .count(let count): "\(count)"
    case .percent(let percent): "\(percent) %"
    }
  }
}
