import ClusterModel

/// Follows a set of containers; any time another.
///
/// A class because its streams call back.
final class LogFollower {
  /// How many containers are followed at a time through the API.
  static let maximumStreams = 40
  /// How many are followed by a `kubectl logs` each.
  static let maximumChildren = 8

  private let context: FeedContext
  private let limit: Int
  private let makeSource: (LogTarget) -> any LogSource
  private var streams: [LogTarget: LogStream] = [:]
  private var wanted: [LogTarget] = []

  init(
    _ context: FeedContext, limit: Int = LogFollower.maximumStreams, makeSource: @escaping (LogTarget) -> any LogSource
  ) {
    self.context = context
    self.limit = limit
    self.makeSource = makeSource
  }

  /// Follows these and no others; those that stay are not interrupted.
  func follow(_ targets: [LogTarget]) {
    guard targets != wanted else { return }
    wanted = targets
    let followed = targets.filter(hasNames).prefix(limit)
    if targets.count > followed.count {
      context.emit(.noted("logs of \(followed.count) of \(targets.count) containers are followed"))
    }
    let kept = Set(followed)
    for (target, stream) in streams where !kept.contains(target) {
      stream.close()
      streams[target] = nil
    }
    for target in followed where streams[target] == nil {
      let stream = LogStream(target, context, makeSource(target))
      streams[target] = stream
      stream.open()
    }
  }

  /// Follows nothing any more.
  func stop() { follow([]) }

  private func hasNames(_ target: LogTarget) -> Bool {
    do throws(AccessProblem) {
      try checkName(target.namespace, as: "namespace")
      try checkName(target.pod, as: "pod")
      try checkName(target.container, as: "container")
      return true
    } catch {
      return false
    }
  }
}
