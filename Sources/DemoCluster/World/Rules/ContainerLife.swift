/// What becomes of a container by itself.
struct ContainerFate: Equatable, Sendable {
  /// Seconds until it ends; `nil` for one that keeps running.
  let endsAfter: Double?
  let exitCode: Int

  /// How long an init container with a command of its own works, in seconds.
  static let secondsOfCommand = 2.0

  /// What the image does, or the script that the container runs instead.
  init(_ container: JSON, _ image: ImageCharacter?, isInit: Bool) {
    let command = (container["command"]?.elements ?? []) + (container["args"]?.elements ?? [])
    if let script = Self.script(in: command.compactMap(\.string)) {
      self = script
    } else if let crash = image?.crashSeconds {
      (endsAfter, exitCode) = (crash, image?.exitCode ?? 1)
    } else if let work = image?.runSeconds {
      (endsAfter, exitCode) = (work, 0)
    } else {
      (endsAfter, exitCode) = (isInit && !command.isEmpty ? Self.secondsOfCommand : nil, 0)
    }
  }

  private init(endsAfter: Double?, exitCode: Int) {
    self.endsAfter = endsAfter
    self.exitCode = exitCode
  }

  /// Reads a script such as `sh -c "sleep 5; exit 3"`, as far as sleeping and ending go; `nil` for other commands.
  private static func script(in command: [String]) -> ContainerFate? {
    guard let program = command.first?.split(separator: "/").last else { return nil }
    guard ["sh", "bash", "ash", "sleep", "true", "false"].contains(String(program)) else { return nil }
    let words = command.joined(separator: " ").split { " ;&\n\t/".contains($0) }.map(String.init)
    if words.contains("while") || words.contains("infinity") { return ContainerFate(endsAfter: nil, exitCode: 0) }
    var seconds = 0.2
    var code = program == "false" ? 1 : 0
    for (word, next) in zip(words, words.dropFirst()) {
      if word == "sleep" { seconds += Double(next) ?? 0 }
      if word == "exit" { code = Int(next) ?? 0 }
    }
    return ContainerFate(endsAfter: seconds, exitCode: code)
  }
}

extension World {
  /// A run of this length clears the back-off of a container, in seconds.
  static let secondsOfGoodRun = 600.0

  /// Plans what becomes of a container that has just been started.
  mutating func planLife(of container: JSON, _ reference: ContainerReference, in pod: JSON) {
    let character = images[container["image"]?.string ?? ""]
    let isInit = pod.isInitContainer(reference.name) && !container.isSidecar
    let fate = ContainerFate(container, character, isInit: isInit)
    if let seconds = fate.endsAfter {
      plan(after: seconds, .endContainer(reference, ContainerEnding(exitCode: fate.exitCode)))
    }
    if let seconds = secondsUntilOutOfMemory(container, pod, character) {
      plan(after: seconds, .endContainer(reference, .outOfMemory))
    }
    guard !isInit else { return }
    beginProbes(of: container, reference, character)
  }

  /// A container has ended; the kubelet restarts it if the pod wants that, after a back-off that doubles.
  mutating func endContainer(_ reference: ContainerReference, _ ending: ContainerEnding) {
    guard let pod = pod(reference.pod), !pod.isTerminating, let status = runningStatus(reference) else { return }
    let moment = now
    let isInit = pod.isInitContainer(reference.name)
    let isSidecar = pod.container(reference.name)?.isSidecar == true
    update(.pods, reference.pod.key) { pod in
      pod.changeContainer(reference.name) { $0.end(ending, at: moment) }
      // A finished init container counts as ready.
      if isInit, !isSidecar, ending.exitCode == 0 { pod.changeContainer(reference.name) { $0["ready"] = true } }
      pod.deriveConditions(at: moment)
    }
    let policy = pod["spec", "restartPolicy"]?.string
    if isInit, !isSidecar {
      if ending.exitCode == 0 { return plan(after: 0.5, .syncPod(reference.pod)) }
      if policy != "Never" { planRestart(reference, status) }
    } else if isSidecar || policy == "Always" || (policy == "OnFailure" && ending.exitCode != 0) {
      planRestart(reference, status)
    }
  }

  private mutating func planRestart(_ reference: ContainerReference, _ status: JSON) {
    let started = status["state"]?["running"]?["startedAt"]?.string.flatMap { Moment($0) } ?? now
    let hadGoodRun = now.seconds(since: started) >= Self.secondsOfGoodRun
    let level = hadGoodRun ? 0 : restartLevels[reference.pod.uid]?[reference.name] ?? 0
    restartLevels[reference.pod.uid, default: [:]][reference.name] = level + 1
    let delay = Self.restartDelay(afterRestarts: level)
    if delay > 0 {
      // The kubelet writes the back-off when it looks at the pod again.
      plan(after: min(11, delay / 4), .showBackOff(reference, seconds: delay))
      for second in stride(from: 1.0, to: delay, by: 12) { plan(after: second, .backOff(reference)) }
    }
    plan(after: max(1, delay), .startContainers(reference.pod, [reference.name]))
  }

  /// The status of a run of a container that goes on; `nil` when it is over.
  func runningStatus(_ reference: ContainerReference) -> JSON? {
    guard let status = pod(reference.pod)?.containerStatus(reference.name), status["state"]?["running"] != nil,
      status["restartCount"]?.integer == reference.run
    else { return nil }
    return status
  }
}

extension JSON {
  /// Makes a container status that of a container that has just ended.
  mutating func end(_ ending: ContainerEnding, at moment: Moment) {
    self["state"] = [
      "terminated": [
        "exitCode": .integer(ending.exitCode), "reason": .string(ending.reason),
        "startedAt": self["state"]?["running"]?["startedAt"] ?? nil, "finishedAt": .string(moment.text),
        "containerID": self["containerID"] ?? "",
      ]
    ]
    self["ready"] = false
    self["started"] = false
  }
}
