import ClusterModel
import Playbook

/// A request that is repeated while a drill lasts, as a user would send it.
package struct DrillProbeRequest: Hashable, Sendable {
  /// Which way it goes.
  package enum Way: Hashable, Sendable {
    /// Through the ingress.
    case ingress(ProbeRequest)
    /// To a Service through the API server, where the ingress cannot be reached from here: the path in the API.
    case service(apiPath: String)
  }

  /// How many are repeated at most: probing must stay a small load.
  package static let limit = 16

  package let way: Way
  /// What it is called: `todo.local/api`.
  package let name: String
  /// What a good answer has; `nil` for anything below 500.
  package let expectedStatus: Int?
  /// Whether it goes over a connection that is kept open, which hides a Service that is broken.
  package let isKeptAlive: Bool

  /// A request to repeat.
  package init(_ way: Way, name: String, expectedStatus: Int?, isKeptAlive: Bool = false) {
    self.way = way
    self.name = name
    self.expectedStatus = expectedStatus
    self.isKeptAlive = isKeptAlive
  }

  /// The path in the API of what a Service answers to a path; `nil` where they cannot stand in a request.
  package static func apiPath(of service: ObjectKey, port: Int, path: String) -> String? {
    let isPlain = path.hasPrefix("/") && path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    guard isPlain, isObjectName(service.name), isObjectName(service.namespace), (1...65_535).contains(port) else {
      return nil
    }
    return "/api/v1/namespaces/\(service.namespace)/services/\(service.name):\(port)/proxy\(path)"
  }

  /// Whether users get what they want with a status.
  ///
  /// A path that leads elsewhere may well answer, with 404.
  func isGood(_ status: Int?) -> Bool {
    guard let status else { return false }
    return expectedStatus.map { status / 100 == $0 / 100 } ?? (status < 500)
  }
}
