import ClusterModel

extension CheckKind {
  /// Every Service that selects pods has at least one that takes requests.
  static let servicesHaveEndpoints = CheckKind("services-have-endpoints", "services have ready endpoints") {
    _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.services, snapshot) ?? unreadable(.endpointSlices, snapshot) { return .unknown(reason) }
    let services = snapshot.services.objects(in: snapshot.connection.namespace).filter { !$0.selector.isEmpty }
    guard !services.isEmpty else { return .skipped("no Service selects pods") }
    let empty = services.filter { service in
      let key = ObjectKey(.services, namespace: service.metadata.namespace, name: service.metadata.name)
      return !snapshot.endpointSlices(of: key).contains { $0.endpoints.contains(where: \.isReady) }
    }
    return empty.isEmpty
      ? .holds("\(services.count) services")
      : .fails("\(listed(empty.map(\.metadata.name))) has none", advice: "compare its selector with the pods' labels")
  }

  static let ingressLayers = CheckKind("ingress-layers", "ingress leads to pods") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    if let reason = unreadable(.ingresses, snapshot) { return .unknown(reason) }
    let paths = snapshot.ingressViews(in: snapshot.connection.namespace, at: now).flatMap(\.paths)
    guard !paths.isEmpty else { return .skipped("there is no ingress") }
    // What a real request answers is the next check.
    for path in paths {
      if let layer = path.layers.first(where: { $0.state == .fails && $0.id != .answer }) {
        return .fails("\(path.host)\(path.path) \(layer.name): \(layer.detail)", advice: "repair the \(layer.name)")
      }
    }
    return .holds("\(paths.count) paths")
  }

  static let ingressAnswers = CheckKind("ingress-answers", "ingress answers") { _, context in
    let snapshot = context.snapshot
    let now = context.now
    let paths = snapshot.ingressViews(in: snapshot.connection.namespace, at: now).flatMap(\.paths)
    let probes = paths.compactMap(\.lastProbe)
    guard !probes.isEmpty else { return .unknown("no request was made yet") }
    for host in context.profile.hosts {
      for path in host.paths {
        guard let status = snapshot.probes.last(ProbeTarget(host: host.name, path: path.path))?.status else { continue }
        guard status != path.status, status < 500 else { continue }
        return .fails(
          "\(host.name)\(path.path) answers \(status), not \(path.status)",
          advice: "look where the ingress sends the path")
      }
    }
    let bad = probes.filter { ($0.status ?? 599) >= 500 }
    guard let first = bad.first else { return .holds("\(probes.count) paths") }
    let answer = first.status.map { "answers \($0)" } ?? first.problem
    return .fails("\(first.host)\(first.path) \(answer)", advice: "look at the layers of the ingress")
  }
}
