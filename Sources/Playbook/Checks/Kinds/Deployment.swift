import ClusterModel

extension CheckKind {
  static let rolloutsDone = CheckKind("rollouts-done", "rollouts are done") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    if let reason = unreadable(.deployments, snapshot) { return .unknown(reason) }
    let workloads = snapshot.steadyWorkloads(in: snapshot.connection.namespace).filter { $0.key.kind != .jobs }
    guard !workloads.isEmpty else { return .fails("nothing is deployed", advice: "deploy the application") }
    let waiting = workloads.filter { !$0.rollout.isDone }
    guard let first = waiting.first else { return .holds("\(workloads.count) workloads") }
    let headline = snapshot.workload(first.key, at: now)?.headline ?? ""
    return .fails(headline.isEmpty ? first.rollout.text : headline, advice: "look at \(first.key.name)")
  }

  static let podsReady = CheckKind("pods-ready", "all pods are ready") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    if let reason = unreadable(.pods, snapshot) { return .unknown(reason) }
    let group = snapshot.judgedPods
    let totals = snapshot.totals(group, at: now)
    guard totals.active > 0 else { return .fails("there are no pods", advice: "deploy the application") }
    guard let worst = snapshot.badPods(group, at: now, limit: 1).first else {
      return totals.progressing == 0
        ? .holds("\(totals.good) pods") : .unknown("\(totals.progressing) pods are on their way")
    }
    return .fails(
      "\(totals.bad) of \(totals.active) are not: \(worst.headline(at: now))", advice: "look at \(worst.key.name)")
  }

  /// From creation to ready, of the pods that run now.
  static let startupTimes = CheckKind(
    "startup-times", "pods start within 2 min", parameters: [CheckParameter("minutes", .number, usual: .number(2))]
  ) { parameters, context in
    let snapshot = context.snapshot
    let limit = Duration.seconds(60 * parameters.number("minutes"))
    guard let namespace = snapshot.connection.namespace else { return .skipped("needs one namespace") }
    // A pod that restarted later tells nothing of its first start.
    let times = snapshot.podSummaries(in: namespace).compactMap { summary -> (String, Duration)? in
      guard summary.steadyHealth == .good, summary.columns.restarts == 0, let pod = snapshot.pods[summary.key],
        let created = pod.metadata.creationTimestamp, let ready = pod.conditions[type: "Ready"]?.lastTransitionTime
      else { return nil }
      return (summary.key.name, ready.since(created))
    }
    guard let slowest = times.max(by: { $0.1 < $1.1 }) else { return .unknown("no pod tells its start") }
    return slowest.1 <= limit
      ? .holds("slowest \(Age.text(of: slowest.1))")
      : .fails(
        "\(slowest.0) took \(Age.text(of: slowest.1))", advice: "look at its startup phases for the slow one")
  }

  static let noWarnings = CheckKind("no-warnings", "no warnings in 10 min") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    if let reason = unreadable(.events, snapshot) { return .unknown(reason) }
    let warnings = snapshot.warnings(within: .seconds(600), in: snapshot.connection.namespace, at: now)
    guard let newest = warnings.first else { return .holds("none") }
    return .fails(
      "\(warnings.count), last \(newest.reason) of \(newest.involvedName)", advice: "read them in the river")
  }

  static let withinLimits = CheckKind("within-limits", "usage below 90 % of limits") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    let availability = snapshot.metricsAvailability(at: now)
    guard availability == .available else { return .unknown(availability.explanation) }
    let workloads = snapshot.steadyWorkloads(in: snapshot.connection.namespace)
    let usages = workloads.map { (name: $0.key.name, usage: snapshot.usage(of: .workload($0.key), at: now)) }
    let shares = usages.compactMap { name, usage -> (String, Double)? in
      let share = [usage.cpuShareOfLimit, usage.memoryShareOfLimit].compactMap { $0 }.max()
      return share.map { (name, $0) }
    }
    guard let tightest = shares.max(by: { $0.1 < $1.1 }) else {
      let limited = usages.first { $0.usage.limits.cpuMillicores != nil || $0.usage.limits.memoryBytes != nil }
      guard let limited else { return .skipped("no limits are set") }
      return .unknown("\(limited.name): \(limited.usage.availability.explanation)")
    }
    let evidence = "\(tightest.0) \(percentText(tightest.1))"
    return tightest.1 < 0.9 ? .holds(evidence) : .fails(evidence, advice: "raise the limit or scale out")
  }
}
