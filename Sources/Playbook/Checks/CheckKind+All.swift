extension CheckKind {
  /// Every kind of check, by the phases that use them.
  package static let all: [CheckKind] =
    [
      // Containerization.
      dockerAnswers, dockerfile, dockerIgnore, imageSize, imageSizes, imageTags, imageEnvironment, imageLoaded,
      buildTime,
      // Cluster.
      minikubeRunning, minikubeAddons, serverVersion, kubectlSkew, nodesReady, nodeRoom, metricsServed,
      ingressController, ingressClassUsable, clusterDNS, networkPolicies, hostResolves, clockSkew,
      // Chart.
      chartFiles, helmLint, helmTemplate, renderedKinds, renderedHardening, rewriteTarget, valuesUsed,
      buildTimeVariables,
      // Secrets and configuration.
      secretKeys, referencesExist, noLiteralSecrets, noCommittedSecrets, singleOwner, environmentComplete,
      // Deployment.
      helmRelease, rolloutsDone, replicas, podsReady, startupTimes, noRestarts, deployTime, reachTime,
      servicesHaveEndpoints, ingressLayers, ingressAnswers, healthRoute, podsHealthy, noWarnings, withinLimits,
      noOutOfMemory, logsReadable, noLeftovers,
      // Tools and review.
      aiTool, aiOperations, documents, drillProven, noOpenDrill, demoTime, healthScore, phasesHold, manual,
    ]
}
