extension API {
  /// The ingress controller's answer to a request for the host of an Ingress; `nil` for any other host.
  func ingressAnswer(_ request: Request) -> Answer? {
    let host = String(request.host.prefix { $0 != ":" }).lowercased()
    guard !host.isEmpty, host != "localhost", !host.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
    for stored in world.store.objects(.ingresses) where world.isServed(stored.object) {
      let rules = stored.object["spec", "rules"]?.elements ?? []
      guard let rule = rules.first(where: { $0["host"]?.string == host }) else { continue }
      guard let backend = Self.backend(of: request.path, in: rule) else { return Self.page(404, "Not Found") }
      return serve(backend, isPage: backend.path == "/", namespace: stored.key.namespace)
    }
    return nil
  }

  /// Where the requests of a path go.
  private struct Backend {
    let service: String
    /// A number, or a name in the Service.
    let port: JSON
    let path: String
  }

  /// The Service of the longest path that matches.
  private static func backend(of path: String, in rule: JSON) -> Backend? {
    let paths = rule.value(at: "http.paths")?.elements ?? []
    let matching = paths.filter { entry in
      let prefix = entry["path"]?.string ?? "/"
      if entry["pathType"]?.string == "Exact" { return path == prefix }
      let trimmed = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
      return path == trimmed || path.hasPrefix(trimmed + "/")
    }
    let longest = matching.max { ($0["path"]?.string ?? "").count < ($1["path"]?.string ?? "").count }
    guard let longest, let service = longest.value(at: "backend.service.name")?.string else { return nil }
    let port = longest.value(at: "backend.service.port")
    return Backend(
      service: service, port: port?["number"] ?? port?["name"] ?? .null, path: longest["path"]?.string ?? "/")
  }

  private func serve(_ backend: Backend, isPage: Bool, namespace: String) -> Answer {
    let service = backend.service
    let slices = world.store.objects(.endpointSlices, in: namespace)
      .filter { $0.labels["kubernetes.io/service-name"] == service }
    let ready = slices.flatMap { $0.object["endpoints"]?.elements ?? [] }
      .filter { $0.value(at: "conditions.ready")?.bool == true }
    let ports = world.store.object(.services, ObjectKey(namespace: namespace, name: service))?.object["spec", "ports"]
    let hasPort = ports?.elements.contains { $0["port"] == backend.port || $0["name"] == backend.port } ?? false
    guard hasPort, !ready.isEmpty else {
      return Self.page(503, "Service Temporarily Unavailable")
    }
    let reached = ready.filter { endpoint in
      let name = endpoint.value(at: "targetRef.name")?.string ?? ""
      let pod = world.store.object(.pods, ObjectKey(namespace: namespace, name: name))
      return pod.map { world.isAdmittedFromIngress(to: $0) } ?? true
    }
    guard !reached.isEmpty else { return Self.page(504, "Gateway Time-out") }
    if !isPage {
      let pod = reached[0].value(at: "targetRef.name") ?? nil
      return .json(["status": "ok", "service": .string(service), "pod": pod])
    }
    let page = "<!doctype html><title>Todo</title><h1>Todo AI Chatbot</h1><p>Served by \(service).</p>\n"
    return .text(page, contentType: "text/html; charset=utf-8")
  }

  private static func page(_ status: Int, _ words: String) -> Answer {
    let text =
      "<html>\r\n<head><title>\(status) \(words)</title></head>\r\n<body>\r\n<center><h1>\(status) \(words)</h1></center>\r\n"
      + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    return .text(text, status: status, contentType: "text/html")
  }
}
