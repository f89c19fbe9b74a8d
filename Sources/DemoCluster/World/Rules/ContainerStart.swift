extension World {
  /// How long the kubelet waits before it tries a container again whose configuration is missing, in seconds.
  static let secondsBetweenConfigurations = 12.0

  /// Starts containers of a pod whose images are present.
  mutating func startContainers(_ reference: PodReference, _ names: [String]) {
    guard let pod = pod(reference), !pod.isTerminating, !pod.isOver else { return }
    let able = names.filter { name in
      guard pod.containerStatus(name)?["state"]?["running"] == nil, let container = pod.container(name) else {
        return false
      }
      guard let missing = missingConfiguration(of: container, in: reference.key.namespace) else { return true }
      refuseConfiguration(reference, pod, container, missing: missing)
      return false
    }
    guard !able.isEmpty else { return }
    let moment = now
    let address = sandboxAddress(of: pod)
    let identities = able.map { _ in random.hexadecimal(64) }
    let started = update(.pods, reference.key) { pod in
      pod.openSandbox(address, at: moment)
      for (name, identity) in zip(able, identities) {
        let container = pod.container(name) ?? .null
        let isReady = container["readinessProbe"] == nil && (container.isSidecar || !pod.isInitContainer(name))
        pod.changeContainer(name) { status in
          status.keepLastRun()
          status.start(at: moment, identity: identity, isReady: isReady && container["startupProbe"] == nil)
          status["started"] = .bool(container["startupProbe"] == nil)
        }
      }
      pod.deriveConditions(at: moment)
    }
    guard let started else { return }
    let isLost = able.contains { name in
      let container = pod.container(name) ?? .null
      return images[container["image"]?.string ?? ""].map { lacksDatabase(started, container, $0) } ?? false
    }
    if enforcesNetworkPolicies || isLost {
      reconcile(.networkPolicies, ObjectKey(namespace: reference.key.namespace, name: ""))
    }
    for name in able { beginLife(of: name, in: started, reference) }
  }

  private mutating func beginLife(of name: String, in pod: StoredObject, _ reference: PodReference) {
    let object = pod.object
    guard let container = object.container(name) else { return }
    let run = object.containerStatus(name)?["restartCount"]?.integer ?? 0
    announceStart(of: container, in: pod, on: object["spec", "nodeName"]?.string ?? "")
    planLife(of: container, ContainerReference(pod: reference, name: name, run: run), in: object)
    if container.isSidecar, object.isInitContainer(name), run == 0 { plan(after: 0.2, .syncPod(reference)) }
  }

  private mutating func refuseConfiguration(
    _ reference: PodReference, _ pod: JSON, _ container: JSON, missing: String
  ) {
    guard let stored = store.object(.pods, reference.key), let name = container["name"]?.string else { return }
    let node = pod["spec", "nodeName"]?.string ?? ""
    announcePull(of: container, in: stored, on: node)
    wait(reference, container: name, reason: "CreateContainerConfigError", message: missing)
    record(
      "Failed", "Error: \(missing)", on: .pods, stored, by: .kubelet(node, isWarning: true), container: name)
    plan(after: Self.secondsBetweenConfigurations, .startContainers(reference, [name]))
  }

  private mutating func announceStart(of container: JSON, in pod: StoredObject, on node: String) {
    guard let name = container["name"]?.string else { return }
    announcePull(of: container, in: pod, on: node)
    record("Created", "Created container: \(name)", on: .pods, pod, by: .kubelet(node), container: name)
    record("Started", "Started container \(name)", on: .pods, pod, by: .kubelet(node), container: name)
  }

  private mutating func announcePull(of container: JSON, in pod: StoredObject, on node: String) {
    guard let name = container["name"]?.string, let image = images[container["image"]?.string ?? ""] else { return }
    let mark = node + " " + image.name
    let text =
      pulledImages.contains(mark)
      ? "Container image \"\(image.name)\" already present on machine"
      : "Successfully pulled image \"\(image.name)\" in \(image.pullSeconds)s (\(image.pullSeconds)s including waiting). "
        + "Image size: \(image.sizeBytes) bytes."
    if pulledImages.insert(mark).inserted { list(image, on: node) }
    record("Pulled", text, on: .pods, pod, by: .kubelet(node), container: name)
  }

  /// Adds an image to those that a node reports.
  private mutating func list(_ image: ImageCharacter, on node: String) {
    update(.nodes, ObjectKey(namespace: "", name: node)) { object in
      let images = object["status", "images"]?.elements ?? []
      guard images.count < Self.imagesReported else { return }
      object["status", "images"] = .array(
        images + [["names": [.string(image.name)], "sizeBytes": .integer(image.sizeBytes)]])
    }
  }

  /// How many images a kubelet reports at most.
  private static let imagesReported = 50

  /// Shows that a container waits.
  mutating func wait(_ reference: PodReference, container: String, reason: String, message: String) {
    guard let pod = pod(reference) else { return }
    let moment = now
    let address = sandboxAddress(of: pod)
    update(.pods, reference.key) { pod in
      pod.openSandbox(address, at: moment)
      pod.changeContainer(container) { status in
        status["state"] = ["waiting": ["reason": .string(reason), "message": .string(message)]]
        status["ready"] = false
        status["started"] = false
      }
      pod.deriveConditions(at: moment)
    }
  }

  /// The address of a pod: the one it has, the node's, or a new one.
  private mutating func sandboxAddress(of pod: JSON) -> String {
    if let address = pod["status", "podIP"]?.string { return address }
    if pod["spec", "hostNetwork"]?.bool == true { return pod["status", "hostIP"]?.string ?? "" }
    return newPodAddress()
  }
}

extension JSON {
  /// Makes a container status that of a container that has just been started.
  mutating func start(at moment: Moment, identity: String, isReady: Bool) {
    self["state"] = ["running": ["startedAt": .string(moment.text)]]
    self["ready"] = .bool(isReady)
    self["imageID"] = .string("sha256:" + World.digest(self["image"]?.string ?? ""))
    self["containerID"] = .string("containerd://" + identity)
    self["started"] = true
  }

  /// Counts a restart, if the container of this status has run before.
  fileprivate mutating func keepLastRun() {
    if let ended = self["state"]?["terminated"] { self["lastState"] = ["terminated": ended] }
    guard self["lastState"]?["terminated"] != nil else { return }
    self["restartCount"] = .integer((self["restartCount"]?.integer ?? 0) + 1)
  }

  /// Gives a pod its network.
  fileprivate mutating func openSandbox(_ address: String, at moment: Moment) {
    self["status", "podIP"] = .string(address)
    self["status", "podIPs"] = [["ip": .string(address)]]
    setCondition("PodReadyToStartContainers", true, at: moment)
  }
}

extension World {
  /// The digest of an image: the same for the same name.
  static func digest(_ image: String) -> String {
    var source = RandomSource(seed: RandomSource.hash(image))
    return source.hexadecimal(64)
  }
}
