extension World {
  /// The longest back-off between two pulls, in seconds.
  static let longestPullBackOff = 300.0
  /// How long the kubelet waits before it looks at an image again that it may not or cannot pull, in seconds.
  static let secondsBetweenInspections = 13.0
  /// How long after a failed pull the status says that the kubelet waits, in seconds; recorded were 11 to 14.
  static let secondsUntilPullBackOff = 12.0

  /// Looks whether the image of a container can be had.
  ///
  /// - Returns: The seconds the pull takes; `nil` where there is none, which the pod's status then says.
  mutating func admit(_ reference: ContainerReference, attempt: Int) -> Double? {
    guard let pod = pod(reference.pod), let stored = store.object(.pods, reference.pod.key),
      let container = pod.container(reference.name)
    else { return nil }
    let image = container["image"]?.string ?? ""
    let node = pod["spec", "nodeName"]?.string ?? ""
    if let words = Self.whyInvalid(image) {
      refuseImage(reference, stored, on: node, reason: "InvalidImageName", event: "InspectFailed", words: words)
      return nil
    }
    if pulledImages.contains(node + " " + image) { return 0 }
    if container["imagePullPolicy"]?.string == "Never" {
      let words = "Container image \"\(image)\" is not present with pull policy of Never"
      refuseImage(
        reference, stored, on: node, reason: "ErrImageNeverPull", event: "ErrImageNeverPull", words: words)
      return nil
    }
    record("Pulling", "Pulling image \"\(image)\"", on: .pods, stored, by: .kubelet(node), container: reference.name)
    if let character = images[image] { return character.pullSeconds }
    failPull(reference, stored, image, node: node, attempt: attempt)
    return nil
  }

  /// Tries a container again whose image could not be had.
  mutating func tryContainer(_ reference: ContainerReference, attempt: Int) {
    guard let pod = pod(reference.pod), !pod.isTerminating,
      pod.containerStatus(reference.name)?["state"]?["waiting"] != nil,
      let seconds = admit(reference, attempt: attempt)
    else { return }
    plan(after: 0.3 + seconds, .startContainers(reference.pod, [reference.name]))
  }

  /// Why a name cannot be that of an image; `nil` for one that can.
  static func whyInvalid(_ image: String) -> String? {
    let head = "Failed to apply default image tag \"\(image)\": couldn't parse image name \"\(image)\": "
    let path = image.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var last = path.last ?? ""
    if let digest = last.firstIndex(of: "@") { last = String(last[..<digest]) }
    let repository = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
    let words = (path.dropFirst(path.count > 1 ? 1 : 0).dropLast() + [repository ?? ""]).joined(separator: "/")
    if words != words.lowercased() {
      return head + "invalid reference format: repository name (\(words)) must be lowercase"
    }
    let isPlain = image.utf8.allSatisfy { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-/:@".utf8.contains(byte)
      }
    }
    return isPlain && !words.isEmpty && !image.hasSuffix(":") ? nil : head + "invalid reference format"
  }

  private mutating func refuseImage(
    _ reference: ContainerReference, _ pod: StoredObject, on node: String, reason: String, event: String, words: String
  ) {
    let warning = EventSource.kubelet(node, isWarning: true)
    wait(reference.pod, container: reference.name, reason: reason, message: words)
    record(event, words, on: .pods, pod, by: warning, container: reference.name)
    record("Failed", "Error: \(reason)", on: .pods, pod, by: warning, container: reference.name)
    plan(after: Self.secondsBetweenInspections, .tryContainer(reference, attempt: 1))
  }

  /// A failed pull, and the back-off after it: 10 s, doubled each time.
  private mutating func failPull(
    _ reference: ContainerReference, _ stored: StoredObject, _ image: String, node: String, attempt: Int
  ) {
    let full = image.contains("/") ? image : "docker.io/library/" + image
    let failure =
      "rpc error: code = NotFound desc = failed to pull and unpack image \"\(full)\": "
      + "failed to resolve reference \"\(full)\": \(full): not found"
    let warning = EventSource.kubelet(node, isWarning: true)
    let name = reference.name
    record("Failed", "Failed to pull image \"\(image)\": \(failure)", on: .pods, stored, by: warning, container: name)
    record("Failed", "Error: ErrImagePull", on: .pods, stored, by: warning, container: name)
    wait(reference.pod, container: name, reason: "ErrImagePull", message: failure)
    plan(after: 1.5, .backOff(reference))
    let delay = Self.secondsUntilNextPull(afterAttempt: attempt)
    let looks = stride(from: Self.secondsBetweenInspections, to: delay, by: Self.secondsBetweenInspections)
    for second in looks { plan(after: second, .backOff(reference)) }
    plan(after: Self.secondsUntilPullBackOff, .showPullBackOff(reference))
    plan(after: delay, .tryContainer(reference, attempt: attempt + 1))
  }

  /// How long the kubelet waits after a failed pull: 10 s, doubled each time, up to the next of its looks.
  ///
  /// The first look only writes the back-off into the status, so there are always two.
  static func secondsUntilNextPull(afterAttempt attempt: Int) -> Double {
    let backOff = min(longestPullBackOff, 10 * Double(1 << min(attempt - 1, 5)))
    return max(2, (backOff / secondsBetweenInspections).rounded(.up)) * secondsBetweenInspections
  }
}
