extension World {
  /// Deletes a pod as the API server does: a running one gets its grace period first.
  ///
  /// - Returns: The pod with its deletion timestamp, or its last state when it is gone at once.
  @discardableResult
  mutating func deletePod(_ key: ObjectKey, graceSeconds: Int? = nil) -> StoredObject? {
    guard let stored = store.object(.pods, key) else { return nil }
    let pod = stored.object
    let grace = max(0, graceSeconds ?? pod["spec", "terminationGracePeriodSeconds"]?.integer ?? 30)
    let phase = pod["status", "phase"]?.string
    let isBound = pod["spec", "nodeName"] != nil
    guard grace > 0, isBound, phase != "Succeeded", phase != "Failed" else { return remove(.pods, key) }
    if pod.isTerminating { return shorten(stored, to: grace) }
    let moment = now
    let terminating = update(.pods, key) { pod in
      pod["metadata", "deletionTimestamp"] = .string((moment + Double(grace)).text)
      pod["metadata", "deletionGracePeriodSeconds"] = .integer(grace)
    }
    guard let terminating else { return nil }
    for container in stored.running {
      record(
        "Killing", "Stopping container \(container.name)", on: .pods, terminating,
        by: .kubelet(pod["spec", "nodeName"]?.string ?? ""), container: container.name)
    }
    let needed = stored.running.compactMap { images[$0.image]?.stopSeconds }.max() ?? 0.5
    plan(after: min(Double(grace), needed), .stopPod(PodReference(key: key, uid: stored.uid)))
    return terminating
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

  /// The containers of a terminating pod have ended, and the kubelet removes it.
  mutating func stopPod(_ reference: PodReference) {
    guard let pod = pod(reference), pod.isTerminating else { return }
    let moment = now
    update(.pods, reference.key) { pod in
      pod.changeContainers { status in
        guard let started = status["state"]?["running"]?["startedAt"] else { return }
        status["state"] = [
          "terminated": [
            "exitCode": 0, "reason": "Completed", "startedAt": started, "finishedAt": .string(moment.text),
            "containerID": status["containerID"] ?? "",
          ]
        ]
        status["ready"] = false
        status["started"] = false
      }
      pod["status", "phase"] = "Succeeded"
      pod.setCondition("PodReadyToStartContainers", false, at: moment)
      pod.setCondition("Ready", false, at: moment, reason: "PodCompleted")
      pod.setCondition("ContainersReady", false, at: moment, reason: "PodCompleted")
    }
    guard pod["metadata", "finalizers"]?.elements.isEmpty ?? true else { return }
    remove(.pods, reference.key)
  }
}
