import ClusterModel

/// Where events come from and how often.
package struct FeedConfiguration: Hashable, Sendable {
  /// A source of events.
  package enum Source: Hashable, Sendable {
    /// `kubectl proxy` and one watch per kind; falls back to polling where that is not possible.
    case watch(ClusterTarget)
    /// One `kubectl get` a period.
    case poll(ClusterTarget, every: Duration)
    /// Watches straight on `http://127.0.0.1:PORT`, without kubectl: the demo where kubectl is missing.
    case direct(ClusterTarget, base: String)
    /// Files of `kubectl get … -o json`; `-` is standard input.
    case recording([String])
    /// A session that was recorded, played at its own moments.
    case replay(ReplayPlan)
  }

  package var source: Source
  /// The kinds that are read, in the order they are asked for.
  package var kinds: [ResourceKind]
  /// How often metrics are read; the server samples no faster than 15 s.
  package var metricsPeriod: Duration
  /// How often each ingress is probed.
  package var probePeriod: Duration

  /// A configuration with the usual periods.
  package init(
    source: Source, kinds: [ResourceKind] = ResourceKind.allCases, metricsPeriod: Duration = .seconds(15),
    probePeriod: Duration = .seconds(5)
  ) {
    self.source = source
    self.kinds = kinds
    self.metricsPeriod = metricsPeriod
    self.probePeriod = probePeriod
  }
}

/// A real request through an ingress that is repeated.
package struct ProbeRequest: Hashable, Sendable {
  /// How many are repeated at most: probing must stay a small load.
  package static let limit = 16

  /// The name in the `Host` header; empty for the address itself.
  package var host: String
  package var path: String
  /// Where the ingress listens: an IP address or a name.
  package var address: String
  package var port: Int
  package var isTLS: Bool

  /// A request to repeat.
  package init(host: String, path: String, address: String, port: Int, isTLS: Bool = false) {
    self.host = host
    self.path = path
    self.address = address
    self.port = port
    self.isTLS = isTLS
  }
}
