/// A port by number or by name.
public enum PortReference: Codable, Hashable, Sendable {
  case number(Int)
  case name(String)
}

/// A Service.
public struct Service: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var type = "ClusterIP"
  public var clusterIP = ""
  public var selector: [String: String] = [:]
  public var ports: [ServicePort] = []

  /// A Service with the API's defaults.
  public init() {}
}

/// A port of a Service.
public struct ServicePort: Codable, Hashable, Sendable {
  public var name = ""
  public var port = 0
  public var targetPort: PortReference = .number(0)
  public var nodePort: Int?

  /// A port with everything absent.
  public init() {}
}

/// The addresses behind a Service, or a part of them.
public struct EndpointSlice: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var endpoints: [Endpoint] = []
  public var ports: [ContainerPort] = []

  /// A slice with nothing in it.
  public init() {}

  /// The Service it belongs to; empty where the label is missing.
  public var serviceName: String { metadata.labels["kubernetes.io/service-name"] ?? "" }
}

/// One address behind a Service.
public struct Endpoint: Codable, Hashable, Sendable {
  public var addresses: [String] = []
  /// Absent counts as ready, as the API says.
  public var isReady = true
  public var isServing = true
  public var isTerminating = false
  public var targetName = ""
  public var targetUID = UID("")
  public var nodeName = ""

  /// A ready endpoint without an address.
  public init() {}
}

/// An Ingress.
public struct Ingress: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  /// From `spec.ingressClassName`, else from the old annotation; `nil` where neither is set.
  public var className: String?
  public var rules: [IngressRule] = []
  public var defaultBackend: IngressBackend?
  public var tls: [IngressTLS] = []
  /// Addresses and host names of the load balancer, as the controller reports them.
  public var addresses: [String] = []

  /// An Ingress with everything absent.
  public init() {}
}

/// The paths of one host.
public struct IngressRule: Codable, Hashable, Sendable {
  /// Empty for every host.
  public var host = ""
  public var paths: [IngressPath] = []

  /// A rule with everything absent.
  public init() {}
}

/// One path and where it leads.
public struct IngressPath: Codable, Hashable, Sendable {
  public var path = "/"
  public var pathType = "ImplementationSpecific"
  public var backend = IngressBackend()

  /// A path with everything absent.
  public init() {}
}

/// Where a path leads.
public struct IngressBackend: Codable, Hashable, Sendable {
  public var serviceName = ""
  public var port: PortReference = .number(0)
  /// `Kind/name` of a backend that is not a Service; empty otherwise.
  public var resource = ""

  /// A backend with everything absent.
  public init() {}
}

/// The certificate for some hosts.
public struct IngressTLS: Codable, Hashable, Sendable {
  public var hosts: [String] = []
  public var secretName = ""

  /// An entry with everything absent.
  public init() {}
}

/// An IngressClass.
public struct IngressClass: Codable, Hashable, Sendable {
  public var metadata = ObjectMetadata()
  public var controller = ""

  /// A class with everything absent.
  public init() {}

  /// Whether Ingresses without a class use it.
  public var isDefault: Bool { metadata.annotations["ingressclass.kubernetes.io/is-default-class"] == "true" }
}
