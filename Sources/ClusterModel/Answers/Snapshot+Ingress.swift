extension Snapshot {
  /// The ingresses of a namespace, or all, with the layers of each path.
  ///
  /// - Parameter hosts: Only the paths of these hosts; all, where empty.
  /// - Complexity: O(paths); O(pods of the namespace) for a Service whose endpoints are missing.
  public func ingressViews(in namespace: String?, hosts: [String] = [], at now: Timestamp) -> [IngressView] {
    ingresses.objects(in: namespace).compactMap { ingress in
      let view = view(of: ingress, hosts: hosts, at: now)
      return view.paths.isEmpty && !hosts.isEmpty ? nil : view
    }
  }

  private func view(of ingress: Ingress, hosts: [String], at now: Timestamp) -> IngressView {
    let key = ObjectKey(.ingresses, namespace: ingress.metadata.namespace, name: ingress.metadata.name)
    var view = IngressView(key: key)
    view.className = ingress.className
    view.addresses = ingress.addresses
    view.hasTLS = !ingress.tls.isEmpty
    let shared = [
      IngressLayer(.exists, "ingress", .holds, "ingress \(key.name)"), classLayer(ingress), controllerLayer(ingress),
      addressLayer(ingress, at: now), tlsLayer(ingress),
    ]
    for rule in ingress.rules where hosts.isEmpty || hosts.contains(rule.host) || rule.host.isEmpty {
      for path in rule.paths { view.paths.append(pathView(ingress, key, rule.host, path, shared, at: now)) }
    }
    if let backend = ingress.defaultBackend, hosts.isEmpty {
      var path = IngressPath()
      path.backend = backend
      view.paths.append(pathView(ingress, key, "", path, shared, at: now))
    }
    return view
  }

  private func pathView(
    _ ingress: Ingress, _ key: ObjectKey, _ host: String, _ path: IngressPath, _ shared: [IngressLayer],
    at now: Timestamp
  ) -> IngressPathView {
    var view = IngressPathView(ingress: key, host: host, path: path.path, pathType: path.pathType)
    view.lastProbe = probes.last(view.target)
    view.certificate = ingress.tls.isEmpty ? nil : probes.certificate(of: view.target)
    view.layers = shared.map { $0.judging(view.certificate, at: now) } + [rewriteLayer(ingress, path)]
    if path.backend.serviceName.isEmpty {
      view.layers.append(IngressLayer(.service, "service", .unknown, "leads to \(path.backend.resource)"))
    } else {
      let service = ObjectKey(.services, namespace: key.namespace, name: path.backend.serviceName)
      view.service = service
      let endpoints = endpointSlices(of: service).flatMap(\.endpoints)
      view.readyEndpoints = endpoints.count(where: \.isReady)
      view.totalEndpoints = endpoints.count
      view.layers += backendLayers(service, path.backend.port, endpoints)
    }
    view.layers.append(answerLayer(view.lastProbe))
    return view
  }

  private func answerLayer(_ probe: ProbeResult?) -> IngressLayer {
    guard let probe else { return IngressLayer(.answer, "answer", .unknown, "no request was made yet") }
    return IngressLayer(.answer, "answer", probe.isFailure ? .fails : .holds, "answers \(probe.words)")
  }

  /// Service, selector and endpoints; what comes after the first that fails is skipped.
  private func backendLayers(_ key: ObjectKey, _ port: PortReference, _ endpoints: [Endpoint]) -> [IngressLayer] {
    guard stream(.services).hasList || services[key] != nil else {
      return [IngressLayer(.service, "service", .unknown, "services are not read")]
    }
    guard let service = services[key] else {
      return [IngressLayer(.service, "service", .fails, "service \(key.name) does not exist")]
    }
    guard let entry = service.ports.first(where: { $0.answers(to: port) }) else {
      return [IngressLayer(.service, "service", .fails, "service \(key.name) has no port \(port.text)")]
    }
    let layer = IngressLayer(.service, "service", .holds, "service \(key.name):\(entry.port)")
    return [layer, selectorLayer(service, entry, endpoints), endpointLayer(service, endpoints)]
  }

  private func selectorLayer(_ service: Service, _ port: ServicePort, _ endpoints: [Endpoint]) -> IngressLayer {
    let name = "selector"
    guard !service.selector.isEmpty else {
      return IngressLayer(.selector, name, .skipped, "service \(service.metadata.name) selects no pods by itself")
    }
    // An endpoint proves that a pod was selected: only without one must the pods be searched.
    let known = endpoints.lazy.compactMap { pods[uid: $0.targetUID] }.first
    var selector = LabelSelector()
    selector.matchLabels = service.selector
    let pod = known ?? pods(matching: selector, in: service.metadata.namespace).first.flatMap { pods[$0] }
    guard let pod else {
      guard stream(.pods).hasList else { return IngressLayer(.selector, name, .unknown, "pods are not read") }
      let labels = service.selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      return IngressLayer(.selector, name, .fails, "service \(service.metadata.name) selects no pod (\(labels))")
    }
    if case .name(let wanted) = port.targetPort,
      !(pod.containers + pod.initContainers).contains(where: { $0.ports.contains { $0.name == wanted } })
    {
      return IngressLayer(.selector, name, .fails, "no container of \(pod.metadata.name) has a port named \(wanted)")
    }
    return IngressLayer(.selector, name, .holds, "selects pods")
  }

  private func endpointLayer(_ service: Service, _ endpoints: [Endpoint]) -> IngressLayer {
    let (name, title) = ("endpoints", service.metadata.name)
    if service.type == "ExternalName" { return IngressLayer(.endpoints, name, .skipped, "\(title) is outside") }
    guard stream(.endpointSlices).hasList || !endpoints.isEmpty else {
      return IngressLayer(.endpoints, name, .unknown, "endpoints are not read")
    }
    let ready = endpoints.count(where: \.isReady)
    let ending = endpoints.count(where: \.isTerminating)
    let tail = ending > 0 ? ", \(ending) ending" : ""
    guard ready > 0 else {
      return IngressLayer(
        .endpoints, name, .fails, "service \(title) has no ready endpoint of \(endpoints.count)\(tail)")
    }
    return IngressLayer(.endpoints, name, .holds, "\(ready) of \(endpoints.count) ready\(tail)")
  }
}

extension ServicePort {
  func answers(to reference: PortReference) -> Bool {
    switch reference {
    case .number(let number): port == number
    case .name(let name): self.name == name
    }
  }
}

extension PortReference {
  /// For people: `8080`, `http`.
  public var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}
