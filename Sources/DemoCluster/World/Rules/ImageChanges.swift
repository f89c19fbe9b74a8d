/// What the kubelet does when the image of a container is changed: it ends the container and begins it again with the
/// other image, if that can be had.
extension World {
  /// How long the kubelet takes to see that a pod was changed, in seconds.
  static let secondsUntilChangeIsSeen = 0.8

  /// Plans the end of each container whose image is another one than before.
  mutating func changeImages(of pod: StoredObject, before: JSON) {
    let object = pod.object
    for container in object["spec", "containers"]?.elements ?? [] {
      let name = container["name"]?.string ?? ""
      guard let old = before.container(name)?["image"]?.string, old != container["image"]?.string,
        let status = object.containerStatus(name)
      else { continue }
      let reference = ContainerReference(
        pod: PodReference(key: pod.key, uid: pod.uid), name: name, run: status["restartCount"]?.integer ?? 0)
      let isRunning = status["state"]?["running"] != nil
      let stop = isRunning ? secondsToStop(old, container) : 0
      plan(after: Self.secondsUntilChangeIsSeen + stop, .changeImage(reference))
      guard isRunning else { continue }
      record(
        "Killing", "Container \(name) definition changed, will be restarted", on: .pods, pod,
        by: .kubelet(object["spec", "nodeName"]?.string ?? ""), container: name)
    }
  }

  /// The container with the image of before has ended, or never began.
  mutating func changeImage(_ reference: ContainerReference) {
    guard let pod = pod(reference.pod), !pod.isTerminating, let container = pod.container(reference.name),
      pod.containerStatus(reference.name)?["restartCount"]?.integer == reference.run
    else { return }
    let moment = now
    update(.pods, reference.pod.key) { pod in
      pod.changeContainer(reference.name) { status in
        status["image"] = container["image"]
        guard status["state"]?["running"] != nil else { return }
        status.end(ContainerEnding(exitCode: 0), at: moment)
        status["lastState"] = status["state"]
      }
      pod.deriveConditions(at: moment)
    }
    guard let seconds = admit(reference, attempt: 1) else { return }
    plan(after: 0.3 + seconds, .startContainers(reference.pod, [reference.name]))
  }
}
