extension World {
  /// The longest back-off between two restarts, in seconds, as the kubelet has it.
  static let longestRestartBackOff = 300.0

  /// A container ends with exit code 1; the kubelet restarts it after a back-off that doubles.
  mutating func crash(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating, let stored = store.object(.pods, reference.key) else { return }
    let moment = now
    let images = images
    let restarts = pod["status", "containerStatuses"]?.elements.compactMap { $0["restartCount"]?.integer }.max() ?? 0
    let delay = Self.restartDelay(afterRestarts: restarts)
    update(.pods, reference.key) { pod in
      pod.changeContainers { status in
        guard images[status["image"]?.string ?? ""]?.crashSeconds != nil else { return }
        status.crash(at: moment, delay: delay, pod: stored)
      }
      pod.deriveReadiness(at: moment)
    }
    if delay > 0 {
      for second in stride(from: 1.0, to: delay, by: 12) { plan(after: second, .backOff(reference)) }
    }
    plan(after: max(1, delay), .restart(reference))
  }

  /// The back-off before a restart: none for the first, then 10 s doubled each time.
  static func restartDelay(afterRestarts restarts: Int) -> Double {
    restarts == 0 ? 0 : min(longestRestartBackOff, 10 * Double(1 << min(restarts - 1, 6)))
  }

  /// Starts the crashed containers of a pod again.
  mutating func restart(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating else { return }
    let moment = now
    let identity = random.hexadecimal(64)
    let node = pod["spec", "nodeName"]?.string ?? ""
    var names: [(name: String, image: String)] = []
    let restarted = update(.pods, reference.key) { pod in
      pod.changeContainers { status in
        guard status["state"]?["running"] == nil else { return }
        if let ended = status["state"]?["terminated"] { status["lastState"] = ["terminated": ended] }
        status["restartCount"] = .integer((status["restartCount"]?.integer ?? 0) + 1)
        status.start(at: moment, identity: identity, isReady: false)
        names.append((status["name"]?.string ?? "", status["image"]?.string ?? ""))
      }
      pod.deriveReadiness(at: moment)
    }
    guard let restarted else { return }
    for (name, image) in names {
      let text = "Container image \"\(image)\" already present on machine"
      record("Pulled", text, on: .pods, restarted, by: .kubelet(node), container: name)
      record("Created", "Created container: \(name)", on: .pods, restarted, by: .kubelet(node), container: name)
      record("Started", "Started container \(name)", on: .pods, restarted, by: .kubelet(node), container: name)
    }
    planLife(of: restarted, reference)
  }

  /// Repeats the event of a container that waits for its back-off.
  mutating func backOff(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating, let stored = store.object(.pods, reference.key) else { return }
    let node = pod["spec", "nodeName"]?.string ?? ""
    for status in pod["status", "containerStatuses"]?.elements ?? [] {
      let name = status["name"]?.string ?? ""
      let waiting = status["state"]?["waiting"]
      switch waiting?["reason"]?.string {
      case "CrashLoopBackOff":
        let text =
          "Back-off restarting failed container \(name) in pod "
          + "\(stored.key.name)_\(stored.key.namespace)(\(stored.uid))"
        record("BackOff", text, on: .pods, stored, by: .kubelet(node, isWarning: true), container: name)
      case "ErrImagePull", "ImagePullBackOff":
        let image = status["image"]?.string ?? ""
        record(
          "BackOff", "Back-off pulling image \"\(image)\"", on: .pods, stored, by: .kubelet(node), container: name)
        record(
          "Failed", "Error: ImagePullBackOff", on: .pods, stored, by: .kubelet(node, isWarning: true), container: name)
        guard waiting?["reason"]?.string == "ErrImagePull" else { continue }
        let cause = waiting?["message"]?.string ?? ""
        wait(
          reference, container: name, reason: "ImagePullBackOff",
          message: "Back-off pulling image \"\(image)\": ErrImagePull: \(cause)")
      default: continue
      }
    }
  }
}

extension JSON {
  /// Makes a container status that of a container that has just ended with exit code 1.
  fileprivate mutating func crash(at moment: Moment, delay: Double, pod: StoredObject) {
    let ended: JSON = [
      "terminated": [
        "exitCode": 1, "reason": "Error", "startedAt": self["state"]?["running"]?["startedAt"] ?? nil,
        "finishedAt": .string(moment.text), "containerID": self["containerID"] ?? "",
      ]
    ]
    self["ready"] = false
    self["started"] = false
    guard delay > 0 else {
      self["state"] = ended
      return
    }
    let minutes = Int(delay) / 60
    let words = minutes > 0 ? "\(minutes)m\(Int(delay) % 60)s" : "\(Int(delay))s"
    let message =
      "back-off \(words) restarting failed container=\(self["name"]?.string ?? "") "
      + "pod=\(pod.key.name)_\(pod.key.namespace)(\(pod.uid))"
    self["state"] = ["waiting": ["reason": "CrashLoopBackOff", "message": .string(message)]]
    self["lastState"] = ended
  }
}
