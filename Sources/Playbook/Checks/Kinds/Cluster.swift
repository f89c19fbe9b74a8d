import ClusterModel

extension CheckKind {
  /// The oldest version that the application was made for.
  static let serverVersion = CheckKind(
    "server-version", "Kubernetes 1.28 or newer", parameters: [CheckParameter("minimum", .text, usual: .text("1.28"))]
  ) { parameters, context in
    let version = context.snapshot.connection.serverVersion
    guard let known = VersionNumber(version) else { return .unknown("the server's version is not known") }
    guard let minimum = VersionNumber(parameters.text("minimum")) else {
      return .unknown("\(parameters.text("minimum")) is no version")
    }
    return known >= minimum ? .holds(version) : .fails(version, advice: "upgrade the cluster")
  }

  static let nodesReady = CheckKind("nodes-ready", "nodes ready, no pressure") { _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.nodes, snapshot) { return .unknown(reason) }
    let (ready, total) = snapshot.nodeReadiness
    guard total > 0 else { return .unknown("no nodes are known") }
    let problems = snapshot.nodeProblems
    guard ready == total, problems.isEmpty else {
      return .fails(listed(problems), advice: "look at kubectl describe node")
    }
    return .holds("\(ready) of \(total)")
  }

  /// Room for what is requested now; a rolling update needs more for a while.
  static let nodeRoom = CheckKind(
    "node-room", "nodes have room for requests", parameters: [CheckParameter("surge", .number, usual: .number(1))]
  ) { parameters, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.nodes, snapshot) { return .unknown(reason) }
    let nodes = snapshot.nodes.objects()
    // Sums of outside quantities can be larger than any integer.
    let room = nodes.reduce(0.0) { $0 + Double($1.allocatable.memoryBytes ?? 0) }
    let cores = nodes.reduce(0.0) { $0 + Double($1.allocatable.cpuMillicores ?? 0) }
    guard room > 0, cores > 0 else { return .unknown("the nodes report no capacity") }
    let requested = snapshot.totals(.all).requests
    let own = snapshot.totals(snapshot.judgedPods).requests
    let more = max(0, parameters.number("surge") - 1)
    let memory = (Double(requested.memoryBytes) + more * Double(own.memoryBytes)) / room
    let cpu = (Double(requested.cpuMillicores) + more * Double(own.cpuMillicores)) / cores
    let evidence = "cpu \(percentText(cpu)), memory \(percentText(memory))"
    return max(cpu, memory) <= 0.9
      ? .holds(evidence) : .fails(evidence, advice: "add a node or lower requests")
  }

  static let metricsServed = CheckKind("metrics-served", "metrics are served") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    let availability = snapshot.metricsAvailability(at: now)
    switch availability {
    case .available: return .holds("metrics.k8s.io answers")
    case .notYetRead: return .unknown("not read yet")
    case .forbidden: return .unknown(availability.explanation)
    default: return .fails(availability.explanation, advice: availability.remedyHint)
    }
  }

  static let ingressClassUsable = CheckKind("ingress-class-usable", "an ingress class serves") { _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.ingressClasses, snapshot) { return .unknown(reason) }
    let ingresses = snapshot.ingresses.objects(in: snapshot.connection.namespace)
    let classes = snapshot.ingressClasses.objects()
    guard !classes.isEmpty else {
      return .fails("there is no ingress class", advice: "install an ingress controller")
    }
    let orphans = ingresses.filter { snapshot.ingressClass(of: $0) == nil }
    return orphans.isEmpty
      ? .holds(listed(classes.map(\.metadata.name)))
      : .fails(
        "no class serves \(listed(orphans.map(\.metadata.name)))",
        advice: "set spec.ingressClassName to \(classes[0].metadata.name)")
  }

  static let clusterDNS = CheckKind("cluster-dns", "cluster DNS is ready") { _, context in
    let snapshot = context.snapshot
    guard let (ready, total) = snapshot.dnsPods else { return .skipped("kube-system is not read") }
    return ready > 0
      ? .holds("\(ready) of \(total) pods")
      : .fails("none of \(total) pods is ready", advice: "look at the pods with k8s-app=kube-dns")
  }
}

/// Why nothing can be said of a kind: it cannot be read, or was not yet.
func unreadable(_ kind: ResourceKind, _ snapshot: Snapshot) -> String? {
  let status = snapshot.stream(kind)
  switch status.state {
  case .forbidden: return "reading \(kind.resource) is forbidden"
  case .absent(let reason): return reason
  default: return status.hasList ? nil : "\(kind.resource) are not read yet"
  }
}

extension Snapshot {
  /// The pods that checks are about: those of the namespace that is read.
  var judgedPods: PodGroup { connection.namespace.map { .namespace($0) } ?? .all }
}
