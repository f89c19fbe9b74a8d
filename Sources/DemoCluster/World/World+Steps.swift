extension World {
  /// Does what a step says; each is a rule in a file of its own.
  mutating func perform(_ step: Step) {
    if let pod = step.podOfKubelet, hold(step, of: pod) { return }
    switch step {
    case .schedulePod(let pod): schedulePod(pod)
    case .preparePod(let pod): preparePod(pod)
    case .mountVolumes(let pod, let attempt): mountVolumes(pod, attempt: attempt)
    case .syncPod(let pod): syncPod(pod)
    case .tryContainer(let container, let attempt): tryContainer(container, attempt: attempt)
    case .startContainers(let pod, let names): startContainers(pod, names)
    case .failReadiness(let container): failReadiness(container)
    case .passProbe(let container, let kind): passProbe(container, kind)
    case .failProbe(let container, let kind, let count): failProbe(container, kind, count: count)
    case .breakProbe(let target): breakProbe(target)
    case .mendProbe(let target): mendProbe(target)
    case .loseReadiness(let container): loseReadiness(container)
    case .endContainer(let container, let ending): endContainer(container, ending)
    case .showBackOff(let container, let seconds): showBackOff(container, seconds: seconds)
    case .backOff(let container): backOff(container)
    case .stopPod(let pod): stopPod(pod)
    case .finishPod(let pod): finishPod(pod)
    case .showPullBackOff(let container): showPullBackOff(container)
    case .changeImage(let container): changeImage(container)
    case .passDeadline(let pod): passDeadline(pod)
    case .failPastDeadline(let pod): failPastDeadline(pod)
    case .lookAtUnplaced(let turn): lookAtUnplaced(turn: turn)
    case .loseNode(let name, let silentSince): loseNode(name, silentSince: silentSince)
    case .evictPod(let pod): evictPod(pod)
    case .renewLeases: renewLeases()
    case .look(let kind, let key): reconcile(kind, key)
    case .addressIngress(let key): addressIngress(key)
    case .heartbeat: heartbeat()
    case .scaleByLoad: scaleByLoad()
    case .syncIngresses: syncIngresses()
    case .churn: performChurn()
    case .flood(let index): performFlood(index)
    case .obey(let command): obey(command)
    }
  }
}
