extension API {
  /// Answers `…/pods/NAME/log`.
  func logAnswer(_ request: Request, _ key: ObjectKey) throws -> Answer {
    guard let stored = world.store.object(.pods, key) else { throw Refusal.notFound(.pods, key.name) }
    let pod = stored.object
    let name = try containerName(request, pod, key)
    let statuses = ["containerStatuses", "initContainerStatuses"].flatMap { pod["status", $0]?.elements ?? [] }
    let status = statuses.first { $0["name"]?.string == name }
    guard let status else { return .text("") }
    let log = try containerLog(status, of: stored, container: name, isPrevious: request.isSet("previous"))
    let options = LogOptions(request, now: world.now)
    if request.isSet("follow"), log.endedAt == nil {
      let pod = PodReference(key: key, uid: stored.uid)
      let stream = LogStream(log: log, options: options, pod: pod, container: name, now: world.now)
      return Answer(status: 200, contentType: "text/plain", content: .stream(stream))
    }
    let text = options.select(log.lines(after: options.after, until: world.now)).map(options.text).joined()
    return .text(text, contentType: "text/plain")
  }

  private func containerName(_ request: Request, _ pod: JSON, _ key: ObjectKey) throws -> String {
    let names = pod["spec", "containers"]?.elements.compactMap { $0["name"]?.string } ?? []
    if let asked = request.query["container"], !asked.isEmpty {
      let initial = pod["spec", "initContainers"]?.elements.compactMap { $0["name"]?.string } ?? []
      guard (names + initial).contains(asked) else {
        throw Refusal.badRequest("container \(asked) is not valid for pod \(key.name)")
      }
      return asked
    }
    guard names.count == 1 else {
      throw Refusal.badRequest(
        "a container name must be specified for pod \(key.name), choose one of: [\(names.joined(separator: " "))]")
    }
    return names[0]
  }

  /// The log of the present run of a container, or of the one before.
  private func containerLog(
    _ status: JSON, of pod: StoredObject, container: String, isPrevious: Bool
  ) throws -> ContainerLog {
    let running = status["state"]?["running"]
    let ended = status["lastState"]?["terminated"]
    let now = status["state"]?["terminated"]
    let run: JSON?
    if isPrevious {
      guard let ended else {
        throw Refusal.badRequest(
          "previous terminated container \"\(container)\" in pod \"\(pod.key.name)\" not found")
      }
      run = ended
    } else {
      run = running ?? now ?? ended
    }
    guard let run, let started = run["startedAt"]?.string.flatMap({ Moment($0) }) else {
      let reason = status["state"]?["waiting"]?["reason"]?.string ?? "ContainerCreating"
      let words = ["ErrImagePull", "ImagePullBackOff"].contains(reason) ? "trying and failing to pull image" : reason
      throw Refusal.badRequest(
        "container \"\(container)\" in pod \"\(pod.key.name)\" is waiting to start: \(words)")
    }
    let image = status["image"]?.string ?? ""
    let wanted = pod.object["metadata", "annotations"]?[LogStyle.annotation]?.string
    return ContainerLog(
      style: wanted.flatMap(LogStyle.init) ?? world.images[image]?.log ?? .quiet, image: image,
      seed: RandomSource.hash(pod.uid + container + String(started.milliseconds)), startedAt: started,
      endedAt: run["finishedAt"]?.string.flatMap { Moment($0) }, crashed: run["exitCode"]?.integer ?? 0 != 0)
  }
}

/// How a client wants log lines.
struct LogOptions: Sendable {
  /// Only lines later than this.
  let after: Moment
  private let tailLines: Int?
  private let hasTimestamps: Bool

  init(_ request: Request, now: Moment) {
    tailLines = request.number("tailLines").flatMap { $0 >= 0 ? $0 : nil }
    hasTimestamps = request.isSet("timestamps")
    if let seconds = request.number("sinceSeconds") {
      after = now + -Double(seconds)
    } else {
      // As the kubelet has it: from the whole second on, its lines included.
      let since = request.query["sinceTime"].flatMap { Moment($0) }
      after = since.map { Moment(milliseconds: $0.milliseconds / 1_000 * 1_000 - 1) } ?? Moment(milliseconds: 0)
    }
  }

  /// The last lines, as many as were asked for.
  func select(_ lines: [LogLine]) -> ArraySlice<LogLine> { tailLines.map { lines.suffix($0) } ?? lines[...] }

  /// A line as it is sent.
  func text(_ line: LogLine) -> String { (hasTimestamps ? line.at.textWithNanoseconds + " " : "") + line.text + "\n" }
}

/// A log that is followed until its container ends.
final class LogStream: ResponseStream {
  /// How often new lines are looked for, in seconds.
  static let secondsBetweenLooks = 0.2

  private let log: ContainerLog
  private let options: LogOptions
  private let pod: PodReference
  private let container: String
  private var pending = PendingBytes()
  private var seen: Moment

  init(log: ContainerLog, options: LogOptions, pod: PodReference, container: String, now: Moment) {
    self.log = log
    self.options = options
    self.pod = pod
    self.container = container
    seen = now
    for line in options.select(log.lines(after: options.after, until: now)) {
      pending.append(Array(options.text(line).utf8))
    }
  }

  func isReady(in world: World) -> Bool {
    !pending.isEmpty || world.now.seconds(since: seen) >= Self.secondsBetweenLooks
  }

  func isOverrun(in world: World) -> Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer, from world: World) -> StreamReading {
    if pending.isEmpty {
      let hasEnded = !isRunning(in: world)
      for line in log.lines(after: seen, until: world.now) { pending.append(Array(options.text(line).utf8)) }
      seen = world.now
      if pending.isEmpty { return hasEnded ? .end : .nothingYet }
    }
    return .bytes(pending.copy(into: buffer))
  }

  private func isRunning(in world: World) -> Bool {
    guard let object = world.store.object(.pods, pod.key), object.uid == pod.uid else { return false }
    return object.running.contains { $0.name == container && $0.startedAt == log.startedAt }
  }
}
