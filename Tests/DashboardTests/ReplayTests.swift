import CellScreen
import ClusterAccess
import ClusterModel
import Foundation
import Testing

@testable import Dashboard

/// A session that was recorded shows what was shown then.
@Suite struct ReplayTests {
  static let size = Size(columns: 150, rows: 45)

  /// An incident as it came: everything is there, then one pod after another turns sick, and users notice.
  static func incident() -> [(moment: Timestamp, events: [ClusterEvent])] {
    var connection = Connection(feed: .watch)
    (connection.context, connection.namespace, connection.isReachable) = ("minikube", "todo-broken", true)
    let lists = Scene.recorded("broken")
    let live = ResourceKind.allCases.filter(\.isWatched).map { ClusterEvent.streamChanged($0, .live) }
    var batches: [(moment: Timestamp, events: [ClusterEvent])] = []
    func add(_ seconds: Double, _ events: [ClusterEvent]) {
      batches.append((Scene.brokenMoment.advanced(by: .seconds(seconds)), events))
    }
    let sick: [ClusterObject] = lists.flatMap { event -> [ClusterObject] in
      if case .listed(let kind, let objects) = event, [.pods, .events].contains(kind) { objects } else { [] }
    }
    add(0, [.connectionChanged(connection)] + live)
    add(
      0.25,
      lists.map { event in
        if case .listed(let kind, _) = event, [.pods, .events].contains(kind) { .listed(kind, []) } else { event }
      })
    for (index, object) in sick.enumerated() {
      let seconds = 1 + Double(index) * 0.7
      let answer = ProbeResult(
        host: "todo.local", path: "/", at: Scene.brokenMoment.advanced(by: .seconds(seconds)),
        status: index % 7 < 4 ? 200 : 503, latency: .milliseconds(8))
      add(seconds, [.applied(object), .alive(nil), .probed(answer)])
    }
    connection.isReachable = false
    connection.problem = "the API server gives no answer within 5 s"
    add(2 + Double(sick.count) * 0.7, [.connectionChanged(connection)])
    if let first = sick.first { add(40 + Double(sick.count), [.deleted(first.key, first.metadata.uid)]) }
    return batches
  }

  /// The screen as it was at a moment: events as they came, and a tick each second between them.
  private func live(at end: Timestamp) -> DashboardState {
    var state = DashboardState(title: "todo", isDemo: false, size: Self.size, now: Scene.brokenMoment)
    var second = Scene.brokenMoment
    func tick(before moment: Timestamp) {
      while second.advanced(by: .seconds(1)) <= moment {
        second = second.advanced(by: .seconds(1))
        _ = reduce(&state, .ticked, at: second)
      }
    }
    for batch in Self.incident() where batch.moment <= end {
      tick(before: batch.moment)
      _ = reduce(&state, .arrived(batch.events), at: batch.moment)
    }
    tick(before: end)
    _ = reduce(&state, .ticked, at: end)
    return state
  }

  /// The same from a file.
  private func replayed(_ path: String, at end: Timestamp) -> DashboardState {
    var state = DashboardState(title: "todo", isDemo: false, size: Self.size, now: end)
    let feed = ClusterFeed(FeedConfiguration(source: .replay(ReplayPlan(path: path, until: end))))
    feed.start()
    defer { feed.stop() }
    let patience = Date().addingTimeInterval(20)
    while state.snapshot.connection.replay?.isOver != true, Date() < patience {
      let events = feed.takeEvents()
      if events.isEmpty { Thread.sleep(forTimeInterval: 0.005) } else { _ = reduce(&state, .arrived(events), at: end) }
    }
    _ = reduce(&state, .ticked, at: end)
    return state
  }

  private func file(_ batches: [(moment: Timestamp, events: [ClusterEvent])]) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "todotop-test-\(UUID().uuidString).jsonl")
    let header = RecordedHeader(
      program: "0.1.0", title: "todo", context: "minikube", namespace: "todo-broken",
      startedAt: Scene.brokenMoment, isDemo: false)
    var bytes = try header.line()
    for batch in batches {
      try RecordedLine.forEach(batch.events, at: batch.moment) { line in
        var line = line
        line.change { $0.redacted() }
        bytes += try line.line()
      }
    }
    try Data(bytes).write(to: url)
    return url
  }

  @Test func `a recorded incident shows the same panels at the same moments`() throws {
    let batches = Self.incident()
    let url = try file(batches)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(batches.count > 20)
    var screens: Set<String> = []
    for batch in batches.enumerated().filter({ $0.offset % 6 == 1 || $0.offset > batches.count - 3 }).map(\.element) {
      let then = live(at: batch.moment)
      let now = replayed(url.path, at: batch.moment)
      #expect(then.verdict == now.verdict)
      #expect(then.river.entries == now.river.entries)
      let screen = panels(then)
      #expect(screen == panels(now), "at \(batch.moment.rfc3339)")
      screens.insert(screen)
    }
    #expect(screens.count > 4)
  }

  /// The screen without the line that says where it comes from.
  private func panels(_ state: DashboardState) -> String {
    draw(state).text().split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.contains("minikube") && !$0.element.contains("REPLAY") && $0.offset < 44 }
      .map { String($0.element) }.joined(separator: "\n")
  }

  @Test func `the header says that it is a replay, how fast, how far, and what is wrong`() throws {
    let begin = Scene.brokenMoment
    var replay = Replay(from: begin, to: begin.advanced(by: .seconds(120)), speed: 4, isDemo: true, at: begin)
    var state = DashboardState(title: "todo", isDemo: false, size: Self.size, now: begin)
    func header(_ change: (inout Replay) -> Void, after seconds: Int) -> String {
      change(&replay)
      var connection = Connection(feed: .recording)
      (connection.context, connection.replay) = ("minikube", replay)
      _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: begin.advanced(by: .seconds(seconds)))
      return draw(state).text()
    }
    #expect(header({ _ in }, after: 20).contains("DEMO REPLAY  minikube"))
    #expect(header({ _ in }, after: 20).contains("⏵ ×4 20s of 2m of 2026-11-21"))
    let paused = header({ $0.pauseOrContinue(at: begin.advanced(by: .seconds(5))) }, after: 20)
    #expect(paused.contains("⏸ paused at 20s of 2m of 2026-11-21"))
    let over = header(
      {
        $0.finish()
        $0.problem = "the recording is cut off: it was not ended"
      }, after: 120)
    #expect(over.contains("the end of 2m of 2026-11-21 · the recording is cut off: it was not ended"))
  }

  @Test func `keys pause a replay and change its speed; without one they say why not`() throws {
    var state = Scene.todo.make(Self.size)
    #expect(reduce(&state, .key(.char(".")), at: Scene.moment).isEmpty)
    #expect(state.notice.contains("todotop replay FILE"))
    var connection = state.snapshot.connection
    connection.feed = .recording
    connection.replay = Replay(from: Scene.moment, to: Scene.moment, speed: 4, at: Scene.moment)
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: Scene.moment)
    #expect(reduce(&state, .key(.char(".")), at: Scene.moment) == [.replay(.pauseOrContinue)])
    #expect(reduce(&state, .key(.char(">")), at: Scene.moment) == [.replay(.speed(8))])
    #expect(reduce(&state, .key(.char("<")), at: Scene.moment) == [.replay(.speed(2))])
    // Nothing is recorded twice.
    #expect(typed(":record again.jsonl", &state).isEmpty)
    #expect(state.notice == "this is a recording already")
  }

  @Test func `record begins and ends a recording, and says so`() throws {
    var state = Scene.todo.make(Self.size)
    #expect(typed(":record", &state) == [.record("")])
    #expect(typed(":record mine.jsonl", &state) == [.record("mine.jsonl")])
    _ = reduce(&state, .recordingBegan("/tmp/mine.jsonl"), at: Scene.moment)
    #expect(draw(state).text().contains("REC"))
    #expect(typed(":record other.jsonl", &state).isEmpty)
    #expect(state.notice.contains("/tmp/mine.jsonl is recorded to already"))
    #expect(typed(":record", &state) == [.stopRecording])
    _ = reduce(&state, .recordingEnded("the disk is full"), at: Scene.moment)
    #expect(!draw(state).text().contains("REC") && state.notice == "the disk is full")
  }

  private func typed(_ text: String, _ state: inout DashboardState) -> [Effect] {
    var effects: [Effect] = []
    for character in text { effects += reduce(&state, .key(.char(character)), at: Scene.moment) }
    return effects + reduce(&state, .key(.enter), at: Scene.moment)
  }

  @Test func `what a recording begins with in the middle tells all that is known`() throws {
    let known = live(at: Self.incident()[20].moment)
    var state = DashboardState(title: "todo", isDemo: false, size: Self.size, now: known.now)
    _ = reduce(&state, .arrived(known.snapshot.retold()), at: known.now)
    _ = reduce(&state, .ticked, at: known.now)
    for kind in ResourceKind.allCases {
      #expect(Set(state.snapshot.keys(of: kind)) == Set(known.snapshot.keys(of: kind)), "\(kind)")
      #expect(state.snapshot.stream(kind).state == known.snapshot.stream(kind).state)
    }
    #expect(state.verdict.word == known.verdict.word && state.verdict.reason == known.verdict.reason)
  }

  @Test func `no secret gets into a recording, wherever it stands`() throws {
    let secret = "DB_PASSWORD=hunter2"
    var termination = Termination()
    termination.message = secret
    var status = ContainerStatus()
    (status.state, status.lastState) = (.waiting(reason: "x", message: secret), .terminated(termination))
    var condition = Condition(type: "Ready", status: "False")
    condition.message = secret
    var probe = Probe()
    probe.summary = "exec check \(secret)"
    var container = ContainerSpec()
    (container.readinessProbe, container.livenessProbe, container.startupProbe) = (probe, probe, probe)
    var metadata = ObjectMetadata()
    metadata.name = "web"
    metadata.annotations = ["kubernetes.io/change-cause": "kubectl set env \(secret)"]
    var pod = Pod()
    (pod.metadata, pod.message, pod.conditions) = (metadata, secret, [condition])
    (pod.containers, pod.initContainers) = ([container], [container])
    (pod.containerStatuses, pod.initContainerStatuses) = ([status], [status])
    var deployment = Deployment()
    (deployment.metadata, deployment.conditions) = (metadata, [condition])
    (deployment.template.containers, deployment.template.annotations) = ([container], metadata.annotations)
    var event = KubernetesEvent()
    (event.metadata, event.message) = (metadata, secret)
    var connection = Connection(feed: .watch)
    (connection.problem, connection.feedReason, connection.server) = (secret, secret, "https://me:hunter2@host")
    let line = LogLine(namespace: "a", pod: "b", container: "c", time: nil, text: secret)
    let target = LogTarget(namespace: "a", pod: "b", container: "c")
    let events: [ClusterEvent] = [
      .listed(.pods, Array(repeating: .pod(pod), count: 250)), .applied(.deployment(deployment)),
      .applied(.event(event)), .applied(.secret(metadata)), .streamChanged(.pods, .forbidden(secret)),
      .streamChanged(.pods, .retrying(reason: secret, at: Scene.moment)), .streamChanged(.pods, .absent(secret)),
      .connectionChanged(connection), .logged([line]),
      .logSeam(LogSeam(pod: "b", container: "c", change: .failed(secret))),
      .logTail(LogTail(target: target, lines: [line], problem: secret)), .noted(secret),
      .probed(ProbeResult(host: "h", path: "/", at: Scene.moment, status: nil, latency: .zero, problem: secret)),
    ]
    let url = try file([(Scene.moment, events)])
    defer { try? FileManager.default.removeItem(at: url) }
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.contains("DB_PASSWORD") && text.contains("•••"))
    #expect(!text.contains("hunter2"))
  }
}
