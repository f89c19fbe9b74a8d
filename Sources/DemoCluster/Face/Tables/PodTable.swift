extension TableColumns {
  static let pods = TableColumns(
    [
      TableColumn("Name"), TableColumn("Ready"), TableColumn("Status"), TableColumn("Restarts"), TableColumn("Age"),
      TableColumn("IP", priority: 1), TableColumn("Node", priority: 1), TableColumn("Nominated Node", priority: 1),
      TableColumn("Readiness Gates", priority: 1),
    ]
  ) { pod, now in
    let words = PodWords(pod)
    return [
      Cell.name(pod), .string(words.ready), .string(words.status), .string(words.restarts(now)), Cell.age(pod, now),
      pod["status", "podIP"] ?? "<none>", pod["spec", "nodeName"] ?? "<none>", "<none>", "<none>",
    ]
  }
}

/// The words of the pod table, which follow from the containers of a pod.
struct PodWords {
  private let pod: JSON
  /// The containers that live as long as the pod, sidecars first.
  private let lasting: [JSON]
  private let initial: [JSON]
  /// The state of the first init container that is not done; `nil` once all are.
  private let initialization: String?

  init(_ pod: JSON) {
    self.pod = pod
    let specs = pod["spec", "initContainers"]?.elements ?? []
    let sidecars = Set(specs.filter(\.isSidecar).compactMap { $0["name"]?.string })
    initial = pod["status", "initContainerStatuses"]?.elements ?? []
    lasting =
      initial.filter { sidecars.contains($0["name"]?.string ?? "") }
      + (pod["status", "containerStatuses"]?.elements ?? [])
    let next = initial.enumerated().first { _, status in
      let isRunningSidecar = sidecars.contains(status["name"]?.string ?? "") && status["started"]?.bool == true
      return !isRunningSidecar && status["state"]?["terminated"]?["exitCode"]?.integer != 0
    }
    initialization = next.map { index, status in
      if let ended = status["state"]?["terminated"] { return "Init:" + Self.end(ended) }
      let waiting = status["state"]?["waiting"]?["reason"]?.string ?? "PodInitializing"
      return "Init:" + (waiting == "PodInitializing" ? "\(index)/\(specs.count)" : waiting)
    }
  }

  private var isInitializing: Bool { initialization != nil && !pod.hasCondition("Initialized") }

  private static func end(_ ended: JSON) -> String {
    ended["reason"]?.string ?? "ExitCode:\(ended["exitCode"]?.integer ?? 0)"
  }

  /// The column READY.
  var ready: String {
    let sidecars = (pod["spec", "initContainers"]?.elements ?? []).count(where: \.isSidecar)
    let ready = lasting.count { $0["ready"]?.bool == true && $0["state"]?["running"] != nil }
    return "\(ready)/\(sidecars + (pod["spec", "containers"]?.elements.count ?? 0))"
  }

  /// The column STATUS.
  var status: String {
    var reason = pod["status", "reason"]?.string ?? pod["status", "phase"]?.string ?? "Unknown"
    if isInitializing, let initialization {
      reason = initialization
    } else {
      var hasRunning = false
      for status in (pod["status", "containerStatuses"]?.elements ?? []).reversed() {
        let state = status["state"]
        if let waiting = state?["waiting"]?["reason"]?.string, !waiting.isEmpty {
          reason = waiting
        } else if let ended = state?["terminated"] {
          reason = Self.end(ended)
        } else if status["ready"]?.bool == true, state?["running"] != nil {
          hasRunning = true
        }
      }
      if reason == "Completed", hasRunning { reason = pod.hasCondition("Ready") ? "Running" : "NotReady" }
    }
    let phase = pod["status", "phase"]?.string
    return pod.isTerminating && phase != "Succeeded" && phase != "Failed" ? "Terminating" : reason
  }

  /// The column RESTARTS: the sum, and when the last one was.
  func restarts(_ now: Moment) -> String {
    let statuses = isInitializing ? initial : lasting
    let count = statuses.reduce(0) { $0 + ($1["restartCount"]?.integer ?? 0) }
    let last = statuses.compactMap { status in
      status["lastState"]?["terminated"]?["finishedAt"]?.string.flatMap { Moment($0) }
    }.max()
    guard count > 0, let last else { return String(count) }
    return "\(count) (\(Cell.duration(now.seconds(since: last))) ago)"
  }
}
