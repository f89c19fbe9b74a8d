extension World {
  /// Does what a step says; each is a rule in a file of its own.
  mutating func perform(_ step: Step) {
    switch step {
    case .schedulePod(let pod): schedulePod(pod)
    case .preparePod(let pod): preparePod(pod)
    case .pullImages(let pod): pullImages(pod, attempt: 1)
    case .retryPull(let pod, let attempt): pullImages(pod, attempt: attempt)
    case .startContainers(let pod): startContainers(pod)
    case .failReadiness(let pod): failReadiness(pod)
    case .becomeReady(let pod): becomeReady(pod)
    case .crash(let pod): crash(pod)
    case .backOff(let pod): backOff(pod)
    case .restart(let pod): restart(pod)
    case .stopPod(let pod): stopPod(pod)
    case .checkProgress(let deployment): reconcile(.deployments, deployment)
    case .heartbeat: heartbeat()
    case .scaleByLoad: scaleByLoad()
    case .syncIngresses: syncIngresses()
    case .churn: performChurn()
    case .apply(let manifests): apply(manifestsNamed: manifests)
    case .setImage(let deployment, let image): setImage(of: deployment, to: image)
    }
  }
}
