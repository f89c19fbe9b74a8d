extension World {
  /// The longest back-off between two restarts, in seconds, as the kubelet has it.
  static let longestRestartBackOff = 300.0

  /// The back-off before a restart: none for the first, then 10 s doubled each time.
  static func restartDelay(afterRestarts restarts: Int) -> Double {
    restarts == 0 ? 0 : min(longestRestartBackOff, 10 * Double(1 << min(restarts - 1, 6)))
  }

  /// Shows that a container that ended waits for its restart.
  mutating func showBackOff(_ reference: ContainerReference, seconds: Double) {
    guard let pod = pod(reference.pod), !pod.isTerminating,
      let status = pod.containerStatus(reference.name), status["restartCount"]?.integer == reference.run,
      let ended = status["state"]?["terminated"]
    else { return }
    let minutes = Int(seconds) / 60
    let words = minutes > 0 ? "\(minutes)m\(Int(seconds) % 60)s" : "\(Int(seconds))s"
    let key = reference.pod.key
    let message =
      "back-off \(words) restarting failed container=\(reference.name) "
      + "pod=\(key.name)_\(key.namespace)(\(reference.pod.uid))"
    update(.pods, key) { pod in
      pod.changeContainer(reference.name) { status in
        status["state"] = ["waiting": ["reason": "CrashLoopBackOff", "message": .string(message)]]
        status["lastState"] = ["terminated": ended]
      }
    }
  }

  /// Repeats the event of a container that waits for its back-off.
  mutating func backOff(_ reference: ContainerReference) {
    guard let pod = pod(reference.pod), !pod.isTerminating, let stored = store.object(.pods, reference.pod.key),
      let status = pod.containerStatus(reference.name), status["restartCount"]?.integer == reference.run
    else { return }
    let warning = EventSource.kubelet(pod["spec", "nodeName"]?.string ?? "", isWarning: true)
    let waiting = status["state"]?["waiting"]
    switch waiting?["reason"]?.string {
    case "ErrImagePull", "ImagePullBackOff": backOffPull(reference, stored, status, by: warning)
    case nil where status["state"]?["terminated"] != nil, "CrashLoopBackOff":
      let text =
        "Back-off restarting failed container \(reference.name) in pod "
        + "\(stored.key.name)_\(stored.key.namespace)(\(stored.uid))"
      record("BackOff", text, on: .pods, stored, by: warning, container: reference.name)
    default: break
    }
  }

  private mutating func backOffPull(
    _ reference: ContainerReference, _ pod: StoredObject, _ status: JSON, by warning: EventSource
  ) {
    let image = status["image"]?.string ?? ""
    let name = reference.name
    let text = Self.pullBackOff(image)
    record("BackOff", text, on: .pods, pod, by: .kubelet(warning.host), container: name)
    record("Failed", "Error: ImagePullBackOff", on: .pods, pod, by: warning, container: name)
  }

  private static func pullBackOff(_ image: String) -> String { "Back-off pulling image \"\(image)\"" }

  /// Shows that a container waits for the next attempt to pull its image.
  mutating func showPullBackOff(_ reference: ContainerReference) {
    guard let pod = pod(reference.pod), !pod.isTerminating, let status = pod.containerStatus(reference.name),
      let waiting = status["state"]?["waiting"], waiting["reason"]?.string == "ErrImagePull"
    else { return }
    let text = Self.pullBackOff(status["image"]?.string ?? "")
    wait(
      reference.pod, container: reference.name, reason: "ImagePullBackOff",
      message: "\(text): ErrImagePull: \(waiting["message"]?.string ?? "")")
  }
}
