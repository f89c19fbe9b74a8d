/// The three questions a kubelet asks a container.
enum ProbeKind: String, Sendable, Hashable {
  case startup
  case readiness
  case liveness

  /// The member of a container.
  var member: String { rawValue + "Probe" }
}

/// The probes of one kind of all containers of a name in a namespace, which a scenario may make fail.
struct ProbeTarget: Hashable, Sendable {
  let namespace: String
  let container: String
  let kind: ProbeKind
}

extension World {
  /// Begins to ask a container that has just been started: first whether it has started, then the rest.
  mutating func beginProbes(of container: JSON, _ reference: ContainerReference, _ image: ImageCharacter?) {
    let seconds = (image?.readySeconds ?? 1) * random.between(0.9, 1.3)
    guard container["startupProbe"] == nil else { return ask(.startup, container, reference, after: seconds) }
    if container["readinessProbe"] != nil {
      if seconds > 2 { plan(after: seconds / 2, .failReadiness(reference)) }
      ask(.readiness, container, reference, after: seconds)
    }
    askLiveness(container, reference)
  }

  /// Asks a container whose probe is known to succeed once only: nobody sees the other answers.
  private mutating func ask(_ kind: ProbeKind, _ container: JSON, _ reference: ContainerReference, after: Double) {
    if whyFailing(kind, container, reference) == nil {
      plan(after: after, .passProbe(reference, kind))
    } else {
      plan(after: max(1, delay(of: kind, container)), .failProbe(reference, kind, count: 1))
    }
  }

  private mutating func askLiveness(_ container: JSON, _ reference: ContainerReference) {
    guard container["livenessProbe"] != nil, whyFailing(.liveness, container, reference) != nil else { return }
    plan(after: max(1, delay(of: .liveness, container)), .failProbe(reference, .liveness, count: 1))
  }

  /// Seconds between two questions: at least one, as nobody asks without end at one moment.
  private static func period(of probe: JSON?) -> Double { Double(max(1, probe?["periodSeconds"]?.integer ?? 10)) }

  private func delay(of kind: ProbeKind, _ container: JSON) -> Double {
    Double(container[kind.member]?["initialDelaySeconds"]?.integer ?? 0)
  }

  /// A probe succeeds for the first time.
  mutating func passProbe(_ reference: ContainerReference, _ kind: ProbeKind) {
    guard let container = pod(reference.pod)?.container(reference.name), runningStatus(reference) != nil else { return }
    guard whyFailing(kind, container, reference) == nil else { return failProbe(reference, kind, count: 1) }
    let isReady = kind == .readiness || container["readinessProbe"] == nil
    let moment = now
    update(.pods, reference.pod.key) { pod in
      pod.changeContainer(reference.name) { status in
        status["started"] = true
        if isReady { status["ready"] = true }
      }
      pod.deriveConditions(at: moment)
    }
    guard kind == .startup else { return }
    if !isReady { ask(.readiness, container, reference, after: 1) }
    askLiveness(container, reference)
    if container.isSidecar { syncPod(reference.pod) }
  }

  /// A probe fails; often enough, the container gets no traffic or is restarted.
  mutating func failProbe(_ reference: ContainerReference, _ kind: ProbeKind, count: Int) {
    guard let pod = pod(reference.pod), !pod.isTerminating, runningStatus(reference) != nil,
      let container = pod.container(reference.name), let stored = store.object(.pods, reference.pod.key)
    else { return }
    guard let words = whyFailing(kind, container, reference) else {
      if kind != .liveness { passProbe(reference, kind) }
      return
    }
    let node = pod["spec", "nodeName"]?.string ?? ""
    let name = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
    record(
      "Unhealthy", "\(name) probe failed: \(words)", on: .pods, stored, by: .kubelet(node, isWarning: true),
      container: reference.name)
    let probe = container[kind.member]
    if count >= probe?["failureThreshold"]?.integer ?? 3 {
      guard kind == .readiness else { return restartUnhealthy(reference, kind, container, stored, node) }
      loseReadiness(reference)
    }
    plan(after: Self.period(of: probe), .failProbe(reference, kind, count: count + 1))
  }

  /// A container gets no traffic any more.
  mutating func loseReadiness(_ reference: ContainerReference) {
    guard runningStatus(reference)?["ready"]?.bool == true else { return }
    let moment = now
    update(.pods, reference.pod.key) { pod in
      pod.changeContainer(reference.name) { $0["ready"] = false }
      pod.deriveConditions(at: moment)
    }
  }

  private mutating func restartUnhealthy(
    _ reference: ContainerReference, _ kind: ProbeKind, _ container: JSON, _ pod: StoredObject, _ node: String
  ) {
    record(
      "Killing", "Container \(reference.name) failed \(kind.rawValue) probe, will be restarted", on: .pods, pod,
      by: .kubelet(node), container: reference.name)
    let grace = Double(pod.object["spec", "terminationGracePeriodSeconds"]?.integer ?? 30)
    let needed = images[container["image"]?.string ?? ""]?.stopSeconds ?? 0.5
    let ending = ContainerEnding(exitCode: needed > grace ? 137 : 0)
    plan(after: min(grace, needed), .endContainer(reference, ending))
  }

  /// A readiness probe fails while the application is still starting.
  mutating func failReadiness(_ reference: ContainerReference) {
    guard let pod = pod(reference.pod), !pod.isTerminating, runningStatus(reference)?["ready"]?.bool == false,
      let stored = store.object(.pods, reference.pod.key), let container = pod.container(reference.name),
      whyFailing(.readiness, container, reference) == nil
    else { return }
    record(
      "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", on: .pods, stored,
      by: .kubelet(pod["spec", "nodeName"]?.string ?? "", isWarning: true), container: reference.name)
  }

  /// Makes a probe fail from now on.
  mutating func breakProbe(_ target: ProbeTarget) {
    guard failingProbes.insert(target).inserted else { return }
    for pod in store.objects(.pods, in: target.namespace) {
      guard pod.running.contains(where: { $0.name == target.container }) else { continue }
      let object = pod.object
      guard let probe = object.container(target.container)?[target.kind.member] else { continue }
      let run = object.containerStatus(target.container)?["restartCount"]?.integer ?? 0
      let reference = ContainerReference(
        pod: PodReference(key: pod.key, uid: pod.uid), name: target.container, run: run)
      if target.kind != .startup {
        plan(after: random.between(0, Self.period(of: probe)), .failProbe(reference, target.kind, count: 1))
      }
    }
  }

  /// Asks a container for its readiness again, because something it needs has gone.
  mutating func askReadiness(of name: String, in pod: StoredObject) {
    let object = pod.object
    guard let probe = object.container(name)?["readinessProbe"], let status = object.containerStatus(name),
      status["ready"]?.bool == true
    else { return }
    let run = status["restartCount"]?.integer ?? 0
    let reference = ContainerReference(pod: PodReference(key: pod.key, uid: pod.uid), name: name, run: run)
    plan(after: random.between(0, Self.period(of: probe)), .failProbe(reference, .readiness, count: 1))
  }

  /// Lets a probe succeed again; the next one asked finds out.
  mutating func mendProbe(_ target: ProbeTarget) { failingProbes.remove(target) }

  /// What a probe of a container answers; `nil` when it succeeds.
  private func whyFailing(_ kind: ProbeKind, _ container: JSON, _ reference: ContainerReference) -> String? {
    let image = images[container["image"]?.string ?? ""]
    let http = container[kind.member]?["httpGet"]
    if let listening = image?.port, let port = http?["port"], let number = Self.number(of: port, in: container),
      number != listening
    {
      let address = pod(reference.pod)?["status", "podIP"]?.string ?? ""
      let path = http?["path"]?.string ?? "/"
      return "Get \"http://\(address):\(number)\(path)\": dial tcp \(address):\(number): connect: connection refused"
    }
    let target = ProbeTarget(namespace: reference.pod.key.namespace, container: reference.name, kind: kind)
    if kind == .readiness, let image, let pod = store.object(.pods, reference.pod.key),
      lacksDatabase(pod, container, image)
    {
      return "HTTP probe failed with statuscode: 503"
    }
    guard failingProbes.contains(target) || image?.failingProbes.contains(kind) == true else { return nil }
    return http == nil ? "command returned a non-zero exit code" : "HTTP probe failed with statuscode: 503"
  }

  private static func number(of port: JSON, in container: JSON) -> Int? {
    if let number = port.integer { return number }
    return container["ports"]?.elements.first { $0["name"] == port }?["containerPort"]?.integer
  }
}
