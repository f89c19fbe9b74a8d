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
  /// Streams of containers that are not wanted any more, which may have last words.
  private var leaving: [LogStream] = []
  private var request = LogRequest()

  init(
    _ context: FeedContext, limit: Int = LogFollower.maximumStreams, makeSource: @escaping (LogTarget) -> any LogSource
  ) {
    self.context = context
    self.limit = limit
    self.makeSource = makeSource
  }

  /// Follows what a request names and nothing else; what stays of the same request is not interrupted.
  func follow(_ request: LogRequest) {
    guard request != self.request else { return }
    let isNew = request.number != self.request.number
    self.request = request
    let followed = request.targets.filter(hasNames).prefix(limit)
    if request.targets.count > followed.count {
      context.emit(.noted("logs of \(followed.count) of \(request.targets.count) containers are followed"))
    }
    let kept = Set(followed.map(\.anyRun))
    for (target, stream) in streams where isNew || !kept.contains(target) {
      if isNew { stream.close() } else { stream.leave() }
      streams[target] = nil
      leaving.append(stream)
    }
    if isNew { for stream in leaving { stream.close() } }
    leaving.removeAll(where: \.isOver)
    for target in followed {
      if let stream = streams[target.anyRun] {
        stream.expectRun(target)
        continue
      }
      // Who joins later is read from the beginning: every line of it is new.
      let stream = LogStream(
        target, request, start: isNew ? request.start : .beginning, context, makeSource(target))
      streams[target.anyRun] = stream
      stream.open()
    }
  }

  /// Follows nothing any more.
  func stop() {
    for stream in Array(streams.values) + leaving { stream.close() }
    streams = [:]
    leaving = []
    request = LogRequest(number: request.number)
  }
}

/// Whether a container and its pod have names that an object can have.
func hasNames(_ target: LogTarget) -> Bool {
  do throws(AccessProblem) {
    try checkName(target.namespace, as: "namespace")
    try checkName(target.pod, as: "pod")
    try checkName(target.container, as: "container")
    return true
  } catch {
    return false
  }
}
