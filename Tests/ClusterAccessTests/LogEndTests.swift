import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct LogEndTests {
  @Test(arguments: [
    ("logs-waiting", "a ConfigMap or Secret that it needs is missing"),
    ("logs-imagepull", "its image cannot be pulled"),
    ("logs-init", "the init containers before it are not done"), ("logs-evicted", "its output is gone"),
    ("logs-prev-none", "there is no run before this one"),
  ])
  func `what kubectl says of a container without output becomes a sentence`(name: String, words: String) throws {
    guard case .notReady(let sentence) = LogEnd(kubectlWords: try RecordedCommand(name).stderr) else {
      Issue.record("\(name) is no answer of a container without output")
      return
    }
    #expect(sentence.contains(words), "\(sentence)")
  }

  @Test func `forbidden logs say who lacks which right`() throws {
    guard case .forbidden(let sentence) = LogEnd(kubectlWords: try RecordedCommand("forbidden-pod-logs").stderr) else {
      Issue.record("not seen as forbidden")
      return
    }
    #expect(sentence.hasPrefix("logs are forbidden: system:serviceaccount:todo:viewer cannot get \"pods/log\""))
  }

  @Test func `a pod that is gone has no logs, and other words stay as they are`() {
    #expect(LogEnd(kubectlWords: "Error from server (NotFound): pods \"x\" not found") == .gone)
    #expect(LogEnd.sentence("something else") == "something else")
    #expect(
      LogEnd(
        .refused(
          APIStatus(code: 400, reason: "", message: "container \"a\" in pod \"b\" is waiting to start: X"),
          retryAfter: nil))
        == .notReady("it has not started yet: X"))
  }
}

@Suite struct LogFollowerTests {
  /// A feed whose kubectl tells from its arguments what to print.
  func feed(_ cases: String) throws -> (FakeKubectl, ClusterFeed) {
    let kubectl = try FakeKubectl(
      "case \"$*\" in\n\(cases)\n*) echo '{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}';;\nesac")
    let feed = ClusterFeed(FeedConfiguration(source: .poll(kubectl.target, every: .seconds(60)), kinds: [.pods]))
    feed.start()
    return (kubectl, feed)
  }

  func lines(_ events: [ClusterEvent]) -> [String] {
    events.flatMap { if case .logged(let lines) = $0 { lines.map(\.text) } else { [String]() } }
  }

  let target = LogTarget(namespace: "todo", pod: "web", container: "app")

  @Test func `hostile output becomes lines: controls, NULs, no text, a megabyte, no newline at the end`() throws {
    let (kubectl, feed) = try feed(
      """
      *logs*) printf '2026-11-21T02:29:53Z \\033[2J\\033]0;x\\007\\r\\n2026-11-21T02:29:54Z a\\000b\\n'
      printf '2026-11-21T02:29:55Z \\377\\376\\300\\n2026-11-21T02:29:56Z '
      head -c 1048576 /dev/zero | tr '\\000' 'x'
      printf '\\n2026-11-21T02:29:57Z the last words' ;;
      """)
    defer { feed.stop() }
    feed.followLogs(LogRequest(number: 1, targets: [target]))
    let all = lines(
      events(feed) { event in
        if case .logged(let lines) = event { lines.contains { $0.text == "the last words" } } else { false }
      })
    #expect(all.count == 5)
    #expect(all[0].hasPrefix("\u{1B}[2J\u{1B}]0;x"))
    #expect(all[1] == "a\0b")
    #expect(all[2] == "\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(all[3].utf8.count == 1 << 20)
    #expect(all[4] == "the last words")
    _ = kubectl
  }

  @Test func `what comes again after a loss is passed over, and the loss is told`() throws {
    let (kubectl, feed) = try feed(
      """
      *since-time=2026-11-21T02:29:53.000000000Z*) printf '2026-11-21T02:29:52.5Z one\\n2026-11-21T02:29:53Z two\\n'
        printf '2026-11-21T02:29:53Z three\\n2026-11-21T02:29:54Z four'; exit 0;;
      *logs*) printf '2026-11-21T02:29:52.5Z one\\n2026-11-21T02:29:53Z two\\n2026-11-21T02:29:54Z fo'
        echo 'error: unexpected EOF' >&2; exit 1;;
      """)
    feed.followLogs(LogRequest(number: 1, targets: [target]))
    var seams: [LogSeam.Change] = []
    let events = events(feed) { event in
      if case .logSeam(let seam) = event { seams.append(seam.change) }
      return seams.last == .ended
    }
    feed.stop()
    // Half a line is none, and a last line without an end is one.
    #expect(lines(events) == ["one", "two", "three", "four"])
    let isTold = seams.contains { if case .reconnected(let gap) = $0 { gap > .zero } else { false } }
    #expect(isTold && seams.first == .joined, "\(seams)")
    #expect(kubectl.calls.contains { $0.contains("--tail=1000") })
  }

  @Test func `who joins a request later is read from the beginning, and a new request closes the old`() throws {
    let (kubectl, feed) = try feed(
      "*logs*pod/web*) echo '2026-11-21T02:29:52Z a'; exec sleep 60;;\n*logs*) echo '2026-11-21T02:29:53Z b'; exec sleep 60;;"
    )
    feed.followLogs(LogRequest(number: 1, targets: [target]))
    _ = events(feed) { if case .logged = $0 { true } else { false } }
    let other = LogTarget(namespace: "todo", pod: "new", container: "app")
    feed.followLogs(LogRequest(number: 1, targets: [target, other]))
    let joined = events(feed) { if case .logged = $0 { true } else { false } }
    #expect(lines(joined) == ["b"])
    feed.followLogs(LogRequest(number: 2, targets: [target], start: .since(seconds: 60)))
    let again = events(feed) { if case .logged = $0 { true } else { false } }
    feed.stop()
    #expect(again.contains { if case .logged(let lines) = $0 { lines.allSatisfy { $0.request == 2 } } else { false } })
    let calls = kubectl.calls.filter { $0.contains(" logs ") }
    #expect(calls.count == 3 && !calls[1].contains("--tail") && calls[2].contains("--since=60s"), "\(calls)")
  }

  @Test func `the last lines of a dead container are read once, and why there are none`() throws {
    let (kubectl, feed) = try feed(
      """
      *--previous*pod/web*) printf '2026-11-21T02:29:52Z a\\n2026-11-21T02:29:53Z b\\n';;
      *logs*) echo 'Error from server (BadRequest): previous terminated container "app" in pod "x" not found' >&2; exit 1;;
      """)
    var dead = target
    dead.isPrevious = true
    var other = dead
    other.pod = "other"
    feed.readLogTail(of: dead, lines: 1)
    feed.readLogTail(of: other, lines: 1)
    var tails: [LogTail] = []
    _ = events(feed) { event in
      if case .logTail(let tail) = event { tails.append(tail) }
      return tails.count == 2
    }
    feed.stop()
    #expect(tails.first { $0.target == dead }?.lines.map(\.text) == ["b"])
    #expect(tails.first { $0.target == other }?.problem.hasPrefix("there is no run before this one") == true)
    #expect(kubectl.calls.count { $0.contains("--previous") } == 2)
  }
}
