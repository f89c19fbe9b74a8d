/// One path of an ingress that leads to a Service.
public struct ServiceUse: Hashable, Sendable {
  public var ingress: ObjectKey
  /// Empty for every host.
  public var host: String
  public var path: String
  public var port: PortReference
}

extension Snapshot {
  /// The paths of ingresses that lead to a Service, by ingress.
  public func uses(of service: ObjectKey) -> [ServiceUse] {
    ingresses.keys(in: service.namespace).sorted().flatMap { key -> [ServiceUse] in
      guard let ingress = ingresses[key] else { return [] }
      var uses = ingress.rules.flatMap { rule in
        rule.paths.filter { $0.backend.serviceName == service.name }.map {
          ServiceUse(ingress: key, host: rule.host, path: $0.path, port: $0.backend.port)
        }
      }
      if let backend = ingress.defaultBackend, backend.serviceName == service.name {
        uses.append(ServiceUse(ingress: key, host: "", path: "", port: backend.port))
      }
      return uses
    }
  }

  /// The Services whose selector selects a pod, by name.
  public func services(selecting pod: ObjectKey) -> [ObjectKey] {
    guard let labels = pods[pod]?.metadata.labels else { return [] }
    return services.keys(in: pod.namespace).sorted().filter { key in
      guard let selector = services[key]?.selector, !selector.isEmpty else { return false }
      return selector.allSatisfy { labels[$0.key] == $0.value }
    }
  }
}
