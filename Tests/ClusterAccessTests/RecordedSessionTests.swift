import ClusterModel
import Foundation
import Testing

@testable import ClusterAccess

/// A recorded session: what is written is read again, whole or cut.
@Suite struct RecordedSessionTests {
  static let start = Timestamp("2026-11-21T03:07:32.5Z") ?? Timestamp(seconds: 0)
  static let header = RecordedHeader(
    program: "0.1.0", title: "todo", context: "minikube", namespace: "todo", startedAt: start, isDemo: true)

  /// The recorded answers of a real server, as lists.
  static func lists() throws -> [ClusterEvent] {
    try Recording.read(["lists/workloads.json", "lists/raw-pods-limit2.json"].map(fixturePath))
  }

  /// One event of each sort, with every member set.
  static func everySort() throws -> [ClusterEvent] {
    var connection = Connection(feed: .poll)
    connection.problem = "refused"
    connection.pollPeriod = .milliseconds(1_500)
    let target = LogTarget(namespace: "todo", pod: "web-1", container: "app", isPrevious: true, restart: 3)
    let line = LogLine(
      namespace: "todo", pod: "web-1", container: "app", time: start, text: "a\u{1B}[31m\0é作\u{FFFD}\"\\", request: 7)
    let pod = try #require(try lists().listed(.pods)?.first)
    return try lists() + [
      .applied(pod), .deleted(pod.key, pod.metadata.uid), .streamChanged(.podMetrics, .absent("none")),
      .streamChanged(.pods, .retrying(reason: "503", at: start)), .alive(nil), .alive(.nodes),
      .connectionChanged(connection), .logged([line]),
      .logSeam(LogSeam(pod: "web-1", container: "app", change: .reconnected(gap: .milliseconds(3_200)), request: 7)),
      .logTail(LogTail(target: target, lines: [line], problem: "none")),
      .probed(
        ProbeResult(
          host: "todo.local", path: "/", at: start, status: 503, latency: .microseconds(1_234), problem: "x",
          certificate: ServerCertificate(expiresAt: start, isSelfSigned: true))), .noted("x"), .moment(start),
    ]
  }

  /// A session as the bytes of its file.
  static func bytes(_ batches: [(Int, [ClusterEvent])], end: String? = "it was stopped") throws -> [UInt8] {
    var bytes = try header.line()
    for (second, events) in batches {
      try RecordedLine.forEach(events, at: start.advanced(by: .seconds(second))) { bytes += try $0.line() }
    }
    if let end {
      bytes += try RecordedLine.end(end, at: start.advanced(by: .seconds(batches.last?.0 ?? 0))).line()
    }
    return bytes
  }

  /// Plays a file at once and gives everything that comes.
  static func played(_ path: String, until: Timestamp? = nil) -> [ClusterEvent] {
    let feed = ClusterFeed(FeedConfiguration(source: .replay(ReplayPlan(path: path, until: until))))
    feed.start()
    defer { feed.stop() }
    return events(feed) { event in
      guard case .connectionChanged(let connection) = event else { return false }
      return connection.replay?.isOver == true || !connection.problem.isEmpty && connection.replay == nil
    }
  }

  @Test func `every sort of event is read as it was written`() throws {
    let all = try Self.everySort()
    var read: [ClusterEvent] = []
    var lines = RecordedLines()
    try RecordedLine.forEach(all, at: Self.start) { line in
      let bytes = try line.line()
      #expect(bytes.last == UInt8(ascii: "\n") && bytes.count { $0 == UInt8(ascii: "\n") } == 1)
      let again = try lines.read(bytes.dropLast()[...])
      #expect(again.at == Self.start)
      read += again.events
    }
    #expect(read == all)
  }

  @Test func `a large list and much output become many lines of bounded size`() throws {
    let pod = try #require(try Self.lists().listed(.pods)?.first)
    let many = ClusterEvent.listed(.pods, Array(repeating: pod, count: 1_000))
    let text = String(repeating: "x", count: 20_000)
    let line = LogLine(namespace: "todo", pod: "web", container: "app", time: nil, text: text)
    var read: [ClusterEvent] = []
    var lines = RecordedLines()
    var longest = 0
    try RecordedLine.forEach([.alive(nil), many, .logged(Array(repeating: line, count: 100))], at: Self.start) {
      let bytes = try $0.line()
      longest = max(longest, bytes.count)
      read += try lines.read(bytes.dropLast()[...]).events
    }
    #expect(longest < 1 << 20)
    #expect(read.prefix(2) == [.alive(nil), many])
    let output = read.dropFirst(2).reduce(into: 0) { if case .logged(let lines) = $1 { $0 += lines.count } }
    #expect(output == 100)
  }

  @Test func `a session is played with its moments, its connection and its end`() throws {
    let folder = try FakeKubectl("")
    var connection = Connection(feed: .watch)
    (connection.context, connection.isReachable) = ("minikube", true)
    let bytes = try Self.bytes([(0, [.connectionChanged(connection)]), (3, try Self.lists()), (60, [.alive(nil)])])
    let file = try folder.write(String(decoding: bytes, as: UTF8.self), to: "session.jsonl")
    let events = Self.played(file)
    #expect(events.listed(.deployments) == (try Self.lists()).listed(.deployments))
    let moments = events.compactMap { if case .moment(let moment) = $0 { moment } else { nil } }
    #expect(moments.first == Self.start && moments.last == Self.start.advanced(by: .seconds(60)))
    let shown = try #require(events.connection)
    // What is played can never be taken for a cluster.
    #expect(shown.feed == .recording && shown.originalFeed == .watch && shown.context == "minikube")
    #expect(shown.replay?.isDemo == true && shown.replay?.problem == "")
    #expect(events.contains(.noted("the recording ends here: it was stopped")))
    let early = Self.played(file, until: Self.start.advanced(by: .seconds(2)))
    #expect(early.listed(.deployments) == nil)
    #expect(early.connection?.replay?.end == Self.start.advanced(by: .seconds(2)))
  }

  @Test func `cut at any byte it is played up to the cut, with a note`() throws {
    let folder = try FakeKubectl("")
    let bytes = try Self.bytes([(0, [.noted("one")]), (1, [.noted("two"), .alive(nil)]), (2, [.noted("three")])])
    let first = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
    let file = try folder.write("", to: "cut.jsonl")
    for count in 0..<bytes.count {
      try Data(bytes[..<count]).write(to: URL(filePath: file))
      if count <= first {
        let problem = #expect(throws: AccessProblem.self) { try RecordingFile(file).header() }
        #expect(problem?.sentence.contains(count == 0 ? "is empty" : "is cut off in its first line") == true)
        continue
      }
      let lines = bytes[(first + 1)..<count].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let whole = lines.dropLast().count
      let events = Self.played(file)
      let notes = events.compactMap { if case .noted(let words) = $0 { words } else { nil } }
      #expect(Array(notes.dropLast()) == Array(["one", "two", "three"].prefix(whole)), "cut at \(count)")
      #expect(notes.last?.contains("the recording is cut off") == true, "cut at \(count)")
      #expect(events.connection?.replay?.problem == notes.last)
    }
  }

  @Test func `a line that is broken in the middle ends the replay there`() throws {
    let folder = try FakeKubectl("")
    var text = String(decoding: try Self.bytes([(0, [.noted("one")])], end: nil), as: UTF8.self)
    text += "{\"at\":\"yesterday\"}\n"
    let events = Self.played(try folder.write(text, to: "broken.jsonl"))
    #expect(events.contains(.noted("one")))
    #expect(events.connection?.replay?.problem.hasPrefix("line 3 of the recording cannot be read") == true)
  }

  @Test(arguments: [
    ("", "is empty"), ("hello\n", "is no recording"), ("hello", "is no recording"),
    ("{\"kind\":\"List\",\"items\":[]}\n", "is no recording"),
    ("{\"TodoTop recording\":2,\"program\":\"9\"}\n", "is a recording of format 2, and this program reads format 1"),
    ("{\"TodoTop recording\":\"x\"}\n", "format that is no number"),
    ("{\"TodoTop recording\":1}\n", "has a first line that cannot be read"),
    ("{\"TodoTop rec", "is cut off in its first line"),
  ])
  func `what cannot be played is said in one sentence`(_ text: String, _ words: String) throws {
    let folder = try FakeKubectl("")
    let file = try folder.write(text, to: "other.jsonl")
    let problem = #expect(throws: AccessProblem.self) { try RecordingFile(file).header() }
    #expect(problem?.sentence.hasPrefix(file) == true)
    #expect(problem?.sentence.contains(words) == true, "\(problem?.sentence ?? "")")
    #expect(problem?.exitCode == 2)
  }

  @Test func `only a session is taken for one`() throws {
    let folder = try FakeKubectl("")
    let session = try folder.write(String(decoding: try Self.bytes([]), as: UTF8.self), to: "session.jsonl")
    #expect(RecordedHeader.begins(session))
    #expect(!RecordedHeader.begins(fixturePath("lists/workloads.json")))
    #expect(!RecordedHeader.begins("/no/such/file"))
    #expect(!RecordedHeader.begins("-"))
  }

  @Test func `the end is found behind lines of any length`() throws {
    let folder = try FakeKubectl("")
    for count in [1, 1 << 20, 5 << 20] {
      let bytes = try Self.bytes([(1, [.noted(String(repeating: "x", count: count))])], end: nil)
      let file = try folder.write(String(decoding: bytes, as: UTF8.self) + "{\"at\":", to: "long.jsonl")
      #expect(try RecordingFile(file).lastMoment() == Self.start.advanced(by: .seconds(1)))
    }
    let none = try folder.write(String(decoding: try Self.header.line(), as: UTF8.self), to: "none.jsonl")
    #expect(try RecordingFile(none).lastMoment() == nil)
  }

  @Test func `output that was recorded is there for who follows it later, once`() throws {
    func lines(_ numbers: ClosedRange<Int>, request: Int, _ pod: String = "web-1") -> ClusterEvent {
      .logged(
        numbers.map {
          LogLine(
            namespace: "todo", pod: pod, container: "app", time: Self.start.advanced(by: .seconds($0)),
            text: "number \($0)", request: request)
        })
    }
    let folder = try FakeKubectl("")
    // A second request brings the old lines again.
    let bytes = try Self.bytes([
      (0, [lines(1...20, request: 1), lines(1...5, request: 1, "other")]), (1, [lines(1...30, request: 2)]),
    ])
    let file = try folder.write(String(decoding: bytes, as: UTF8.self), to: "logs.jsonl")
    let feed = ClusterFeed(FeedConfiguration(source: .replay(ReplayPlan(path: file))))
    feed.start()
    defer { feed.stop() }
    _ = events(feed) { if case .connectionChanged(let it) = $0 { it.replay?.isOver == true } else { false } }
    let target = LogTarget(namespace: "todo", pod: "web-1", container: "app", restart: 2)
    let none = LogTarget(namespace: "todo", pod: "none", container: "app")
    feed.followLogs(LogRequest(number: 9, targets: [none, target], start: .tail(lines: 25)))
    let answers = events(feed) { if case .logged = $0 { true } else { false } }
    let given = answers.flatMap { if case .logged(let lines) = $0 { lines } else { [LogLine]() } }
    #expect(given.map(\.text) == (6...30).map { "number \($0)" })
    #expect(given.allSatisfy { $0.request == 9 })
    let seams = answers.compactMap { if case .logSeam(let seam) = $0 { seam.pod } else { nil } }
    #expect(seams == ["none"])
    feed.readLogTail(of: target, lines: 20)
    let tail = events(feed) { if case .logTail = $0 { true } else { false } }
    #expect(
      tail.contains(
        .logTail(LogTail(target: target, lines: [], problem: "they are not in the recording"))))
  }

  @Test func `a pause holds what is to come, and a speed brings it sooner`() throws {
    let folder = try FakeKubectl("")
    let bytes = try Self.bytes([(0, [.noted("first")]), (50, [.noted("later")]), (3_000, [.noted("never")])])
    let file = try folder.write(String(decoding: bytes, as: UTF8.self), to: "slow.jsonl")
    let feed = ClusterFeed(FeedConfiguration(source: .replay(ReplayPlan(path: file, speed: 1))))
    feed.start()
    defer { feed.stop() }
    _ = events(feed) { $0 == .noted("first") }
    feed.replay(.pauseOrContinue)
    let paused = events(feed) { if case .connectionChanged(let it) = $0 { it.replay?.isPaused == true } else { false } }
    #expect(!paused.contains(.noted("later")))
    // While paused a speed is taken, and nothing is played.
    feed.replay(.speed(1_000))
    let faster = events(feed) { if case .connectionChanged(let it) = $0 { it.replay?.speed == 100 } else { false } }
    #expect(!faster.contains(.noted("later")))
    feed.replay(.pauseOrContinue)
    let rest = events(feed) { $0 == .noted("later") }
    #expect(rest.contains(.moment(Self.start.advanced(by: .seconds(50)))))
    #expect(!rest.contains(.noted("never")))
  }
}
