extension PodDiagnosis {
  mutating func diagnose(_ status: ContainerStatus, isInit: Bool) {
    switch status.state {
    case .waiting(let reason, let message): diagnoseWaiting(status, isInit, reason, message)
    case .terminated(let end): diagnoseEnd(status, isInit, end)
    case .running(let startedAt): diagnoseRunning(status, isInit, since: startedAt)
    case .absent: break
    }
  }

  private mutating func diagnoseWaiting(
    _ status: ContainerStatus, _ isInit: Bool, _ reason: String, _ message: String
  ) {
    let name = name(status, isInit: isInit)
    switch reason {
    case "", "PodInitializing", "ContainerCreating": break
    case "CrashLoopBackOff": diagnoseCrashes(status, isInit, message)
    case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable": diagnosePull(status, isInit, message)
    case "ErrImageNeverPull":
      add(
        Finding(
          .failure, "\(name): image \(short(image(status, isInit))) is not on the node and may not be pulled",
          detail: message, since: scheduledAt,
          remedyHint: "load the image onto the node, or set imagePullPolicy to IfNotPresent"))
    case "InvalidImageName":
      add(
        Finding(
          .failure, "\(name): \"\(image(status, isInit))\" is no valid image name", detail: message,
          since: scheduledAt, remedyHint: "correct the image's name"))
    case "CreateContainerConfigError" where message.contains("cache"): diagnoseStart(status, isInit, message, .warning)
    case "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError",
      "ContainerCannotRun", "PostStartHookError", "PreCreateHookError", "PreStartHookError":
      diagnoseStart(status, isInit, message, .failure)
    default:
      add(
        Finding(
          .failure, "\(name) waits: \(reason)" + (message.isEmpty ? "" : ": \(message)"), detail: message,
          since: scheduledAt, suspectUntil: scheduledAt.plus(Tolerance.retried)))
    }
  }

  private mutating func diagnosePull(_ status: ContainerStatus, _ isInit: Bool, _ message: String) {
    // While it backs off, some kubelets say only that; the event of the failed try has the cause.
    let failure = events.first { $0.reason == "Failed" && $0.message.hasPrefix("Failed to pull image") }
    let hasCause = message.contains("Err") || message.contains("rpc error") || message.contains("failed to")
    let cause = hasCause ? message : failure?.message ?? message
    let (words, isCertain) = MessageEssence.imagePull(cause)
    let since = failure?.firstTimestamp ?? scheduledAt
    add(
      Finding(
        .failure,
        "\(name(status, isInit: isInit)) cannot pull \(short(image(status, isInit))): \(words)", detail: cause,
        since: since, suspectUntil: since.plus(isCertain ? Tolerance.certain : Tolerance.retried),
        remedyHint: words.hasPrefix("access denied")
          ? "check the image's name and imagePullSecrets" : "check the image's name and tag, or roll back"))
  }

  private mutating func diagnoseStart(
    _ status: ContainerStatus, _ isInit: Bool, _ message: String, _ severity: Finding.Severity
  ) {
    let essence = MessageEssence.start(message)
    let since = event("Failed")?.firstTimestamp ?? scheduledAt
    let hint =
      message.contains("secret \"") || message.contains("configmap \"")
      ? "create it, or correct the reference in the workload" : "kubectl describe pod -n \(pod.metadata.namespace)"
    add(
      Finding(
        severity, "\(name(status, isInit: isInit)) cannot start: \(essence)", detail: message, since: since,
        suspectUntil: since.plus(Tolerance.certain), remedyHint: hint))
  }

  /// A container that ended again and again.
  private mutating func diagnoseCrashes(_ status: ContainerStatus, _ isInit: Bool, _ message: String) {
    let name = name(status, isInit: isInit)
    let times = status.restartCount == 1 ? "restarted once" : "restarted \(status.restartCount) times"
    guard case .terminated(let end) = status.lastState else {
      add(Finding(.failure, "\(name) keeps crashing, \(times)", detail: message, since: scheduledAt))
      return
    }
    let detail = end.explanation + (message.isEmpty ? "" : "; " + message)
    let headline: String
    var hint = logsHint(status, isPrevious: true)
    if end.reason == "OOMKilled" {
      let limit = spec(status, isInit: isInit)?.limits.memoryBytes.map { " (limit \(ByteText.text($0)))" } ?? ""
      headline = "\(name) runs out of memory\(limit), \(times)"
      hint = "raise its memory limit, or find what it needs the memory for"
    } else if end.reason == "StartError" || end.reason == "ContainerCannotRun" {
      headline = "\(name) cannot start: \(MessageEssence.start(end.message))"
      hint = "correct the command or the image"
    } else if let failure = livenessFailure(of: status) {
      let probe = spec(status, isInit: isInit)?.livenessProbe?.summary ?? ""
      headline =
        "\(name) fails its liveness probe\(probe.isEmpty ? "" : " (\(probe))"): "
        + "\(MessageEssence.probe(failure.message)), \(times)"
      hint = "check the probe's path and port, and whether the program answers in time"
    } else if end.exitCode == 0, end.signal == 0 {
      headline = "\(name) ends by itself each time (exit code 0), \(times)"
    } else {
      headline = "\(name) keeps crashing: \(end.words), \(times)"
    }
    // The first crashes may be a database that is not up yet.
    let isEarly = status.restartCount < Tolerance.restarts
    add(
      Finding(
        .failure, headline, detail: detail, since: end.finishedAt,
        suspectUntil: isEarly ? end.finishedAt.plus(Tolerance.retried) : nil, remedyHint: hint))
  }

  /// The last failure of a container's liveness probe.
  private func livenessFailure(of status: ContainerStatus) -> KubernetesEvent? {
    events.first {
      $0.reason == "Unhealthy" && $0.message.hasPrefix("Liveness probe") && $0.isAbout(container: status.name)
    }
  }

  /// A container that ended while the pod goes on.
  private mutating func diagnoseEnd(_ status: ContainerStatus, _ isInit: Bool, _ end: Termination) {
    guard end.exitCode != 0 || end.signal != 0 else { return }
    let isFinal = pod.restartPolicy == "Never"
    if !isFinal, status.restartCount >= Tolerance.restarts {
      // Between two tries the state is what the last state will be.
      var next = status
      next.lastState = status.state
      return diagnoseCrashes(next, isInit, "")
    }
    let cannotStart = end.reason == "StartError" || end.reason == "ContainerCannotRun"
    let words = cannotStart ? "cannot start: \(MessageEssence.start(end.message))" : "failed: \(end.words)"
    add(
      Finding(
        .failure, "\(name(status, isInit: isInit)) \(words)", detail: end.explanation,
        since: end.finishedAt, suspectUntil: isFinal ? nil : end.finishedAt.plus(Tolerance.certain),
        remedyHint: logsHint(status, isPrevious: false)))
  }

  private mutating func diagnoseRunning(_ status: ContainerStatus, _ isInit: Bool, since: Timestamp?) {
    if isInit, spec(status, isInit: true)?.isSidecar != true {
      add(
        Finding(
          .failure, "waits for \(name(status, isInit: true)) to end",
          detail: "it runs; restarts: \(status.restartCount)",
          since: since, suspectUntil: since.plus(Tolerance.initialising),
          remedyHint: logsHint(status, isPrevious: false)))
    }
    guard case .terminated(let end) = status.lastState, status.restartCount >= Tolerance.restarts else { return }
    // It ran only a moment ago: until it has run for a while it is as good as crashing.
    if end.exitCode != 0 || end.reason == "OOMKilled" || livenessFailure(of: status) != nil {
      stayAlert(until: since.plus(Tolerance.calm))
    }
  }

  private func image(_ status: ContainerStatus, _ isInit: Bool) -> String {
    spec(status, isInit: isInit)?.image ?? status.image
  }

  /// An image that fits into a headline: a long one without its registry.
  private func short(_ image: String) -> String {
    image.count <= 56 ? image : "…/" + (image.split(separator: "/").last.map(String.init) ?? image)
  }
}

extension KubernetesEvent {
  /// Whether the event is about that container, or about none in particular.
  func isAbout(container: String) -> Bool { fieldPath.isEmpty || fieldPath.contains("{\(container)}") }
}
