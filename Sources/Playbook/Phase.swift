/// An ordered group of checks: one of the seven phases of a deployment.
package struct Phase: Sendable, Identifiable {
  package let id: Int
  package let title: String
  package let checks: [Check]
  /// Why the cluster alone cannot tell, for a phase without checks.
  package let reason: String

  /// A phase with its checks.
  init(_ id: Int, _ title: String, _ checks: [Check], reason: String = "") {
    self.id = id
    self.title = title
    self.checks = checks
    self.reason = reason
  }

  /// The seven phases with the checks that the cluster alone can answer.
  package static let all: [Phase] = [
    Phase(1, "Containerization", [.imageTags, .imageSizes]),
    Phase(2, "Cluster", [.serverVersion, .nodesReady, .nodeRoom, .metricsServed, .ingressClassUsable, .clusterDNS]),
    Phase(3, "Helm chart", [], reason: "chart files are not seen from the cluster"),
    Phase(4, "Secrets & config", [.referencesExist]),
    Phase(
      5, "Deployment",
      [
        .rolloutsDone, .podsReady, .startupTimes, .servicesHaveEndpoints, .ingressLayers, .ingressAnswers,
        .noWarnings, .withinLimits,
      ]),
    Phase(6, "AI DevOps showcase", [], reason: "runs of the tools are not seen from the cluster"),
    Phase(7, "Final review", [], reason: "documents and drills are not seen from the cluster"),
  ]
}
