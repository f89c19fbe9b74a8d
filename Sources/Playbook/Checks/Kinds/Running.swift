import ClusterModel

extension CheckKind {
  /// With one pod there is nobody to answer while it is replaced.
  static let replicas = CheckKind(
    "replicas", "two pods of each or more", parameters: [CheckParameter("minimum", .number, usual: .number(2))]
  ) { parameters, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.deployments, snapshot) { return .unknown(reason) }
    let deployments = snapshot.deployments.objects(in: context.namespace)
    guard !deployments.isEmpty else { return .fails("nothing is deployed", advice: "deploy the application") }
    let minimum = Int(parameters.number("minimum"))
    let few = deployments.filter { $0.replicas < minimum }
    return few.isEmpty
      ? .holds(listed(deployments.map { "\($0.metadata.name) \($0.replicas)" }))
      : .fails(
        listed(few.map { "\($0.metadata.name) has \($0.replicas)" }),
        advice: "scale \(few[0].metadata.name) to \(minimum)")
  }

  /// None since the last deploy, or of the pods that run now.
  static let noRestarts = CheckKind("no-restarts", "no container restarted since the deploy") { _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.pods, snapshot) { return .unknown(reason) }
    let total = snapshot.totals(snapshot.judgedPods)
    guard total.active > 0 else { return .unknown("there are no pods") }
    // From its beginning: a pod that crashes while it is waited for counts.
    let since =
      context.record.runs["deploy"].map { $0.endedAt.advanced(by: .seconds(-min(max($0.seconds, 0), 1e9))) }
      ?? .distantPast
    let restarted = snapshot.podsRestarted(since: since, in: context.namespace)
    guard let first = restarted.first else { return .holds("none of \(total.active) pods") }
    return .fails("\(listed(restarted.map(\.name)))", advice: "look at the last run of \(first.name)")
  }

  static let noOutOfMemory = CheckKind(
    "no-out-of-memory", "no container ran out of memory",
    parameters: [CheckParameter("hours", .number, usual: .number(24))]
  ) { parameters, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.pods, snapshot) { return .unknown(reason) }
    let keys = snapshot.pods.keys(in: context.namespace)
    guard !keys.isEmpty else { return .unknown("there are no pods") }
    let since = context.now.advanced(by: .seconds(-3_600 * parameters.number("hours")))
    let killed = keys.filter { key in
      (snapshot.pods[key]?.containerStatuses ?? []).contains { status in
        [status.state, status.lastState].contains { $0.isOutOfMemory(since: since) }
      }
    }
    return killed.isEmpty
      ? .holds("none of \(keys.count) pods")
      : .fails(listed(killed.sorted().map(\.name)), advice: "raise its memory limit, or find what it keeps")
  }
}

extension ContainerState {
  fileprivate func isOutOfMemory(since moment: Timestamp) -> Bool {
    guard case .terminated(let end) = self, end.reason == "OOMKilled" else { return false }
    return end.finishedAt.map { $0 >= moment } ?? true
  }
}
