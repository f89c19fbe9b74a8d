extension World {
  /// Starts the containers of a pod whose images are present.
  mutating func startContainers(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating else { return }
    let node = pod["spec", "nodeName"]?.string ?? ""
    let usesHost = pod["spec", "hostNetwork"]?.bool == true
    let address = usesHost ? pod["status", "hostIP"]?.string ?? "" : takeAddress()
    let moment = now
    var identities: [String] = []
    for _ in pod["spec", "containers"]?.elements ?? [] { identities.append(random.hexadecimal(64)) }
    let probed = Set(
      (pod["spec", "containers"]?.elements ?? []).filter { $0["readinessProbe"] != nil }.compactMap {
        $0["name"]?.string
      })
    let started = update(.pods, reference.key) { pod in
      var index = 0
      pod.changeContainers { status in
        status.start(at: moment, identity: identities[index], isReady: !probed.contains(status["name"]?.string ?? ""))
        index += 1
      }
      pod["status", "phase"] = "Running"
      pod["status", "podIP"] = .string(address)
      pod["status", "podIPs"] = [["ip": .string(address)]]
      pod.setCondition("PodReadyToStartContainers", true, at: moment)
      pod.deriveReadiness(at: moment)
    }
    guard let started else { return }
    for container in pod["spec", "containers"]?.elements ?? [] { announceStart(of: container, in: started, on: node) }
    planLife(of: started, reference)
  }

  /// Plans when the containers of a pod become ready, or when they crash.
  mutating func planLife(of pod: StoredObject, _ reference: PodReference) {
    let characters = pod.running.compactMap { images[$0.image] }
    if let seconds = characters.compactMap(\.crashSeconds).min() {
      plan(after: seconds, .crash(reference))
      return
    }
    let seconds = (characters.map(\.readySeconds).max() ?? 1) * random.between(0.9, 1.3)
    if seconds > 2 { plan(after: seconds / 2, .failReadiness(reference)) }
    plan(after: seconds, .becomeReady(reference))
  }

  private mutating func announceStart(of container: JSON, in pod: StoredObject, on node: String) {
    guard let name = container["name"]?.string, let image = images[container["image"]?.string ?? ""] else { return }
    let mark = node + " " + image.name
    let text =
      pulledImages.contains(mark)
      ? "Container image \"\(image.name)\" already present on machine"
      : "Successfully pulled image \"\(image.name)\" in \(image.pullSeconds)s (\(image.pullSeconds)s including waiting). "
        + "Image size: \(image.sizeBytes) bytes."
    pulledImages.insert(mark)
    record("Pulled", text, on: .pods, pod, by: .kubelet(node), container: name)
    record("Created", "Created container: \(name)", on: .pods, pod, by: .kubelet(node), container: name)
    record("Started", "Started container \(name)", on: .pods, pod, by: .kubelet(node), container: name)
  }

  /// A probe fails while the application is still starting.
  mutating func failReadiness(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating, !pod.hasCondition("Ready"),
      let stored = store.object(.pods, reference.key),
      let container = pod["spec", "containers"]?.elements.first(where: { $0["readinessProbe"] != nil })
    else { return }
    record(
      "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", on: .pods, stored,
      by: .kubelet(pod["spec", "nodeName"]?.string ?? "", isWarning: true), container: container["name"]?.string)
  }

  /// The readiness probes of a pod succeed.
  mutating func becomeReady(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating else { return }
    let moment = now
    update(.pods, reference.key) { pod in
      pod.changeContainers { status in
        if status["state"]?["running"] != nil { status["ready"] = true }
      }
      pod.deriveReadiness(at: moment)
    }
  }

  private mutating func takeAddress() -> String {
    defer { nextAddress += 1 }
    return "10.244.\(nextAddress / 250).\(nextAddress % 250 + 1)"
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
}

extension World {
  /// The digest of an image: the same for the same name.
  static func digest(_ image: String) -> String {
    var source = RandomSource(seed: RandomSource.hash(image))
    return source.hexadecimal(64)
  }
}
