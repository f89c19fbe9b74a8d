extension Snapshot {
  /// The steps of a pod on its way to ready, in order.
  ///
  /// The time of the image's pull is known only while the events of it are kept.
  public func startupPhases(ofPod key: ObjectKey) -> [StartupPhase] {
    guard let pod = pods[key] else { return [] }
    let started = pod.containerStatuses.map(\.startedAt)
    let hasStarted = !started.isEmpty && started.allSatisfy { $0 != nil }
    let pulled = events.about(pod.metadata.uid).filter { $0.reason == "Pulled" }.compactMap(\.firstTimestamp).max()
    let scheduled = pod.conditions[type: "PodScheduled"]
    let initialised = pod.conditions[type: "Initialized"]
    let ready = pod.conditions[type: "Ready"]
    let ends: [(StartupPhase.Step, Timestamp?, Bool)] = [
      (.scheduled, scheduled?.timeIfTrue, scheduled?.isTrue ?? !pod.nodeName.isEmpty),
      (.initialised, initialised?.timeIfTrue, initialised?.isTrue ?? hasStarted),
      (.imagePulled, pulled, pulled != nil || hasStarted),
      (.containersStarted, hasStarted ? started.compactMap(\.self).max() : nil, hasStarted),
      (.ready, ready?.timeIfTrue, ready?.isTrue ?? false),
    ]
    var before = pod.metadata.creationTimestamp
    return ends.map { step, moment, isFinished in
      // A restart gives some steps a later time than the next: the order of the steps counts.
      let duration = moment.flatMap { end in before.map { max(.zero, end.since($0)) } }
      if let moment { before = max(before ?? moment, moment) }
      return StartupPhase(step, finishedAt: moment, duration: duration, isFinished: isFinished)
    }
  }
}

extension Condition {
  var timeIfTrue: Timestamp? { isTrue ? lastTransitionTime : nil }
}

extension ContainerStatus {
  /// When the container started; `nil` while it waits.
  var startedAt: Timestamp? {
    switch state {
    case .running(let startedAt): startedAt
    case .terminated(let end): end.startedAt
    case .waiting, .absent: nil
    }
  }
}
