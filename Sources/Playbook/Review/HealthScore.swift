import ClusterModel

/// How healthy an application is, from 100 down, with every point that was taken away.
///
/// The formula is open: a critical fault costs 25 points (three at most count), a major one 10, a minor one 3.
package struct HealthScore: Hashable, Sendable {
  /// How much a fault costs.
  package enum Severity: Int, Hashable, Sendable, CaseIterable {
    case critical = 25
    case major = 10
    case minor = 3
  }

  /// Points that were taken away, and why.
  package struct Deduction: Hashable, Sendable {
    package let severity: Severity
    /// What is wrong, in one line.
    package let sentence: String
    /// What it costs; a critical fault beyond the third costs nothing more.
    package let points: Int
  }

  /// How many critical faults count.
  package static let criticalMax = 3

  /// From 0 to 100.
  package let points: Int
  /// The most severe first.
  package let deductions: [Deduction]

  /// Whether anything critical is wrong.
  package var hasCritical: Bool { deductions.contains { $0.severity == .critical } }

  /// Whether it is as good as the success criterion asks: 85 or more, and nothing critical.
  package var isGood: Bool { points >= 85 && !hasCritical }

  /// Judges what is known.
  package init(of context: CheckContext) {
    let faults = HealthFaults(context)
    var deductions: [Deduction] = []
    for (index, sentence) in faults.critical.enumerated() {
      deductions.append(
        Deduction(
          severity: .critical, sentence: sentence, points: index < Self.criticalMax ? Severity.critical.rawValue : 0))
    }
    deductions += faults.major.map { Deduction(severity: .major, sentence: $0, points: Severity.major.rawValue) }
    deductions += faults.minor.map { Deduction(severity: .minor, sentence: $0, points: Severity.minor.rawValue) }
    self.deductions = deductions
    points = max(0, 100 - deductions.reduce(0) { $0 + $1.points })
  }
}

/// What is wrong with an application, by how much it costs.
private struct HealthFaults {
  let context: CheckContext
  let snapshot: Snapshot
  let namespace: String?

  init(_ context: CheckContext) {
    self.context = context
    (snapshot, namespace) = (context.snapshot, context.namespace)
  }

  /// Somebody notices it now.
  var critical: [String] { unavailable + withoutEndpoints + brokenPods + failingPaths + nodes }

  /// Somebody will notice it soon.
  var major: [String] {
    restarts + outOfMemory + fewReplicas + missingProbes + missingReferences + drills + slowRollouts
  }

  /// Good order.
  var minor: [String] { budgets + movingTags + rootContainers + warnings + certificates + staticHealth }

  private var deployments: [Deployment] { snapshot.deployments.objects(in: namespace) }

  private var unavailable: [String] {
    deployments.filter { $0.replicas > 0 && $0.availableReplicas == 0 }.map { "\($0.metadata.name) is unavailable" }
  }

  private var withoutEndpoints: [String] {
    guard snapshot.stream(.endpointSlices).hasList else { return [] }
    return snapshot.services.objects(in: namespace).filter { service in
      let key = ObjectKey(.services, namespace: service.metadata.namespace, name: service.metadata.name)
      return !service.selector.isEmpty
        && !snapshot.endpointSlices(of: key).contains { $0.endpoints.contains(where: \.isReady) }
    }.map { "Service \($0.metadata.name) has no ready endpoint" }
  }

  private var brokenPods: [String] {
    let reasons = [
      "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName",
      "CreateContainerConfigError",
    ]
    return snapshot.pods.keys(in: namespace).compactMap { key in
      guard let pod = snapshot.podSummary(key) else { return nil }
      return reasons.first { pod.columns.status.hasSuffix($0) }.map { "\(pod.key.name): \($0)" }
    }.sorted()
  }

  private var failingPaths: [String] {
    snapshot.ingressViews(in: namespace, at: context.now).flatMap(\.paths).compactMap { path in
      guard let status = path.lastProbe?.status, status >= 500 else { return nil }
      return "\(path.host)\(path.path) answers \(status)"
    }
  }

  private var nodes: [String] {
    snapshot.nodes.objects().filter { !$0.isReady }.map { "node \($0.metadata.name) is not ready" }
  }

  private var restarts: [String] {
    let since = context.now.advanced(by: .seconds(-3_600))
    return snapshot.podsRestarted(since: since, in: namespace).map { "\($0.name) restarted in the last hour" }
  }

  private var outOfMemory: [String] {
    let result = Check(id: "", title: "", kind: .noOutOfMemory).result(in: context)
    return result.state == .fails ? ["out of memory: \(result.evidence)"] : []
  }

  private var fewReplicas: [String] {
    deployments.filter { $0.replicas < 2 }.map {
      "\($0.metadata.name) has \($0.replicas) \($0.replicas == 1 ? "replica" : "replicas")"
    }
  }

  private var missingProbes: [String] {
    deployments.flatMap { deployment in
      deployment.template.containers.compactMap { container in
        var missing: [String] = []
        if container.readinessProbe == nil || container.livenessProbe == nil { missing.append("a probe") }
        if container.limits.cpuMillicores == nil || container.limits.memoryBytes == nil { missing.append("a limit") }
        return missing.isEmpty
          ? nil : "\(deployment.metadata.name) \(container.name) lacks \(missing.joined(separator: " and "))"
      }
    }
  }

  private var missingReferences: [String] {
    guard let namespace else { return [] }
    var found = (snapshot.missingReferences(in: namespace) ?? []).map { "\($0.kind) \($0.name) is missing" }
    let keys = Check(id: "", title: "", kind: .secretKeys).result(in: context)
    if keys.state == .fails { found.append(keys.evidence) }
    return found
  }

  private var drills: [String] {
    let result = Check(id: "", title: "", kind: .noOpenDrill).result(in: context)
    return result.state == .fails ? ["a drill is open: \(result.evidence)"] : []
  }

  private var slowRollouts: [String] {
    deployments.compactMap { deployment in
      let key = ObjectKey(.deployments, namespace: deployment.metadata.namespace, name: deployment.metadata.name)
      guard let deadline = deployment.progressDeadlineSeconds, deadline > 0,
        let left = snapshot.rolloutView(of: key, at: context.now)?.deadlineRemaining,
        left.inSeconds < Double(deadline) / 2
      else { return nil }
      return "the rollout of \(key.name) has used half of its deadline"
    }
  }

  private var budgets: [String] {
    deployments.filter { deployment in
      let key = ObjectKey(.deployments, namespace: deployment.metadata.namespace, name: deployment.metadata.name)
      return deployment.replicas > 0 && snapshot.workload(key, at: context.now)?.disruptionBudget == nil
    }.map { "\($0.metadata.name) has no disruption budget" }
  }

  private var movingTags: [String] {
    Set(deployments.flatMap(\.template.containers).map(\.image)).sorted().filter { !hasVersion($0) }.map {
      "\($0) has no version"
    }
  }

  /// The snapshot does not hold it: what the chart gives says it.
  private var rootContainers: [String] {
    context.knownManifests.filter { $0.kind == "Deployment" && $0.podSpecification?["securityContext"] == nil }.filter {
      $0.containers.contains { $0["securityContext"] == nil }
    }.map { "\($0.name) has no securityContext" }
  }

  private var warnings: [String] {
    let count = snapshot.warnings(within: .seconds(600), in: namespace, at: context.now).count
    return count == 0 ? [] : ["\(count) warning events in 10 min"]
  }

  private var certificates: [String] {
    let all = snapshot.ingressViews(in: namespace, at: context.now).flatMap(\.paths).compactMap { path in
      path.certificate.map { (path.host, $0) }
    }
    var hosts: Set<String> = []
    return all.compactMap { host, certificate in
      let left = certificate.expiresAt.since(context.now)
      guard hosts.insert(host).inserted, left < .seconds(30 * 86_400) else { return nil }
      return "the certificate of \(host) has \(certificate.words(at: context.now))"
    }
  }

  /// A health path that the page answers says 200 whatever is broken.
  private var staticHealth: [String] {
    let result = Check(id: "", title: "", kind: .healthRoute).result(in: context)
    return result.state == .fails ? [result.evidence] : []
  }
}
