/// One layer between a user's request and the pod that answers it.
public struct IngressLayer: Hashable, Sendable {
  /// How the layer is.
  public enum State: Hashable, Sendable {
    case holds, fails
    /// It cannot be told from what is known.
    case unknown
    /// It does not apply, or a layer before it fails.
    case skipped
  }

  /// The layers, in the order a request meets them.
  public enum ID: String, Hashable, Sendable, CaseIterable {
    case exists, ingressClass, controller, address, tls, rewrite, service, selector, endpoints, answer
  }

  public var id: ID
  /// For people: `address`.
  public var name: String
  public var state: State
  /// What was seen, in one line.
  public var detail: String

  /// A layer.
  public init(_ id: ID, _ name: String, _ state: State, _ detail: String) {
    self.id = id
    self.name = name
    self.state = state
    self.detail = detail
  }
}

/// The layers of one path of an ingress.
public struct IngressPathView: Hashable, Sendable {
  public var ingress: ObjectKey
  /// Empty for every host.
  public var host: String
  public var path: String
  public var pathType: String
  public var service: ObjectKey?
  /// Ready, and all, addresses behind the service.
  public var readyEndpoints = 0
  public var totalEndpoints = 0
  /// All layers in order, those of the whole ingress included.
  public var layers: [IngressLayer] = []
  /// The last answer to a real request, where one was made.
  public var lastProbe: ProbeResult?
  /// The certificate that the server showed last; `nil` for plain HTTP.
  public var certificate: ServerCertificate?

  /// What was asked to get ``lastProbe``.
  public var target: ProbeTarget { ProbeTarget(host: host, path: path) }

  /// The first layer that fails: what to repair.
  public var firstFailing: IngressLayer? { layers.first { $0.state == .fails } }
}

/// The paths of one ingress.
public struct IngressView: Hashable, Sendable {
  public var key: ObjectKey
  public var className: String?
  public var addresses: [String] = []
  public var hasTLS = false
  public var paths: [IngressPathView] = []

  /// The first layer of any path that fails.
  public var firstFailing: IngressLayer? { paths.lazy.compactMap(\.firstFailing).first }
}

/// A host and path that is probed.
public struct ProbeTarget: Hashable, Sendable {
  public var host: String
  public var path: String

  /// A target.
  public init(host: String, path: String) {
    self.host = host
    self.path = path
  }
}
