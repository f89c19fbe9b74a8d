/// An ordered group of checks: one of the seven phases of a deployment.
package struct Phase: Sendable, Identifiable {
  package let id: Int
  package let title: String
  package let checks: [Check]
  /// Why nothing can be told, for a phase without checks.
  package let reason: String

  /// A phase with its checks.
  package init(_ id: Int, _ title: String, _ checks: [Check], reason: String = "") {
    self.id = id
    self.title = title
    self.checks = checks
    self.reason = reason
  }
}
