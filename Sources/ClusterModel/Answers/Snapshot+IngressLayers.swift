extension Snapshot {
  /// How long a controller may take to report an address.
  static let addressPatience = Duration.seconds(60)

  /// The class an ingress is served by: its own, or the one default; `nil` where there is none.
  public func ingressClass(of ingress: Ingress) -> IngressClass? {
    if let name = ingress.className {
      return ingressClasses[ObjectKey(.ingressClasses, namespace: "", name: name)]
    }
    let defaults = ingressClasses.objects().filter(\.isDefault)
    return defaults.count == 1 ? defaults[0] : nil
  }

  func classLayer(_ ingress: Ingress) -> IngressLayer {
    let name = "class"
    guard stream(.ingressClasses).hasList else {
      return IngressLayer(.ingressClass, name, .unknown, "ingress classes are not read")
    }
    if let found = ingressClass(of: ingress) {
      let origin = ingress.className == nil ? " (the default)" : ""
      return IngressLayer(.ingressClass, name, .holds, "class \(found.metadata.name)\(origin)")
    }
    if let wanted = ingress.className {
      return IngressLayer(.ingressClass, name, .fails, "class \(wanted) does not exist")
    }
    let count = ingressClasses.objects().count(where: \.isDefault)
    let why = count == 0 ? "and no class is the default" : "and \(count) classes are the default"
    return IngressLayer(.ingressClass, name, .fails, "no class is named, \(why)")
  }

  /// Whether pods of the controller run, where its namespace is read.
  func controllerLayer(_ ingress: Ingress) -> IngressLayer {
    let name = "controller"
    guard let found = ingressClass(of: ingress) else {
      return IngressLayer(.controller, name, .skipped, "no class")
    }
    guard let application = Self.controllerApplications[found.controller] else {
      return IngressLayer(.controller, name, .unknown, "controller \(found.controller)")
    }
    let available = (ingressControllers[application] ?? []).compactMap { workloadSummaries[$0]?.available }
    guard let most = available.max() else {
      return IngressLayer(.controller, name, .unknown, "\(application) is not among the objects read")
    }
    return most > 0
      ? IngressLayer(.controller, name, .holds, "\(application) has \(most) available")
      : IngressLayer(.controller, name, .fails, "\(application) has no pod available")
  }

  /// The application that each known controller of an IngressClass runs as.
  private static let controllerApplications = [
    "k8s.io/ingress-nginx": "ingress-nginx", "traefik.io/ingress-controller": "traefik",
  ]

  /// Remembers a workload if its label names a known ingress controller, so that none has to be searched for.
  mutating func noteIngressController(_ key: ObjectKey) {
    guard key.kind == .deployments || key.kind == .daemonSets else { return }
    let application = self[key]?.metadata.labels["app.kubernetes.io/name"]
    for name in Self.controllerApplications.values {
      if name == application {
        ingressControllers[name, default: []].insert(key)
      } else {
        ingressControllers[name]?.remove(key)
      }
    }
  }

  func addressLayer(_ ingress: Ingress, at now: Timestamp) -> IngressLayer {
    let name = "address"
    if !ingress.addresses.isEmpty {
      return IngressLayer(.address, name, .holds, ingress.addresses.joined(separator: ", "))
    }
    let age = ingress.metadata.creationTimestamp.map { now.since($0) }
    guard let age, age > Self.addressPatience else {
      return IngressLayer(.address, name, .unknown, "no address yet")
    }
    return IngressLayer(
      .address, name, .fails, "no controller gave it an address for \(Age.text(of: age))")
  }

  /// Whether the certificates' Secrets exist, and nobody is sent to HTTPS where there is none.
  func tlsLayer(_ ingress: Ingress) -> IngressLayer {
    let name = "TLS"
    let redirects = ["ssl-redirect", "force-ssl-redirect"].contains {
      ingress.metadata.annotations["nginx.ingress.kubernetes.io/\($0)"] == "true"
    }
    guard !ingress.tls.isEmpty else {
      return redirects
        ? IngressLayer(.tls, name, .fails, "redirects to HTTPS and has no certificate")
        : IngressLayer(.tls, name, .skipped, "plain HTTP")
    }
    let wanted = ingress.tls.map(\.secretName).filter { !$0.isEmpty }
    guard stream(.secrets).hasList else {
      return IngressLayer(.tls, name, .unknown, "names of secrets are not read")
    }
    let missing = wanted.first {
      secrets[ObjectKey(.secrets, namespace: ingress.metadata.namespace, name: $0)] == nil
    }
    if let missing { return IngressLayer(.tls, name, .fails, "secret \(missing) does not exist") }
    return IngressLayer(
      .tls, name, .holds, wanted.isEmpty ? "the controller's own certificate" : wanted.joined(separator: ", "))
  }

  /// A rewrite to `/` without a capture group sends every path below another to the root.
  func rewriteLayer(_ ingress: Ingress, _ path: IngressPath) -> IngressLayer {
    let name = "rewrite"
    guard let target = ingress.metadata.annotations["nginx.ingress.kubernetes.io/rewrite-target"] else {
      return IngressLayer(.rewrite, name, .skipped, "no rewrite")
    }
    guard !target.contains("$"), path.path != target else {
      return IngressLayer(.rewrite, name, .holds, "rewritten to \(target)")
    }
    return IngressLayer(
      .rewrite, name, .fails, "every request below \(path.path) is rewritten to \(target)")
  }
}

extension IngressLayer {
  /// The TLS layer with what the certificate that was shown adds to it; other layers stay.
  func judging(_ certificate: ServerCertificate?, at now: Timestamp) -> IngressLayer {
    guard id == .tls, state != .fails, let certificate else { return self }
    let isExpired = certificate.life(at: now) == .expired
    let words = "certificate \(certificate.words(at: now))"
    return IngressLayer(id, name, isExpired ? .fails : .holds, isExpired ? words : "\(detail), \(words)")
  }
}
