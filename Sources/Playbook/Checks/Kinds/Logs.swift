import ClusterModel

extension CheckKind {
  /// All can be read, and none tells a secret.
  static let logsReadable = CheckKind(
    "logs-readable", "logs can be read and tell no secret",
    questions: { _, _, snapshot in logTargets(snapshot).map { .tool(.logTail($0, lines: logLines)) } }
  ) { _, context throws(Unanswered) in
    let targets = logTargets(context.snapshot)
    guard !targets.isEmpty else { return .unknown("no container runs") }
    var lines = 0
    var reason: Unanswered?
    for target in targets {
      do throws(Unanswered) {
        let said = try context.output(of: .logTail(target, lines: logLines))
        guard said.code == 0 else {
          return .fails(
            "\(target.pod) \(target.container): \(said.problem)", advice: "ask for get on pods/log, or look at the pod")
        }
        let digest = context.facts.log(of: target, lines: logLines) ?? LogDigest()
        lines += digest.lineCount
        if let trace = digest.secrets.first {
          return .fails(
            "\(target.pod) \(target.container) line \(trace.line) of the last \(digest.lineCount): \(trace.pattern)",
            advice: "stop the program from logging it, and change the secret")
        }
      } catch {
        reason = error
      }
    }
    if let reason { throw reason }
    return .holds("\(targets.count) containers, \(lines) lines")
  }
}

private let logLines = 500

/// The containers that have run, of not too many pods.
private func logTargets(_ snapshot: Snapshot) -> [LogTarget] {
  guard let namespace = snapshot.connection.namespace else { return [] }
  let pods = snapshot.pods.keys(in: namespace)
  return first(pods.count > podsReadMax ? podsSampled : podsReadMax, of: pods).flatMap { key in
    (snapshot.pods[key]?.containerStatuses ?? []).compactMap { status -> LogTarget? in
      guard case .running = status.state else { return nil }
      return LogTarget(namespace: namespace, pod: key.name, container: status.name)
    }
  }
}

/// Of how many pods the logs are read; of more than that only some are, so that a large namespace costs no more.
private let (podsReadMax, podsSampled) = (20, 5)
