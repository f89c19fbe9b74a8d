extension TableColumns {
  static let pods = TableColumns(
    [
      TableColumn("Name"), TableColumn("Ready"), TableColumn("Status"), TableColumn("Restarts"), TableColumn("Age"),
      TableColumn("IP", priority: 1), TableColumn("Node", priority: 1), TableColumn("Nominated Node", priority: 1),
      TableColumn("Readiness Gates", priority: 1),
    ]
  ) { pod, now in
    let statuses = pod["status", "containerStatuses"]?.elements ?? []
    let ready = statuses.count { $0["ready"]?.bool == true && $0["state"]?["running"] != nil }
    let total = pod["spec", "containers"]?.elements.count ?? 0
    return [
      Cell.name(pod), .string("\(ready)/\(total)"), .string(PodWords.status(pod, statuses)),
      .string(PodWords.restarts(statuses, now)), Cell.age(pod, now), pod["status", "podIP"] ?? "<none>",
      pod["spec", "nodeName"] ?? "<none>", "<none>", "<none>",
    ]
  }
}

/// The words of the pod table.
enum PodWords {
  /// The column STATUS.
  static func status(_ pod: JSON, _ statuses: [JSON]) -> String {
    var reason = pod["status", "reason"]?.string ?? pod["status", "phase"]?.string ?? "Unknown"
    var hasRunning = false
    for status in statuses.reversed() {
      let state = status["state"]
      if let waiting = state?["waiting"]?["reason"]?.string, !waiting.isEmpty {
        reason = waiting
      } else if let ended = state?["terminated"] {
        reason = ended["reason"]?.string ?? "ExitCode:\(ended["exitCode"]?.integer ?? 0)"
      } else if status["ready"]?.bool == true, state?["running"] != nil {
        hasRunning = true
      }
    }
    if reason == "Completed", hasRunning { reason = pod.hasCondition("Ready") ? "Running" : "NotReady" }
    let phase = pod["status", "phase"]?.string
    if pod.isTerminating, phase != "Succeeded", phase != "Failed" { reason = "Terminating" }
    return reason
  }

  /// The column RESTARTS: the sum, and when the last one was.
  static func restarts(_ statuses: [JSON], _ now: Moment) -> String {
    let count = statuses.reduce(0) { $0 + ($1["restartCount"]?.integer ?? 0) }
    let last = statuses.compactMap { status in
      status["lastState"]?["terminated"]?["finishedAt"]?.string.flatMap { Moment($0) }
    }.max()
    guard count > 0, let last else { return String(count) }
    return "\(count) (\(Cell.duration(now.seconds(since: last))) ago)"
  }
}
