extension World {
  /// How long the kubelet waits between two attempts to mount a volume that is missing, in seconds.
  static let longestMountBackOff = 122.0

  /// The kubelet accepts a pod: its containers are being created.
  mutating func preparePod(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating else { return }
    let moment = now
    let address = address(ofNode: pod["spec", "nodeName"]?.string ?? "")
    update(.pods, reference.key) { pod in
      let initial = pod["spec", "initContainers"]?.elements ?? []
      let reason = initial.isEmpty ? "ContainerCreating" : "PodInitializing"
      pod.setCondition("PodReadyToStartContainers", false, at: moment)
      pod.setCondition("Initialized", initial.isEmpty, at: moment)
      pod["status", "hostIP"] = .string(address)
      pod["status", "hostIPs"] = [["ip": .string(address)]]
      pod["status", "startTime"] = .string(moment.text)
      if !initial.isEmpty {
        pod["status", "initContainerStatuses"] = .array(initial.map { Self.creating($0, reason: reason) })
      }
      pod["status", "containerStatuses"] = .array(
        (pod["spec", "containers"]?.elements ?? []).map { Self.creating($0, reason: reason) })
      pod.deriveConditions(at: moment)
    }
    if let stored = store.object(.pods, reference.key) { watchDeadline(of: stored) }
    plan(after: random.between(0.3, 0.7), .mountVolumes(reference, attempt: 1))
  }

  /// The volumes of a pod are mounted, or one of them cannot be.
  mutating func mountVolumes(_ reference: PodReference, attempt: Int) {
    guard let pod = pod(reference), !pod.isTerminating, let stored = store.object(.pods, reference.key) else { return }
    guard let (volume, missing) = missingVolume(of: pod) else { return syncPod(reference) }
    record(
      "FailedMount", "MountVolume.SetUp failed for volume \"\(volume)\" : \(missing) not found", on: .pods, stored,
      by: .kubelet(pod["spec", "nodeName"]?.string ?? "", isWarning: true))
    let delay = min(Self.longestMountBackOff, 0.5 * Double(1 << min(attempt - 1, 8)))
    plan(after: delay, .mountVolumes(reference, attempt: attempt + 1))
  }

  /// Begins with the containers whose turn it is: one init container after the other, then all others together.
  mutating func syncPod(_ reference: PodReference) {
    guard let pod = pod(reference), !pod.isTerminating else { return }
    var seconds = 0.3
    var admitted: [String] = []
    for name in pod.nextContainers {
      guard let pull = admit(ContainerReference(pod: reference, name: name, run: 0), attempt: 1) else { continue }
      seconds += pull
      admitted.append(name)
    }
    if !admitted.isEmpty { plan(after: seconds, .startContainers(reference, admitted)) }
  }

  private func address(ofNode name: String) -> String {
    let node = store.object(.nodes, ObjectKey(namespace: "", name: name))?.object
    return node?.value(at: "status.addresses")?.elements.first?["address"]?.string ?? "192.168.49.2"
  }

  /// The status of a container that is being created.
  static func creating(_ container: JSON) -> JSON { creating(container, reason: "ContainerCreating") }

  private static func creating(_ container: JSON, reason: String) -> JSON {
    let mounts = (container["volumeMounts"]?.elements ?? []).map { mount -> JSON in
      var status: JSON = [:]
      status["name"] = mount["name"]
      status["mountPath"] = mount["mountPath"]
      if mount["readOnly"] != nil {
        status["readOnly"] = mount["readOnly"]
        status["recursiveReadOnly"] = "Disabled"
      }
      return status
    }
    return [
      "name": container["name"] ?? "", "state": ["waiting": ["reason": .string(reason)]], "lastState": [:],
      "ready": false, "restartCount": 0, "image": container["image"] ?? "", "imageID": "", "started": false,
      "volumeMounts": .array(mounts),
    ]
  }
}

extension JSON {
  /// The containers of a pod that may start now and have not begun to.
  fileprivate var nextContainers: [String] {
    for container in self["spec", "initContainers"]?.elements ?? [] {
      let name = container["name"]?.string ?? ""
      let status = containerStatus(name) ?? .null
      if container.isSidecar ? status["started"]?.bool == true : status.hasSucceeded { continue }
      return status.isUnstarted ? [name] : []
    }
    let names = (self["spec", "containers"]?.elements ?? []).compactMap { $0["name"]?.string }
    return names.filter { containerStatus($0)?.isUnstarted == true }
  }

  /// Whether a container status is that of a container nobody has tried to start.
  private var isUnstarted: Bool {
    ["PodInitializing", "ContainerCreating"].contains(self["state"]?["waiting"]?["reason"]?.string ?? "")
  }
}
