extension World {
  /// The longest back-off between two pulls, in seconds.
  static let longestPullBackOff = 300.0

  /// Pulls the images of a pod, or says which one cannot be found.
  mutating func pullImages(_ reference: PodReference, attempt: Int) {
    guard let pod = pod(reference), !pod.isTerminating, let stored = store.object(.pods, reference.key) else { return }
    let node = pod["spec", "nodeName"]?.string ?? ""
    let containers = pod["spec", "containers"]?.elements ?? []
    if let missing = containers.first(where: { images[$0["image"]?.string ?? ""] == nil }) {
      failPull(reference, stored, missing, node: node, attempt: attempt)
      return
    }
    var seconds = 0.3
    for container in containers {
      guard let image = images[container["image"]?.string ?? ""], let name = container["name"]?.string else { continue }
      guard !pulledImages.contains(node + " " + image.name) else { continue }
      record("Pulling", "Pulling image \"\(image.name)\"", on: .pods, stored, by: .kubelet(node), container: name)
      seconds += image.pullSeconds
    }
    plan(after: seconds, .startContainers(reference))
  }

  /// A failed pull, and the back-off after it: 10 s, doubled each time.
  private mutating func failPull(
    _ reference: PodReference, _ stored: StoredObject, _ container: JSON, node: String, attempt: Int
  ) {
    let image = container["image"]?.string ?? ""
    let name = container["name"]?.string ?? ""
    let full = image.contains("/") ? image : "docker.io/library/" + image
    let failure =
      "rpc error: code = NotFound desc = failed to pull and unpack image \"\(full)\": "
      + "failed to resolve reference \"\(full)\": \(full): not found"
    let warning = EventSource.kubelet(node, isWarning: true)
    record("Pulling", "Pulling image \"\(image)\"", on: .pods, stored, by: .kubelet(node), container: name)
    record("Failed", "Failed to pull image \"\(image)\": \(failure)", on: .pods, stored, by: warning, container: name)
    record("Failed", "Error: ErrImagePull", on: .pods, stored, by: warning, container: name)
    wait(reference, container: name, reason: "ErrImagePull", message: failure)
    let delay = min(Self.longestPullBackOff, 10 * Double(1 << min(attempt - 1, 5)))
    for second in stride(from: min(delay, 12), to: delay, by: 15) { plan(after: second, .backOff(reference)) }
    plan(after: delay, .retryPull(reference, attempt: attempt + 1))
    plan(after: 1.5, .backOff(reference))
  }

  /// Shows that a container waits.
  mutating func wait(_ reference: PodReference, container: String, reason: String, message: String) {
    let moment = now
    update(.pods, reference.key) { pod in
      pod.changeContainers { status in
        guard status["name"]?.string == container else { return }
        status["state"] = ["waiting": ["reason": .string(reason), "message": .string(message)]]
        status["ready"] = false
        status["started"] = false
      }
      pod.deriveReadiness(at: moment)
    }
  }
}
