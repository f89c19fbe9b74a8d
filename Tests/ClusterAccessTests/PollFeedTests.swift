import ClusterModel
import Subprocess
import Testing

@testable import ClusterAccess

@Suite struct PollFeedTests {
  let kinds: [ResourceKind] = [.pods, .deployments, .statefulSets, .secrets]

  /// The events of polling a fake kubectl until a condition holds.
  func poll(
    _ kubectl: FakeKubectl, kinds: [ResourceKind]? = nil, until isLast: (ClusterEvent) -> Bool
  ) -> [ClusterEvent] {
    let feed = ClusterFeed(
      FeedConfiguration(source: .poll(kubectl.target, every: .milliseconds(100)), kinds: kinds ?? self.kinds))
    feed.start()
    defer { feed.stop() }
    return events(feed, until: isLast)
  }

  func isProblem(_ event: ClusterEvent) -> Bool {
    if case .connectionChanged(let connection) = event { !connection.problem.isEmpty } else { false }
  }

  @Test func `one command lists every kind, a kind without objects as an empty list`() throws {
    let kubectl = try FakeKubectl(
      """
      case "$*" in
        *--raw=/version*) cat $fixtures/version.json;;
        *--raw=/apis/metrics*) cat $fixtures/lists/metrics_pods.json;;
        *) cat $fixtures/lists/workloads.json;;
      esac
      """)
    var seen: Set<String> = []
    let events = poll(kubectl, kinds: kinds + [.podMetrics]) { event in
      if case .connectionChanged(let connection) = event, !connection.serverVersion.isEmpty { seen.insert("version") }
      if case .listed(.podMetrics, _) = event { seen.insert("metrics") }
      return seen.count == 2
    }
    #expect(events.listed(.deployments)?.count == 2)
    #expect(events.listed(.pods) == [])
    #expect(events.state(.deployments) == .live)
    #expect(events.contains(.alive(nil)))
    #expect(events.connection?.isReachable == true)
    #expect(events.connection?.serverVersion == "v1.32.13")
    #expect(events.listed(.podMetrics)?.isEmpty == false)
    #expect(events.listed(.secrets) == nil)
    #expect(
      kubectl.calls.first
        == "--context=fake --namespace=todo --request-timeout=20s get pods,deployments.apps,statefulsets.apps "
        + "--ignore-not-found -o json")
    #expect(!kubectl.calls.contains { $0.contains("secrets") })
  }

  @Test func `a forbidden kind is a note and the others live on`() throws {
    let kubectl = try FakeKubectl(
      """
      cat $fixtures/lists/workloads.json
      echo 'Error from server (Forbidden): pods is forbidden: User "u" cannot list resource "pods"' >&2
      exit 1
      """)
    let events = poll(kubectl) { $0 == .alive(nil) }
    #expect(events.state(.pods) == .forbidden("pods is forbidden: User \"u\" cannot list resource \"pods\""))
    #expect(events.listed(.pods) == nil)
    #expect(events.listed(.deployments)?.count == 2)
  }

  @Test func `a kind the server does not know is left out of the next command`() throws {
    let kubectl = try FakeKubectl(
      """
      case "$*" in
        *statefulsets*) echo 'error: the server doesn'"'"'t have a resource type "statefulsets"' >&2; exit 1;;
        *) cat $fixtures/lists/workloads.json;;
      esac
      """)
    let events = poll(kubectl) { $0 == .alive(nil) }
    #expect(events.state(.statefulSets) == .absent("the server does not serve statefulsets.apps"))
    #expect(events.listed(.deployments)?.count == 2)
    #expect(kubectl.calls[1].contains("get pods,deployments.apps --ignore"))
  }

  @Test(arguments: [
    ("echo '<html><body>Log in</body></html>'", "kubectl's answer cannot be read"),
    ("head -c 2000 $fixtures/lists/workloads.json", "kubectl's answer cannot be read"),
    (
      """
      echo 'E1121 02:33:37.2   27106 memcache.go:265] "Unhandled Error" err="x"' >&2
      echo 'The connection to the server 127.0.0.1:6555 was refused - did you specify the right host or port?' >&2
      exit 1
      """, "the API server at 127.0.0.1:6555 refuses connections"
    ),
    (
      "cat $fixtures/lists/workloads.json; echo 'Error from server: etcdserver: request timed out' >&2; exit 1",
      "the API server does not answer in time"
    ),
  ])
  func `a failing poll empties nothing and says why`(_ body: String, _ sentence: String) throws {
    let events = poll(try FakeKubectl(body), until: isProblem)
    #expect(events.connection?.problem.hasPrefix(sentence) == true, "\(events.connection?.problem ?? "")")
    #expect(events.listed(.deployments) == nil)
    let after = poll(try FakeKubectl(body)) { if case .streamChanged(_, .retrying) = $0 { true } else { false } }
    guard case .retrying(let reason, _) = after.state(.pods) else {
      Issue.record("no retry is shown")
      return
    }
    #expect(reason.hasPrefix(sentence))
  }

  @Test func `a missing kubectl is said to be missing`() throws {
    let feed = ClusterFeed(
      FeedConfiguration(
        source: .poll(ClusterTarget(kubectl: ["/no/kubectl"], context: "", namespace: nil), every: .seconds(1))))
    feed.start()
    let events = events(feed, until: isProblem)
    feed.stop()
    #expect(events.connection?.problem.hasPrefix("/no/kubectl: command not found") == true)
  }

  @Test func `stopping ends a command that hangs`() throws {
    let kubectl = try FakeKubectl("echo $$ > $folder/pid; sleep 100")
    let feed = ClusterFeed(FeedConfiguration(source: .poll(kubectl.target, every: .seconds(1)), kinds: kinds))
    feed.start()
    var processID: Int32?
    while processID == nil {
      let text = String(decoding: (try? readFile("\(kubectl.folder)/pid", limitBytes: 100)) ?? [], as: UTF8.self)
      processID = text.hasSuffix("\n") ? Int32(text.dropLast()) : nil
    }
    let start = monotonicTime()
    feed.stop()
    #expect(monotonicTime() - start < .seconds(2))
    let found = try Child.run(["ps", "-p", "\(processID ?? 0)"], timeLimit: .seconds(5))
    #expect(found.end == .exited(1))
  }

  @Test func `where the proxy cannot start, polling takes its place and says why`() throws {
    let kubectl = try FakeKubectl(
      """
      case "$*" in
        *proxy*) echo 'error: proxy is not allowed here' >&2; exit 1;;
        *) cat $fixtures/lists/workloads.json;;
      esac
      """)
    let feed = ClusterFeed(FeedConfiguration(source: .watch(kubectl.target), kinds: kinds))
    feed.start()
    let events = events(feed) { $0 == .alive(nil) }
    feed.stop()
    #expect(events.connection?.feed == .poll)
    #expect(events.connection?.feedReason == "kubectl proxy ended: proxy is not allowed here")
    #expect(events.connection?.pollPeriod == .seconds(2))
    #expect(events.listed(.deployments)?.count == 2)
    #expect(kubectl.calls.filter { $0.contains("proxy") }.count == KubectlProxy.maximumStarts)
  }

  @Test func `logs come by a command for each container`() throws {
    let kubectl = try FakeKubectl(
      """
      case "$*" in
        *logs*pod/web) printf '2026-11-21T02:29:52.5Z one\\n2026-11-21T02:29:53Z two\\n';;
        *logs*) echo 'Error from server (BadRequest): container "app" in pod "new" is waiting to start: x' >&2; exit 1;;
        *) cat $fixtures/lists/workloads.json;;
      esac
      """)
    let feed = ClusterFeed(FeedConfiguration(source: .poll(kubectl.target, every: .seconds(60)), kinds: kinds))
    feed.start()
    feed.followLogs(
      LogRequest(
        number: 7,
        targets: [
          LogTarget(namespace: "todo", pod: "web", container: "app"),
          LogTarget(namespace: "todo", pod: "new", container: "app"),
          LogTarget(namespace: "todo", pod: "--all", container: "app"),
        ]))
    var seams: [LogSeam] = []
    let events = events(feed) { event in
      if case .logSeam(let seam) = event { seams.append(seam) }
      return seams.count == 3
    }
    feed.stop()
    let lines = events.flatMap { if case .logged(let lines) = $0 { lines } else { [LogLine]() } }
    #expect(lines.map(\.text) == ["one", "two"])
    #expect(lines.first?.time == Timestamp(nanoseconds: 1_795_228_192_500_000_000))
    #expect(
      Set(seams) == [
        LogSeam(pod: "web", container: "app", change: .joined, request: 7),
        LogSeam(pod: "web", container: "app", change: .ended, request: 7),
        LogSeam(pod: "new", container: "app", change: .failed("it has not started yet: x"), request: 7),
      ])
    #expect(!kubectl.calls.contains { $0.contains("--all") })
  }
}
