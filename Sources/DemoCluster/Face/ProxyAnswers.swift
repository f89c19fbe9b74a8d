extension API {
  /// What a pod or a Service answers behind `…/proxy/…`; `nil` for other paths.
  func proxyAnswer(_ request: Request, _ rest: [String]) throws -> Answer? {
    guard rest.count >= 5, rest[0] == "namespaces", rest[4] == "proxy", ["pods", "services"].contains(rest[2]) else {
      return nil
    }
    guard request.method == "GET" else { throw Refusal.methodNotAllowed }
    let path = "/" + rest.dropFirst(5).joined(separator: "/")
    // `NAME`, `NAME:PORT` or `SCHEME:NAME:PORT`.
    var parts = rest[3].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 3 { parts.removeFirst() }
    let key = ObjectKey(namespace: rest[1], name: parts[0])
    let port = parts.count > 1 ? parts[1] : ""
    guard rest[2] == "pods" else { return try answerOfService(key, path) }
    guard let pod = world.store.object(.pods, key) else { throw Refusal.notFound(.pods, key.name) }
    return try answer(of: pod, port: port, path)
  }

  private func answerOfService(_ key: ObjectKey, _ path: String) throws -> Answer {
    guard world.store.object(.services, key) != nil else { throw Refusal.notFound(.services, key.name) }
    let endpoint = world.store.objects(.endpointSlices, in: key.namespace)
      .filter { $0.labels["kubernetes.io/service-name"] == key.name }
      .flatMap { $0.object["endpoints"]?.elements ?? [] }
      .first { $0.value(at: "conditions.ready")?.bool == true }
    let name = endpoint?.value(at: "targetRef.name")?.string ?? ""
    guard let pod = world.store.object(.pods, ObjectKey(namespace: key.namespace, name: name)) else {
      throw Refusal.unavailable("no endpoints available for service \"\(key.name)\"")
    }
    return try answer(of: pod, port: "", path)
  }

  /// What the container that listens on a port says; the first one where no port is named.
  private func answer(of pod: StoredObject, port: String, _ path: String) throws -> Answer {
    let object = pod.object
    let containers = object["spec", "containers"]?.elements ?? []
    let container = containers.first { container in
      let ports = container["ports"]?.elements ?? []
      return port.isEmpty
        || ports.contains { "\($0["containerPort"]?.integer ?? 0)" == port || $0["name"]?.string == port }
    }
    let name = container?["name"]?.string ?? ""
    let status = object.containerStatus(name)
    guard let container, status?.value(at: "state.running") != nil else {
      let address = object["status", "podIP"]?.string ?? ""
      throw Refusal.unavailable(
        "error trying to reach service: dial tcp \(address):\(port): connect: connection refused")
    }
    let probed = container["readinessProbe"]?.value(at: "httpGet.path")?.string
    if probed == path, status?["ready"]?.bool != true {
      return .json(["status": "unavailable", "pod": .string(pod.key.name)], status: 503)
    }
    guard path != "/" else {
      return .text(
        "<!doctype html><title>Todo</title><h1>Todo AI Chatbot</h1><p>Served by \(pod.key.name).</p>\n",
        contentType: "text/html; charset=utf-8")
    }
    return .json(["status": "ok", "service": .string(name), "pod": .string(pod.key.name)])
  }
}

extension Refusal {
  /// Nothing answers behind a proxy.
  fileprivate static func unavailable(_ message: String) -> Refusal {
    Refusal(code: 503, reason: "ServiceUnavailable", message: message)
  }
}
