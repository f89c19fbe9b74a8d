/// Pods that may run for so long only: the kubelet ends one that is past its deadline, and its controller makes another.
extension World {
  /// Plans the end of a pod that has a deadline.
  mutating func watchDeadline(of pod: StoredObject) {
    guard let deadline = deadline(of: pod.object) else { return }
    plan(
      after: max(Self.secondsUntilChangeIsSeen, deadline.seconds(since: now)),
      .passDeadline(PodReference(key: pod.key, uid: pod.uid)))
  }

  /// A pod may be past its deadline: its containers are asked to end.
  mutating func passDeadline(_ reference: PodReference) {
    guard let stored = store.object(.pods, reference.key), let pod = pod(reference), !pod.isTerminating, !pod.isOver,
      let deadline = deadline(of: pod), deadline <= now
    else { return }
    let node = pod["spec", "nodeName"]?.string ?? ""
    record("DeadlineExceeded", Self.deadlineMessage, on: .pods, stored, by: .kubelet(node))
    for container in stored.running { announceStop(of: container, in: stored, on: node) }
    let seconds = stored.running.map { secondsToStop($0.image, pod.container($0.name)) }.max() ?? 0
    plan(after: seconds, .failPastDeadline(reference))
  }

  /// The containers of a pod that is past its deadline have ended.
  mutating func failPastDeadline(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating, !pod.isOver else { return }
    let moment = now
    update(.pods, reference.key) { pod in
      pod.stop(killed: [], at: moment)
      pod["status", "phase"] = "Failed"
      pod["status", "reason"] = "DeadlineExceeded"
      pod["status", "message"] = .string(Self.deadlineMessage)
      pod.deriveReadiness(at: moment)
    }
  }

  private static let deadlineMessage = "Pod was active on the node longer than the specified deadline"

  private func deadline(of pod: JSON) -> Moment? {
    guard let seconds = pod["spec", "activeDeadlineSeconds"]?.integer,
      let start = pod["status", "startTime"]?.string.flatMap({ Moment($0) })
    else { return nil }
    return start + Double(seconds)
  }
}
