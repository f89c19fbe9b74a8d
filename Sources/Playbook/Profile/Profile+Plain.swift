extension Profile {
  /// What can be said of any namespace from the cluster alone.
  package static let plain = Profile(
    origin: .builtIn, name: "", namespace: nil,
    phases: [
      Phase(1, "Containerization", [check("1.4", .imageTags), check("1.3", .imageSizes)]),
      Phase(
        2, "Cluster",
        [
          check("2.2", .serverVersion), check("2.3", .nodesReady), check("2.4", .nodeRoom),
          check("2.5", .metricsServed), check("2.6", .ingressClassUsable), check("2.7", .clusterDNS),
        ]),
      Phase(3, "Helm chart", [], reason: "chart files are not seen from the cluster"),
      Phase(4, "Secrets & config", [check("4.2", .referencesExist)]),
      Phase(
        5, "Deployment",
        [
          check("5.2", .rolloutsDone), check("5.3", .podsReady), check("5.4", .startupTimes),
          check("5.5", .servicesHaveEndpoints), check("5.6", .ingressLayers), check("5.7", .ingressAnswers),
          check("5.9", .noWarnings), check("5.10", .withinLimits),
        ]),
      Phase(6, "AI DevOps showcase", [], reason: "runs of the tools are not seen from the cluster"),
      Phase(7, "Final review", [], reason: "documents and drills are not seen from the cluster"),
    ])

  private static func check(_ id: String, _ kind: CheckKind) -> Check {
    Check(id: id, title: kind.summary, kind: kind)
  }
}
