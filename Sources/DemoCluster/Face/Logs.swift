extension API {
  /// Answers `…/pods/NAME/log`.
  func logAnswer(_ request: Request, _ key: ObjectKey) throws -> Answer {
    guard let stored = world.store.object(.pods, key) else { throw Refusal.notFound(.pods, key.name) }
    let pod = stored.object
    let name = try containerName(request, pod, key)
    let options = try LogOptions(request, now: world.now)
    guard let status = pod.containerStatus(name) else { return .text("") }
    let log = try containerLog(status, of: stored, container: name, isPrevious: request.isSet("previous"))
    if request.isSet("follow"), log.endedAt == nil {
      let pod = PodReference(key: key, uid: stored.uid)
      let stream = LogStream(log: log, options: options, pod: pod, container: name, now: world.now)
      return Answer(status: 200, contentType: "text/plain", content: .stream(stream))
    }
    let text = options.select(log.lines(after: options.after, until: world.now)).map(options.text).joined()
    return .text(options.cut(text), contentType: "text/plain")
  }

  /// The container that a request names, or the only one of the pod.
  func containerName(_ request: Request, _ pod: JSON, _ key: ObjectKey) throws -> String {
    let names = pod["spec", "containers"]?.elements.compactMap { $0["name"]?.string } ?? []
    let early = pod["spec", "initContainers"]?.elements.compactMap { $0["name"]?.string } ?? []
    if let asked = request.query["container"], !asked.isEmpty {
      guard (names + early).contains(asked) else {
        throw Refusal.badRequest("container \(asked) is not valid for pod \(key.name)")
      }
      return asked
    }
    guard names.count == 1 else {
      let others = early.isEmpty ? "" : " or one of the init containers: [\(early.joined(separator: " "))]"
      throw Refusal.badRequest(
        "a container name must be specified for pod \(key.name), choose one of: [\(names.joined(separator: " "))]"
          + others)
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
    if !isPrevious, now != nil, now?["startedAt"]?.string == nil, ended == nil {
      throw Refusal.badRequest("container \"\(container)\" in pod \"\(pod.key.name)\" is terminated")
    }
    guard let run, let started = run["startedAt"]?.string.flatMap({ Moment($0) }) else {
      let reason = status["state"]?["waiting"]?["reason"]?.string ?? "ContainerCreating"
      let words = ["ErrImagePull": "image can't be pulled", "ImagePullBackOff": "trying and failing to pull image"]
      throw Refusal.badRequest(
        "container \"\(container)\" in pod \"\(pod.key.name)\" is waiting to start: \(words[reason] ?? reason)")
    }
    let image = status["image"]?.string ?? ""
    return ContainerLog(
      style: world.images[image]?.log ?? .quiet, image: image,
      seed: RandomSource.hash(pod.uid + container + String(started.milliseconds)), startedAt: started,
      endedAt: run["finishedAt"]?.string.flatMap { Moment($0) }, crashed: run["exitCode"]?.integer ?? 0 != 0,
      silences: world.silences[pod.uid] ?? [])
  }
}

/// How a client wants log lines.
struct LogOptions: Sendable {
  /// Only lines later than this.
  let after: Moment
  private let tailLines: Int?
  private let hasTimestamps: Bool
  private let limitBytes: Int?

  init(_ request: Request, now: Moment) throws(Refusal) {
    tailLines = try request.checkedNumber("tailLines")
    limitBytes = try request.checkedNumber("limitBytes")
    hasTimestamps = request.isSet("timestamps")
    let seconds = try request.checkedNumber("sinceSeconds")
    let time = request.query["sinceTime"].flatMap { $0.isEmpty ? nil : $0 }
    var causes: [Refusal.Cause] = []
    if let tailLines, tailLines < 0 {
      causes.append(.value(String(tailLines), "must be greater than or equal to 0", field: "tailLines"))
    }
    if let limitBytes, limitBytes < 1 {
      causes.append(.value(String(limitBytes), "must be greater than 0", field: "limitBytes"))
    }
    if let seconds, seconds < 1 {
      causes.append(.value(String(seconds), "must be greater than 0", field: "sinceSeconds"))
    }
    if seconds != nil, time != nil {
      let words = "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"
      causes.append(Refusal.Cause("FieldValueForbidden", words, field: ""))
    }
    guard causes.isEmpty else { throw Refusal.invalid("PodLogOptions", group: "", "", causes) }
    // As the kubelet has it: from the whole second on, its lines included.
    let sinceTime = time.flatMap { Moment($0) }.map { Moment(milliseconds: $0.milliseconds / 1_000 * 1_000 - 1) }
    after = seconds.map { now + -Double($0) } ?? sinceTime ?? Moment(milliseconds: 0)
  }

  /// The text up to the limit in bytes.
  func cut(_ text: String) -> String {
    limitBytes.map { String(decoding: text.utf8.prefix($0), as: UTF8.self) } ?? text
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

  private var log: ContainerLog
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
      log.silences = world.silences[pod.uid] ?? log.silences
      // Whoever reads slowly gets every line all the same, so many at a time.
      let until = min(world.now, seen + log.secondsOfLimit)
      let hasEnded = until == world.now && !isRunning(in: world)
      for line in log.lines(after: seen, until: until) { pending.append(Array(options.text(line).utf8)) }
      seen = until
      if pending.isEmpty { return hasEnded ? .end : .nothingYet }
    }
    return .bytes(pending.copy(into: buffer))
  }

  private func isRunning(in world: World) -> Bool {
    guard let object = world.store.object(.pods, pod.key), object.uid == pod.uid else { return false }
    return object.running.contains { $0.name == container && $0.startedAt == log.startedAt }
  }
}
