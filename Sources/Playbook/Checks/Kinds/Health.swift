import ClusterModel

extension CheckKind {
  /// The path that users are told must not be answered by the page: it says 200 to everything.
  static let healthRoute = CheckKind("health-route", "the health path leads to the API") { _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.ingresses, snapshot) { return .unknown(reason) }
    let asked = context.profile.hosts.flatMap { host in
      host.paths.filter { $0.path.lowercased().contains("health") }.map { (host.name, $0.path) }
    }
    guard !asked.isEmpty else { return .skipped("the profile asks no health path") }
    let rules = snapshot.ingresses.objects(in: context.namespace).flatMap(\.rules)
    guard !rules.isEmpty else { return .unknown("there is no ingress yet") }
    for (host, path) in asked {
      let paths = rules.filter { $0.host == host || $0.host.isEmpty }.flatMap(\.paths)
      guard let route = paths.filter({ leads(path, to: $0) }).max(by: { $0.path.count < $1.path.count }) else {
        return .fails("nothing answers \(host)\(path)", advice: "add the path to the ingress")
      }
      let others = Set(paths.map(\.backend.serviceName)).subtracting([route.backend.serviceName])
      if route.path == "/", !others.isEmpty {
        return .fails(
          "\(host)\(path) is answered by \(route.backend.serviceName), which serves /",
          advice: "ask a health path of \(listed(others.sorted()))")
      }
    }
    return .holds(listed(asked.map { $0.0 + $0.1 }))
  }

  /// Each pod for itself, through the API server: an ingress hides the one that is ill.
  static let podsHealthy = CheckKind(
    "pods-healthy", "every pod says it is healthy",
    questions: { _, profile, snapshot in healthQuestions(snapshot).map { .tool($0.question) } }
  ) { _, context throws(Unanswered) in
    let asked = healthQuestions(context.snapshot)
    guard !asked.isEmpty else { return .skipped("no pod has a health path") }
    var reason: Unanswered?
    for (pod, question) in asked {
      do throws(Unanswered) {
        let said = try context.output(of: question)
        if said.code == 0 { continue }
        if said.errorText.lowercased().contains("forbidden") {
          reason = Unanswered(.unknown("asking pods is forbidden: it takes get on pods/proxy"))
          continue
        }
        return .fails("\(pod): \(said.problem)", advice: "look at the log of \(pod)")
      } catch {
        reason = error
      }
    }
    if let reason { throw reason }
    return .holds("\(asked.count) pods")
  }
}

/// Whether a path of an ingress takes a request: element by element for a prefix.
private func leads(_ path: String, to rule: IngressPath) -> Bool {
  if rule.pathType == "Exact" { return path == rule.path }
  let prefix = rule.path.hasSuffix("/") ? String(rule.path.dropLast()) : rule.path
  return prefix.isEmpty || path == prefix || path.hasPrefix(prefix + "/")
}

/// The health path of each pod, as its readiness probe has it.
private func healthQuestions(_ snapshot: Snapshot) -> [(pod: String, question: ToolQuestion)] {
  guard let namespace = snapshot.connection.namespace else { return [] }
  let keys = snapshot.pods.keys(in: namespace).filter { snapshot.podSummary($0)?.steadyHealth != .done }
  return first(keys.count > podsAskedMax ? podsSampled : podsAskedMax, of: keys).compactMap { key in
    guard let pod = snapshot.pods[key], !pod.metadata.isTerminating else { return nil }
    for container in pod.containers {
      let summary = (container.readinessProbe ?? container.livenessProbe)?.summary ?? ""
      let words = summary.split(separator: " ").map { String($0) }
      // `GET /health/ready :8000`; the API server speaks plain HTTP to the pod.
      guard words.count == 3, words[0] == "GET", words[2].hasPrefix(":") else { continue }
      let portName = String(words[2].dropFirst())
      guard let port = Int(portName) ?? container.ports.first(where: { $0.name == portName })?.number else { continue }
      return (key.name, .podHealth(pod: key.name, namespace: namespace, port: port, path: words[1]))
    }
    return nil
  }
}

/// How many pods are asked one by one; of more than that only some are, so that a large namespace costs no more.
private let (podsAskedMax, podsSampled) = (40, 10)
