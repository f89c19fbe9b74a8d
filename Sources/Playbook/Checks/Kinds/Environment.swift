import ClusterModel
import YAML

extension CheckKind {
  /// The variables that a program reads are those that its pods get; a crash that names one is believed first.
  static let environmentComplete = CheckKind(
    "environment-complete", "the pods get the variables they read",
    parameters: [
      CheckParameter("workload", .text, usual: .text("")), CheckParameter("variables", .texts, usual: .texts([])),
    ],
    questions: { parameters, profile, snapshot in
      let keys = workloads(parameters, snapshot)
      let crashes = snapshot.crashTargets(of: keys).map { FactQuestion.tool(.logTail($0, lines: logLines)) }
      return keys.map { .tool(.ownership($0)) } + crashes + profile.manifestQuestions(in: snapshot)
    }
  ) { parameters, context throws(Unanswered) in
    let keys = workloads(parameters, context.snapshot)
    for target in context.snapshot.crashTargets(of: keys) {
      guard let name = context.facts.log(of: target, lines: logLines)?.missingVariables.first else { continue }
      return .fails("\(target.pod) asks for \(name) and does not get it", advice: "set \(name) in the chart's template")
    }
    let variables = parameters.texts("variables")
    guard !variables.isEmpty else {
      return context.snapshot.crashTargets(of: keys).isEmpty
        ? .holds("no pod crashes") : .unknown("pods crash, and none says for want of a variable")
    }
    let set = try context.variables(of: parameters.text("workload"), keys)
    let missing = variables.filter { !set.names.contains($0) }
    if set.hasMore, !missing.isEmpty {
      return .unknown("a ConfigMap or Secret gives all its keys, and they are not known")
    }
    return missing.isEmpty
      ? .holds(listed(variables, limit: 3))
      : .fails("\(listed(missing, limit: 3)) not set", advice: "set \(missing[0]) in the chart's template")
  }
}

private let logLines = 500

/// The workloads of a name, or all: the name may be its end, as charts put the release before it.
private func workloads(_ parameters: CheckParameters, _ snapshot: Snapshot) -> [ObjectKey] {
  let name = parameters.text("workload")
  return snapshot.ownershipKeys(in: snapshot.connection.namespace).filter { name.isEmpty || hasPart($0.name, name) }
}

private func hasPart(_ full: String, _ name: String) -> Bool { full == name || full.hasSuffix("-" + name) }

extension CheckContext {
  /// The variables that a workload's pods get, in the cluster or as the chart says.
  fileprivate func variables(
    of workload: String, _ keys: [ObjectKey]
  ) throws(Unanswered) -> (names: Set<String>, hasMore: Bool) {
    let manifests = knownManifests
    var names: Set<String> = []
    var hasMore = false
    var looked = false
    for key in keys {
      guard let fields = try? ManagedFields(document(of: .ownership(key))), fields.hasContainers else { continue }
      looked = true
      names.formUnion(fields.environment.map(\.name))
      hasMore = hasMore || fields.hasWholeSources
    }
    let planned = manifests.filter { !$0.containers.isEmpty && (workload.isEmpty || hasPart($0.name, workload)) }
    // What runs counts; the chart tells what a ConfigMap as a whole gives.
    if !looked { names.formUnion(planned.flatMap(\.containers).flatMap { EnvironmentEntry.all(of: $0) }.map(\.name)) }
    for source in planned.flatMap(\.containers).flatMap({ $0["envFrom"]?.list ?? [] }) {
      let kind = source["configMapRef"] != nil ? "ConfigMap" : "Secret"
      let name = (source["configMapRef"] ?? source["secretRef"])?["name"]?.scalarText ?? ""
      let prefix = source["prefix"]?.scalarText ?? ""
      guard let given = manifests.first(where: { $0.kind == kind && $0.name == name }) else {
        hasMore = true
        continue
      }
      let keys = (given.node["data"]?.mapping ?? []) + (given.node["stringData"]?.mapping ?? [])
      names.formUnion(keys.map { prefix + $0.key })
      hasMore = false
    }
    guard looked || !planned.isEmpty else {
      _ = try self.manifests()
      throw Unanswered(.unknown("no workload \(workload) is known"))
    }
    return (names, hasMore)
  }
}

extension Snapshot {
  /// The containers of some workloads that ended with an error, in the run that did.
  fileprivate func crashTargets(of workloads: [ObjectKey]) -> [LogTarget] {
    var targets: [LogTarget] = []
    for key in workloads.flatMap({ pods(of: $0) }) {
      for status in pods[key]?.containerStatuses ?? [] {
        let isWaiting = if case .waiting("CrashLoopBackOff", _) = status.state { true } else { false }
        let hasEnded = if case .terminated(let end) = status.state { end.exitCode != 0 } else { false }
        guard isWaiting || hasEnded, targets.count < 4 else { continue }
        targets.append(
          LogTarget(namespace: key.namespace, pod: key.name, container: status.name, isPrevious: isWaiting))
      }
    }
    return targets
  }
}
