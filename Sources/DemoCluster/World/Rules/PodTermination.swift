extension World {
  /// How long the kubelet takes to take a pod away whose containers have ended, in seconds.
  static let secondsOfCleanUp = 0.7
  /// How long a container that has ended still counts as ready while others of its pod run, in seconds.
  static let secondsOfStaleReadiness = 6.0

  /// Deletes a pod as the API server does: a running one gets its grace period first.
  ///
  /// - Returns: The pod with its deletion timestamp, or its last state when it is gone at once.
  @discardableResult
  mutating func deletePod(_ key: ObjectKey, graceSeconds: Int? = nil) -> StoredObject? {
    guard let stored = store.object(.pods, key) else { return nil }
    let pod = stored.object
    let isBound = pod["spec", "nodeName"] != nil
    let isOver = !isBound || pod.isOver
    let wanted = max(0, graceSeconds ?? pod["spec", "terminationGracePeriodSeconds"]?.integer ?? 30)
    let grace = isOver ? 0 : wanted
    if pod.isTerminating { return shorten(stored, to: grace) }
    if grace == 0, pod["metadata", "finalizers"]?.elements.isEmpty ?? true { return remove(.pods, key) }
    let moment = now
    let terminating = update(.pods, key) { pod in
      pod["metadata", "deletionTimestamp"] = .string((moment + Double(grace)).text)
      pod["metadata", "deletionGracePeriodSeconds"] = .integer(grace)
    }
    guard let terminating, isBound, !isOver else { return terminating }
    stopContainers(of: terminating, pod, grace: Double(grace))
    return terminating
  }

  /// Asks the containers of a pod to end, and plans when they have.
  private mutating func stopContainers(of stored: StoredObject, _ pod: JSON, grace: Double) {
    let reference = PodReference(key: stored.key, uid: stored.uid)
    let node = pod["spec", "nodeName"]?.string ?? ""
    // The kubelet of a silent node finds out when it returns.
    if hold(.stopPod(reference), of: reference) { return }
    let needed = stored.running.map { secondsToStop($0.image, pod.container($0.name)) }
    let last = min(grace, needed.max() ?? 0.5)
    for (container, seconds) in zip(stored.running, needed) {
      announceStop(of: container, in: stored, on: node)
      let staleUntil = seconds + Self.secondsOfStaleReadiness
      guard pod.container(container.name)?["readinessProbe"] != nil, staleUntil < last else { continue }
      let run = pod.containerStatus(container.name)?["restartCount"]?.integer ?? 0
      plan(after: staleUntil, .loseReadiness(ContainerReference(pod: reference, name: container.name, run: run)))
    }
    plan(after: last, .stopPod(reference))
  }

  /// Tells that a container is asked to end.
  mutating func announceStop(of container: RunningContainer, in pod: StoredObject, on node: String) {
    record(
      "Killing", "Stopping container \(container.name)", on: .pods, pod, by: .kubelet(node), container: container.name)
  }

  /// How long a container that runs an image takes to end when it is asked to, in seconds.
  func secondsToStop(_ image: String, _ container: JSON?) -> Double {
    let preStop = Double(container?.value(at: "lifecycle.preStop.sleep.seconds")?.integer ?? 0)
    return preStop + (images[image]?.stopSeconds ?? 0.5)
  }

  private mutating func shorten(_ pod: StoredObject, to grace: Int) -> StoredObject? {
    guard grace < pod.object["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0 else { return pod }
    let moment = now
    plan(after: Double(grace), .stopPod(PodReference(key: pod.key, uid: pod.uid)))
    return update(.pods, pod.key) { pod in
      pod["metadata", "deletionTimestamp"] = .string((moment + Double(grace)).text)
      pod["metadata", "deletionGracePeriodSeconds"] = .integer(grace)
    }
  }

  /// The containers of a terminating pod have ended.
  mutating func stopPod(_ reference: PodReference) {
    guard let pod = pod(reference), pod.isTerminating, let stored = store.object(.pods, reference.key) else { return }
    guard !pod.isOver else { return }
    let moment = now
    let grace = Double(pod["metadata", "deletionGracePeriodSeconds"]?.integer ?? 30)
    let killed = Set(
      stored.running.filter { secondsToStop($0.image, pod.container($0.name)) > grace }.map(\.name))
    update(.pods, reference.key) { $0.stop(killed: killed, at: moment) }
    plan(after: Self.secondsOfCleanUp, .finishPod(reference))
  }

  /// The kubelet takes a pod away: without finalizers it is gone.
  mutating func finishPod(_ reference: PodReference) {
    guard let pod = pod(reference), pod.isTerminating else { return }
    update(.pods, reference.key) { pod in
      let grace = pod["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0
      if let end = pod["metadata", "deletionTimestamp"]?.string.flatMap({ Moment($0) }) {
        pod["metadata", "deletionTimestamp"] = .string((end + -Double(grace)).text)
      }
      pod["metadata", "deletionGracePeriodSeconds"] = 0
    }
  }
}

extension JSON {
  /// Makes a pod one whose containers have all ended, those in `killed` by force.
  mutating func stop(killed: Set<String>, at moment: Moment) {
    let isStarted = containerStatuses.contains {
      $0["state"]?["running"] != nil || $0["lastState"]?["terminated"] != nil
    }
    for name in containerStatuses.compactMap({ $0["name"]?.string }) {
      changeContainer(name) { status in
        if status["state"]?["running"] != nil {
          status.end(ContainerEnding(exitCode: killed.contains(name) ? 137 : 0), at: moment)
        } else if status["state"]?["terminated"] == nil {
          status["state"] = ["terminated": status["lastState"]?["terminated"] ?? Self.neverFound]
        }
      }
    }
    let codes = (self["status", "containerStatuses"]?.elements ?? []).map {
      $0["state"]?["terminated"]?["exitCode"]?.integer
    }
    self["status", "phase"] = codes.allSatisfy { $0 == 0 } ? "Succeeded" : "Failed"
    setCondition("PodReadyToStartContainers", false, at: moment)
    if isStarted { deriveConditions(at: moment) }
  }

  /// The end of a container that never was.
  private static let neverFound: JSON = [
    "exitCode": 137, "reason": "ContainerStatusUnknown",
    "message": "The container could not be located when the pod was terminated", "startedAt": nil, "finishedAt": nil,
  ]
}
