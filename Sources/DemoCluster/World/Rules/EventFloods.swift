extension World {
  /// Begins to report events.
  mutating func beginFloods(_ floods: [EventFlood], seed: UInt64) {
    self.floods = floods
    floodChance = RandomSource(seed: seed ^ 0xF100D)
    for (index, flood) in floods.enumerated() { plan(after: 1 / flood.perSecond, .flood(index)) }
  }

  /// Reports one event about one of the pods.
  mutating func performFlood(_ index: Int) {
    let flood = floods[index]
    plan(after: 1 / flood.perSecond, .flood(index))
    let pods = store.objects(.pods, in: flood.deployment.namespace).filter {
      $0.controller?.name.hasPrefix(flood.deployment.name + "-") == true
    }
    let chosen = floodChance.next()
    let message = flood.message.text(at: now, image: "", &floodChance)
    guard !pods.isEmpty else { return }
    let pod = pods[Int(chosen % UInt64(pods.count))]
    let kubelet = EventSource.kubelet(pod.field("spec.nodeName") ?? "", isWarning: flood.isWarning)
    record(flood.reason, message, on: .pods, pod, by: kubelet)
  }
}
